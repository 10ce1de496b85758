// What the service worker has to know to send a person's work while no page is open: left by the page, taken at a sign-out.
import * as v from 'valibot';
import { Fact } from '../device/fact.ts';

const schema = v.object({
  /** The CouchDB user name. */
  account: v.string(),
  /** Id of this device. */
  device: v.string(),
  /** Names of the databases to replicate. */
  databases: v.array(v.string()),
  /** Absolute, without the slash at the end. */
  couchUrl: v.string()
});
export type SendingErrand = v.InferOutput<typeof schema>;

/** The errand of the account that is open; null when nobody is in. */
export const errandFact = new Fact<SendingErrand | null>('errand', v.nullable(schema), null);

/** And so is it with photos, which go beside the runs. */
export const photosLock = (account: string): string => `${runnerLock(account)}-photos`;

/** One runner at a time: tabs, workers and the service worker ask for the same lock (law 11). */
export const runnerLock = (account: string): string => `ocop-sync-${account}`;

/** Does the work where nobody else is at it; else nothing: whoever is does it as well. */
export async function ifAlone<T>(lock: string, work: () => Promise<T>): Promise<T | null> {
  // TypeScript thinks that every browser has Web Locks; Safari before 15.4 has not, and no tabs to speak of either.
  const locks: LockManager | undefined = navigator.locks;
  if (locks === undefined) return work();
  return locks.request(lock, { ifAvailable: true }, (held) => (held === null ? null : work()));
}
