// Losing leaves of stock replication: merged or recorded, then closed; whoever does it, however often, wherever it stops.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Document, Producer } from '#lib/domain/document/document.ts';
import { err, ok } from '#lib/domain/result.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { secondVersions } from '#lib/storage/leftToOthers.ts';
import { conflictsElsewhere, decideRecorded, recordedConflict } from '#lib/storage/recordedConflicts.ts';
import type { WireDocument } from '#lib/sync/core/ports.ts';
import { COMMUNE, aSurvey, anId } from '../../support/documents.ts';
import { type Device, aDevice } from '../support/device.ts';
import { type Asker, MemoryServer } from '../support/memory-server.ts';
import { Network } from '../support/network.ts';
import { officeRules } from '../support/rules.ts';

const DB = communeDatabase(COMMUNE);

let server: MemoryServer;
let network: Network;
let phone: Device;
let id: string;

const sync = (device = phone, remote: Parameters<Device['sync']>[0] = network) => device.sync(remote, [DB]);
const leaves = () => server.heads(DB).flatMap(({ clash }) => clash);
const records = () => Object.values(server.contents(DB)).filter(({ kind }) => kind === 'conflict');
const head = () => server.contents(DB)[id];
const names = () => Object.values(server.contents(DB)).map(({ name }) => name);
const made = (name: string) => phone.store.create('producer', COMMUNE, { name });

/** Two servers edited the same version, and were replicated since: `winner` stands here, `loser` beside it. */
async function replicated(winner: Partial<Producer>, loser: Partial<Producer>): Promise<void> {
  const origin = head();
  if (origin === undefined) throw new Error('nothing there');
  server.edit(DB, id, { ...origin, ...winner, updatedBy: 'canbo.b', editId: 'winner' });
  server.clash(DB, id, { ...origin, ...loser, updatedBy: 'canbo.c', editId: 'loser' });
}

beforeEach(async () => {
  server = new MemoryServer().create(DB);
  network = new Network(server);
  phone = aDevice();
  const first = await made('Cơ sở mẫu 01');
  if (!first.ok) throw new Error(first.error.tag);
  id = first.value._id;
  await sync();
});

describe('merged', () => {
  test('different places: one version again, with a note of who said what, and the leaf is closed', async () => {
    await replicated({ phone: '0252000002' }, { note: 'Ghi chú của c' });
    await sync();
    expect(leaves()).toEqual([]);
    expect(head()).toMatchObject({
      phone: '0252000002',
      note: 'Ghi chú của c',
      merges: [
        {
          parts: [
            { by: 'canbo.c', places: ['note'] },
            { by: 'canbo.b', places: ['phone'] }
          ]
        }
      ]
    });
    await sync();
    expect(await phone.store.get('producer', id)).toMatchObject({
      doc: { phone: '0252000002', note: 'Ghi chú của c' },
      sending: { state: 'sent' }
    });
    expect((await phone.store.tables.docs.get(id))?.clash).toBeUndefined();
  });

  test('the same content: it is only closed', async () => {
    await replicated({ phone: '0252000002' }, { phone: '0252000002' });
    const before = server.revOf(DB, id);
    await sync();
    expect(leaves()).toEqual([]);
    expect(server.revOf(DB, id)).toBe(before);
  });

  test('several leaves of one document, one after the other', async () => {
    await replicated({ phone: '0252000002' }, { note: 'Ghi chú của c' });
    server.clash(DB, id, { ...server.origin(DB, id), ...{ _id: id, email: 'd@mau.invalid', editId: 'd' } });
    for (let i = 0; i < 4; i++) await sync();
    expect(leaves()).toEqual([]);
    expect(head()).toMatchObject({ phone: '0252000002', note: 'Ghi chú của c' });
  });

  test('a document with an unsent edit waits until that has gone out', async () => {
    await replicated({ phone: '0252000002' }, { note: 'Ghi chú của c' });
    network.next('write', { tag: 'fail', problem: { tag: 'broken', detail: '' } });
    await phone.store.update('producer', id, (doc) => ({ ...doc, email: 'a@mau.invalid' }));
    await sync();
    await sync();
    await sync();
    expect(leaves()).toEqual([]);
    expect(head()).toMatchObject({ phone: '0252000002', note: 'Ghi chú của c', email: 'a@mau.invalid' });
  });
});

