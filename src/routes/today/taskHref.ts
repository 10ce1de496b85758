// Where the work on a survey or an assessment goes on.
import type { Filed } from '#lib/domain/document/document.ts';

/** The address of the editor. */
export const taskHref = ({ kind, _id }: Filed): string => `/${kind}/${_id}`;
