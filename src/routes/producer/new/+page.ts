// A new producer is the form of a producer that has no id yet, so that nothing on the screen changes when it gets one.
import { redirect } from '@sveltejs/kit';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ url }) => redirect(307, `/producer/new/edit${url.search}`);
