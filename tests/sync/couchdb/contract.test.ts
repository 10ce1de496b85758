// The port `Remote` as the engine relies on it: held against the server in memory, the embedded one, or any CouchDB.
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Result } from '#lib/domain/result.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { ChangesPage, Outgoing, Remote } from '#lib/sync/core/ports.ts';
import { CouchConnection } from '#lib/sync/couchdb/remote.ts';
import { COMMUNE, aProducer, anId } from '../../support/documents.ts';
import { type Couch, aCouch } from '../support/couch.ts';
import { MemoryServer } from '../support/memory-server.ts';

const FORBID = `function (doc) { if (doc.name === 'Không nhận') throw({ forbidden: 'locked: accepted' }); }`;

const outgoing = (number: number, over: Partial<Outgoing> & { name?: string } = {}): Outgoing => {
  const { name = `Cơ sở mẫu ${number}`, ...rest } = over;
  const _id = anId('producer', number);
  return {
    id: _id,
    editId: 'edit',
    doc: { ...aProducer({ _id, name, commune: COMMUNE }) },
    rev: null,
    sent: [],
    lastSent: null,
    isLost: false,
    ...rest
  };
};

/** A revision that loses against every one that a server makes. */
const LOSER = `1-${'0'.repeat(32)}`;

function value<T>(result: Result<T, SyncProblem>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const problem = <T>(result: Result<T, SyncProblem>): SyncProblem | null => (result.ok ? null : result.error);

/** A server with somebody who may do more on it than an officer's phone. */
interface Ground {
  readonly remote: Remote;
  /** A text that makes a document too large. */
  readonly tooMuch: string;
  database(): Promise<string>;
  /** Makes a database anew, empty, in a life of its own. */
  recreate(database: string): Promise<void>;
  /** Takes the role that opens a database away from its members. */
  shut(database: string): Promise<void>;
  /** Deletes the newest revision of a document. */
  remove(database: string, id: string): Promise<void>;
  /** Leaves a losing revision beside the newest one, as replication between servers does; gives it. */
  clash(database: string, doc: Outgoing['doc']): Promise<string>;
  /** Stores a document with an attachment `photo`; gives its revision. */
  attach(database: string, doc: Outgoing['doc']): Promise<string>;
  close(): Promise<void>;
}

async function inMemory(): Promise<Ground> {
  const server = new MemoryServer();
  const shut = new Set<string>();
  server.validate = ({ name }) => (name === 'Không nhận' ? 'locked: accepted' : null);
  server.mayUse = (_asker, database) => !shut.has(database);
  server.limit = 20_000;
  let count = 0;
  return {
    remote: server.as({ name: 'canbo.a', roles: ['officer'] }),
    tooMuch: 'x'.repeat(20_000),
    database: async () => {
      server.create(`test-${++count}`);
      return `test-${count}`;
    },
    recreate: async (database) => server.recreate(database),
    shut: async (database) => void shut.add(database),
    remove: async (database, id) => void server.edit(database, id, null),
    clash: async (database, doc) => server.clash(database, doc._id, doc),
    attach: async (database, doc) =>
      server.edit(database, doc._id, { ...doc, _attachments: { photo: { content_type: 'image/jpeg', stub: true } } }),
    close: async () => undefined
  };
}

async function couch(): Promise<Ground> {
  const server: Couch = await aCouch();
  const connection = new CouchConnection(server.url, {
    fetch: await server.signedIn(),
    now: () => '2026-11-23T01:00:00.000Z'
  });
  const done = async (path: string, init: RequestInit): Promise<unknown> => {
    const { status, body } = await server.admin(path, init);
    if (status >= 400) throw new Error(`${path}: ${JSON.stringify(body)}`);
    return body;
  };
  const open = async (database: string, role: string): Promise<void> => {
    const body = JSON.stringify({ admins: { roles: ['_admin'] }, members: { roles: [role] } });
    await done(`/${database}/_security`, { method: 'PUT', body });
  };
  return {
    remote: connection.remote(new AbortController().signal),
    tooMuch: 'x'.repeat(8_000_001),
    database: () => server.database(FORBID),
    recreate: async (database) => {
      await done(`/${database}`, { method: 'DELETE' });
      await done(`/${database}`, { method: 'PUT' });
      await open(database, 'officer');
    },
    shut: (database) => open(database, 'council'),
    remove: async (database, id) => {
      const { _rev } = v.parse(v.object({ _rev: v.string() }), await done(`/${database}/${id}`, {}));
      await done(`/${database}/${id}?rev=${_rev}`, { method: 'DELETE' });
    },
    clash: async (database, doc) => {
      const docs = [{ ...doc, _rev: LOSER }];
      await done(`/${database}/_bulk_docs`, { method: 'POST', body: JSON.stringify({ docs, new_edits: false }) });
      return LOSER;
    },
    attach: async (database, doc) => {
      const photo = { content_type: 'image/jpeg', data: Buffer.from('ảnh').toString('base64') };
      const body = JSON.stringify({ ...doc, _attachments: { photo } });
      const stored = await done(`/${database}/${doc._id}`, { method: 'PUT', body });
      return v.parse(v.object({ rev: v.string() }), stored).rev;
    },
    close: async () => {
      connection.close();
      await server.close();
    }
  };
}

describe.each([
  ['in memory', inMemory],
  [process.env['COUCHDB_URL'] ? 'COUCHDB_URL' : 'the embedded server', couch]
])('%s', (_name, make) => {
  let ground: Ground;
  let remote: Remote;
  beforeAll(async () => {
    ground = await make();
    ({ remote } = ground);
  });
  afterAll(() => ground.close());

  test('stores documents and gives a revision and the time of each receipt', async () => {
    const db = await ground.database();
    const { answers, serverTime } = value(await remote.write(db, [outgoing(1), outgoing(2)]));
    expect(answers).toMatchObject([
      { tag: 'stored', id: anId('producer', 1) },
      { tag: 'stored', id: anId('producer', 2) }
    ]);
    expect(Date.parse(serverTime)).toBeGreaterThan(0);
  });

  test('gives back exactly what was stored', async () => {
    const db = await ground.database();
    const sent = outgoing(1, { name: 'Nước mắm “Phan Rí” – 40° đạm\n🐟' });
    await remote.write(db, [sent]);
    const [current] = value(await remote.read(db, [sent.id]));
    expect(current?.doc).toEqual(sent.doc);
  });

  test('answers for each document on its own: stored, conflict, forbidden', async () => {
    const db = await ground.database();
    await remote.write(db, [outgoing(1)]);
    const { answers } = value(
      await remote.write(db, [outgoing(1, { name: 'Khác' }), outgoing(2, { name: 'Không nhận' }), outgoing(3)])
    );
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    expect(byId.get(anId('producer', 1))?.tag).toBe('conflict');
    expect(byId.get(anId('producer', 2))).toMatchObject({ tag: 'forbidden', reason: 'locked: accepted' });
    expect(byId.get(anId('producer', 3))?.tag).toBe('stored');
  });

  test('takes an edit that names the newest revision, and no other', async () => {
    const db = await ground.database();
    const [first] = value(await remote.write(db, [outgoing(1)])).answers;
    const rev = first?.tag === 'stored' ? first.rev : '';
    const again = await remote.write(db, [outgoing(1, { rev, name: 'Hai' })]);
    expect(value(again).answers[0]?.tag).toBe('stored');
    const stale = await remote.write(db, [outgoing(1, { rev, name: 'Ba' })]);
    expect(value(stale).answers[0]?.tag).toBe('conflict');
    const unheard = await remote.write(db, [outgoing(2, { rev: '5-00000000000000000000000000000000' })]);
    expect(value(unheard).answers[0]?.tag).toBe('conflict');
  });

  test('reads the newest version of some documents; what it has never heard of is null', async () => {
    const db = await ground.database();
    const [stored] = value(await remote.write(db, [outgoing(1)])).answers;
    const read = value(await remote.read(db, [anId('producer', 1), anId('producer', 2)]));
    expect(read).toMatchObject([
      { id: anId('producer', 1), rev: stored?.tag === 'stored' ? stored.rev : '', doc: { name: 'Cơ sở mẫu 1' } },
      { id: anId('producer', 2), rev: null, doc: null }
    ]);
  });

  test('tells changes page by page, each document once, with its newest version', async () => {
    const db = await ground.database();
    const all = Array.from({ length: 7 }, (_, i) => outgoing(i + 1));
    await remote.write(db, all);
    const [first] = value(await remote.read(db, [anId('producer', 1)]));
    await remote.write(db, [outgoing(1, { rev: first?.rev ?? null, name: 'Sửa' })]);

    const seen = new Map<string, unknown>();
    let since: string | null = null;
    for (let pages = 0; pages < 10; pages++) {
      const page: ChangesPage = value(await remote.changes(db, since, 3));
      for (const change of page.changes)
        if (!change.id.startsWith('_design/')) seen.set(change.id, change.doc?.['name']);
      since = page.lastSeq;
      if (page.pending === 0 || page.changes.length === 0) break;
    }
    expect(seen.size).toBe(7);
    expect(seen.get(anId('producer', 1))).toBe('Sửa');
    expect(value(await remote.changes(db, since, 3)).changes).toEqual([]);
  });

  test('tells the newest changes, the last one first', async () => {
    const db = await ground.database();
    await remote.write(
      db,
      [1, 2, 3].map((number) => outgoing(number))
    );
    const [first] = value(await remote.read(db, [anId('producer', 1)]));
    await remote.write(db, [outgoing(1, { rev: first?.rev ?? null, name: 'Sửa' })]);
    const newest = value(await remote.newest(db, 2));
    expect(newest.map(({ id, doc }) => [id, doc?.['name']])).toEqual([
      [anId('producer', 1), 'Sửa'],
      [anId('producer', 3), 'Cơ sở mẫu 3']
    ]);
    const whole = value(await remote.changes(db, null, 10)).changes;
    expect(newest.every((change) => whole.some(({ rev }) => rev === change.rev))).toBe(true);
  });

  /** A database of some documents, read to its end, with the witness of that. */
  async function readToTheEnd(count: number) {
    const db = await ground.database();
    await remote.write(
      db,
      Array.from({ length: count }, (_, i) => outgoing(i + 1))
    );
    const { witness, lastSeq } = value(await remote.changes(db, null, 500));
    if (witness === null) throw new Error('no witness');
    return { db, witness, lastSeq };
  }

  test.each([0, 1, 2, 3, 4, 5, 8, 30])('after %s documents a look back says that nothing is new', async (count) => {
    const { db, witness } = await readToTheEnd(count);
    expect(witness.rows.length).toBeLessThanOrEqual(4);
    expect(value(await remote.isStill(db, witness)).isStill).toBe(true);
    expect(value(await remote.isStill(db, witness)).isStill).toBe(true);
  });

  test.each([
    ['a new document', [outgoing(9)]],
    ['a change of the last one', [outgoing(3, { name: 'Sửa' })]],
    ['a change of an earlier one', [outgoing(1, { name: 'Sửa' })]]
  ])('and that there is: %s', async (_what, docs) => {
    const { db, witness, lastSeq } = await readToTheEnd(3);
    const read = value(
      await remote.read(
        db,
        docs.map(({ id }) => id)
      )
    );
    await remote.write(
      db,
      docs.map((one, i) => ({ ...one, rev: read[i]?.rev ?? null }))
    );
    expect(value(await remote.isStill(db, witness)).isStill).toBe(false);
    const page = value(await remote.changes(db, lastSeq, 500));
    expect(page.changes.map(({ id }) => id)).toEqual(docs.map(({ id }) => id));
    expect(page.witness !== null && value(await remote.isStill(db, page.witness)).isStill).toBe(true);
  });

  test('and that a database made anew is not still, whatever lies in it', async () => {
    const { witness } = await readToTheEnd(3);
    const empty = await ground.database();
    expect(value(await remote.isStill(empty, witness)).isStill).toBe(false);
  });

  test('knows which revisions it has never had', async () => {
    const db = await ground.database();
    const [first] = value(await remote.write(db, [outgoing(1)])).answers;
    const rev = first?.tag === 'stored' ? first.rev : '';
    await remote.write(db, [outgoing(1, { rev, name: 'Hai' })]);
    const missing = await remote.missing(db, [
      { id: anId('producer', 1), rev },
      { id: anId('producer', 1), rev }
    ]);
    expect(value(missing)).toEqual([]);
    const unknown = await remote.missing(db, [{ id: anId('producer', 2), rev: '1-00000000000000000000000000000000' }]);
    expect(value(unknown)).toEqual([anId('producer', 2)]);
  });

  test('knows losing revisions as well, in the database that has them', async () => {
    const db = await ground.database();
    const { doc, id } = outgoing(1);
    await remote.write(db, [outgoing(1)]);
    const loser = await ground.clash(db, { ...doc, name: 'Thua' });
    expect(value(await remote.missing(db, [{ id, rev: loser }]))).toEqual([]);
    expect(value(await remote.missing(await ground.database(), [{ id, rev: loser }]))).toEqual([id]);
  });

  test('an edit that arrives twice is stored once: the second is told of a conflict', async () => {
    const db = await ground.database();
    const first = await storedRev(db, outgoing(1));
    const edit = outgoing(1, { rev: first, name: 'Hai' });
    const second = await storedRev(db, edit);
    expect(value(await remote.write(db, [edit])).answers).toEqual([{ tag: 'conflict', id: edit.id }]);
    expect(value(await remote.write(db, [outgoing(1)])).answers).toEqual([{ tag: 'conflict', id: edit.id }]);
    expect(value(await remote.read(db, [edit.id]))[0]?.rev).toBe(second);
  });

  test('the same edit of the same revision is the same revision, on whichever server; another edit is another', async () => {
    const [one, two] = [await ground.database(), await ground.database()];
    const rev = await storedRev(one, outgoing(1));
    expect(await storedRev(two, outgoing(1))).toBe(rev);
    const edit = await storedRev(one, outgoing(1, { rev, name: 'Hai' }));
    expect(await storedRev(two, outgoing(1, { rev, name: 'Hai' }))).toBe(edit);
    const three = await ground.database();
    expect(await storedRev(three, outgoing(1))).toBe(rev);
    expect(await storedRev(three, outgoing(1, { rev, name: 'Ba' }))).not.toBe(edit);
    expect([rev, edit].map((of) => Number.parseInt(of, 10))).toEqual([1, 2]);
  });

  test('who is overtaken hears of that, and not of the rules', async () => {
    const db = await ground.database();
    await storedRev(db, outgoing(1));
    const { answers } = value(await remote.write(db, [outgoing(1, { name: 'Không nhận' })]));
    expect(answers).toEqual([{ tag: 'conflict', id: anId('producer', 1) }]);
  });

  test('a refused document leaves no trace', async () => {
    const db = await ground.database();
    const rev = await storedRev(db, outgoing(1));
    const { lastSeq } = await everything(db);
    const { answers } = value(await remote.write(db, [outgoing(1, { rev, name: 'Không nhận' })]));
    expect(answers).toEqual([{ tag: 'forbidden', id: anId('producer', 1), reason: 'locked: accepted' }]);
    expect(value(await remote.read(db, [anId('producer', 1)]))[0]).toMatchObject({ rev, doc: { name: 'Cơ sở mẫu 1' } });
    expect(value(await remote.changes(db, lastSeq, 10)).changes).toEqual([]);
  });

  describe('a deleted document', () => {
    const id = anId('producer', 1);
    let db: string;
    let rev: string;
    let since: string;
    beforeEach(async () => {
      db = await ground.database();
      rev = await storedRev(db, outgoing(1));
      since = (await everything(db)).lastSeq;
      await ground.remove(db, id);
    });

    test('is told as deleted, with the revision that deleted it', async () => {
      const [current] = value(await remote.read(db, [id]));
      expect(current).toEqual({ id, rev: expect.stringMatching(/^2-/), doc: null, clash: [] });
      const { changes } = value(await remote.changes(db, since, 10));
      expect(changes).toEqual([{ id, rev: current?.rev, isDeleted: true, doc: null, clash: [] }]);
    });

    test('is told to who asks from the start', async () => {
      const { changes } = await everything(db);
      expect(changes.filter((change) => change.id === id)).toMatchObject([{ isDeleted: true, doc: null }]);
    });

    test('takes no edit of what it was, but can be made anew, or edited on top of its deletion', async () => {
      const stale = await remote.write(db, [outgoing(1, { rev, name: 'Sửa' })]);
      expect(value(stale).answers).toEqual([{ tag: 'conflict', id }]);
      expect(await storedRev(db, outgoing(1, { name: 'Lại' }))).toMatch(/^3-/);
      await ground.remove(db, id);
      const [current] = value(await remote.read(db, [id]));
      expect(await storedRev(db, outgoing(1, { rev: current?.rev ?? null, name: 'Nữa' }))).toMatch(/^5-/);
    });

    test('is still known by its revisions', async () => {
      const [current] = value(await remote.read(db, [id]));
      expect(value(await remote.missing(db, [{ id, rev }]))).toEqual([]);
      expect(value(await remote.missing(db, [{ id, rev: current?.rev ?? '' }]))).toEqual([]);
    });
  });

  test('a losing revision is told beside the winner, which stays as it was', async () => {
    const db = await ground.database();
    const rev = await storedRev(db, outgoing(1));
    const next = await storedRev(db, outgoing(1, { rev, name: 'Hai' }));
    const { lastSeq } = await everything(db);
    const loser = await ground.clash(db, { ...outgoing(1).doc, name: 'Thua' });
    const { changes } = value(await remote.changes(db, lastSeq, 10));
    expect(changes).toMatchObject([{ rev: next, isDeleted: false, doc: { name: 'Hai' }, clash: [loser] }]);
    expect(value(await remote.read(db, [outgoing(1).id]))).toMatchObject([{ rev: next, clash: [loser] }]);
    // Each with its line; what nobody has is left out, or has no document.
    const asked = [next, loser, rev, '9-f'].map((one) => ({ id: outgoing(1).id, rev: one }));
    const versions = value(await remote.versions(db, asked)).filter(({ doc }) => doc !== null);
    expect(versions.map((one) => [one.rev, one.doc?.['name'], one.line[0]])).toEqual([
      [next, 'Hai', next],
      [loser, 'Thua', loser],
      [rev, outgoing(1).doc['name'], rev]
    ]);
    expect(versions[0]?.line).toEqual([next, rev]);
    // It stays beside the winner when that one is edited.
    const third = await storedRev(db, outgoing(1, { rev: next, name: 'Ba' }));
    const after = value(await remote.changes(db, lastSeq, 10)).changes;
    expect(after).toMatchObject([{ rev: third, doc: { name: 'Ba' }, clash: [loser] }]);
  });

  describe('changes', () => {
    test('come in the order in which they were made; an edit moves a document to the end', async () => {
      const db = await ground.database();
      const { lastSeq } = await everything(db);
      const first = await storedRev(db, outgoing(1));
      await storedRev(db, outgoing(2));
      await storedRev(db, outgoing(3));
      await storedRev(db, outgoing(1, { rev: first, name: 'Sửa' }));
      const { changes } = value(await remote.changes(db, lastSeq, 10));
      expect(changes.map(({ id }) => id)).toEqual([2, 3, 1].map((number) => anId('producer', number)));
    });

    test('say how many come after the page, and continue after it', async () => {
      const db = await ground.database();
      const before = await everything(db);
      await remote.write(
        db,
        Array.from({ length: 5 }, (_, i) => outgoing(i + 1))
      );
      const first = value(await remote.changes(db, before.lastSeq, 2));
      expect([first.changes.length, first.pending]).toEqual([2, 3]);
      const second = value(await remote.changes(db, first.lastSeq, 3));
      expect([second.changes.length, second.pending]).toEqual([3, 0]);
      const ids = [...first.changes, ...second.changes].map(({ id }) => id);
      expect(new Set(ids).size).toBe(5);
      const nothing = value(await remote.changes(db, second.lastSeq, 3));
      expect([nothing.changes, nothing.pending]).toEqual([[], 0]);
    });

    test('can be asked again from any earlier place, with the same answer', async () => {
      const db = await ground.database();
      await remote.write(db, [outgoing(1), outgoing(2), outgoing(3)]);
      const whole = await everything(db);
      const first = value(await remote.changes(db, null, 2));
      expect(value(await remote.changes(db, null, 2)).changes).toEqual(first.changes);
      expect((await everything(db)).changes).toEqual(whole.changes);
    });

    test('carry the whole document and the server’s time', async () => {
      const db = await ground.database();
      const sent = outgoing(1, { name: 'Nước mắm “Phan Rí”' });
      await remote.write(db, [sent]);
      const { changes, serverTime } = await everything(db);
      expect(changes.find(({ id }) => id === sent.id)).toMatchObject({ doc: sent.doc, clash: [] });
      expect(Date.parse(serverTime)).toBeGreaterThan(0);
    });
  });

  describe('one document that fails its whole batch', () => {
    const ids = [anId('producer', 1), anId('producer', 2)];
    const stored = async (db: string) => value(await remote.read(db, ids)).filter(({ doc }) => doc !== null).length;

    test('too large: 413, and nothing is stored', async () => {
      const db = await ground.database();
      const refused = await remote.write(db, [outgoing(1), outgoing(2, { name: ground.tooMuch })]);
      expect(problem(refused)).toEqual({ tag: 'tooLarge' });
      expect(await stored(db)).toBe(0);
      await storedRev(db, outgoing(1));
    });

    test.each([
      ['an illegal field', { _foo: 1 }],
      ['an illegal id', { _id: '_producer' }]
    ])('%s: 400, and nothing is stored', async (_what, wrong) => {
      const db = await ground.database();
      const { doc, ...rest } = outgoing(2);
      const refused = await remote.write(db, [outgoing(1), { ...rest, doc: { ...doc, ...wrong } }]);
      expect(problem(refused)).toMatchObject({ tag: 'rejected', status: 400, reason: expect.stringMatching(/./) });
      expect(await stored(db)).toBe(0);
    });

    test('an attachment that nobody has: 412, and the others may be stored all the same', async () => {
      const db = await ground.database();
      const { doc, ...rest } = outgoing(2);
      const photo = {
        content_type: 'image/jpeg',
        stub: true,
        length: 3,
        digest: 'md5-CY9rzUYh03PK3k6DJie09g==',
        revpos: 1
      };
      const refused = await remote.write(db, [outgoing(1), { ...rest, doc: { ...doc, _attachments: { photo } } }]);
      expect(problem(refused)).toMatchObject({ tag: 'rejected', status: 412 });
      const [first, second] = value(await remote.read(db, ids));
      expect(second?.doc).toBeNull();
      // What has arrived is recognised by the retry: 409, and the document as it was sent.
      const again = value(await remote.write(db, [outgoing(1)])).answers;
      expect(again).toMatchObject([{ tag: first?.doc === null ? 'stored' : 'conflict' }]);
      expect(value(await remote.read(db, ids))[0]?.doc).toEqual(outgoing(1).doc);
    });
  });

  test('an attachment comes along as a stub, and stays with an edit that names it', async () => {
    const db = await ground.database();
    const rev = await ground.attach(db, outgoing(1).doc);
    const [current] = value(await remote.read(db, [anId('producer', 1)]));
    expect(current).toMatchObject({ rev, doc: { name: 'Cơ sở mẫu 1', _attachments: { photo: { stub: true } } } });
    if (current === undefined || current.doc === null) throw new Error('nothing was read');
    const { doc, ...rest } = outgoing(1, { rev });
    await storedRev(db, { ...rest, doc: { ...doc, ...current.doc, name: 'Hai' } });
    const [after] = value(await remote.read(db, [anId('producer', 1)]));
    expect(after?.doc).toMatchObject({ name: 'Hai', _attachments: { photo: { stub: true } } });
  });

  test('keeps its identity from one question to the next', async () => {
    const db = await ground.database();
    const first = value(await remote.identity(db));
    await remote.write(db, [outgoing(1)]);
    expect(value(await remote.identity(db))).toBe(first);
  });

  test('has another identity, and nothing of the old life, when it was made anew', async () => {
    const db = await ground.database();
    const first = value(await remote.identity(db));
    const rev = await storedRev(db, outgoing(1));
    // CouchDB tells the birth of a database to the second.
    await expect
      .poll(
        async () => {
          await ground.recreate(db);
          return value(await remote.identity(db));
        },
        { timeout: 5000, interval: 200 }
      )
      .not.toBe(first);
    expect((await everything(db)).changes).toEqual([]);
    expect(value(await remote.missing(db, [{ id: anId('producer', 1), rev }]))).toEqual([anId('producer', 1)]);
    expect(value(await remote.write(db, [outgoing(1, { rev, name: 'Hai' })])).answers[0]?.tag).toBe('conflict');
    expect(await storedRev(db, outgoing(1))).toBe(rev);
  });

  const requests: [string, (db: string) => Promise<Result<unknown, SyncProblem>>][] = [
    ['identity', (db) => remote.identity(db)],
    ['write', (db) => remote.write(db, [outgoing(1)])],
    ['read', (db) => remote.read(db, [anId('producer', 1)])],
    ['changes', (db) => remote.changes(db, null, 10)],
    ['missing', (db) => remote.missing(db, [{ id: anId('producer', 1), rev: LOSER }])]
  ];
  test.each(requests)('%s: says that a database is not there', async (_name, ask) => {
    expect(problem(await ask('test-nowhere'))).toEqual({ tag: 'noDatabase', database: 'test-nowhere' });
  });

  test.each(requests)('%s: says that the account may not use a database (any more)', async (_name, ask) => {
    const db = await ground.database();
    await ground.shut(db);
    expect(problem(await ask(db))).toEqual({ tag: 'noAccess', database: db });
  });

  /** Writes one document; gives the revision that it got. */
  async function storedRev(db: string, one: Outgoing): Promise<string> {
    const [answer] = value(await remote.write(db, [one])).answers;
    if (answer?.tag !== 'stored') throw new Error(`not stored: ${JSON.stringify(answer)}`);
    return answer.rev;
  }

  /** All changes of a database but those of its design. */
  async function everything(db: string): Promise<ChangesPage> {
    const page = value(await remote.changes(db, null, 1000));
    return { ...page, changes: page.changes.filter(({ id }) => !id.startsWith('_design/')) };
  }
});
