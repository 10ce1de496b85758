// What a transaction of the replica is going to write: of each document the last word counts.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import { Database } from '#lib/storage/database.ts';
import { Batch } from '#lib/storage/replica/batch.ts';
import { Settling } from '#lib/storage/replica/settling.ts';
import type { OutboxRow, Row } from '#lib/storage/row.ts';

const row = (id: string, rev = '1-a'): Row => ({
  id,
  database: 'ocop-1',
  commune: '1',
  updatedAt: '',
  doc: { _id: id },
  rev,
  receivedAt: null
});
const edit = (id: string, editId = 'e1'): OutboxRow => ({
  id,
  database: 'ocop-1',
  editId,
  since: '',
  state: 'waiting',
  base: null
});

let db: Database;
let batch: Batch;

beforeEach(() => {
  db = new Database(crypto.randomUUID(), 'relaxed', null);
  batch = new Batch();
});

const lying = async (id: string) => [await db.docs.get(id), await db.outbox.get(id)];

describe('the last word', () => {
  test('is that it goes: what was said of it before is not written', async () => {
    await db.docs.put(row('conflict:1'));
    await db.outbox.put(edit('conflict:1'));
    batch.edit({ row: row('conflict:1', '2-b'), waiting: edit('conflict:1', 'e2') });
    batch.remove('conflict:1');
    batch.dequeue('conflict:1');
    await batch.write(db);
    expect(await lying('conflict:1')).toEqual([undefined, undefined]);
  });

  test('is that it stays: an edit comes of what was to go', async () => {
    await db.docs.put(row('conflict:1'));
    batch.remove('conflict:1');
    batch.dequeue('conflict:1');
    batch.edit({ row: row('conflict:1', '2-b'), waiting: edit('conflict:1', 'e2') });
    await batch.write(db);
    expect(await lying('conflict:1')).toMatchObject([{ rev: '2-b' }, { editId: 'e2' }]);
  });

  test('is what another document’s step reads of it', () => {
    const was = { row: row('conflict:1'), waiting: edit('conflict:1') };
    expect(batch.after('conflict:1', was)).toEqual(was);
    batch.put(row('conflict:1', '2-b'));
    expect(batch.after('conflict:1', was)).toMatchObject({ row: { rev: '2-b' }, waiting: { editId: 'e1' } });
    batch.remove('conflict:1');
    batch.dequeue('conflict:1');
    expect(batch.after('conflict:1', was)).toEqual({ row: undefined, waiting: undefined });
    expect(batch.rows).toEqual([]);
  });
});

test('of a step that fails nothing is written, and all of the others', async () => {
  const settling = new Settling({
    account: 'canbo.a',
    device: 'may-a',
    now: () => new Date(0),
    random: (length) => new Uint8Array(length)
  });
  const isDone = [
    settling.tries(({ batch }) => batch.put(row('survey:1'))),
    settling.tries(({ batch }) => {
      batch.put(row('survey:1', '9-z'));
      batch.remove('survey:2');
      batch.kept.push({ docId: 'survey:2', doc: { _id: 'survey:2' }, why: 'conflict', at: '' });
      throw new Error('what came cannot be compared');
    }),
    settling.tries(({ batch }) => batch.queue(edit('survey:3')))
  ];
  await db.docs.put(row('survey:2'));
  await settling.batch.write(db);
  expect(isDone).toEqual([true, false, true]);
  expect(await db.docs.toArray()).toMatchObject([
    { id: 'survey:1', rev: '1-a' },
    { id: 'survey:2', rev: '1-a' }
  ]);
  expect(await db.kept.count()).toBe(0);
  expect(await db.outbox.get('survey:3')).toMatchObject({ editId: 'e1' });
});
