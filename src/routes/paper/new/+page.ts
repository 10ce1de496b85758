// A new paper is the form of a paper that has no id yet, so that nothing on the screen changes when it gets one.
import { redirect } from '@sveltejs/kit';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ url }) => redirect(307, `/paper/new/edit${url.search}`);
