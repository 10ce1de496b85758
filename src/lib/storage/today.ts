// What Hôm nay shows: returned and unfinished work of the account, certificates and papers that run out, visits planned.
import type { Filed, PaperKind } from '#lib/domain/document/document.ts';
import type { Status } from '#lib/domain/document/status.ts';
import type { Sending } from '#lib/domain/sending.ts';
import { byId } from './pages.ts';
import { readable } from './edited.ts';
import { type Row, fieldOf } from './row.ts';
import type { Store } from './store.ts';

/** A survey or an assessment with the names that tell which one it is. */
export interface Task {
  readonly doc: Filed;
  readonly productName: string;
  readonly producerName: string;
  readonly sending: Sending;
}

/** Returned work, with what the reviewers said and is not settled yet. */
export interface ReturnedTask extends Task {
  readonly remarks: number;
  /** User names of those who remarked. */
  readonly remarkedBy: readonly string[];
  /** When it was returned. */
  readonly returnedAt: string;
}

/** So many of the account's own are read for Hôm nay: there may be more. */
export const MINE_MOST = 20;

/** The account's own drafts, the last touched first. */
export function myDrafts(store: Store, limit = MINE_MOST): Promise<Task[]> {
  return tasksOf(store, 'draft', limit);
}

/** The account's own returned work, the last returned first. */
export async function myReturned(store: Store, limit = MINE_MOST): Promise<ReturnedTask[]> {
  const tasks = await tasksOf(store, 'returned', limit);
  if (tasks.length === 0) return [];
  const subjects = tasks.map(({ doc }) => doc._id);
  const rows = await store.tables.docs.where('owner').anyOf(subjects).toArray();
  const reviews = rows.flatMap((row) => readable(row, 'review') ?? []).filter(({ deleted }) => deleted !== true);
  return tasks.map((task) => {
    const open = reviews
      .filter(({ subjectId }) => subjectId === task.doc._id)
      .flatMap(({ remarks }) => remarks.filter(({ resolved }) => resolved !== true));
    const returned = task.doc.trail.findLast(({ status }) => status === 'returned');
    return {
      ...task,
      remarks: open.length,
      remarkedBy: [...new Set(open.map(({ by }) => by))],
      returnedAt: returned?.at ?? task.doc.updatedAt
    };
  });
}

/** A product whose certificate runs out. */
export interface DueCertificate {
  readonly id: string;
  readonly name: string;
  readonly producerName: string;
  readonly commune: string;
  readonly stars: number;
  /** `yyyy-mm-dd` */
  readonly validUntil: string;
  readonly sending: Sending;
}

/**
 * Products whose certificate ends between two days, the first to end first.
 * @param from `yyyy-mm-dd`, inclusive
 * @param until `yyyy-mm-dd`, inclusive
 */
export async function dueCertificates(store: Store, from: string, until: string): Promise<DueCertificate[]> {
  const rows = await store.tables.docs.where('due').between(from, until, true, true).toArray();
  const products = await store.withSending(
    'product',
    rows.filter(({ live }) => live === 'product')
  );
  const producers = await byId(
    store,
    'producer',
    products.map(({ doc }) => doc.producerId)
  );
  return products.flatMap(({ doc: { _id, name, producerId, commune, recognition }, sending }) =>
    recognition?.validUntil === undefined
      ? []
      : [
          {
            id: _id,
            name,
            producerName: producers.get(producerId)?.name ?? '',
            commune,
            stars: recognition.stars,
            validUntil: recognition.validUntil,
            sending
          }
        ]
  );
}

/** A paper that runs out. */
export interface DuePaper {
  readonly id: string;
  readonly paperKind: PaperKind;
  readonly title: string;
  readonly number: string;
  readonly productName: string;
  /** `yyyy-mm-dd` */
  readonly validUntil: string;
  readonly sending: Sending;
}

/**
 * Papers of products whose last day is between two days, the first to end first.
 * @param from `yyyy-mm-dd`, inclusive
 * @param until `yyyy-mm-dd`, inclusive
 */
export async function duePapers(store: Store, from: string, until: string): Promise<DuePaper[]> {
  const rows = await store.tables.docs.where('due').between(from, until, true, true).toArray();
  const papers = await store.withSending(
    'paper',
    rows.filter(({ live }) => live === 'paper')
  );
  const products = await byId(
    store,
    'product',
    papers.map(({ doc }) => doc.productId)
  );
  return papers.flatMap(({ doc: { _id, paperKind, title = '', number = '', productId, validUntil }, sending }) => {
    const product = products.get(productId);
    // What belonged to a product that was deleted presses nobody.
    if (product === undefined || product.deleted === true || validUntil === undefined) return [];
    return [{ id: _id, paperKind, title, number, productName: product.name, validUntil, sending }];
  });
}

