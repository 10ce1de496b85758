// Each kind of write, on the real storage of a real browser: run in the page by the journey `full-storage`.
import { Dexie } from 'dexie';
import { communeDatabase } from '#lib/domain/scope.ts';
import { Database, databaseName } from '#lib/storage/database.ts';
import { addPhoto } from '#lib/storage/photos.ts';
import { Replica } from '#lib/storage/replica.ts';
import { RESERVE_BYTES, reserveState, takeReserve } from '#lib/storage/reserve.ts';
import { Store } from '#lib/storage/store.ts';
import { aNewPhoto } from '../../support/new-photo.ts';

const ACCOUNT = 'canbo.day';
const COMMUNE = '22972';
const DATABASE = communeDatabase(COMMUNE);
const AT = '2026-11-23T01:00:00.000Z';

const ports = {
  account: ACCOUNT,
  device: '01KADEVICE0000000000000001',
  now: () => new Date(),
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
};

const store = new Store(new Database(ACCOUNT, 'strict', null), ports);
const replica = new Replica(store.tables, ports);

/** Text that no compression makes smaller: a few of these are more than a full disk takes in by chance. */
function aLongText(length = 40_000): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

async function created(name: string) {
  const made = await store.create('producer', COMMUNE, { name, note: aLongText() });
  if (!made.ok) throw new Error(`${name}: ${made.error.tag}`);
  return made.value;
}

const noted = <D extends object>(doc: D): D & { note: string } => ({ ...doc, note: aLongText() });

/** A write: `saved`, or how it says that it was not. */
type Write = () => Promise<string>;

const said = (done: { readonly ok: boolean; readonly error?: { readonly cause?: string; readonly tag?: string } }) =>
  done.ok ? 'saved' : (done.error?.cause ?? done.error?.tag ?? 'failed');
const thrown = (error: unknown): string =>
  error instanceof Error && String(Reflect.get(error, 'inner') ?? error).includes('QuotaExceeded')
    ? 'quota'
    : String(error);

async function prepared(): Promise<Record<string, Write>> {
  const edited = await created('sửa');
  const shown = await created('ghi đè');
  await store.update('producer', shown._id, noted);
  const met = await created('gặp nhau');
  await replica.settle([{ tag: 'receipt', id: met._id, editId: met.editId, rev: '1-a', at: AT, doc: { ...met } }]);
  await store.update('producer', met._id, noted);
  const going = await created('đang gửi');
  const arrived = await created('đã tới');
  const refused = await created('bị từ chối');
  await replica.apply(DATABASE, aPage('1', []));
  await store.remember('draft', 'trước');
  const jpeg = crypto.getRandomValues(new Uint8Array(60_000)).buffer;
  const photo = await aNewPhoto(jpeg, { bytes: { photo: jpeg, thumb: jpeg.slice(0, 30_000) } });
  return {
    'a new record': async () => said(await store.create('producer', COMMUNE, { name: 'mới', note: aLongText() })),
    'an edit': async () => said(await store.update('producer', edited._id, noted)),
    'a kept version': async () => said(await store.update('producer', shown._id, noted, shown)),
    'a conflict': async () => {
      const theirs = { ...met, note: aLongText(), editId: 'theirs', updatedBy: 'khac' };
      return said(await replica.settle([{ tag: 'standing', id: met._id, rev: '2-b', doc: theirs, at: AT }]));
    },
    'the note of a sending': async () => said(await replica.outgoing([going._id])),
    'a receipt': async () => {
      const { _id: id, editId } = arrived;
      return said(await replica.settle([{ tag: 'receipt', id, editId, rev: '1-a', at: AT, doc: { ...arrived } }]));
    },
    'a refusal': async () => {
      const { _id: id, editId } = refused;
      const message = aLongText();
      return said(await replica.settle([{ tag: 'refused', id, editId, code: 'locked', message, at: AT }]));
    },
    'a page with its checkpoint': async () => {
      const doc = { ...edited, _id: 'producer:01KAPRODUCER00000000000099', note: aLongText() };
      return said(await replica.apply(DATABASE, aPage('2', [doc])));
    },
    'a photo': async () => said(await addPhoto(store, photo)),
    'a fact': () => store.remember('draft', aLongText()).then(() => 'saved', thrown),
    'an upgrade': async () => {
      const next = new Dexie(databaseName(`${ACCOUNT}-upgraded`));
      next.version(1).stores({ docs: 'id' });
      next
        .version(2)
        .stores({})
        .upgrade((transaction) =>
          transaction
            .table('docs')
            .toCollection()
            .modify((row: { note: string }) => {
              row.note = aLongText();
            })
        );
      const outcome = await next.open().then(() => 'saved', thrown);
      next.close();
      return outcome;
    }
  };
}

const aPage = (since: string, docs: readonly { readonly _id: string }[]) => ({
  changes: docs.map((doc) => ({ id: doc._id, rev: '1-a', isDeleted: false, doc, clash: [] })),
  since,
  identity: 'x',
  witness: null,
  completedAt: AT,
  at: AT
});

async function anOldDatabase(): Promise<void> {
  const old = new Dexie(databaseName(`${ACCOUNT}-upgraded`));
  old.version(1).stores({ docs: 'id' });
  await old.table('docs').put({ id: 'one', note: 'trước' });
  old.close();
}

/** Everything that lies in the databases, as one hash. */
async function everything(): Promise<string> {
  const tables = await Promise.all(store.tables.tables.map((table) => table.toArray()));
  const old = await new Dexie(databaseName(`${ACCOUNT}-upgraded`)).open();
  const all = JSON.stringify([tables, old.verno, await old.table('docs').toArray()], (_key, value: unknown) =>
    value instanceof ArrayBuffer ? value.byteLength : value
  );
  old.close();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(all));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

export interface FullStorage {
  /** Fills the databases with what the writes need. */
  prepare(): Promise<void>;
  everything(): Promise<string>;
  /** Tries each write. @returns what became of it, by its name */
  tryAll(): Promise<Record<string, string>>;
  holdReserve(): Promise<void>;
  /** @returns how many records of some 5 KB go in until there is no room, and what then lies in the reserve */
  typeOn(): Promise<{ saves: number; reserve: string }>;
}

let writes: Record<string, Write> = {};

const full: FullStorage = {
  async prepare(): Promise<void> {
    await anOldDatabase();
    writes = await prepared();
  },
  everything,
  async tryAll(): Promise<Record<string, string>> {
    const outcomes: Record<string, string> = {};
    for (const [name, write] of Object.entries(writes)) outcomes[name] = await write();
    return outcomes;
  },
  holdReserve: () => takeReserve(store.tables),
  async typeOn(): Promise<{ saves: number; reserve: string }> {
    let saves = 0;
    const text = () => aLongText(1900);
    // More than the reserve could ever hold, should the browser not count.
    while (saves * 5000 < 2 * RESERVE_BYTES) {
      const made = await store.create('producer', COMMUNE, { name: 'chữ', note: text(), address: text() });
      if (!made.ok) break;
      saves++;
    }
    return { saves, reserve: await reserveState(store.tables) };
  }
};

declare global {
  var full: FullStorage;
}
globalThis.full = full;
