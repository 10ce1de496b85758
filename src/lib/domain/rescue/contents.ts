// The inside of a rescue file: what a chunk holds, as JSON with the bytes of a photo after it.
import * as v from 'valibot';
import { DRAFT_KINDS } from '../document/draft.ts';
import { type Result, err, ok } from '../result.ts';
import { communeDatabase } from '../scope.ts';
import type { Bytes } from './container.ts';

/** A version of a document; it may be one that this build cannot read (law 17). */
const version = v.looseObject({ _id: v.string() });
const standing = v.object({ rev: v.string(), doc: version });
const refusal = v.object({ code: v.string(), message: v.string() });

/** An edit without a receipt, as it lay in the outbox. */
const unsentSchema = v.object({
  id: v.string(),
  database: v.string(),
  editId: v.string(),
  sent: v.exactOptional(v.array(v.string())),
  lastSent: v.exactOptional(version),
  isLost: v.exactOptional(v.literal(true)),
  since: v.string(),
  state: v.picklist(['waiting', 'refused', 'conflict', 'lost']),
  putBack: v.exactOptional(v.string()),
  base: v.nullable(standing),
  reason: v.exactOptional(refusal),
  at: v.exactOptional(v.string()),
  theirs: v.exactOptional(standing),
  record: v.exactOptional(v.string())
});

const keptSchema = v.object({
  docId: v.string(),
  doc: version,
  why: v.picklist(['conflict', 'restored', 'overtaken', 'handed']),
  at: v.string(),
  by: v.exactOptional(v.string())
});

/** A document with all that the phone knew of its way to the server. */
const itemSchema = v.pipe(
  v.object({
    id: v.string(),
    database: v.string(),
    commune: v.string(),
    doc: version,
    rev: v.nullable(v.string()),
    receivedAt: v.nullable(v.string()),
    /** null: the server has it; it came along because something unsent belongs to it, or because all was wanted. */
    waiting: v.nullable(unsentSchema),
    kept: v.array(keptSchema)
  }),
  v.check(
    ({ id, doc, waiting, database, commune }) =>
      doc._id === id && database === communeDatabase(commune) && (waiting === null || waiting.id === id),
    'a document of its own id and commune'
  )
);
export type RescuedItem = v.InferOutput<typeof itemSchema>;

/** What the phone knew of a photo's bytes. */
const photoSchema = v.object({
  state: v.picklist(['waiting', 'refused', 'sent']),
  digests: v.object({ photo: v.string(), thumb: v.string() }),
  at: v.string(),
  sentAt: v.exactOptional(v.string()),
  reason: v.exactOptional(refusal)
});
export type RescuedPhoto = v.InferOutput<typeof photoSchema>;

/** What was typed for a new record that could not be made yet. */
const draftSchema = v.object({
  id: v.string(),
  kind: v.picklist(DRAFT_KINDS),
  fields: v.record(v.string(), v.string())
});
export type RescuedDraft = v.InferOutput<typeof draftSchema>;

const entrySchema = v.object({
  id: v.string(),
  /** What people know it by: the product's or producer's name; '' where nobody knows. */
  name: v.string(),
  /** SHA-256 of the item's JSON, hexadecimal; of a photo, of its picture. */
  sha256: v.string(),
  isPhoto: v.boolean(),
  /** Whether it had no receipt. */
  isUnsent: v.boolean()
});
export type ManifestEntry = v.InferOutput<typeof entrySchema>;

const manifestSchema = v.object({
  account: v.string(),
  device: v.string(),
  at: v.string(),
  entries: v.array(entrySchema)
});
export type Manifest = v.InferOutput<typeof manifestSchema>;

const contentsSchema = v.variant('kind', [
  v.object({ kind: v.literal('manifest'), ...manifestSchema.entries }),
  // Each item is parsed by itself: one that cannot be read takes no other with it.
  v.object({ kind: v.literal('records'), account: v.string(), items: v.array(v.string()) }),
  // An app from before there were any steps over them, and tells by the list that it lacks them.
  v.object({ kind: v.literal('drafts'), account: v.string(), items: v.array(v.string()) }),
  v.object({
    kind: v.literal('photo'),
    account: v.string(),
    item: v.string(),
    photo: photoSchema,
    photoBytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
    thumbBytes: v.pipe(v.number(), v.integer(), v.minValue(1))
  })
]);
type Contents = v.InferOutput<typeof contentsSchema>;

/** What a chunk holds; the bytes of a photo stand after each other: picture, thumbnail. */
export interface ChunkContents {
  readonly contents: Contents;
  readonly bytes: Bytes;
}

/** Writes a chunk. @param bytes of a photo; nothing for anything else */
export function packed(contents: Contents, ...bytes: readonly Bytes[]): Bytes {
  const json = new TextEncoder().encode(JSON.stringify(contents));
  const whole = new Uint8Array(4 + json.length + bytes.reduce((sum, { length }) => sum + length, 0));
  new DataView(whole.buffer).setUint32(0, json.length);
  whole.set(json, 4);
  let at = 4 + json.length;
  for (const one of bytes) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}

/** Reads a chunk that has been opened; an error where a newer app has put something else into it. */
export function unpacked(whole: Bytes): Result<ChunkContents, null> {
  if (whole.length < 4) return err(null);
  const length = new DataView(whole.buffer, whole.byteOffset).getUint32(0);
  if (length > whole.length - 4) return err(null);
  const read = v.safeParse(contentsSchema, jsonIn(new TextDecoder().decode(whole.subarray(4, 4 + length))));
  if (!read.success) return err(null);
  const contents = read.output;
  const bytes = whole.slice(4 + length);
  if (contents.kind === 'photo' && contents.photoBytes + contents.thumbBytes !== bytes.length) return err(null);
  return ok({ contents, bytes });
}

/** Reads an item from its JSON, which is what its hash was made of. */
export function itemIn(json: string): RescuedItem | null {
  const read = v.safeParse(itemSchema, jsonIn(json));
  return read.success ? read.output : null;
}

/** The same of what was typed for a new record. */
export function draftIn(json: string): RescuedDraft | null {
  const read = v.safeParse(draftSchema, jsonIn(json));
  return read.success ? read.output : null;
}

/** The id of a draft: the same words have the same on every phone. @param sha256 of its fields */
export const draftId = (kind: RescuedDraft['kind'], sha256: string): string => `${kind}:new/${sha256.slice(0, 32)}`;

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
