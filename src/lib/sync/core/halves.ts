// Asks the server about many documents at once, of which one may spoil the answer for all.
import { type Result, ok } from '#lib/domain/result.ts';
import { type SyncProblem, isOfDocument } from './errors.ts';
import type { Current, Remote, WriteAnswer, Writing } from './ports.ts';

/** So many requests in vain, one after the other, besides the way down to one document, mean that the server is unwell. */
const STRIKES = 6;

/**
 * Asks about all of them together, and where one spoils the answer, by halves, down to the one.
 * @param maySpoil whether a problem may be one document's
 * @param patience in vain, one after the other, before the server counts as unwell
 * @returns the answers, without those that were spoilt; or the problem that ended it
 */
async function byHalves<T, A>(
  all: readonly T[],
  ask: (some: readonly T[]) => Promise<Result<readonly A[], SyncProblem>>,
  maySpoil: (problem: SyncProblem) => boolean,
  patience: number
): Promise<Result<A[], SyncProblem>> {
  const answers: A[] = [];
  const rest: (readonly T[])[] = [all];
  let vain = 0;
  for (let some = rest.shift(); some !== undefined; some = rest.shift()) {
    const answered = await ask(some);
    if (answered.ok) {
      answers.push(...answered.value);
      vain = 0;
      continue;
    }
    if (!maySpoil(answered.error) || ++vain >= patience) return answered;
    const middle = Math.ceil(some.length / 2);
    if (some.length > 1) rest.unshift(some.slice(0, middle), some.slice(middle));
  }
  return ok(answers);
}

/** How many requests in vain, one after the other, may be due to single documents among so many. */
export const patienceFor = (all: readonly unknown[]): number => STRIKES + Math.log2(all.length);

/**
 * Reads documents.
 * @param patience without one each is asked for in the end, though none can be read
 * @returns those that can be read
 */
export const readWhatCan = (
  remote: Remote,
  database: string,
  ids: readonly string[],
  patience = patienceFor(ids)
): Promise<Result<Current[], SyncProblem>> =>
  byHalves(ids, (some) => remote.read(database, some), maySpoilReading, patience);

/** Writes documents. @returns the answers; none for what the server does not take and told so in place of an answer */
export const writeWhatCan = (
  remote: Remote,
  database: string,
  docs: readonly Writing[]
): Promise<Result<WriteAnswer[], SyncProblem>> => {
  const write = async (some: readonly Writing[]) => {
    const written = await remote.write(database, some);
    return written.ok ? ok(written.value.answers) : written;
  };
  return byHalves(docs, write, maySpoilWriting, patienceFor(docs));
};

const maySpoilReading = ({ tag }: SyncProblem): boolean => tag === 'server' || tag === 'broken';

/** Whether one document of a batch may be what the whole request failed of. */
export const maySpoilWriting = (problem: SyncProblem): boolean =>
  problem.tag === 'tooLarge' || problem.tag === 'server' || isOfDocument(problem);
