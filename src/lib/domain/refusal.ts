// The rules by which the server refuses a document, as codes that travel in its answer.

/**
 * The rules of `validate_doc_update`. The server throws `{forbidden: '<rule>: <detail>'}`; the detail is for the
 * log, the rule is what the screen turns into a sentence.
 *
 * | rule       | refused because                                                             |
 * |------------|-----------------------------------------------------------------------------|
 * | structure  | the document is not what its kind and schema ask for                        |
 * | size       | it is larger than the office keeps                                          |
 * | immutable  | it changes what never changes: kind, commune, creator, set, form …          |
 * | commune    | it names another commune than the database that it was sent to              |
 * | author     | its `updatedBy` (or the `createdBy` of a new one) is not who sent it        |
 * | role       | the account's roles may not write this kind                                 |
 * | owner      | it is someone else's draft, returned dossier or review                      |
 * | transition | the step from one status to the next is not in the table, or not for this role |
 * | trail      | the trail does not tell the step, or rewrites the past                      |
 * | content    | a reviewer changed the answers instead of only handing them on              |
 * | locked     | it has been accepted                                                        |
 * | delete     | it is removed for good instead of being marked as deleted                   |
 */
export const REFUSAL_RULES = [
  'structure',
  'size',
  'immutable',
  'commune',
  'author',
  'role',
  'owner',
  'transition',
  'trail',
  'content',
  'locked',
  'delete'
] as const;
export type RefusalRule = (typeof REFUSAL_RULES)[number];

const RULES: ReadonlySet<string> = new Set(REFUSAL_RULES);
const isRule = (word: string): word is RefusalRule => RULES.has(word);

/**
 * The rule that a server's reason names.
 * @param reason the `reason` of a `forbidden` answer, e.g. `transition: draft > accepted`
 * @returns the rule, or null when the words are not our validation function's
 */
export function refusalRule(reason: string): RefusalRule | null {
  const [word = ''] = reason.split(':', 1);
  return isRule(word) ? word : null;
}
