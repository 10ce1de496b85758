// What was typed for a new record that cannot be made yet: texts by field, and how those of two phones come together.

/** The kinds whose forms keep it: a survey or an assessment is a record from its first letter on. */
export const DRAFT_KINDS = ['producer', 'product', 'paper'] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

/** The texts of a form by field; '' is nothing. */
export type Draft = Readonly<Record<string, string>>;

/**
 * The drafts of a kind once one from elsewhere has come among them: it takes the place of one that it goes on with, and
 * stands behind all others.
 * @returns null when one that is here says all of it
 */
export function draftsWith(here: readonly Draft[], other: Draft): readonly Draft[] | null {
  if (here.some((draft) => saysAllOf(draft, other))) return null;
  const at = here.findIndex((draft) => saysAllOf(other, draft));
  return at < 0 ? [...here, other] : here.with(at, other);
}

/** Whether two drafts are letter for letter the same. */
export const isSameDraft = (a: Draft, b: Draft): boolean => saysAllOf(a, b) && saysAllOf(b, a);

const saysAllOf = (one: Draft, other: Draft): boolean =>
  Object.entries(other).every(([field, text]) => text === '' || one[field] === text);
