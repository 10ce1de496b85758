// What lies on the phone, seen from its page through a connection of the bench's own: waited for, counted, taken away.
import type { Page } from '@playwright/test';
import { communeDatabase } from '#lib/domain/scope.ts';
import { COMMUNE } from '../support/documents.ts';
import { DEVICE_DATABASE } from './office.ts';

/** The commune's database on the server. */
export const REMOTE = communeDatabase(COMMUNE);

/** Now, milliseconds since 1970 with their fractions: the same clock in every process of this machine. */
export const instant = (): number => performance.timeOrigin + performance.now();

/**
 * Waits until the commune has been pulled whole.
 * @returns the instant, see `instant`
 */
export function whenWhole(page: Page): Promise<number> {
  return page.evaluate(
    async ({ device, remote }) => {
      const pause = () => new Promise((resolve) => setTimeout(resolve, 60));
      // Opening a database that the app has not made yet would make an empty one.
      while (!(await indexedDB.databases()).some(({ name }) => name === device)) await pause();
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(device);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('IndexedDB does not open'));
      });
      const isWhole = () =>
        new Promise<boolean>((resolve) => {
          const request = db.transaction('checkpoints').objectStore('checkpoints').get(remote);
          request.onsuccess = () => {
            const row: { completedAt: string | null } | undefined = request.result;
            resolve(typeof row?.completedAt === 'string');
          };
        });
      const begun = performance.now();
      while (!(await isWhole())) {
        if (performance.now() - begun > 120_000) throw new Error('The pull does not end.');
        await pause();
      }
      const at = performance.timeOrigin + performance.now();
      db.close();
      return at;
    },
    { device: DEVICE_DATABASE, remote: REMOTE }
  );
}

/**
 * Waits until the outbox is empty.
 * @returns the instant, see `instant`
 */
export function whenSent(page: Page): Promise<number> {
  return page.evaluate(async (device) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(device);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('IndexedDB does not open'));
    });
    const waiting = () =>
      new Promise<number>((resolve) => {
        const request = db.transaction('outbox').objectStore('outbox').count();
        request.onsuccess = () => resolve(request.result);
      });
    const begun = performance.now();
    while ((await waiting()) > 0) {
      if (performance.now() - begun > 120_000) throw new Error('The push does not end.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const at = performance.timeOrigin + performance.now();
    db.close();
    return at;
  }, DEVICE_DATABASE);
}

/**
 * Waits until that many photos have their receipts.
 * @returns the instant, see `instant`
 */
export function whenPhotosSent(page: Page, count: number): Promise<number> {
  return page.evaluate(
    async ({ device, count }) => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(device);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('IndexedDB does not open'));
      });
      const sent = () =>
        new Promise<number>((resolve) => {
          const request = db.transaction('photos').objectStore('photos').index('state').count('sent');
          request.onsuccess = () => resolve(request.result);
        });
      const begun = performance.now();
      while ((await sent()) < count) {
        if (performance.now() - begun > 120_000) throw new Error('The photos do not go.');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const at = performance.timeOrigin + performance.now();
      db.close();
      return at;
    },
    { device: DEVICE_DATABASE, count }
  );
}

/**
 * Waits until the phone holds an edit.
 * @param text what the stored document must contain
 * @returns the instant; null when it did not come in time
 */
export function whenHeld(page: Page, id: string, text: string, patienceMs: number): Promise<number | null> {
  return page.evaluate(
    async ({ device, id, text, patienceMs }) => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(device);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('IndexedDB does not open'));
      });
      const read = () =>
        new Promise<string>((resolve) => {
          const request = db.transaction('docs').objectStore('docs').get(id);
          request.onsuccess = () => resolve(JSON.stringify(request.result ?? null));
        });
      const begun = performance.now();
      let at: number | null = null;
      while (at === null && performance.now() - begun < patienceMs) {
        if ((await read()).includes(text)) at = performance.timeOrigin + performance.now();
        else await new Promise((resolve) => setTimeout(resolve, 20));
      }
      db.close();
      return at;
    },
    { device: DEVICE_DATABASE, id, text, patienceMs }
  );
}

/** Takes everything that came by pull off the phone, but for one document: the next run pulls for the first time. */
export function forget(page: Page, kept: string): Promise<void> {
  return page.evaluate(
    async ({ device, kept }) => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(device);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('IndexedDB does not open'));
      });
      await new Promise<void>((resolve) => {
        const transaction = db.transaction(['docs', 'checkpoints'], 'readwrite');
        const docs = transaction.objectStore('docs');
        docs.delete(IDBKeyRange.upperBound(kept, true));
        docs.delete(IDBKeyRange.lowerBound(kept, true));
        transaction.objectStore('checkpoints').clear();
        transaction.oncomplete = () => resolve();
      });
      db.close();
    },
    { device: DEVICE_DATABASE, kept }
  );
}
