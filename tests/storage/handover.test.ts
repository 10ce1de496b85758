// An edit that the server refuses goes by file to another officer's phone, and leaves the first one when it has arrived.
import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import type { Document } from '#lib/domain/document/document.ts';
import { handOverText, readHandOver } from '#lib/domain/handover/file.ts';
import { conflictOf } from '#lib/storage/conflicts.ts';
import { type Taken, handedOnSince, refusedEdit, takeHandOver } from '#lib/storage/handover.ts';
import { outboxCounts } from '#lib/storage/outbox.ts';
import { Replica } from '#lib/storage/replica.ts';
import { type Store, type StorePorts, openStore } from '#lib/storage/store.ts';
import { COMMUNE, aProduct, aSurvey } from '../support/documents.ts';
import { arrive } from '../support/reviewed.ts';

const DB = `ocop-${COMMUNE}`;
const AT = '2026-11-24T02:00:00.000Z';

const portsOf = (account: string): StorePorts => ({
  account,
  device: `may-${account}`,
  now: () => new Date(AT),
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
});

let a: Store;
let b: Store;

beforeEach(() => {
  const run = crypto.randomUUID();
  a = openStore(portsOf(`canbo.a-${run}`));
  b = openStore(portsOf(`canbo.b-${run}`));
});

/** The server refuses what waits of a record on A's phone. */
async function refuse(id: string): Promise<void> {
  const waiting = await a.tables.outbox.get(id);
  const settled = await new Replica(a.tables, portsOf(a.account)).settle([
    { tag: 'refused', id, editId: waiting?.editId ?? '', code: 'forbidden:owner', message: '', at: AT }
  ]);
  expect(settled).toMatchObject({ ok: true, value: [{ became: 'refused' }] });
}

/** A's refused edit by file to B, who works in the commune as an officer. */
async function handOver(id: string): Promise<Taken | string> {
  const edit = await refusedEdit(a, id);
  if (edit === null) throw new Error('nothing to hand over');
  const text = handOverText({ ...edit, by: a.account, byName: 'Cán bộ mẫu A', at: AT });
  const read = readHandOver(text, [COMMUNE]);
  if (!read.ok) throw new Error(read.error.tag);
  const account = { name: b.account, displayName: 'Cán bộ mẫu B', roles: ['officer'] };
  const taken = await takeHandOver(b, read.value, account);
  return taken.ok ? taken.value : taken.error.tag;
}

/** What B has goes to the server, and from there to A. */
async function fromBtoA(id: string): Promise<void> {
  const row = await b.tables.docs.get(id);
  if (row === undefined) throw new Error('not there');
  await arrive(a, DB, row.doc as Document);
}

async function aEdits(presentation: string): Promise<string> {
  const { _id: id } = aProduct();
  await arrive(a, DB, aProduct());
  await a.update('product', id, (doc) => ({ ...doc, presentation }));
  await refuse(id);
  return id;
}

test('an edit of a record that both have goes into it, and leaves the first phone with a word', async () => {
  const id = await aEdits('Chai 500 ml');
  await arrive(b, DB, aProduct({ editId: 'c1', code: '68-22972-01' }));
  expect(await handOver(id)).toEqual({ id, became: 'edited' });
  expect(await b.get('product', id)).toMatchObject({
    doc: { presentation: 'Chai 500 ml', code: '68-22972-01', updatedBy: b.account },
    sending: { state: 'local' }
  });
  // A still has it refused: nobody has seen it on the server.
  expect(await outboxCounts(a)).toMatchObject({ refused: 1 });

  await fromBtoA(id);
  expect(await outboxCounts(a)).toEqual({ waiting: 0, refused: 0, conflict: 0 });
  expect(await a.get('product', id)).toMatchObject({ doc: { code: '68-22972-01' }, sending: { state: 'sent' } });
  expect(await handedOnSince(a, '2026-11-01T00:00:00.000Z')).toMatchObject([
    { id, kind: 'product', name: 'Nước mắm mẫu 01', by: b.account }
  ]);
});

test('what A has typed since is another edit: it stays, and meets the other one as any edit does', async () => {
  const id = await aEdits('Chai 500 ml');
  await arrive(b, DB, aProduct());
  await handOver(id);
  await a.update('product', id, (doc) => ({ ...doc, presentation: 'Chai 750 ml' }));
  await refuse(id);
  await fromBtoA(id);
  expect(await outboxCounts(a)).toMatchObject({ conflict: 1 });
  expect(await handedOnSince(a, '')).toEqual([]);
});

test('taken over twice is taken over once', async () => {
  const id = await aEdits('Chai 500 ml');
  await arrive(b, DB, aProduct());
  await handOver(id);
  const first = await b.tables.docs.get(id);
  expect(await handOver(id)).toEqual({ id, became: 'already' });
  expect(await b.tables.docs.get(id)).toEqual(first);
});

