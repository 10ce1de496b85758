// Remembers, per survey, the open section and row and how far the page was scrolled, so that a kill loses no place.
import * as v from 'valibot';
import type { Store } from '#lib/storage/store.ts';

const resumeSchema = v.object({
  /** Name of the section. */
  section: v.nullable(v.string()),
  /** Id of the open row of each repeat, by the repeat's name. */
  rows: v.record(v.string(), v.string()),
  /** Scrolled so far, in CSS pixels. */
  scrollY: v.pipe(v.number(), v.finite(), v.minValue(0))
});

export type Resume = Readonly<v.InferOutput<typeof resumeSchema>>;

const NOWHERE: Resume = { section: null, rows: {}, scrollY: 0 };

const factName = (id: string): string => `resume/${id}`;

/** Where the person was in this survey; the start when it was never open on this phone. */
export async function readResume(store: Store, id: string): Promise<Resume> {
  const parsed = v.safeParse(resumeSchema, await store.fact(factName(id)));
  return parsed.success ? parsed.output : NOWHERE;
}

/** Keeps the place. Losing it never loses work, so a failure is let go. */
export async function writeResume(store: Store, id: string, resume: Resume): Promise<void> {
  await store.remember(factName(id), resume).catch(() => undefined);
}