/** A visit that somebody means to make. */
export interface PlannedVisit {
  readonly producerId: string;
  readonly producerName: string;
  readonly commune: string;
  readonly address: string;
  readonly phone: string;
  /** Day or instant, as it was planned. */
  readonly at: string;
  readonly note: string;
  /** Of the producer, with whom the plan goes up. */
  readonly sending: Sending;
}

/** The planned visits from a day on, the next first. */
export async function plannedVisits(store: Store, from: string, limit = 20): Promise<PlannedVisit[]> {
  const rows = await store.tables.docs.where('visit').aboveOrEqual(from).limit(limit).toArray();
  const producers = await store.withSending('producer', rows);
  return producers.flatMap(({ doc: { _id, name, commune, address, phone, plannedVisit }, sending }) =>
    plannedVisit === undefined
      ? []
      : [
          {
            producerId: _id,
            producerName: name,
            commune,
            address: address ?? '',
            phone: phone ?? '',
            at: plannedVisit.at,
            note: plannedVisit.note ?? '',
            sending
          }
        ]
  );
}

/** The submitted files of each kind, the last touched last. @param limit of each kind */
export async function submitted(store: Store, limit: number): Promise<Task[]> {
  return thoseThere(store, limit, async (most) => {
    return ofBoth(async (kind) => toFound(await ofStatus(store, kind, 'submitted').limit(most).toArray()));
  });
}

async function tasksOf(store: Store, status: Status, limit: number): Promise<Task[]> {
  return (await thoseThere(store, limit, (most) => mine(store, status, most))).slice(0, limit);
}

/**
 * Those of products and producers that are there: what was deleted along with its product is nobody's task.
 * @param find gives the first so many, all of them where there are fewer
 */
async function thoseThere(store: Store, limit: number, find: (most: number) => Promise<Found[]>): Promise<Task[]> {
  for (let most = limit; ; most *= 4) {
    const found = await find(most);
    const tasks = await withNames(store, found);
    if (tasks.length >= limit || found.length < most) return tasks;
  }
}

/** A survey or an assessment with its row. */
interface Found {
  readonly row: Row;
  readonly doc: Filed;
}

const ofStatus = (store: Store, kind: Filed['kind'], status: Status) =>
  store.tables.docs.where('[live+status+updatedAt+owner+visited]').between([kind, status], [kind, status, []]);

const toFound = (rows: readonly Row[]): Found[] =>
  rows.flatMap((row): Found | never[] => {
    const doc = readable(row, 'survey') ?? readable(row, 'assessment');
    return doc === undefined ? [] : { row, doc };
  });

/** What is found of surveys and of self-assessments, asked at once. */
const ofBoth = async (find: (kind: Filed['kind']) => Promise<Found[]>): Promise<Found[]> =>
  (await Promise.all([find('survey'), find('assessment')])).flat();

async function mine(store: Store, status: Status, limit: number): Promise<Found[]> {
  const found = await ofBoth(async (kind) => {
    const own = ofStatus(store, kind, status)
      .reverse()
      .filter(({ doc }) => fieldOf(doc, 'createdBy') === store.account);
    return toFound(await own.limit(limit).toArray());
  });
  return found.sort((a, b) => (a.doc.updatedAt < b.doc.updatedAt ? 1 : -1)).slice(0, limit);
}

/** All of it asked in one breath: at the start each wait for the storage is one for the person. */
async function withNames(store: Store, found: readonly Found[]): Promise<Task[]> {
  if (found.length === 0) return [];
  const docs = found.map(({ doc }) => doc);
  const [products, producers, sendings] = await Promise.all([
    byId(
      store,
      'product',
      docs.map(({ productId }) => productId)
    ),
    byId(
      store,
      'producer',
      docs.map(({ producerId }) => producerId)
    ),
    store.sendings(found.map(({ row }) => row))
  ]);
  return docs.flatMap((doc, i) => {
    const sending = sendings[i];
    const product = products.get(doc.productId);
    const producer = producers.get(doc.producerId);
    if (sending === undefined || product?.deleted === true || producer?.deleted === true) return [];
    return [{ doc, productName: product?.name ?? '', producerName: producer?.name ?? '', sending }];
  });
}
