// An officer's work through the app's own storage, with or without a lock, in a page of the app's origin.
import { attachmentMd5 } from '#lib/app/photos/md5.ts';
import { vaultOf } from '#lib/storage/aesVault.ts';
import { decide } from '#lib/storage/conflicts.ts';
import { beginFreshLog } from '#lib/storage/freshLog.ts';
import { type LockRow, lockOf, writeLock } from '#lib/storage/lock.ts';
import { keepCopy } from '#lib/storage/photoCache.ts';
import { addPhoto } from '#lib/storage/photos.ts';
import { Replica } from '#lib/storage/replica.ts';
import { sealAll } from '#lib/storage/sealingPass.ts';
import { type Store, openStore } from '#lib/storage/store.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { COMMUNE } from '../../support/documents.ts';
import { aNewPhoto } from '../../support/new-photo.ts';

const AT = '2026-11-23T01:00:00.000Z';

/** What is typed, and told by others; each a word that stands nowhere else. */
export interface Words {
  readonly name: string;
  readonly phone: string;
  readonly ethnicity: string;
  readonly answer: string;
  readonly draft: string;
  /** A colleague's version. */
  readonly theirs: string;
  /** What a server quotes when it refuses. */
  readonly refusal: string;
}

const ports = (account: string) => ({
  account,
  device: '01KADEVICE0000000000000001',
  now: () => new Date(),
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
});

const open = (account: string, key: readonly number[] | null): Store =>
  openStore(ports(account), 'strict', key === null ? null : vaultOf(new Uint8Array(key)));

/** Everything that the app keeps of a day's work: records, what they build on, a conflict, a refusal, a draft, photos. */
async function work(account: string, key: readonly number[] | null, words: Words, photo: string): Promise<void> {
  const store = open(account, key);
  const replica = new Replica(store.tables, ports(account));
  const database = communeDatabase(COMMUNE);
  const producer = good(
    await store.create('producer', COMMUNE, {
      name: words.name,
      phone: words.phone,
      representative: { name: words.name, ethnicity: words.ethnicity }
    })
  );
  const product = good(
    await store.create('product', COMMUNE, { producerId: producer._id, name: words.name, setId: 'qd26-09' })
  );
  const waiting = good(await replica.waiting(database));
  for (const { id, editId, doc } of good(await replica.outgoing(waiting)))
    good(await replica.settle([{ tag: 'receipt', id, editId, rev: '1-a', at: AT, doc }]));
  // The outbox row holds what the server had.
  good(await store.update('producer', producer._id, (doc) => ({ ...doc, note: words.answer })));
  const survey = good(
    await store.create('survey', COMMUNE, {
      productId: product._id,
      producerId: producer._id,
      formId: 'product-survey',
      formVersion: 1,
      answers: { process: words.answer },
      status: 'draft',
      trail: []
    })
  );
  for (const text of ['', words.answer, words.phone])
    good(await store.update('survey', survey._id, (doc) => ({ ...doc, answers: { ...doc.answers, market: text } })));
  const [sent] = good(await replica.outgoing([survey._id]));
  good(
    await replica.settle([
      { tag: 'refused', id: survey._id, editId: sent?.editId ?? '', code: 'forbidden', message: words.refusal, at: AT }
    ])
  );
  const theirs = { ...producer, note: words.theirs, updatedBy: 'canbo.b', editId: '01KAEDIT000000000000000009' };
  const change = { id: producer._id, rev: '2-b', isDeleted: false, doc: theirs, clash: [] };
  good(await replica.takeStanding(database, [change], AT));
  good(await decide(store, producer._id, 'theirs'));
  await store.remember('draft', { name: words.draft, phone: words.phone });
  const bytes = Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0)).buffer;
  good(
    await addPhoto(
      store,
      await aNewPhoto(bytes, {
        productId: product._id,
        bytes: { photo: bytes, thumb: bytes },
        digests: { photo: attachmentMd5(bytes), thumb: attachmentMd5(bytes) },
        caption: words.answer
      })
    )
  );
  const copy = { id: 'photo:copy', database, size: 'photo', bytes, digests: { photo: 'a', thumb: 'b' } } as const;
  await keepCopy(store, copy, AT);
  store.close();
}

/** The row of a lock whose key lies nowhere: the test holds it. */
const LOCK: LockRow = {
  name: 'lock',
  version: 1,
  kdf: { name: 'argon2id', memoryKiB: 19_456, passes: 2, salt: new Uint8Array(16) },
  secret: 'pin',
  wrapped: new Uint8Array(60),
  recovery: { id: 'none', wrapped: new Uint8Array(60) },
  afterMinutes: 5,
  staysForSending: true,
  tries: { wrong: 0, lastAt: null },
  sealing: 'on'
};

/** Switches the lock on, as far as it is under way, or goes on with it. @returns whether it came to its end */
async function seal(account: string, key: readonly number[]): Promise<boolean> {
  const store = open(account, null);
  if ((await lockOf(store.tables)) === null) await writeLock(store.tables, LOCK);
  store.close();
  const sealed = await sealAll(account, vaultOf(new Uint8Array(key)), ({ done, of }) => {
    document.title = `${String(done)}/${String(of)}`;
  });
  return sealed.ok;
}

/** All names and the hash of all photos' bytes, as the app reads them. */
async function read(account: string, key: readonly number[] | null): Promise<string[]> {
  const store = open(account, key);
  const rows = await store.tables.docs.toArray();
  store.close();
  return rows.map(({ doc, shut }) => (shut === true ? 'shut' : JSON.stringify(doc))).sort();
}

/** Many records in clear, as before the lock was thought of. */
async function fill(account: string, count: number): Promise<void> {
  const store = open(account, null);
  for (let i = 0; i < count; i++) good(await store.create('producer', COMMUNE, { name: `Cơ sở mẫu ${String(i)}` }));
  store.close();
}

function good<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const lockedWork = { work, seal, read, fill };

declare global {
  interface Window {
    lockedWork: typeof lockedWork;
  }
}

window.lockedWork = lockedWork;
// As at every start of the app.
void beginFreshLog();
