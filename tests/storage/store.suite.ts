// The device store's suite: run in node on fake-indexeddb, and once more in a real browser.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Document, Producer } from '#lib/domain/document/document.ts';
import { REFERENCE_DATABASE, communeDatabase } from '#lib/domain/scope.ts';
import { Database } from '#lib/storage/database.ts';
import { duplicates, samePapers } from '#lib/storage/duplicates.ts';
import { secondVersions } from '#lib/storage/leftToOthers.ts';
import { dossierStates, productList, sendingOfProducers, sendingOfProducts } from '#lib/storage/lists.ts';
import { outboxCounts, outboxEntries } from '#lib/storage/outbox.ts';
import { displayNames } from '#lib/storage/people.ts';
import { pastOf } from '#lib/storage/recordedConflicts.ts';
import { Replica } from '#lib/storage/replica.ts';
import { search } from '#lib/storage/search.ts';
import { observe } from '#lib/storage/observe.ts';
import { Store, openStore } from '#lib/storage/store.ts';
import { dueCertificates, duePapers, myDrafts, myReturned, plannedVisits, submitted } from '#lib/storage/today.ts';
import {
  COMMUNE,
  OTHER_COMMUNE,
  aConflict,
  aPaper,
  aPerson,
  aProducer,
  aProduct,
  aReview,
  aSurvey,
  anAssessment,
  anId
} from '../support/documents.ts';
import { type How, Losing, losing } from './support/connection.ts';
import { lyingInClear, suiteVault } from './vaults.ts';

let accounts = 0;
let account: string;
let store: Store;

/** Names no other test uses: a real browser keeps its databases from one test to the next. */
const freshAccount = () => `thu-${Math.random().toString(36).slice(2)}-${++accounts}`;

function portsOf(name: string) {
  let clock = Date.parse('2026-11-23T08:00:00+07:00');
  let chance = 1;
  return {
    account: name,
    device: 'device',
    now: () => new Date((clock += 1000)),
    random: (bytes: number) =>
      Uint8Array.from({ length: bytes }, () => (chance = (chance * 16_807) % 2_147_483_647) & 255)
  };
}

beforeEach(() => {
  account = freshAccount();
  store = openStore(portsOf(account), 'strict', suiteVault());
});
afterEach(async () => {
  if (suiteVault() !== null) expect(await lyingInClear(account)).toEqual([]);
  await store.tables.delete();
});

/** Puts documents into the store as if they had come by pull. */
const arrived = (...docs: Document[]): Promise<void> => arrivedIn(communeDatabase(COMMUNE), ...docs);

async function arrivedIn(database: string, ...docs: Document[]): Promise<void> {
  const applied = await new Replica(store.tables, portsOf(account)).apply(database, {
    changes: docs.map((doc) => ({
      id: doc._id,
      rev: `1-${doc.kind === 'conflict' && doc.resolved ? 'b' : 'a'}`,
      isDeleted: false,
      doc,
      clash: []
    })),
    since: '1',
    identity: 'x',
    witness: null,
    completedAt: '2026-11-23T01:00:00.000Z',
    at: '2026-11-23T01:00:00.000Z'
  });
  if (!applied.ok) throw new Error(applied.error.detail);
}

