// What goes into a rescue file: documents with all that this phone knows of their way to the server, photos with their bytes.
import { DRAFT_KINDS, type Draft, type DraftKind } from '#lib/domain/document/draft.ts';
import type { PhotoSize } from '#lib/domain/photo/attachments.ts';
import type { RescuedItem, RescuedPhoto } from '#lib/domain/rescue/contents.ts';
import { REFERENCE_DATABASE } from '#lib/domain/scope.ts';
import { draftsOf } from './drafts.ts';
import { bytesOfPhoto, unsentPhotoIds } from './photoSending.ts';
import { type OutboxRow, type Row, textOf } from './row.ts';
import type { Store } from './store.ts';
import { isUnsent, unsentIds } from './unsent.ts';

/** Everything without a receipt, or everything that lies here. */
export type RescueScope = 'unsent' | 'all';

/** Ids of what goes into a file. */
export interface RescueIds {
  readonly records: readonly string[];
  /** With their bytes. */
  readonly photos: readonly string[];
}

/** What there is to rescue; nothing of what colleagues' photos were copied here. */
export async function idsToRescue({ tables }: Store, scope: RescueScope): Promise<RescueIds> {
  const [unsent, unsentPhotos] = await Promise.all([unsentIds(tables), unsentPhotoIds(tables)]);
  const wanted =
    scope === 'all'
      ? await tables.docs.filter(({ database }) => database !== REFERENCE_DATABASE).primaryKeys()
      : [...unsent, ...unsentPhotos];
  const ids = new Set(wanted);
  await addOwners(tables.docs, ids);
  const withBytes = await tables.photos
    .where('state')
    .anyOf(scope === 'all' ? ['waiting', 'refused', 'sent'] : ['waiting', 'refused'])
    .primaryKeys();
  const photos = withBytes.filter((id) => ids.has(id));
  const isPhoto = new Set(photos);
  return { records: [...ids].filter((id) => !isPhoto.has(id)), photos };
}

/** What was typed for a new record. */
export interface DraftToRescue {
  readonly kind: DraftKind;
  readonly fields: Draft;
}

/** What was typed for new records that could not be made yet; `shut`: how many kinds of it do not open. */
export async function draftsToRescue({
  tables
}: Store): Promise<{ readonly found: readonly DraftToRescue[]; readonly shut: number }> {
  const all = await Promise.all(DRAFT_KINDS.map(async (kind) => ({ kind, ...(await draftsOf(tables, kind)) })));
  return {
    found: all.flatMap(({ kind, drafts }) => drafts.map((fields) => ({ kind, fields }))),
    shut: all.filter(({ isShut }) => isShut).length
  };
}

/** A document with what it is called, and whether anything of it is without a receipt. */
export interface ToRescue {
  readonly item: RescuedItem;
  readonly name: string;
  readonly isUnsent: boolean;
}

/**
 * Reads documents. What has gone meanwhile is left out, and so is what does not open: what stands in its place is no
 * document, and must not become one elsewhere. `shut` says how many these are, kept
 * versions among them.
 */
export async function itemsToRescue(
  { tables }: Store,
  ids: readonly string[]
): Promise<{ readonly found: readonly ToRescue[]; readonly shut: number }> {
  const [rows, outbox, kept] = await Promise.all([
    tables.docs.bulkGet([...ids]),
    tables.outbox.bulkGet([...ids]),
    tables.kept
      .where('docId')
      .anyOf([...ids])
      .toArray()
  ]);
  const names = await namesOf(
    tables.docs,
    rows.flatMap((row) => row ?? [])
  );
  const found = rows.flatMap((row, i): ToRescue[] => {
    if (row === undefined || row.shut === true) return [];
    const waiting = readableEdit(outbox[i]);
    const { id, database, commune, doc, rev, receivedAt } = row;
    const versions = kept
      .filter(({ docId, shut }) => docId === id && shut !== true)
      .map(({ no: _no, ...version }) => version);
    return [
      {
        item: { id, database, commune, doc, rev, receivedAt, waiting, kept: versions },
        name: names.get(id) ?? '',
        isUnsent: outbox[i] !== undefined && isUnsent(outbox[i])
      }
    ];
  });
  const shut = [...rows, ...kept].filter((row) => row?.shut === true);
  return { found, shut: shut.length };
}

