// Hands edits that the server refuses from phone to phone: what goes into the file, and what becomes of it here.
import type { Document } from '#lib/domain/document/document.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { type HandOver, type Handed, isHandable } from '#lib/domain/handover/file.ts';
import { copyIdOf, takeOver } from '#lib/domain/handover/takeOver.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { type Account, communeDatabase } from '#lib/domain/scope.ts';
import { byId } from './pages.ts';
import { type Lying, type OutboxRow, type Row, keysOf, lastSentOf, textOf } from './row.ts';
import type { SaveError, Store } from './store.ts';

/** What a refused edit hands on; null for one that nobody else could go on with. */
export async function refusedEdit(store: Store, id: string): Promise<Pick<HandOver, 'doc' | 'base'> | null> {
  const [row, waiting] = await Promise.all([store.tables.docs.get(id), store.tables.outbox.get(id)]);
  const doc = handable(row?.doc);
  if (doc === null || waiting?.state !== 'refused') return null;
  const base = waiting.base === null ? null : handable(waiting.base.doc);
  return waiting.base !== null && base === null ? null : { doc, base };
}

/** What became of a file; `id` is the record to look at. */
export interface Taken {
  readonly id: string;
  readonly became: 'already' | 'made' | 'copied' | 'edited' | 'conflict';
}

export type TakeProblem =
  | SaveError
  /** The server has the record and this phone has not: sync first. */
  | { readonly tag: 'unknown' }
  /** It has a conflict, or unsent changes at the same places: these come first. */
  | { readonly tag: 'unsettled' };

/** Takes an edit over under this account; in one transaction, and once however often it is done. */
export async function takeHandOver(
  store: Store,
  handOver: HandOver,
  account: Account
): Promise<Result<Taken, TakeProblem>> {
  const { docs, outbox } = store.tables;
  const { doc: handed } = handOver;
  const taken = await store.write<Taken | Extract<TakeProblem, { tag: 'unknown' | 'unsettled' }>>(async (stamp) => {
    const copyId = copyIdOf(handed);
    const [row, waiting, copy] = await Promise.all([docs.get(handed._id), outbox.get(handed._id), docs.get(copyId)]);
    if (copy !== undefined) return ok({ id: copyId, became: 'already' });
    const here = row === undefined ? undefined : readableOf(row.doc);
    if (here === null) return err({ tag: 'malformed', path: '', message: 'newer' });
    const plan = takeOver(handOver, here, account, stamp);
    if (plan.tag === 'already') return ok({ id: handed._id, became: 'already' });
    if (plan.tag === 'unknown') return ok({ tag: 'unknown' });
    const isUnsettled = waiting?.state === 'conflict' || (plan.tag === 'clash' && waiting !== undefined);
    if (isUnsettled && plan.tag !== 'copy') return ok({ tag: 'unsettled' });
    const parsed = parseDocument(plan.doc);
    if (!parsed.ok) return err({ tag: 'malformed', path: '', message: parsed.error.tag });
    const doc = parsed.value;
    if (plan.tag === 'make' || plan.tag === 'copy') {
      await docs.add(rowOf(doc, null));
      await outbox.put(outboxRowOf(doc, { since: doc.updatedAt, base: null }));
      return ok({ id: doc._id, became: plan.tag === 'make' ? 'made' : 'copied' });
    }
    const rev = row?.rev ?? null;
    await docs.put(rowOf(doc, row ?? null));
    if (plan.tag === 'edit') {
      const base = row === undefined || rev === null ? null : { rev, doc: row.doc };
      await outbox.put({
        ...outboxRowOf(doc, { since: doc.updatedAt, base }),
        ...kept({ row, waiting }),
        editId: doc.editId
      });
      return ok({ id: doc._id, became: 'edited' });
    }
    // The version here is the other side: it is what the server has, or will have.
    const theirs = { rev: rev ?? '', doc: row?.doc ?? doc };
    const base = handOver.base === null ? null : { rev: rev ?? '', doc: handOver.base };
    await outbox.put({
      ...outboxRowOf(doc, { since: doc.updatedAt, base }),
      state: 'conflict',
      theirs,
      at: stamp.updatedAt
    });
    return ok({ id: doc._id, became: 'conflict' });
  });
  if (!taken.ok) return taken;
  return 'tag' in taken.value ? err(taken.value) : ok(taken.value);
}

/** A version of this phone that somebody else's edit stands for now. */
export interface HandedOn {
  readonly no: number;
  readonly id: string;
  readonly kind: Handed['kind'];
  /** The product's or producer's name; '' when it is not on this device. */
  readonly name: string;
  /** Who took it over, user name. */
  readonly by: string;
  readonly at: string;
}

/** Edits that were taken over since a day, the newest first. @param since ISO instant */
export async function handedOnSince(store: Store, since: string): Promise<HandedOn[]> {
  const rows = await store.tables.kept.filter(({ why, at }) => why === 'handed' && at >= since).toArray();
  const found = rows.flatMap((row) => {
    const doc = handable(row.doc);
    return doc === null ? [] : [{ row, doc, productId: textOf(doc, 'productId') }];
  });
  const products = await byId(
    store,
    'product',
    found.map(({ productId }) => productId)
  );
  return found
    .map(({ row: { no = 0, docId, at, by = '' }, doc, productId }) => ({
      no,
      id: docId,
      kind: doc.kind,
      name: textOf(doc, 'name') || (products.get(productId)?.name ?? ''),
      by,
      at
    }))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

function handable(doc: unknown): Handed | null {
  const readable = readableOf(doc);
  return readable !== null && isHandable(readable) ? readable : null;
}

function readableOf(doc: unknown): Document | null {
  const parsed = parseDocument(doc);
  return parsed.ok ? parsed.value : null;
}

function rowOf(doc: Document, before: Row | null): Row {
  const { _id: id, commune, updatedAt } = doc;
  const row: Row = {
    id,
    database: before?.database ?? communeDatabase(commune),
    commune,
    updatedAt,
    doc,
    rev: before?.rev ?? null,
    receivedAt: before?.receivedAt ?? null,
    ...keysOf(doc)
  };
  return before?.clash === undefined ? row : { ...row, clash: before.clash };
}

const outboxRowOf = (doc: Document, { since, base }: Pick<OutboxRow, 'since' | 'base'>): OutboxRow => ({
  id: doc._id,
  database: communeDatabase(doc.commune),
  editId: doc.editId,
  since,
  state: 'waiting',
  base
});

/** What an unsent edit that lay here before still has to say: where it began, and what went out without an answer. */
function kept({ row, waiting }: Lying): Partial<OutboxRow> {
  if (waiting === undefined) return {};
  const { since, base, sent, isLost } = waiting;
  return {
    since,
    base,
    ...(sent === undefined ? {} : { sent }),
    ...lastSentOf({ row, waiting }),
    ...(isLost === undefined ? {} : { isLost })
  };
}
