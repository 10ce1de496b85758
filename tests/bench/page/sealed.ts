// The app's own store with and without a lock, in a page of its own: filled, opened, read and saved to.
import { vaultOf } from '#lib/storage/aesVault.ts';
import { keysOf } from '#lib/storage/row.ts';
import { productList } from '#lib/storage/lists.ts';
import { type Store, openStore } from '#lib/storage/store.ts';
import type { Document } from '#lib/domain/document/document.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { anId } from '../../support/documents.ts';
import { someRecords } from '../records.ts';

export type How = 'sealed' | 'plain';

const key = crypto.getRandomValues(new Uint8Array(32));

const storeOf = (how: How): Store =>
  openStore(
    {
      account: `bench-${how}`,
      device: 'bench',
      now: () => new Date(),
      random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
    },
    'strict',
    how === 'sealed' ? vaultOf(key) : null
  );

/** Fills it as a pull would. @returns how many documents */
async function fill(how: How, products: number): Promise<number> {
  const docs = someRecords(products);
  const store = storeOf(how);
  await store.tables.docs.bulkPut(docs.map(rowOf));
  store.close();
  return docs.length;
}

const rowOf = (doc: Document) => ({
  id: doc._id,
  database: communeDatabase(doc.commune),
  commune: doc.commune,
  updatedAt: doc.updatedAt,
  doc,
  rev: '1-a',
  receivedAt: null,
  ...keysOf(doc)
});

/** Opens it and reads the list of all products and producers. @returns milliseconds */
async function open(how: How): Promise<number> {
  const begun = performance.now();
  const store = storeOf(how);
  await productList(store);
  const taken = performance.now() - begun;
  store.close();
  return taken;
}

let open_: { readonly how: How; readonly store: Store } | null = null;

/** One more answer in a survey that is open. @returns milliseconds from the call to the end of the transaction */
async function commit(how: How, text: string): Promise<number> {
  const id = anId('survey', 0);
  if (open_?.how !== how) {
    open_?.store.close();
    open_ = { how, store: storeOf(how) };
    await open_.store.get('survey', id);
    // The first one makes the outbox row; what is measured is typing on.
    await answer(open_.store, id, 'begun');
  }
  const begun = performance.now();
  await answer(open_.store, id, text);
  return performance.now() - begun;
}

async function answer(store: Store, id: string, text: string): Promise<void> {
  const saved = await store.update('survey', id, (doc) => ({
    ...doc,
    answers: { ...doc.answers, registration_number: text, process: TEXT }
  }));
  if (!saved.ok) throw new Error(saved.error.tag);
}

/** A survey of some 3 KB. */
const TEXT = 'Ủ chượp ba năm trong lu sành, rút nỉ, phơi nắng, lọc và đóng chai theo từng lô. '.repeat(24);

const sealed = { fill, open, commit };

declare global {
  interface Window {
    sealed: typeof sealed;
  }
}

window.sealed = sealed;