/** An edit as the outbox has it; of one that does not open, what lies in clear: the words are in the document. */
function readableEdit(edit: OutboxRow | undefined): RescuedItem['waiting'] {
  if (edit === undefined) return null;
  if (edit.shut !== true) return edit;
  const { id, database, editId, since, sent } = edit;
  const state = edit.state === 'lost' ? 'lost' : 'waiting';
  return { id, database, editId, since, state, base: null, ...(sent === undefined ? {} : { sent }) };
}

/** A photo with its bytes. */
export type PhotoToRescue = ToRescue & {
  readonly known: RescuedPhoto;
  readonly bytes: Readonly<Record<PhotoSize, ArrayBuffer>>;
};

/** Reads a photo; `gone`: it, or its bytes, have been deleted meanwhile; `shut`: it is here and cannot be read. */
export async function photoToRescue(store: Store, id: string): Promise<PhotoToRescue | 'gone' | 'shut'> {
  const [{ found, shut }, row, bytes] = await Promise.all([
    itemsToRescue(store, [id]),
    store.tables.photos.get(id),
    bytesOfPhoto(store.tables, id)
  ]);
  if (row === undefined || row.state === 'cached' || row.state === 'freed') return 'gone';
  const one = found[0];
  if (one === undefined) return shut > 0 ? 'shut' : 'gone';
  if (bytes === null) return 'shut';
  const { state, digests, at, sentAt, reason } = row;
  return {
    ...one,
    isUnsent: one.isUnsent || state !== 'sent',
    known: {
      state,
      digests,
      at,
      ...(sentAt === undefined ? {} : { sentAt }),
      ...(reason === undefined ? {} : { reason })
    },
    bytes
  };
}

/** How much room the bytes of photos take. */
export async function bytesToRescue({ tables }: Store, { photos }: RescueIds): Promise<number> {
  const rows = await tables.photos.bulkGet([...photos]);
  return rows.reduce((sum, row) => sum + (row?.bytes ?? 0), 0);
}

/** Adds what documents belong to, as far as it is here: a survey without its product could not be shown. */
async function addOwners(docs: Store['tables']['docs'], ids: Set<string>): Promise<void> {
  for (let looked = [...ids]; looked.length > 0;) {
    const next = new Set<string>();
    // Few at a time: a phone does other things too.
    for (let at = 0; at < looked.length; at += AT_ONCE) {
      const some = looked.slice(at, at + AT_ONCE);
      for (const [i, row] of (await docs.bulkGet(some)).entries()) {
        if (row === undefined) ids.delete(some[i] ?? '');
        else if (row.owner !== undefined && !ids.has(row.owner)) next.add(row.owner);
      }
    }
    for (const id of next) ids.add(id);
    looked = [...next];
  }
}

/** Documents that are read at a time: no task of a slow phone is longer for more of them. */
export const AT_ONCE = 20;

/** What people know documents by: their own names, or those of the products that they belong to. */
async function namesOf(docs: Store['tables']['docs'], rows: readonly Row[]): Promise<Map<string, string>> {
  const subjects = await docs.bulkGet(rows.map(({ doc }) => textOf(doc, 'subjectId')));
  const productIds = rows.map(({ doc }, i) => textOf(doc, 'productId') || textOf(subjects[i]?.doc, 'productId'));
  const products = await docs.bulkGet(productIds);
  return new Map(
    rows.map(({ id, doc }, i) => [
      id,
      textOf(doc, 'name') || textOf(products[i]?.doc, 'name') || textOf(subjects[i]?.doc, 'name')
    ])
  );
}
