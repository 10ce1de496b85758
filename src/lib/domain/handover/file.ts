// The file in which an officer hands an edit that the server refuses to another officer of the commune.
import * as v from 'valibot';
import type { Document, Kind } from '../document/document.ts';
import { parseDocument } from '../document/parse.ts';
import { type Result, err, ok } from '../result.ts';

/** The newest form of the file that this build understands. */
const VERSION = 1;
const MARK = 'so-tay-ocop/hand-over';

/** What the officers of a commune make themselves; remarks and conflicts belong to who made them. */
const KINDS = ['producer', 'product', 'survey', 'assessment', 'paper'] as const;
export type Handed = Extract<Document, { kind: (typeof KINDS)[number] }>;

/** An edit on its way from one officer to another. */
export interface HandOver {
  /** The edit as it lies on the phone of who hands it over. */
  readonly doc: Handed;
  /** What it was made from; null when the server never had the record. */
  readonly base: Handed | null;
  /** User name and name of who hands it over. */
  readonly by: string;
  readonly byName: string;
  /** When, ISO instant. */
  readonly at: string;
}

/**
 * | tag            | means                                                            |
 * |----------------|------------------------------------------------------------------|
 * | `otherFile`    | it is no file of this app                                        |
 * | `damaged`      | it is one, but not whole                                         |
 * | `newer`        | a newer version of the app has written it, or the record in it   |
 * | `otherCommune` | its record belongs to a commune that the account does not work in |
 */
export type FileProblem =
  { readonly tag: 'otherFile' | 'damaged' | 'newer' } | { readonly tag: 'otherCommune'; readonly commune: string };

/** Whether records of a kind can go to another officer at all. */
export const isHandedKind = (kind: Kind | null): boolean => KINDS.some((one) => one === kind);

/** Whether a record can: a deletion is nothing to go on with. */
export const isHandable = (doc: Document): doc is Handed => isHandedKind(doc.kind) && doc.deleted !== true;

/** The content of the file. */
export const handOverText = (handOver: HandOver): string =>
  JSON.stringify({ what: MARK, version: VERSION, ...handOver }, null, 1);

const envelope = v.object({
  by: v.pipe(v.string(), v.minLength(1)),
  byName: v.string(),
  at: v.pipe(v.string(), v.isoTimestamp()),
  doc: v.unknown(),
  base: v.unknown()
});

/**
 * Reads what somebody has picked as such a file.
 * @param text the content of any file
 * @param communes the communes that the reader works in
 */
export function readHandOver(text: string, communes: readonly string[]): Result<HandOver, FileProblem> {
  const json = parsedJson(text);
  if (!json.ok || typeof json.value !== 'object' || json.value === null) {
    // Cut off on its way it is no JSON any more, but its head still tells.
    return err({ tag: text.includes(MARK) ? 'damaged' : 'otherFile' });
  }
  const { what, version } = json.value as { what?: unknown; version?: unknown };
  if (what !== MARK) return err({ tag: 'otherFile' });
  if (typeof version === 'number' && version > VERSION) return err({ tag: 'newer' });
  const read = v.safeParse(envelope, json.value);
  if (!read.success) return err({ tag: 'damaged' });
  const { by, byName, at } = read.output;
  const doc = parseDocument(read.output.doc);
  const base = read.output.base === null ? null : parseDocument(read.output.base);
  for (const one of [doc, base]) {
    if (one?.ok === false) return err({ tag: one.error.tag === 'malformed' ? 'damaged' : 'newer' });
  }
  if (!doc.ok || !isHandable(doc.value) || (base !== null && !base.ok)) return err({ tag: 'damaged' });
  const from = base === null ? null : base.value;
  if (from !== null && (from._id !== doc.value._id || from.kind !== doc.value.kind)) return err({ tag: 'damaged' });
  const { commune } = doc.value;
  if (!communes.includes(commune)) return err({ tag: 'otherCommune', commune });
  return ok({ doc: doc.value, base: from as Handed | null, by, byName, at });
}

function parsedJson(text: string): Result<unknown, null> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return err(null);
  }
}