async function created(name: string) {
  const made = await store.create('producer', COMMUNE, { name });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

describe('saving', () => {
  test('a new document is here, waits to be sent, and says so', async () => {
    const { _id } = await created('Cơ sở mẫu 01');
    expect(await store.get('producer', _id)).toMatchObject({
      doc: { name: 'Cơ sở mẫu 01', commune: COMMUNE, createdBy: account, updatedBy: account, schema: 1 },
      sending: { state: 'local' }
    });
    expect(await outboxCounts(store)).toEqual({ waiting: 1, refused: 0, conflict: 0 });
  });

  test('it survives closing the database', async () => {
    const { _id } = await created('Cơ sở mẫu 01');
    store.close();
    store = openStore(portsOf(account), 'strict', suiteVault());
    expect((await store.get('producer', _id))?.doc.name).toBe('Cơ sở mẫu 01');
  });

  test('every edit has an id of its own, and keeps the time of the oldest unsent one', async () => {
    const first = await created('Một');
    const second = await store.update('producer', first._id, (doc) => ({ ...doc, name: 'Hai' }));
    if (!second.ok) throw new Error('not saved');
    expect(second.value.editId).not.toBe(first.editId);
    expect(await store.tables.outbox.get(first._id)).toMatchObject({
      editId: second.value.editId,
      since: first.updatedAt,
      base: null
    });
  });

  test('an edit of a document from the server keeps what the server had', async () => {
    await arrived(aProducer({ name: 'Cũ' }));
    await store.update('producer', anId('producer'), (doc) => ({ ...doc, name: 'Mới' }));
    await store.update('producer', anId('producer'), (doc) => ({ ...doc, name: 'Mới nữa' }));
    expect((await store.tables.outbox.get(anId('producer')))?.base).toMatchObject({ rev: '1-a', doc: { name: 'Cũ' } });
  });

  test('changes of two tabs at once do not undo each other', async () => {
    const { _id } = await created('Một');
    const other = openStore(portsOf(account), 'strict', suiteVault());
    await Promise.all([
      store.update('producer', _id, (doc) => ({ ...doc, phone: '0252000001' })),
      other.update('producer', _id, (doc) => ({ ...doc, email: 'a@mau.invalid' }))
    ]);
    other.close();
    expect((await store.get('producer', _id))?.doc).toMatchObject({ phone: '0252000001', email: 'a@mau.invalid' });
  });

  describe('of a document that was seen before', () => {
    let elsewhere: Store;
    let id: string;
    beforeEach(async () => {
      id = (await created('Một'))._id;
      await store.get('producer', id);
      elsewhere = openStore(portsOf(account), 'strict', suiteVault());
    });
    afterEach(() => {
      elsewhere.close();
    });
    const named = (name: string) => store.update('producer', id, (doc) => ({ ...doc, name }));

    test('stand on what another tab has written since', async () => {
      await elsewhere.update('producer', id, (doc) => ({ ...doc, phone: '0912345678' }));
      const saved = await named('Hai');
      expect(saved).toMatchObject({ ok: true, value: { name: 'Hai', phone: '0912345678' } });
      expect((await elsewhere.get('producer', id))?.doc).toMatchObject({ name: 'Hai', phone: '0912345678' });
    });

    test('stand on what the sync worker has written since: a receipt, and nothing in the outbox', async () => {
      const { editId } = (await store.get('producer', id))?.doc ?? { editId: '' };
      const doc = (await store.tables.docs.get(id))?.doc;
      if (doc === undefined) throw new Error('not there');
      const receipt = { tag: 'receipt', id, editId, rev: '1-a', at: '2026-11-23T01:00:00.000Z', doc } as const;
      await new Replica(elsewhere.tables, portsOf(account)).settle([receipt]);
      await named('Hai');
      expect(await store.tables.docs.get(id)).toMatchObject({ rev: '1-a', receivedAt: '2026-11-23T01:00:00.000Z' });
      expect(await store.tables.outbox.get(id)).toMatchObject({ base: { rev: '1-a', doc: { name: 'Một' } } });
    });

    test('change nothing only where what is stored has that value by now', async () => {
      await elsewhere.update('producer', id, (doc) => ({ ...doc, name: 'Hai' }));
      const back = await store.update('producer', id, (doc) => (doc.name === 'Một' ? doc : { ...doc, name: 'Một' }));
      expect(back).toMatchObject({ ok: true, value: { name: 'Một' } });
      expect((await elsewhere.get('producer', id))?.doc.name).toBe('Một');
    });

    test('are written whole or not at all, each with its outbox row', async () => {
      await named('Hai');
      await named('Ba');
      const [row, waiting] = await Promise.all([elsewhere.tables.docs.get(id), elsewhere.tables.outbox.get(id)]);
      expect(row?.doc).toMatchObject({ name: 'Ba', editId: waiting?.editId });
    });

    test('and was deleted for good since, is missing', async () => {
      await elsewhere.tables.docs.delete(id);
      await elsewhere.tables.outbox.delete(id);
      expect(await named('Hai')).toMatchObject({ ok: false, error: { tag: 'missing' } });
      expect(await elsewhere.tables.docs.get(id)).toBeUndefined();
    });
  });

  test('a save by a clock that is off says so, and the next one by a right clock leaves it to that save (law 15)', async () => {
    let skewMs: number | null = null;
    store.close();
    store = openStore({ ...portsOf(account), skewMs: () => skewMs }, 'strict', suiteVault());
    const { _id, skew } = await created('Một');
    expect(skew).toBeUndefined();
    const named = async (name: string) => {
      const saved = await store.update('producer', _id, (doc) => ({ ...doc, name }));
      return saved.ok ? saved.value : null;
    };
    skewMs = -5 * 60_000;
    expect((await named('Hai'))?.skew).toBeUndefined();
    skewMs = 5 * 60_000 + 0.6;
    const off = await named('Ba');
    expect(off?.skew).toEqual({ at: off?.updatedAt, ms: 300_001 });
    skewMs = 0;
    const right = await named('Bốn');
    expect(right?.skew?.at).toBe(off?.updatedAt);
    expect(right?.updatedAt).not.toBe(off?.updatedAt);
  });

  test('a change that changes nothing writes nothing', async () => {
    await arrived(aProducer());
    await store.update('producer', anId('producer'), (doc) => doc);
    expect(await outboxCounts(store)).toEqual({ waiting: 0, refused: 0, conflict: 0 });
  });

  test('a document that would not be one is refused with its place, and nothing is written', async () => {
    const made = await store.create('producer', COMMUNE, { name: '' });
    expect(made).toMatchObject({ ok: false, error: { tag: 'malformed', path: 'name' } });
    const { _id } = await created('Một');
    const changed = await store.update('producer', _id, (doc) => ({ ...doc, name: '' }));
    expect(changed).toMatchObject({ ok: false, error: { tag: 'malformed', path: 'name' } });
    expect((await store.get('producer', _id))?.doc.name).toBe('Một');
  });

  test('what is not there cannot be changed', async () => {
    const changed = await store.update('producer', anId('producer', 99), (doc) => ({ ...doc, name: 'x' }));
    expect(changed).toEqual({ ok: false, error: { tag: 'missing', id: anId('producer', 99) } });
  });

  test.each([
    ['died', () => store.tables.backendDB().close()],
    ['was closed for good', () => store.tables.close()]
  ])('a connection that %s is reopened, and the write done once more (law 16)', async (_how, close) => {
    const { _id } = await created('Một');
    close();
    const changed = await store.update('producer', _id, (doc) => ({ ...doc, name: 'Hai' }));
    expect(changed.ok).toBe(true);
    expect((await store.get('producer', _id))?.doc.name).toBe('Hai');
  });

  describe('a connection that WebKit loses (law 16)', () => {
    const WORDS = [
      'Connection to Indexed Database server lost. Refresh the page to try again',
      'Attempt to get records from database without an in-progress transaction',
      'An internal error was encountered in the Indexed Database server'
    ];
    let connection: Losing;
    let reopened: number;
    /** What others do at the moment in which it is closed. */
    let meanwhile: () => void;

    beforeEach(() => {
      meanwhile = () => undefined;
      store.close();
      connection = new Losing();
      const db = losing(new Database(account, 'strict', suiteVault()), connection);
      store = new Store(db, portsOf(account));
      reopened = 0;
      const close = db.close.bind(db);
      db.close = (options) => {
        reopened++;
        meanwhile();
        close(options);
      };
    });

    const lost = (words = WORDS[0]) => new DOMException(words, 'UnknownError');
    const reviewed = (id: string) =>
      store.update('survey', id, (doc) => ({
        ...doc,
        status: 'submitted',
        trail: [...doc.trail, { status: 'submitted', at: '2026-11-23T01:00:00.000Z', by: account }]
      }));

    test.each(
      (['request', 'abort', 'answer'] as const).flatMap((how) => WORDS.map((words): [How, string] => [how, words]))
    )('is reopened, and the save stands once (%s: %s)', async (how, words) => {
      connection.next(how, lost(words));
      const made = await created('Một');
      expect(reopened).toBe(1);
      expect(await store.tables.docs.toCollection().primaryKeys()).toEqual([made._id]);
      connection.next(how, lost(words));
      const renamed = await store.update('producer', made._id, (doc) => ({ ...doc, name: `${doc.name} hai` }));
      expect(reopened).toBe(2);
      expect(renamed).toMatchObject({ ok: true, value: { name: 'Một hai' } });
      expect(await store.get('producer', made._id)).toMatchObject({
        doc: { name: 'Một hai' },
        sending: { state: 'local' }
      });
      expect(await outboxCounts(store)).toEqual({ waiting: 1, refused: 0, conflict: 0 });
    });

    test.each(['request', 'abort', 'answer'] as const)('a step is noted once, seen before or not (%s)', async (how) => {
      const [seen, unseen] = [aSurvey(), aSurvey({ _id: anId('survey', 2) })];
      await arrived(seen, unseen);
      await store.get('survey', seen._id);
      for (const { _id } of [seen, unseen]) {
        connection.next(how, lost());
        expect(await reviewed(_id)).toMatchObject({ ok: true });
        expect((await store.get('survey', _id))?.doc.trail).toHaveLength(seen.trail.length + 1);
      }
    });

    test('what is new is there once, also when it was sent before anybody looked for it', async () => {
      await created('Một');
      const worker = new Database(account, 'relaxed', suiteVault());
      await worker.open();
      meanwhile = () => void worker.outbox.clear();
      connection.next('answer', lost());
      await created('Hai');
      meanwhile = () => undefined;
      expect(await store.tables.docs.count()).toBe(2);
      worker.close();
    });

    test('who looks on hears of a save whose answer was lost', async () => {
      const { _id } = await created('Một');
      const names: string[] = [];
      const watching = observe(() => store.get('producer', _id)).subscribe({
        next: (stored) => names.push(stored?.doc.name ?? '')
      });
      await expect.poll(() => names).toEqual(['Một']);
      connection.next('answer', lost());
      await store.update('producer', _id, (doc) => ({ ...doc, name: 'Hai' }));
      await expect.poll(() => names.at(-1)).toBe('Hai');
      watching.unsubscribe();
    });

    test('again and again is told after one retry, and nothing is half written', async () => {
      const { _id } = await created('Một');
      const { begun } = connection;
      connection.next('request', lost(), 9);
      const failed = await store.update('producer', _id, (doc) => ({ ...doc, name: 'Hai' }));
      expect(failed).toMatchObject({ ok: false, error: { tag: 'write', cause: 'closed' } });
      expect(connection.begun - begun).toBeLessThanOrEqual(3);
      expect(reopened).toBe(1);
      connection.next('request', lost(), 0);
      expect((await store.get('producer', _id))?.doc.name).toBe('Một');
    });

    test.each(['request', 'abort'] as const)('is not what a full disk is taken for (%s)', async (how) => {
      const { _id } = await created('Một');
      connection.next(how, new DOMException('full', 'QuotaExceededError'), 9);
      const failed = await store.update('producer', _id, (doc) => ({ ...doc, name: 'Hai' }));
      expect(failed).toMatchObject({ ok: false, error: { tag: 'write', cause: 'quota' } });
      expect(reopened).toBe(0);
    });

    test.each(['request', 'abort', 'answer'] as const)(
      'a page of changes is written all the same (%s)',
      async (how) => {
        connection.next(how, lost());
        await arrived(aProducer(), aProduct());
        expect(await store.tables.docs.count()).toBe(2);
        expect(await store.tables.checkpoints.count()).toBe(1);
        expect(reopened).toBe(1);
      }
    );
  });

  test('two accounts on one phone see nothing of each other (law 14)', async () => {
    const { _id } = await created('Một');
    const other = freshAccount();
    const theirs = openStore(portsOf(other), 'strict', suiteVault());
    expect(await theirs.get('producer', _id)).toBeUndefined();
    expect(await outboxCounts(theirs)).toEqual({ waiting: 0, refused: 0, conflict: 0 });
    await theirs.tables.delete();
  });
});

describe('a version that came while somebody was typing', () => {
  const seen = aProducer({ phone: '0252000001', note: 'cũ', editId: 'seen' });
  const came = (over: Partial<Producer>) => arrived({ ...seen, updatedBy: 'canbo.b', editId: 'came', ...over });
  const typed = (before: Producer) =>
    store
      .update('producer', seen._id, (doc) => ({ ...doc, note: 'gõ' }), before)
      .then(() => store.tables.kept.toArray());

  test('is kept where its words are typed over unseen, and can be read in the history', async () => {
    await came({ note: 'của b' });
    expect(await typed(seen)).toMatchObject([{ docId: seen._id, why: 'overtaken', doc: { note: 'của b' } }]);
    expect(await pastOf(store, [seen._id])).toMatchObject({ records: [], kept: [{ doc: { note: 'của b' } }] });
  });

  test.each([
    ['another place of it was changed', { phone: '0252000002' }],
    ['it says the same there', { note: 'gõ' }]
  ])('is not where %s', async (_why, over) => {
    await came(over);
    expect(await typed(seen)).toEqual([]);
  });

  test('is not where it had been seen', async () => {
    await came({ note: 'của b' });
    const stored = await store.get('producer', seen._id);
    expect(await typed(stored?.doc ?? seen)).toEqual([]);
  });
});

describe('conflicts of other devices', () => {
  const producer = aProducer();
  const product = aProduct();
  const record = aConflict({ _id: 'conflict:x', subjectId: product._id, mine: { ...product, updatedBy: 'canbo.b' } });

  test('stand at their record in every list until they are decided', async () => {
    await arrived(producer, product, record);
    const state = async () => (await sendingOfProducts(store, [product._id])).get(product._id);
    expect(await state()).toMatchObject({ state: 'conflict', by: 'canbo.b', record: 'conflict:x' });
    expect((await store.get('product', product._id))?.sending).toMatchObject({
      state: 'conflict',
      record: 'conflict:x'
    });
    const [owned] = await store.ownedBy('product', producer._id);
    expect(owned?.sending).toMatchObject({ state: 'conflict' });
    await arrived({ ...record, resolved: { at: record.updatedAt, by: 'canbo.b', editId: 'x' } });
    expect(await state()).toMatchObject({ state: 'sent' });
    expect((await store.get('product', product._id))?.sending.state).toBe('sent');
  });
});

describe('soft deletion', () => {
  test('hides the document from every list, travels like an edit, and can be undone', async () => {
    await arrived(aProducer(), aProduct());
    await store.remove('product', anId('product'));
    expect((await productList(store)).products).toEqual([]);
    expect(await store.ownedBy('product', anId('producer'))).toEqual([]);
    expect(await outboxCounts(store)).toMatchObject({ waiting: 1 });
    expect((await store.tables.docs.get(anId('product')))?.doc).toMatchObject({ deleted: true });

    await store.restore('product', anId('product'));
    expect((await productList(store)).products).toHaveLength(1);
    expect((await store.tables.docs.get(anId('product')))?.doc).not.toHaveProperty('deleted');
  });
});

describe('live queries', () => {
  test('answer again when a document changes in another connection', async () => {
    await arrived(aProducer({ name: 'Cũ' }));
    const other = openStore(portsOf(account), 'strict', suiteVault());
    const names: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const subscription = observe(() => store.get('producer', anId('producer'))).subscribe({
        next: (stored) => {
          names.push(stored?.doc.name ?? '');
          if (names.length === 1) void other.update('producer', anId('producer'), (doc) => ({ ...doc, name: 'Mới' }));
          if (stored?.doc.name !== 'Mới') return;
          subscription.unsubscribe();
          resolve();
        },
        error: reject
      });
    });
    other.close();
    expect(names).toEqual(['Cũ', 'Mới']);
  });

  test('a query is asked again for what it has read last, after other reads of its own', async () => {
    await arrived(aProducer(), aProduct());
    const answers: unknown[] = [];
    const subscription = observe(async () => {
      const { products } = await productList(store);
      return [products.length, await store.fact('read last')];
    }).subscribe({ next: (answer) => answers.push(answer) });
    await expect.poll(() => answers).toEqual([[1, undefined]]);
    await store.remember('read last', true);
    await expect.poll(() => answers.at(-1)).toEqual([1, true]);
    subscription.unsubscribe();
  });

  test('a query that is slower than the changes answers while they go on, and rests in between', async () => {
    await arrived(aProducer({ name: '0' }));
    const id = anId('producer');
    let asked = 0;
    // As Hôm nay does: names of what was found, one read after the other.
    const slow = async () => {
      asked++;
      let name = '';
      for (let reads = 0; reads < 8; reads++) name = (await store.get('producer', id))?.doc.name ?? '';
      return name;
    };
    const names: string[] = [];
    const subscription = observe(slow).subscribe({ next: (name) => names.push(name) });
    const other = openStore(portsOf(account), 'strict', suiteVault());
    let changes = 0;
    while (names.length < 5 && changes < 1_000) {
      const name = String(++changes);
      await other.update('producer', id, (doc) => ({ ...doc, name }));
    }
    // Two may come during one change.
    expect(names.length).toBeGreaterThanOrEqual(5);
    expect(asked).toBeLessThan(changes / 2);
    await expect.poll(() => names.at(-1)).toBe(String(changes));
    subscription.unsubscribe();
    other.close();
    expect(names.map(Number)).toEqual(names.map(Number).sort((a, b) => a - b));
  });
});

