// The port `Remote` as the engine relies on it: held against the server in memory, the embedded one, or any CouchDB.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

function value<T>(result: Result<T, SyncProblem>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const problem = <T>(result: Result<T, SyncProblem>): SyncProblem | null => (result.ok ? null : result.error);

interface Ground {
  readonly remote: Remote;
  database(): Promise<string>;
  close(): Promise<void>;
}

async function inMemory(): Promise<Ground> {
  const server = new MemoryServer();
  server.validate = ({ name }) => (name === 'Không nhận' ? 'locked: accepted' : null);
  let count = 0;
  return {
    remote: server,
    database: async () => {
      server.create(`test-${++count}`);
      return `test-${count}`;
    },
    close: async () => undefined
  };
}

async function couch(): Promise<Ground> {
  const server: Couch = await aCouch();
  const connection = new CouchConnection(server.url, {
    fetch: await server.signedIn(),
    now: () => '2026-11-23T01:00:00.000Z'
  });
  return {
    remote: connection.remote(new AbortController().signal),
    database: () => server.database(FORBID),
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

  test('keeps its identity from one question to the next', async () => {
    const db = await ground.database();
    const first = value(await remote.identity(db));
    await remote.write(db, [outgoing(1)]);
    expect(value(await remote.identity(db))).toBe(first);
  });

  test('says that a database is not there', async () => {
    const still = await remote.isStill('test-nowhere', { since: null, rows: [] });
    expect(problem(still)).toEqual({ tag: 'noDatabase', database: 'test-nowhere' });
    expect(problem(await remote.identity('test-nowhere'))).toEqual({ tag: 'noDatabase', database: 'test-nowhere' });
    expect(problem(await remote.write('test-nowhere', [outgoing(1)]))).toEqual({
      tag: 'noDatabase',
      database: 'test-nowhere'
    });
  });
});