describe('recorded', () => {
  const clashing = () => replicated({ name: 'Tên của b' }, { name: 'Tên của c' });

  test.each([
    ['the same place', false, ['name']],
    ['what both come from is compacted away', true, ['name', 'phone']]
  ] as const)('%s: a conflict that every phone shows, and the leaf is closed', async (_why, isCompacted, places) => {
    await replicated({ name: 'Tên của b', phone: '0252000002' }, { name: 'Tên của c' });
    server.isCompacted = isCompacted;
    await sync();
    expect(leaves()).toEqual([]);
    expect(head()).toMatchObject({ name: 'Tên của b' });
    expect(records()).toMatchObject([
      { subjectId: id, places, mine: { name: 'Tên của c' }, theirs: { name: 'Tên của b' } }
    ]);
    const other = aDevice('canbo.d');
    await sync(other);
    const [record] = await conflictsElsewhere(other.store);
    const shown = await recordedConflict(other.store, record?._id ?? '');
    expect(shown?.conflict).toMatchObject({ mine: { updatedBy: 'canbo.c' }, by: 'canbo.b' });
    if (shown === undefined) throw new Error('not shown');
    const merged = { ...head(), name: 'Tên của c' };
    expect(await decideRecorded(other.store, shown.conflict, { merged })).toMatchObject({ ok: true });
    await sync(other);
    await sync();
    expect((await phone.store.get('producer', id))?.doc.name).toBe('Tên của c');
    expect(await conflictsElsewhere(phone.store)).toEqual([]);
  });

  test('two phones find it at once: one record, one merge', async () => {
    await clashing();
    const other = aDevice('canbo.d');
    network.next('versions', { tag: 'meanwhile', after: () => sync(other, server) });
    await sync();
    await sync(other);
    await sync();
    expect(records()).toHaveLength(1);
    expect(leaves()).toEqual([]);
    for (const device of [phone, other]) expect(await conflictsElsewhere(device.store)).toHaveLength(1);
  });
});