describe('the product list', () => {
  test('holds products with their producers, sorted as Vietnamese is', async () => {
    await arrived(
      aProducer({ name: 'Cơ sở mẫu 01' }),
      aProduct({ _id: anId('product', 1), name: 'Ớt sấy', recognition: { stars: 4, validUntil: '2027-01-01' } }),
      aProduct({ _id: anId('product', 2), name: 'Đậu phộng' }),
      aProduct({ _id: anId('product', 3), name: 'Dưa lưới', producerId: anId('producer', 9) })
    );
    const { products, producers } = await productList(store);
    expect(products.map(({ name, producerName, stars }) => [name, producerName, stars])).toEqual([
      ['Dưa lưới', '', null],
      ['Đậu phộng', 'Cơ sở mẫu 01', null],
      ['Ớt sấy', 'Cơ sở mẫu 01', 4]
    ]);
    expect(producers.map(({ name }) => name)).toEqual(['Cơ sở mẫu 01']);
  });

  test('knows where a product is by its producer, and finds it by its code', async () => {
    const place = { lat: 11.1702, lon: 108.5713, accuracy: 8 };
    await arrived(
      aProducer({ place }),
      aProduct({ _id: anId('product', 1), name: 'Ớt sấy', code: '68-22972-01-2026' }),
      aProduct({ _id: anId('product', 2), name: 'Dưa lưới', producerId: anId('producer', 9) })
    );
    const { products, producers } = await productList(store);
    expect(products.map((product) => product.place)).toEqual([null, place]);
    expect(producers.map((producer) => producer.place)).toEqual([place]);
    expect(search(products, '68-22972-01-2026').map(({ name }) => name)).toEqual(['Ớt sấy']);
  });

  test('reads more than one page', async () => {
    await arrived(...Array.from({ length: 900 }, (_, i) => aProduct({ _id: anId('product', i), name: `Mẫu ${i}` })));
    expect((await productList(store)).products).toHaveLength(900);
  });

  test.each(['thanh long', 'THANH LONG', 'thành lòng', 'long thanh', 'co so 01 thanh'])(
    'is searched by %s',
    async (text) => {
      await arrived(
        aProducer({ name: 'Cơ sở mẫu 01' }),
        aProduct({ _id: anId('product', 1), name: 'Thanh Long sấy dẻo' }),
        aProduct({ _id: anId('product', 2), name: 'Nước mắm' })
      );
      const { products } = await productList(store);
      expect(search(products, text).map(({ name }) => name)).toEqual(['Thanh Long sấy dẻo']);
    }
  );

  test('finds d for đ, and everything for nothing', async () => {
    await arrived(aProduct({ name: 'Đường thốt nốt' }));
    const { products } = await productList(store);
    expect(search(products, 'duong')).toHaveLength(1);
    expect(search(products, '  ')).toHaveLength(1);
    expect(search(products, 'duongg')).toHaveLength(0);
  });

  test('tells the state of the dossier that was touched last, and the last visit', async () => {
    await arrived(
      aProduct(),
      // Accepted long after the visit, which moves nothing up the list.
      aSurvey({
        _id: anId('survey', 1),
        status: 'accepted',
        answers: { visited_on: '2026-08-30' },
        updatedAt: '2026-11-01T00:00:00.000Z'
      }),
      anAssessment({ status: 'returned', updatedAt: '2026-11-05T00:00:00.000Z' }),
      aSurvey({
        _id: anId('survey', 2),
        status: 'draft',
        answers: {},
        createdAt: '2026-09-14T00:00:00.000Z',
        updatedAt: '2026-10-01T00:00:00.000Z'
      }),
      aProduct({ _id: anId('product', 2) }),
      anAssessment({ _id: anId('assessment', 2), productId: anId('product', 2) })
    );
    expect((await dossierStates(store)).get(anId('product'))).toEqual({
      status: 'returned',
      updatedAt: '2026-11-05T00:00:00.000Z',
      visitedOn: '2026-09-14'
    });
    expect((await dossierStates(store)).get(anId('product', 2))?.visitedOn).toBeNull();
  });

  test('tells the most urgent sending state of a product and what belongs to it', async () => {
    await arrived(aProduct(), aSurvey(), anAssessment(), aProduct({ _id: anId('product', 2) }));
    await store.update('survey', anId('survey'), (doc) => ({ ...doc, answers: { workers: 3 } }));
    const sending = await sendingOfProducts(store, [anId('product'), anId('product', 2)]);
    expect(sending.get(anId('product'))?.state).toBe('local');
    expect(sending.get(anId('product', 2))?.state).toBe('sent');
  });
});

