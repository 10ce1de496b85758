// Pages with a row that nobody can read, from a real HTTP server: it is noted, costs nobody else anything, and is read again.
import 'fake-indexeddb/auto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseStates } from '#lib/storage/diagnosis.ts';
import { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { COMMUNE, aProducer, anId } from '../../support/documents.ts';
import { type Device, aDevice } from '../support/device.ts';
import { type OddServer, anOddServer, json } from '../support/odd-server.ts';

const DB = `ocop-${COMMUNE}`;
const ODD = anId('producer', 50);

interface Row {
  readonly id: unknown;
  readonly changes: unknown;
  readonly deleted?: boolean;
  readonly doc?: unknown;
}

const row = (number: number, over: object = {}): Row => {
  const _id = anId('producer', number);
  return { id: _id, changes: [{ rev: '1-a' }], doc: { ...aProducer({ _id }), _rev: '1-a', ...over } };
};

let odd: OddServer;
let phone: Device;
/** What the server has, in the order of its sequence. */
let rows: Row[];
/** Ids that were read one by one. */
let read: string[][];

beforeAll(async () => {
  odd = await anOddServer();
});
afterAll(() => odd.close());

beforeEach(() => {
  phone = aDevice();
  read = [];
  odd.answer(answer);
});

function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
  const { pathname, searchParams: query } = new URL(request.url ?? '', odd.url);
  const [, , path = ''] = pathname.split('/');
  if (pathname === '/') return json(response, 200, { couchdb: 'Welcome', uuid: 'u' });
  if (path === '') return json(response, 200, { db_name: DB, instance_start_time: '1' });
  if (path === '_revs_diff') return json(response, 200, {});
  if (path === '_all_docs') {
    const { keys }: { keys: string[] } = JSON.parse(body);
    read.push(keys);
    const found = keys.map((key) => {
      const known = rows.findLast(({ id }) => id === key);
      return known === undefined
        ? { key, error: 'not_found' }
        : { id: key, key, value: { rev: '1-a', deleted: known.deleted }, doc: known.doc };
    });
    return json(response, 200, { rows: found });
  }
  const since = Number(query.get('since'));
  const limit = Number(query.get('limit'));
  const isWhole = query.get('include_docs') === 'true';
  const page = rows.slice(since, since + limit).map((one, i) => {
    const { doc, ...rest } = one;
    return { ...rest, seq: String(since + i + 1), ...(isWhole && doc !== undefined ? { doc } : {}) };
  });
  const last = since + page.length;
  json(response, 200, { results: page, last_seq: String(last), pending: rows.length - last });
}

async function sync() {
  const connection = new CouchConnection(odd.url, { fetch, now: () => '2026-11-23T01:00:00.000Z' });
  const outcome = await phone.sync(connection.remote(new AbortController().signal), [DB]);
  connection.close();
  expect(Object.fromEntries(outcome.problems)).toEqual({});
  return outcome;
}

const here = async () => (await phone.store.tables.docs.toCollection().primaryKeys()).sort();
const noted = async () => (await phone.store.tables.checkpoints.get(DB))?.odd ?? [];
const since = async () => (await phone.store.tables.checkpoints.get(DB))?.since;

const { doc: whole } = row(50);
const STRANGE: readonly [what: string, strange: Partial<Row>, why: string][] = [
  ['doc: null', { doc: null }, 'absent'],
  ['no doc', { doc: undefined }, 'absent'],
  ['an error for a document', { doc: { error: 'timeout' } }, 'error'],
  ['an error with a reason', { doc: { error: 'internal', reason: 'shard is away' } }, 'error'],
  ['text', { doc: 'văn bản' }, 'shape'],
  ['a number', { doc: 7 }, 'shape'],
  ['a list', { doc: [whole] }, 'shape'],
  ['false', { doc: false }, 'shape'],
  ['nothing in it', { doc: {} }, 'shape'],
  ['no _id', { doc: { ...Object(whole), _id: undefined } }, 'shape'],
  ['an _id of another kind', { doc: { ...Object(whole), _id: 5 } }, 'shape'],
  ["somebody else's _id", { doc: { ...Object(whole), _id: anId('producer', 51) } }, 'shape'],
  ['no _rev', { doc: { ...Object(whole), _rev: undefined } }, 'shape'],
  ['a _rev that is none', { doc: { ...Object(whole), _rev: 'new' } }, 'shape'],
  ['conflicts that are none', { doc: { ...Object(whole), _conflicts: 'many' } }, 'shape'],
  ['a deletion that is none', { doc: { ...Object(whole), _deleted: 'yes' } }, 'shape']
];

