// Remembers how the list of products was left: filters, order, place, so that a restart shows the same rows.
import * as v from 'valibot';
import type { Store } from '#lib/storage/store.ts';

const memorySchema = v.object({
  /** The address's query. */
  query: v.string(),
  /** First row in view, and how many px of it are scrolled away. */
  position: v.object({ index: v.pipe(v.number(), v.integer(), v.minValue(0)), offset: v.number() })
});

export type ListMemory = Readonly<v.InferOutput<typeof memorySchema>>;

const FACT = 'products/list';

/** How the list was left on this device; null when it never was open. */
export async function listMemory(store: Store): Promise<ListMemory | null> {
  const parsed = v.safeParse(memorySchema, await store.fact(FACT));
  return parsed.success ? parsed.output : null;
}

/** Keeps it. Losing it never loses work, so a failure is let go. */
export async function rememberList(store: Store, memory: ListMemory): Promise<void> {
  await store.remember(FACT, memory).catch(() => undefined);
}