test("tells a producer's own sending state, whatever its products wait for", async () => {
  await arrived(aProducer(), aProducer({ _id: anId('producer', 2) }), aProduct());
  await store.update('producer', anId('producer', 2), (doc) => ({ ...doc, phone: '0252000002' }));
  await store.update('product', anId('product'), (doc) => ({ ...doc, name: 'Nước mắm mẫu 02' }));
  const sending = await sendingOfProducers(store, [anId('producer'), anId('producer', 2), anId('producer', 3)]);
  expect([...sending].map(([id, { state }]) => [id, state])).toEqual([
    [anId('producer'), 'sent'],
    [anId('producer', 2), 'local']
  ]);
});

describe('duplicates', () => {
  test('are papers of the same product with the same kind and number', async () => {
    await arrived(
      aPaper({ number: '48/2024/ATTP' }),
      aPaper({ _id: anId('paper', 2), paperKind: 'award', number: '48/2024/ATTP' }),
      aPaper({ _id: anId('paper', 3), productId: anId('product', 2), number: '48/2024/ATTP' }),
      aPaper({ _id: anId('paper', 4), number: '48/2024/ATTP', deleted: true })
    );
    const like = (number: string, exceptId: string | null = null) =>
      samePapers(store, anId('product'), { paperKind: 'test', number }, exceptId);
    expect(await like('48-2024-attp')).toEqual([{ id: anId('paper'), name: '48/2024/ATTP', same: [] }]);
    expect(await like('48-2024-attp', anId('paper'))).toEqual([]);
    expect(await like('49')).toEqual([]);
  });

  const known = aProducer({ name: 'HTX Nước mắm Phan Rí', phone: '0252 3 854 001', registrationNumber: '48A-8001234' });

  test.each([
    ['name', { name: 'htx nuoc mam  “Phan Ri”' }],
    ['phone', { name: 'Khác', phone: '+84 2523854001' }],
    ['registrationNumber', { name: 'Khác', registrationNumber: '48a8001234' }]
  ] as const)('are found by %s', async (same, candidate) => {
    await arrived(known);
    expect(await duplicates(store, { kind: 'producer', commune: COMMUNE, ...candidate })).toEqual([
      { id: known._id, name: known.name, same: [same] }
    ]);
  });

  test('are none elsewhere, nor the record itself, nor what is empty', async () => {
    await arrived(known, aProducer({ _id: anId('producer', 2), name: 'Trống', phone: '' }));
    const ask = { kind: 'producer', commune: COMMUNE, name: known.name } as const;
    expect(await duplicates(store, { ...ask, commune: OTHER_COMMUNE })).toEqual([]);
    expect(await duplicates(store, { ...ask, exceptId: known._id })).toEqual([]);
    expect(await duplicates(store, { ...ask, name: 'Khác', phone: '' })).toEqual([]);
  });

  test('of products are first those of the same producer, then those of others, with their names', async () => {
    await arrived(
      aProducer({ name: 'Hộ bà Mẫu' }),
      aProduct({ name: 'Nước mắm' }),
      aProduct({ _id: anId('product', 2), name: 'NƯỚC MẮM', producerId: anId('producer', 2) }),
      aProduct({ _id: anId('product', 3), name: 'Nước mắm', producerId: anId('producer', 2), commune: OTHER_COMMUNE })
    );
    const ask = { kind: 'product', commune: COMMUNE, name: 'nước mắm' } as const;
    const own = { id: anId('product'), name: 'Nước mắm', same: ['name'] };
    const others = { id: anId('product', 2), name: 'NƯỚC MẮM', same: ['name'] };
    expect(await duplicates(store, { ...ask, producerId: anId('producer') })).toEqual([own, { ...others, of: '' }]);
    expect(await duplicates(store, { ...ask, producerId: anId('producer', 2) })).toEqual([
      others,
      { ...own, of: 'Hộ bà Mẫu' }
    ]);
  });
});

