// English counts: one of a thing is said otherwise than several.

const counted = (n: string, one: string): string => (n === '1' ? `1 ${one}` : `${n} ${one}s`);
export const records = (n: string): string => counted(n, 'record');
export const photos = (n: string): string => counted(n, 'photo');
/** Producers, products and papers that were begun and are no records yet. */
export const drafts = (n: string): string => counted(n, 'unfinished form');
/** Records and photos that are counted together. */
export const both = (n: string): string => (n === '1' ? '1 record or photo' : `${n} records and photos`);
