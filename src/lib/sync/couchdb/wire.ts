// The shapes of CouchDB's answers, parsed at the door.
import * as v from 'valibot';

const rev = v.pipe(v.string(), v.regex(/^\d+-/));

/** A document as CouchDB gives it; what a person wrote in it is parsed by storage. */
const document = v.looseObject({
  _id: v.string(),
  _rev: v.optional(rev),
  _deleted: v.optional(v.boolean()),
  _conflicts: v.optional(v.array(v.string())),
  _revisions: v.optional(v.object({ start: v.number(), ids: v.array(v.string()) }))
});

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

/** `GET /{db}/_changes` */
export const changesAnswer = v.object({
  results: v.array(
    v.object({
      id: v.string(),
      /** Not with every row, see `seq_interval`. */
      seq: v.optional(v.nullable(v.union([v.string(), v.number()]))),
      /** All leaves, closed ones too (`style=all_docs`). */
      changes: v.array(v.object({ rev })),
      deleted: v.optional(v.boolean()),
      /** An error, or nothing, in the place of a document that the server could not read: undefined. */
      doc: v.fallback(v.optional(v.nullable(document)), undefined)
    })
  ),
  last_seq: v.union([v.string(), v.number()]),
  pending: v.optional(v.number())
});

/** `POST /{db}/_all_docs` with keys and documents */
export const documentsAnswer = v.object({
  rows: v.array(
    v.object({
      key: v.string(),
      value: v.optional(v.nullable(v.object({ rev, deleted: v.optional(v.boolean()) }))),
      doc: v.optional(v.nullable(document))
    })
  )
});

/** `POST /{db}/_bulk_get` with the lines of revisions; what is not there has an error in the place of the document */
export const versionsAnswer = v.object({
  results: v.array(v.object({ docs: v.array(v.object({ ok: v.optional(document) })) }))
});

/** `POST /{db}/_revs_diff` */
export const missingAnswer = v.record(v.string(), v.object({ missing: v.array(v.string()) }));