describe('Hôm nay', () => {
  test('shows the own drafts, the last touched first', async () => {
    await arrived(
      aProducer(),
      aProduct(),
      aSurvey({ _id: anId('survey', 1), createdBy: account, updatedAt: '2026-11-01T00:00:00.000Z' }),
      anAssessment({ createdBy: account, updatedAt: '2026-11-02T00:00:00.000Z' }),
      aSurvey({ _id: anId('survey', 2), createdBy: 'canbo.b' }),
      aSurvey({ _id: anId('survey', 3), createdBy: account, status: 'submitted' })
    );
    const drafts = await myDrafts(store);
    expect(drafts.map(({ doc }) => doc._id)).toEqual([anId('assessment'), anId('survey', 1)]);
    expect(drafts[0]).toMatchObject({ productName: 'Nước mắm mẫu 01', producerName: 'Cơ sở mẫu 01' });
    expect(await myDrafts(store, 1)).toHaveLength(1);
  });

  test('shows no work of a product or producer that was deleted, until it is taken back', async () => {
    const gone = { productId: anId('product', 2), createdBy: account };
    await arrived(
      aProducer(),
      aProduct(),
      aProduct({ _id: anId('product', 2) }),
      ...[1, 2, 3].map((n) => aSurvey({ _id: anId('survey', n), ...gone })),
      aSurvey({ _id: anId('survey', 4), createdBy: account, updatedAt: '2026-01-01T00:00:00.000Z' }),
      // Of a product that has not arrived yet.
      aSurvey({
        _id: anId('survey', 5),
        productId: anId('product', 9),
        createdBy: account,
        updatedAt: '2025-01-01T00:00:00.000Z'
      }),
      aSurvey({ _id: anId('survey', 6), status: 'returned', ...gone }),
      ...[11, 12, 13].map((n) => aSurvey({ _id: anId('survey', n), status: 'submitted', ...gone })),
      aSurvey({ _id: anId('survey', 14), status: 'submitted', updatedAt: '2026-12-01T00:00:00.000Z' })
    );
    expect(await myDrafts(store)).toHaveLength(5);
    await store.remove('product', anId('product', 2));
    // Those that are left are found behind the deleted ones, however few are asked for.
    expect((await myDrafts(store, 2)).map(({ doc }) => doc._id)).toEqual([anId('survey', 4), anId('survey', 5)]);
    expect(await myReturned(store)).toEqual([]);
    expect((await submitted(store, 2)).map(({ doc }) => doc._id)).toEqual([anId('survey', 14)]);
    await store.restore('product', anId('product', 2));
    expect(await myDrafts(store)).toHaveLength(5);
    expect(await myReturned(store)).toHaveLength(1);
  });

  test('shows returned work with the remarks that are open', async () => {
    const at = '2026-11-20T02:30:00.000Z';
    await arrived(
      aProduct(),
      aSurvey({ createdBy: account, status: 'returned', trail: [{ status: 'returned', at, by: 'tuvan.t' }] }),
      aReview({
        remarks: [
          { at, by: 'tuvan.t', text: 'Một' },
          { at, by: 'tuvan.t', text: 'Hai', resolved: true },
          { at, by: 'tuvan.u', text: 'Ba' }
        ]
      })
    );
    expect(await myReturned(store)).toMatchObject([{ remarks: 2, remarkedBy: ['tuvan.t', 'tuvan.u'], returnedAt: at }]);
  });

  test('shows certificates that run out in time', async () => {
    const until = (number: number, validUntil: string) =>
      aProduct({ _id: anId('product', number), recognition: { stars: 3, validUntil } });
    await arrived(aProducer(), until(1, '2027-03-01'), until(2, '2027-01-01'), until(3, '2028-01-01'));
    const due = await dueCertificates(store, '2026-11-23', '2027-05-22');
    expect(due.map(({ validUntil }) => validUntil)).toEqual(['2027-01-01', '2027-03-01']);
    expect(due[0]).toMatchObject({ producerName: 'Cơ sở mẫu 01', stars: 3 });
  });

  test('shows papers that run out in time, beside certificates and not among them', async () => {
    const paper = (number: number, validUntil?: string, productId = anId('product')) =>
      aPaper({
        _id: anId('paper', number),
        number: String(number),
        productId,
        ...(validUntil === undefined ? {} : { validUntil })
      });
    await arrived(
      aProduct({ recognition: { stars: 3, validUntil: '2027-01-01' } }),
      aProduct({ _id: anId('product', 2), deleted: true }),
      paper(1, '2027-01-21'),
      paper(2, '2026-05-27'),
      paper(3, '2027-01-22'),
      paper(4, '2026-05-26'),
      paper(5),
      paper(6, '2026-12-01', anId('product', 2)),
      { ...paper(7, '2026-12-01'), deleted: true }
    );
    const due = await duePapers(store, '2026-05-27', '2027-01-21');
    expect(due.map(({ number, productName }) => [number, productName])).toEqual([
      ['2', 'Nước mắm mẫu 01'],
      ['1', 'Nước mắm mẫu 01']
    ]);
    const certificates = await dueCertificates(store, '2026-05-27', '2027-05-22');
    expect(certificates.map(({ id }) => id)).toEqual([anId('product')]);
  });

  test('knows a paper by its new last day at once, and by none when it was taken out', async () => {
    await arrived(aProduct(), aPaper({ validUntil: '2028-01-01' }));
    const dueIn = async () => (await duePapers(store, '2026-05-27', '2027-01-21')).length;
    expect(await dueIn()).toBe(0);
    await store.update('paper', anId('paper'), (doc) => ({ ...doc, validUntil: '2026-12-01' }));
    expect(await duePapers(store, '2026-05-27', '2027-01-21')).toMatchObject([{ sending: { state: 'local' } }]);
    await store.update('paper', anId('paper'), ({ validUntil: _until, ...doc }) => doc);
    expect(await dueIn()).toBe(0);
  });

  test('shows visits that are planned', async () => {
    await arrived(
      aProducer({ plannedVisit: { at: '2026-11-25', note: 'Xem nhà lều' } }),
      aProducer({ _id: anId('producer', 2), plannedVisit: { at: '2026-11-01' } })
    );
    expect(await plannedVisits(store, '2026-11-23')).toMatchObject([{ at: '2026-11-25', note: 'Xem nhà lều' }]);
  });
});

