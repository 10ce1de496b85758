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

/** One runner at a time: tabs, workers and the service worker ask for the same lock (law 11). */
export const runnerLock = (account: string): string => `ocop-sync-${account}`;