describe.each(STRANGE)('a row with %s', (_what, strange, why) => {
  const strangeRow: Row = { ...row(50), ...strange };

  test.each([0, 1, 3])(
    'is noted, wherever it stands (%i); the others are here, and the page is behind us',
    async (at) => {
      rows = [row(1), row(2), row(3)];
      rows.splice(at, 0, strangeRow);
      expect(await sync()).toMatchObject({ pulled: 3 });
      expect(await here()).toEqual([1, 2, 3].map((number) => anId('producer', number)));
      expect(await since()).toBe('4');
      expect(await noted()).toEqual([{ id: ODD, why }]);
      expect(await databaseStates(phone.store)).toMatchObject([{ name: DB, odd: [{ id: ODD, why }] }]);
    }
  );

  test('alone on its page stops nothing that comes after it', async () => {
    rows = [row(1), strangeRow, row(2)];
    phone.memory.pageSize.set(DB, 1);
    await sync();
    expect(await here()).toEqual([1, 2].map((number) => anId('producer', number)));
    expect(await noted()).toEqual([{ id: ODD, why }]);
  });

  test('is read once more, and comes when it is whole', async () => {
    rows = [row(1), strangeRow];
    await sync();
    await sync();
    expect(read).toEqual([[ODD]]);
    expect(await noted()).toHaveLength(1);
    rows = [row(1), row(50)];
    await sync();
    await sync();
    expect(read).toEqual([[ODD], [ODD]]);
    expect(await here()).toEqual([anId('producer', 1), ODD]);
    expect(await noted()).toEqual([]);
    await sync();
    expect(read).toHaveLength(2);
  });

  test('comes with its next change', async () => {
    rows = [row(1), strangeRow];
    await sync();
    rows.push(row(50, { name: 'Sửa' }));
    await sync();
    expect((await phone.store.get('producer', ODD))?.doc.name).toBe('Sửa');
    expect(await noted()).toEqual([]);
  });

  test('leaves what the phone has of it, and an unsent edit, as they are', async () => {
    rows = [row(50)];
    await sync();
    await phone.store.update('producer', ODD, (doc) => ({ ...doc, note: 'Chưa gửi' }));
    rows.push({ ...strangeRow, changes: [{ rev: '2-b' }] });
    await phone.store.tables.outbox.update(ODD, { state: 'refused' });
    await sync();
    expect(await phone.store.get('producer', ODD)).toMatchObject({
      doc: { note: 'Chưa gửi' },
      sending: { state: 'refused' }
    });
    expect(await noted()).toEqual([{ id: ODD, why }]);
  });
});

test.each<[string, unknown]>([
  ['no id', { changes: [{ rev: '1-a' }], doc: {} }],
  ['null', null],
  ['text', 'x'],
  ['an id that is none', { id: 7, changes: [{ rev: '1-a' }], doc: { _id: 'a', _rev: '1-a' } }]
])('a row that is none (%s) is noted without its id, and asked about nowhere', async (_what, none) => {
  rows = [row(1), row(2)];
  odd.answer((request, response, body) => {
    if (!request.url?.includes('_changes') || !request.url.includes('since=0')) return answer(request, response, body);
    json(response, 200, { results: [rows[0], none, rows[1]], last_seq: '2', pending: 0 });
  });
  await sync();
  expect(await here()).toHaveLength(2);
  expect(await noted()).toMatchObject([{ id: '' }]);
  await sync();
  expect(read).toEqual([]);
});

test.each<[string, object]>([
  ['a commune that is no text', { commune: 22_972 }],
  ['a commune that is a list', { commune: ['22972'] }],
  ['a text of 5 MB', { note: 'ă'.repeat(2_500_000) }],
  ['fields of other kinds', { updatedAt: 5, updatedBy: null, editId: {}, kind: [], schema: 'x', deleted: 'no' }]
])('a document with %s is kept and passed on untouched (law 17)', async (_what, over) => {
  rows = [row(1), row(50, over), row(2)];
  await sync();
  expect(await here()).toHaveLength(3);
  expect((await phone.store.tables.docs.get(ODD))?.doc).toMatchObject({ _id: ODD, ...over });
  expect(await phone.store.get('producer', ODD)).toBeUndefined();
  expect(await noted()).toEqual([]);
});

test('a field of any name is kept', async () => {
  const over = { '': 1, constructor: 2, toString: null, note: { prototype: 3 } };
  rows = [row(50, over)];
  await sync();
  expect((await phone.store.tables.docs.get(ODD))?.doc).toMatchObject(over);
});

test('a deletion is one, whatever comes with it', async () => {
  rows = [row(50)];
  await sync();
  rows.push({ id: ODD, changes: [{ rev: '2-b' }], deleted: true, doc: { error: 'x' } });
  await sync();
  expect(await here()).toEqual([]);
  expect(await noted()).toEqual([]);
});

test('what was odd and is deleted, or unheard of, is noted no longer', async () => {
  rows = [row(1), { ...row(50), doc: null }, { ...row(51), doc: null }];
  await sync();
  expect(await noted()).toHaveLength(2);
  rows = [row(1), { id: 'other', changes: [{ rev: '1-a' }], deleted: true }, { ...row(51), deleted: true, doc: null }];
  await sync();
  expect(await noted()).toEqual([]);
});

test('a server that hands out no documents at all is no server of ours: nothing is passed over', async () => {
  rows = Array.from({ length: 12 }, (_, i) => ({ ...row(i), doc: null }));
  const connection = new CouchConnection(odd.url, { fetch, now: () => '2026-11-23T01:00:00.000Z' });
  const outcome = await phone.sync(connection.remote(new AbortController().signal), [DB]);
  connection.close();
  expect(outcome.problems.get(DB)).toMatchObject({ tag: 'broken' });
  expect(await phone.store.tables.checkpoints.count()).toBe(0);
});