describe('people', () => {
  test('are named by the reference database only', async () => {
    await arrived(aPerson({ displayName: 'Ai đó' }));
    expect(await displayNames(store)).toEqual(new Map());
    await arrivedIn(
      REFERENCE_DATABASE,
      aPerson({ _id: 'person:canbo.b', account: 'canbo.b', displayName: 'Cán bộ mẫu B' })
    );
    expect(await displayNames(store)).toEqual(new Map([['canbo.b', 'Cán bộ mẫu B']]));
  });
});

describe('the outbox', () => {
  test('is listed by the names that people know', async () => {
    await arrived(aProducer(), aProduct(), aSurvey());
    await store.update('survey', anId('survey'), (doc) => ({ ...doc, answers: { workers: 3 } }));
    await store.create('review', COMMUNE, { subjectId: anId('survey'), remarks: [] });
    await created('Cơ sở mẫu 02');
    const entries = await outboxEntries(store);
    expect(entries.map(({ kind, name, productId }) => [kind, name, productId])).toEqual([
      ['producer', 'Cơ sở mẫu 02', null],
      ['review', 'Nước mắm mẫu 01', anId('product')],
      ['survey', 'Nước mắm mẫu 01', anId('product')]
    ]);
  });

  test('a deletion that waits is told as one', async () => {
    await arrived(aProducer(), aProduct());
    await store.remove('product', anId('product'));
    await store.update('producer', anId('producer'), (doc) => ({ ...doc, name: 'Mới' }));
    const told = (await outboxEntries(store)).map(({ kind, isDeleted }) => [kind, isDeleted]);
    expect(new Map(told as [string, boolean][])).toEqual(
      new Map([
        ['product', true],
        ['producer', false]
      ])
    );
  });
});

describe('server-side conflicts', () => {
  test('are listed when this account cannot close them, or a newer app has to', async () => {
    await arrived(aProducer(), ...[2, 3, 4].map((no) => aProducer({ _id: anId('producer', no), name: `Cơ sở ${no}` })));
    const left = { rev: '1-a', leaves: ['1-b'], at: '2026-11-20T03:00:00.000Z' };
    await store.tables.docs.update(anId('producer', 1), { clash: ['1-b', '1-c'] });
    await store.tables.docs.update(anId('producer', 2), { clash: ['1-b', '1-c'], left });
    await store.tables.docs.update(anId('producer', 3), { clash: ['1-b'], foreign: true });
    expect(await secondVersions(store, 1)).toMatchObject({ count: 2, first: [{ kind: 'producer', name: 'Cơ sở 2' }] });
    // It has been closed since.
    await store.tables.docs.update(anId('producer', 2), { clash: ['1-d'] });
    expect((await secondVersions(store, 1)).count).toBe(1);
  });
});