test('what both changed in the same place is B’s to choose', async () => {
  const id = await aEdits('Chai 500 ml');
  await arrive(b, DB, aProduct({ presentation: 'Can 5 lít', editId: 'c1' }));
  expect(await handOver(id)).toEqual({ id, became: 'conflict' });
  expect(await conflictOf(b, id)).toMatchObject({
    mine: { presentation: 'Chai 500 ml' },
    theirs: { presentation: 'Can 5 lít' }
  });
});

test('where B has something unsent at the same place, that comes first, and nothing is written', async () => {
  const id = await aEdits('Chai 500 ml');
  await arrive(b, DB, aProduct());
  await b.update('product', id, (doc) => ({ ...doc, presentation: 'Can 5 lít' }));
  const before = [await b.tables.docs.toArray(), await b.tables.outbox.toArray()];
  expect(await handOver(id)).toBe('unsettled');
  expect([await b.tables.docs.toArray(), await b.tables.outbox.toArray()]).toEqual(before);
});

test('where B has something unsent elsewhere in it, both go up together, from what the server had', async () => {
  const id = await aEdits('Chai 500 ml');
  await arrive(b, DB, aProduct());
  await b.update('product', id, (doc) => ({ ...doc, code: '68-22972-01' }));
  const before = await b.tables.outbox.get(id);
  expect(await handOver(id)).toEqual({ id, became: 'edited' });
  expect(await b.get('product', id)).toMatchObject({ doc: { presentation: 'Chai 500 ml', code: '68-22972-01' } });
  expect(await b.tables.outbox.get(id)).toMatchObject({ state: 'waiting', since: before?.since, base: before?.base });
});

test('a record that the server never had is made by B, and A’s goes when B’s arrives', async () => {
  const made = await a.create('producer', COMMUNE, { name: 'Cơ sở mẫu 71' });
  if (!made.ok) throw new Error(made.error.tag);
  const id = made.value._id;
  await refuse(id);
  expect(await handOver(id)).toEqual({ id, became: 'made' });
  await fromBtoA(id);
  expect(await outboxCounts(a)).toMatchObject({ refused: 0 });
  expect(await a.get('producer', id)).toMatchObject({ doc: { createdBy: b.account }, sending: { state: 'sent' } });
});

test('somebody else’s dossier becomes a draft of B; A’s is again what the server has', async () => {
  const survey = aSurvey({ createdBy: 'canbo.c' });
  await arrive(a, DB, aProduct(), survey);
  await arrive(b, DB, aProduct(), survey);
  await a.update('survey', survey._id, (doc) => ({ ...doc, answers: { workers: 12 } }));
  await refuse(survey._id);
  const taken = await handOver(survey._id);
  expect(taken).toMatchObject({ became: 'copied' });
  const copy = typeof taken === 'string' ? '' : taken.id;
  expect(copy).not.toBe(survey._id);
  expect(await b.get('survey', survey._id)).toMatchObject({ doc: { answers: {} }, sending: { state: 'sent' } });
  expect(await b.get('survey', copy)).toMatchObject({ doc: { answers: { workers: 12 }, createdBy: b.account } });
  expect(await handOver(survey._id)).toEqual({ id: copy, became: 'already' });

  await fromBtoA(copy);
  expect(await outboxCounts(a)).toMatchObject({ refused: 0 });
  expect(await a.get('survey', survey._id)).toMatchObject({ doc: { answers: {} }, sending: { state: 'sent' } });
  expect(await a.tables.kept.toArray()).toMatchObject([{ docId: survey._id, why: 'handed' }]);
});

test('the copy and a newer version of the record in one page: the newer version stands', async () => {
  const survey = aSurvey({ createdBy: 'canbo.c' });
  await arrive(a, DB, survey);
  await arrive(b, DB, survey);
  await a.update('survey', survey._id, (doc) => ({ ...doc, answers: { workers: 12 } }));
  await refuse(survey._id);
  const taken = await handOver(survey._id);
  const copy = await b.tables.docs.get(typeof taken === 'string' ? '' : taken.id);
  await arrive(a, DB, copy?.doc as Document, aSurvey({ createdBy: 'canbo.c', answers: { women: 3 }, editId: 'c2' }));
  expect(await outboxCounts(a)).toEqual({ waiting: 0, refused: 0, conflict: 0 });
  expect(await a.get('survey', survey._id)).toMatchObject({ doc: { answers: { women: 3 } } });
});

test('a record that B has not fetched yet is not made a second time', async () => {
  expect(await handOver(await aEdits('Chai 500 ml'))).toBe('unknown');
  expect(await b.tables.docs.count()).toBe(0);
});

test('what is not refused is not handed over', async () => {
  await arrive(a, DB, aProduct());
  await a.update('product', aProduct()._id, (doc) => ({ ...doc, presentation: 'Chai' }));
  expect(await refusedEdit(a, aProduct()._id)).toBeNull();
});
