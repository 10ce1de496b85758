// How far each problem reaches: what a run still asks after it, and which of several a person should hear of.
import type { SyncProblem } from './errors.ts';

/**
 * | reach       | the cause                                             | what goes on                                     |
 * |-------------|-------------------------------------------------------|--------------------------------------------------|
 * | `documents` | perhaps a few documents, and no others                | the rest of the database                         |
 * | `database`  | a commune that is not set up, or was taken away       | the others, as if nothing were the matter        |
 * | `stranger`  | somebody else answered, perhaps only this one request | everything, though it may not get through either |
 * | `silence`   | nobody answered                                       | the next databases, until there were too many    |
 * | `rest`      | the server asks to be left alone                      | nothing until then                               |
 * | `run`       | the device or the session                             | nothing                                          |
 */
type Reach = 'documents' | 'database' | 'stranger' | 'silence' | 'rest' | 'run';

/** In the order of what stops more. */
const REACH: Readonly<Record<SyncProblem['tag'], Reach>> = {
  aborted: 'run',
  noDatabase: 'database',
  noAccess: 'database',
  rejected: 'documents',
  tooLarge: 'documents',
  broken: 'documents',
  server: 'documents',
  timeout: 'silence',
  offline: 'silence',
  // There is a network then, and a time to keep to.
  busy: 'rest',
  notCouch: 'stranger',
  storage: 'run',
  signedOut: 'run'
};

const ORDER = Object.keys(REACH);
const weightOf = ({ tag }: SyncProblem): number => ORDER.indexOf(tag);

/** The one problem of a run that a person should hear of: what stops most comes first. @returns null where there is none */
export const worstProblem = (problems: ReadonlyMap<string, SyncProblem>): SyncProblem | null =>
  [...problems.values()].reduce<SyncProblem | null>(
    (worst, problem) => (worst === null || weightOf(problem) > weightOf(worst) ? problem : worst),
    null
  );

/** Whether single documents may be the cause. */
export const mayBeOfSome = ({ tag }: SyncProblem): boolean => REACH[tag] === 'documents';

/** Whether the other databases go on as if nothing were the matter. */
export const concernsOneDatabase = ({ tag }: SyncProblem): boolean => REACH[tag] === 'database';

/** Whether nothing else would get through either: not one document, or one database, that a server stumbles over. */
export const isInTheWay = (problem: SyncProblem): boolean => !mayBeOfSome(problem) && !concernsOneDatabase(problem);

/** Whether nobody answered. */
export const isSilence = ({ tag }: SyncProblem): boolean => REACH[tag] === 'silence';

/** Whether it is of the device or of the session, the same for every database. */
export const endsRun = ({ tag }: SyncProblem): boolean => REACH[tag] === 'run';

/** Whether nothing more is asked of this database, for all that the next request might go through. */
export const endsDatabase = (problem: SyncProblem): boolean => isInTheWay(problem) && REACH[problem.tag] !== 'stranger';
