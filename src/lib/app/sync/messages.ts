// What page and worker, and the workers of two tabs, say to each other: parsed where it arrives.
import * as v from 'valibot';
import type { DataKey } from '#lib/storage/vault.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { SyncView } from './view.ts';

const request = v.number();

const toWorker = v.variant('type', [
  /** The first message: whose databases, where. `couchUrl` is absolute. */
  v.object({
    type: v.literal('start'),
    request,
    account: v.string(),
    /** Id of this device, for the stamps of merged documents. */
    device: v.string(),
    databases: v.array(v.string()),
    couchUrl: v.string(),
    /** Of an account with a lock: 32 bytes, in memory only. */
    key: v.nullable(v.custom<DataKey>((value) => value instanceof Uint8Array))
  }),
  /** Something happened that makes a run worthwhile. */
  v.object({ type: v.literal('wake'), request, why: v.picklist(['asked', 'online', 'visible', 'signedIn']) }),
  /** Nothing more is to be loaded; what is unsent goes all the same. */
  v.object({ type: v.literal('halt'), request }),
  /** Photos are to go: somebody has asked for it, or the wish on which connections has changed. */
  v.object({ type: v.literal('photos'), request, isAsked: v.boolean() }),
  /** The page has come to the front, or gone from it. */
  v.object({ type: v.literal('visible'), request, isVisible: v.boolean() }),
  v.object({ type: v.literal('ping'), request }),
  /** Lets the request that is under way go, closes the database, answers `done`. */
  v.object({ type: v.literal('stop'), request })
]);

export type ToWorker = v.InferOutput<typeof toWorker>;
/** `news`: the server has told that others have written. */
export type WakeReason = Extract<ToWorker, { type: 'wake' }>['why'] | 'news';

const TAGS: { readonly [tag in SyncProblem['tag']]: true } = {
  offline: true,
  timeout: true,
  signedOut: true,
  noAccess: true,
  noDatabase: true,
  busy: true,
  server: true,
  notCouch: true,
  broken: true,
  tooLarge: true,
  rejected: true,
  storage: true,
  aborted: true
};

const problem = v.custom<SyncProblem>(
  (value) => typeof value === 'object' && value !== null && 'tag' in value && String(value.tag) in TAGS
);

const view: v.GenericSchema<unknown, SyncView> = v.object({
  phase: v.picklist(['starting', 'idle', 'running', 'paused']),
  problem: v.nullable(problem),
  nextTryAt: v.nullable(v.string()),
  lastContactAt: v.nullable(v.string()),
  progress: v.nullable(v.object({ done: v.number(), of: v.number() })),
  isComplete: v.boolean(),
  isHalted: v.boolean(),
  photos: v.object({
    state: v.picklist(['idle', 'sending', 'wifi', 'unknown', 'saving']),
    done: v.number(),
    of: v.number(),
    uploadedBytes: v.number(),
    bytes: v.number(),
    problem: v.nullable(problem)
  }),
  inFlight: v.set(v.string()),
  trafficBytes: v.number(),
  skewMs: v.nullable(v.number())
});

const fromWorker = v.variant('type', [
  v.object({ type: v.literal('view'), view }),
  /** The server knows the account by these roles now. */
  v.object({ type: v.literal('roles'), roles: v.array(v.string()) }),
  /** The answer to the message with that number. */
  v.object({ type: v.literal('done'), request })
]);

export type FromWorker = v.InferOutput<typeof fromWorker>;

/** Between the workers of several tabs: who runs tells the others how it goes; who is asked to halt, or to go on, that. */
const betweenTabs = v.union([v.object({ view }), v.object({ isHalted: v.boolean() })]);
export type BetweenTabs = v.InferOutput<typeof betweenTabs>;

/** Each gives undefined for a message that is none of ours. */
export const readToWorker = (message: unknown): ToWorker | undefined => output(toWorker, message);
export const readFromWorker = (message: unknown): FromWorker | undefined => output(fromWorker, message);
export const readBetweenTabs = (message: unknown): BetweenTabs | undefined => output(betweenTabs, message);

function output<T>(schema: v.GenericSchema<unknown, T>, message: unknown): T | undefined {
  const parsed = v.safeParse(schema, message);
  return parsed.success ? parsed.output : undefined;
}
