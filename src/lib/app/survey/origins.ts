// Where prefilled answers came from, as the survey's document carries it until the answer is changed.
import * as v from 'valibot';
import type { Survey } from '#lib/domain/document/document.ts';
import type { Origin } from '#lib/domain/form/prefill.ts';

const originsSchema = v.record(
  v.string(),
  v.object({ from: v.picklist(['producer', 'product', 'last']), day: v.pipe(v.string(), v.isoDate()) })
);

const NONE: Readonly<Record<string, Origin>> = {};

/** Origins by question name; none where the document says nothing that can be read. */
export function originsOf(doc: Survey): Readonly<Record<string, Origin>> {
  if (doc['prefilled'] === undefined) return NONE;
  const parsed = v.safeParse(originsSchema, doc['prefilled']);
  return parsed.success ? parsed.output : NONE;
}