describe('stopped', () => {
  const requests = ['read', 'versions', 'write'] as const;
  const worlds = [
    ['merged', { phone: '0252000002' }, { note: 'Ghi chú của c' }],
    ['recorded', { name: 'Tên của b' }, { name: 'Tên của c' }]
  ] as const;
  const stops = worlds.flatMap(([what, winner, loser]) =>
    requests.flatMap((request) =>
      [0, 1].flatMap((no) =>
        (['fail', 'loseAnswer'] as const).map((fate) => [what, request, no, fate, winner, loser] as const)
      )
    )
  );

  test.each(stops)(
    '%s: at %s no. %i (%s) it goes on with the next run',
    async (what, request, no, fate, winner, loser) => {
      await replicated(winner, loser);
      for (let i = 0; i < no; i++) network.next(request, { tag: 'meanwhile' });
      network.next(request, fate === 'fail' ? { tag: 'fail', problem: { tag: 'offline' } } : { tag: 'loseAnswer' });
      await sync();
      const isSaid = (doc: WireDocument | undefined) => doc?.['note'] === loser['note' as never];
      expect(leaves().length > 0 || isSaid(head()) || records().length === 1).toBe(true);
      await sync();
      await sync();
      expect(leaves()).toEqual([]);
      expect(records()).toHaveLength(what === 'recorded' ? 1 : 0);
      expect(server.doubled).toEqual([]);
      if (what === 'merged') expect(head()).toMatchObject({ ...winner, ...loser });
      expect(await phone.store.get('producer', id)).toMatchObject({
        sending: { state: what === 'merged' ? 'sent' : 'conflict' }
      });
    }
  );

  test('by a server that turns out to be restored after a leaf was closed: nothing goes on top of it, and it gets all back', async () => {
    const restore = server.backup();
    await made('Mất');
    await sync();
    await replicated({ phone: '0252000002' }, { note: 'Ghi chú của c' });
    const late = ['Một', 'Hai', 'Ba', 'Bốn'];
    network.next('changes', { tag: 'meanwhile' }).next('changes', {
      tag: 'meanwhile',
      before: async () => {
        restore('sameLife');
        for (const name of late) await made(name);
      }
    });
    await sync();
    expect(names()).toEqual(['Cơ sở mẫu 01']);
    await sync();
    expect(names()).toEqual(expect.arrayContaining(['Mất', ...late]));
  });

  describe('for a leaf that the server cannot give', () => {
    const syncInVain = async () => {
      network.next('versions', { tag: 'fail', problem: { tag: 'server', status: 500 } });
      const { problems } = await sync();
      expect(problems.get(DB)).toEqual({ tag: 'server', status: 500 });
      expect(leaves()).toHaveLength(1);
    };
    beforeEach(() => replicated({ phone: '0252000002' }, { note: 'Ghi chú của c' }));

    test('what is typed while the run is under way is sent all the same', async () => {
      network.next('changes', { tag: 'meanwhile', after: () => made('Cơ sở mẫu 02') });
      await syncInVain();
      expect(names()).toContain('Cơ sở mẫu 02');
    });

    test('so is what waits for a run without news', async () => {
      await syncInVain();
      const { changes } = server.requests;
      await made('Cơ sở mẫu 02');
      await syncInVain();
      expect(server.requests.changes).toBe(changes);
      expect(names()).toContain('Cơ sở mẫu 02');
    });
  });

  test('merged, and edited by somebody else before the leaf was closed: it is not merged again, nor asked about', async () => {
    await replicated({ phone: '0252000002' }, { note: 'Ghi chú của c' });
    network.next('write', { tag: 'meanwhile' }).next('read', { tag: 'meanwhile' });
    network.next('read', { tag: 'fail', problem: { tag: 'offline' } });
    await sync();
    expect(leaves()).toHaveLength(1);
    server.edit(DB, id, { ...head(), _id: id, note: 'Sửa sau', editId: 'later' });
    await sync();
    await sync();
    expect(leaves()).toEqual([]);
    expect(records()).toEqual([]);
    expect(head()).toMatchObject({ note: 'Sửa sau' });
  });

  test('the winner is edited before the merge arrives: the leaf stays until that edit has been merged as well', async () => {
    await replicated({ phone: '0252000002' }, { note: 'Ghi chú của c' });
    const edit = async () => server.edit(DB, id, { ...head(), _id: id, email: 'd@mau.invalid', editId: 'later' });
    network.next('versions', { tag: 'meanwhile', after: edit });
    await sync();
    expect(leaves()).toHaveLength(1);
    await sync();
    expect(leaves()).toEqual([]);
    expect(head()).toMatchObject({ phone: '0252000002', note: 'Ghi chú của c', email: 'd@mau.invalid' });
  });
});

