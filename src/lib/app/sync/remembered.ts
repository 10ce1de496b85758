// What sync remembers from one start to the next: contact, clock skew, the month's traffic, what is shut, what was stopped.
import * as v from 'valibot';
import type { Replica } from '#lib/storage/replica.ts';

const schema = v.object({
  /** Server time of the last good answer. */
  lastContactAt: v.nullable(v.string()),
  skewMs: v.nullable(v.number()),
  /** `yyyy-mm` and the bytes of that month. */
  month: v.string(),
  bytes: v.number(),
  /** Databases that the server did not have or did not open when they were last asked for. */
  closed: v.optional(v.array(v.string()), [])
});
export type Remembered = v.InferOutput<typeof schema>;

const FACT = 'sync';

/** What was remembered last, by whichever worker; null when nothing can be read. */
export async function recall(replica: Replica): Promise<Remembered | null> {
  const known = v.safeParse(schema, await replica.fact(FACT));
  return known.success ? known.output : null;
}

/** Remembers it; only while the runner's lock is held, or another worker's count would be lost. */
export const remember = (replica: Replica, now: Remembered): Promise<void> => replica.remember(FACT, now);

const HALTED = 'syncHalted';

/** Notes whether a person wants no more to be loaded: until somebody asks for it, or the app is opened anew. */
export const rememberHalt = (replica: Replica, isHalted: boolean): Promise<void> => replica.remember(HALTED, isHalted);

export const wasHalted = async (replica: Replica): Promise<boolean> => (await replica.fact(HALTED)) === true;

/** Adds traffic to a month's count, which begins anew with each month. */
export function withTraffic(
  { month, bytes }: Pick<Remembered, 'month' | 'bytes'>,
  more: number,
  now: Date
): Pick<Remembered, 'month' | 'bytes'> {
  const current = now.toISOString().slice(0, 7);
  return { month: current, bytes: (month === current ? bytes : 0) + more };
}
