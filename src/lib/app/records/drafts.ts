// What was typed for new records and is none yet, for the screens that say what has not been sent.
export { draftCount } from '#lib/storage/drafts.ts';