describe('under the rules of the server', () => {
  const officer = (name: string): Asker => ({ name, roles: ['officer'] });
  const survey = anId('survey', 7);

  beforeEach(() => {
    server.validate = officeRules;
    const draft: Document = aSurvey({ _id: survey, createdBy: 'canbo.b', updatedBy: 'canbo.b' });
    server.edit(DB, survey, draft);
    server.edit(DB, survey, { ...draft, answers: { q1: 1 }, editId: 'winner' });
    server.clash(DB, survey, { ...draft, answers: { q2: 2 }, editId: 'loser' });
  });

  test("another officer's draft is left to its maker: it stays listed, is tried once, and nothing is refused here", async () => {
    const as = new Network(server.as(officer('canbo.a')));
    await sync(phone, as);
    const { write } = server.requests;
    await sync(phone, as);
    expect(server.requests.write).toBe(write);
    expect((await phone.store.tables.docs.get(survey))?.clash).toHaveLength(1);
    expect(await phone.store.tables.outbox.count()).toBe(0);
    const maker = aDevice('canbo.b');
    await sync(maker, server.as(officer('canbo.b')));
    expect(leaves()).toEqual([]);
    expect(server.contents(DB)[survey]).toMatchObject({ answers: { q1: 1, q2: 2 } });
    await sync(phone, as);
    expect((await phone.store.tables.docs.get(survey))?.clash).toBeUndefined();
  });

  /** An officer's draft with a second version that only he can close. */
  function draftOf(createdBy: string, no: number): string {
    const _id = anId('survey', no);
    const draft: Document = aSurvey({ _id, createdBy, updatedBy: createdBy });
    server.edit(DB, _id, draft);
    server.edit(DB, _id, { ...draft, answers: { q1: 1 }, editId: `winner ${no}` });
    server.clash(DB, _id, { ...draft, answers: { q2: 2 }, editId: `loser ${no}` });
    return _id;
  }

  const asked = () => [server.requests.read, server.requests.versions, server.requests.write];

  test('however many are left to others, those that can be closed are not kept waiting, and none is asked about again', async () => {
    for (let no = 100; no < 160; no++) draftOf('canbo.b', no);
    const own = Array.from({ length: 20 }, (_, i) => draftOf('canbo.a', 900 + i));
    const as = server.as(officer('canbo.a'));
    await sync(phone, as);
    await sync(phone, as);
    for (const _id of own) expect(server.contents(DB)[_id]).toMatchObject({ answers: { q1: 1, q2: 2 } });
    expect(await secondVersions(phone.store, 3)).toMatchObject({ count: 61, first: [{}, {}, {}] });
    await sync(phone, as);
    const before = asked();
    await sync(phone, as);
    expect(asked()).toEqual(before);
  });

  test('what a newer app has to read is not read again and again', async () => {
    server.clash(DB, id, { ...head(), _id: id, schema: 2, editId: 'tomorrow' });
    const as = server.as(officer('canbo.a'));
    for (let i = 0; i < 2; i++) await sync(phone, as);
    const before = asked();
    await sync(phone, as);
    expect(asked()).toEqual(before);
    expect(leaves()).toHaveLength(2);
    expect((await secondVersions(phone.store, 9)).first.map((one) => one.id).sort()).toEqual([id, survey].sort());
  });

  test('is tried again when the document has changed, and a week later: roles may be others by then', async () => {
    const as = server.as(officer('canbo.a'));
    for (let i = 0; i < 2; i++) await sync(phone, as);
    const tries = () => server.requests.versions;
    let before = tries();
    server.edit(DB, survey, { ...server.contents(DB)[survey], _id: survey, answers: { q1: 3 }, editId: 'later' });
    for (let i = 0; i < 2; i++) await sync(phone, as);
    expect(tries()).toBeGreaterThan(before);
    before = tries();
    await sync(phone, as);
    expect(tries()).toBe(before);
    await phone.store.tables.docs.toCollection().modify((row) => {
      if (row.left !== undefined) row.left.at = '2026-11-10T00:00:00.000Z';
    });
    await sync(phone, as);
    expect(tries()).toBeGreaterThan(before);
  });

  test('what the server stumbles over holds up none of the others, and is not tried in each run', async () => {
    const own = Array.from({ length: 9 }, (_, i) => draftOf('canbo.a', 900 + i));
    const spoilt = own[4] ?? '';
    server.poison = ({ _id }) => (_id === spoilt ? { tag: 'server', status: 500 } : null);
    const as = server.as(officer('canbo.a'));
    for (let i = 0; i < 2; i++) await sync(phone, as);
    for (const _id of own.filter((one) => one !== spoilt))
      expect(server.contents(DB)[_id]).toMatchObject({ answers: { q1: 1, q2: 2 } });
    expect((await phone.store.tables.docs.get(spoilt))?.clash).toHaveLength(1);
    const before = asked();
    await sync(phone, as);
    expect(asked()).toEqual(before);
  });

  test('is not left to others for what the server says under somebody else’s cookie', async () => {
    const as = server.as(officer('canbo.x'));
    const { signal } = new AbortController();
    const authorise = async (how?: 'anew') => (how === 'anew' ? err({ tag: 'signedOut' } as const) : ok(undefined));
    const outcome = await phone.sync(as, [DB], 'both', signal, authorise);
    expect(outcome.problems.get(DB)).toEqual({ tag: 'signedOut' });
    expect((await secondVersions(phone.store, 9)).count).toBe(0);
  });
});
