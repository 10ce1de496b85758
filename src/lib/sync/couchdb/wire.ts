// The shapes of CouchDB's answers, parsed at the door.
import * as v from 'valibot';

const rev = v.pipe(v.string(), v.regex(/^\d+-/));

/** What CouchDB says of a document within it; what a person wrote in it is parsed by storage. */
const bookkeeping = v.looseObject({
  _id: v.string(),
  _rev: v.optional(rev),
  _deleted: v.optional(v.boolean()),
  _conflicts: v.optional(v.array(v.string())),
  _revisions: v.optional(v.object({ start: v.number(), ids: v.array(v.string()) }))
});

/** A document as CouchDB gives it, as it came: valibot's copy of it lacks fields of some names (`constructor`). */
const document = v.custom<v.InferOutput<typeof bookkeeping>>((value) => v.is(bookkeeping, value));

/** `GET /` */
export const rootAnswer = v.object({ couchdb: v.string(), uuid: v.optional(v.string()) });

/** `GET /{db}` */
export const databaseAnswer = v.object({
  db_name: v.string(),
  instance_start_time: v.optional(v.union([v.string(), v.number()]))
});

/** One row of `POST /{db}/_bulk_docs` */
export const writeAnswer = v.object({
  id: v.string(),
  rev: v.optional(rev),
  error: v.optional(v.string()),
  reason: v.optional(v.string())
});

/** Not with every row, see `seq_interval`. */
const seq = v.optional(v.nullable(v.union([v.string(), v.number()])));

/** A row of `_changes` as it should be. */
const changesRow = v.object({
  id: v.string(),
  seq,
  /** All leaves, closed ones too (`style=all_docs`). */
  changes: v.array(v.object({ rev })),
  deleted: v.optional(v.boolean()),
  doc: v.optional(v.nullable(document))
});
export type ChangesRow = v.InferOutput<typeof changesRow>;

/** `GET /{db}/_changes`; its rows are read by `readRows`. */
export const changesAnswer = v.object({
  results: v.array(v.unknown()),
  last_seq: v.union([v.string(), v.number()]),
  pending: v.optional(v.number())
});

/** What is still told by a row of which something cannot be read. */
const oddRow = v.object({
  id: v.fallback(v.string(), ''),
  seq: v.fallback(seq, undefined),
  changes: v.fallback(v.array(v.object({ rev: v.string() })), []),
  deleted: v.fallback(v.optional(v.boolean()), undefined),
  doc: v.unknown()
});
export type OddRow = v.InferOutput<typeof oddRow>;

/** A row of a page, in the page's order: as it should be, or not. */
export type ReadRow =
  { readonly isOdd: false; readonly row: ChangesRow } | { readonly isOdd: true; readonly row: OddRow };

/** Reads rows of `_changes`: one that is odd costs none of the others. */
export function readRows(results: readonly unknown[]): readonly ReadRow[] {
  const all = v.safeParse(v.array(changesRow), results);
  if (all.success) return all.output.map((row) => ({ isOdd: false, row }));
  return results.map((result) => {
    const row = v.safeParse(changesRow, result);
    if (row.success) return { isOdd: false, row: row.output };
    const odd = v.safeParse(oddRow, result);
    return { isOdd: true, row: odd.success ? odd.output : { id: '', seq: undefined, changes: [], doc: null } };
  });
}

/** `POST /{db}/_all_docs` with keys and documents */
export const documentsAnswer = v.object({
  rows: v.array(
    v.object({
      key: v.string(),
      /** `not_found`: never heard of; any other: it cannot be read now. */
      error: v.optional(v.string()),
      value: v.optional(v.nullable(v.object({ rev, deleted: v.optional(v.boolean()) }))),
      /** null: there is none; undefined: what is there cannot be read. */
      doc: v.fallback(v.optional(v.nullable(document)), undefined)
    })
  )
});

/** `POST /{db}/_bulk_get` with the lines of revisions; what is not there has an error in the place of the document */
export const versionsAnswer = v.object({
  results: v.array(v.object({ docs: v.array(v.object({ ok: v.fallback(v.optional(document), undefined) })) }))
});

/** `POST /{db}/_revs_diff` */
export const missingAnswer = v.record(v.string(), v.object({ missing: v.array(v.string()) }));
