// Clocks inside the page, for a real Chromium whose processor is throttled to that of a cheap phone.
import type { Page } from '@playwright/test';

/** The slow-down that stands for a cheap phone. */
export const THROTTLE = 4;

const KEEP_NAMES = 'globalThis.__name ??= (named) => named;';

/**
 * Makes functions of the bench run in the page: the compiler wraps named ones in a call of its own helper, which no page
 * has.
 */
export async function teach(page: Page): Promise<void> {
  await page.addInitScript(KEEP_NAMES);
  await page.evaluate(KEEP_NAMES);
}

/** Slows the page's main thread down by `rate`; 1 = as it is. */
export async function throttle(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** Makes every document that the page loads note when `selector` first stood in it: see `readyAt`. */
export async function watchFor(page: Page, selector: string): Promise<void> {
  await page.addInitScript((wanted) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector(wanted) === null) return;
      observer.disconnect();
      // Painted, and free to take a tap: a task after the next frame.
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => {
          document.documentElement.dataset['benchReady'] = String(performance.now());
        };
        painted.port2.postMessage(null);
      });
    });
    observer.observe(document, { childList: true, subtree: true, attributes: true });
  }, selector);
}

/** When what `watchFor` looks for was painted, milliseconds since the navigation began; waits for it. */
export async function readyAt(page: Page): Promise<number> {
  const noted = await page.waitForFunction(() => document.documentElement.dataset['benchReady'], null, {
    timeout: 60_000
  });
  return Number(await noted.jsonValue());
}

/** Lets what the last act set going (a save, its answer on the screen) come to its end: people tap seconds apart. */
function rest(page: Page): Promise<void> {
  return page.waitForTimeout(REST_MS);
}
const REST_MS = 300;

/** What is done to the page: a click, or text put into a field as one keystroke. */
export type Act = { readonly kind: 'click' } | { readonly kind: 'type'; readonly text: string };

/** What is waited for: an element that comes, or a text that changes. */
export type Sign =
  | { readonly kind: 'comes'; readonly selector: string }
  | { readonly kind: 'changes'; readonly selector: string }
  | { readonly kind: 'grows'; readonly selector: string };

/**
 * Acts on the page and waits until the sign stands on the screen.
 * @param target selects the element that is acted on
 * @returns milliseconds from the act to the task after the frame that shows the sign
 */
export async function untilPainted(page: Page, target: string, act: Act, sign: Sign): Promise<number> {
  await rest(page);
  return page.evaluate(
    ({ act, target, sign }) =>
      new Promise<number>((resolve, reject) => {
        const element = document.querySelector<HTMLElement>(target);
        if (element === null) {
          reject(new Error(`nothing at ${target}`));
          return;
        }
        const look = (): string => {
          const found = document.querySelectorAll<HTMLElement>(sign.selector);
          return sign.kind === 'changes' ? (found[0]?.textContent ?? '') : String(found.length);
        };
        const before = look();
        const begun = performance.now();
        const frame = () => {
          const now = look();
          const isThere = sign.kind === 'comes' ? now !== '0' : now !== before;
          if (!isThere && performance.now() - begun < 20_000) {
            requestAnimationFrame(frame);
            return;
          }
          const painted = new MessageChannel();
          painted.port1.onmessage = () => {
            if (isThere) resolve(performance.now() - begun);
            else reject(new Error(`${sign.selector}: the sign did not come`));
          };
          painted.port2.postMessage(null);
        };
        if (act.kind === 'click') element.click();
        else if (element instanceof HTMLInputElement) {
          element.value = act.text;
          element.dispatchEvent(new InputEvent('input', { bubbles: true }));
        }
        requestAnimationFrame(frame);
      }),
    { act, target, sign }
  );
}

/**
 * One raw strict IndexedDB put in a database of its own: the yardstick *idb*.
 * @returns milliseconds from the call to the end of its transaction
 */
export async function rawPut(page: Page): Promise<number> {
  await rest(page);
  return page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('bench-idb', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('puts', { keyPath: 'id' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('IndexedDB does not open'));
    });
    // The first transaction of a connection is slower; the app's is not its first either.
    await new Promise<void>((resolve) => {
      db.transaction('puts').objectStore('puts').get(0).onsuccess = () => resolve();
    });
    const text = 'x'.repeat(2000);
    const begun = performance.now();
    await new Promise<void>((resolve) => {
      const transaction = db.transaction('puts', 'readwrite', { durability: 'strict' });
      transaction.objectStore('puts').put({ id: 1, text });
      transaction.oncomplete = () => resolve();
    });
    const taken = performance.now() - begun;
    db.close();
    return taken;
  });
}

/**
 * Types a letter into a text field and waits until the transaction that writes it has ended.
 * @param field selects the input
 * @param text what stands in the field with the new letter; the written document must contain it
 * @param pauseMs how long the app waits for more letters before it saves: that wait, as long as it really was, is left out;
 *   null: the field is left with that letter, and nothing is waited for
 * @returns milliseconds from the key to the end of the transaction, without the pause
 */
export async function untilCommitted(page: Page, field: string, text: string, pauseMs: number | null): Promise<number> {
  await rest(page);
  return page.evaluate(
    async ({ field, text, pauseMs }) => {
      const input = document.querySelector<HTMLInputElement>(field);
      if (input === null) throw new Error(`nothing at ${field}`);
      const timers = globalThis.setTimeout;
      const put = IDBObjectStore.prototype.put;
      let paused = 0;
      globalThis.setTimeout = ((call: () => void, ms?: number) => {
        const set = performance.now();
        return timers(() => {
          if (ms === pauseMs) paused = performance.now() - set;
          call();
        }, ms);
      }) as typeof setTimeout;
      try {
        return await new Promise<number>((resolve, reject) => {
          IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
            if (this.name === 'docs' && JSON.stringify(value).includes(text)) {
              if (this.transaction.durability !== 'strict') reject(new Error('A save that is not strict.'));
              const { transaction } = this;
              // On the way down to the transaction: what the app does with the news is not the commit.
              const onComplete = ({ target }: Event) => {
                if (target !== transaction) return;
                resolve(performance.now() - begun - paused);
                transaction.db.removeEventListener('complete', onComplete, true);
              };
              transaction.db.addEventListener('complete', onComplete, true);
            }
            return key === undefined ? put.call(this, value) : put.call(this, value, key);
          };
          const begun = performance.now();
          input.value = text;
          input.dispatchEvent(new InputEvent('input', { bubbles: true }));
          if (pauseMs === null) input.dispatchEvent(new FocusEvent('blur'));
          timers(() => reject(new Error('The answer was not committed.')), 20_000);
        });
      } finally {
        globalThis.setTimeout = timers;
        IDBObjectStore.prototype.put = put;
      }
    },
    { field, text, pauseMs }
  );
}

/** How many documents lie in a database of the device, and whether a database of the server has been pulled whole. */
export function stored(page: Page, database: string): Promise<{ docs: number; isComplete: boolean }> {
  return page.evaluate(async (name) => {
    // Opening a database that the app has not made yet would make an empty one.
    const all = await indexedDB.databases();
    if (!all.some((one) => one.name === name)) return { docs: 0, isComplete: false };
    return new Promise<{ docs: number; isComplete: boolean }>((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => {
        const db = request.result;
        if (!db.objectStoreNames.contains('checkpoints')) {
          db.close();
          resolve({ docs: 0, isComplete: false });
          return;
        }
        const transaction = db.transaction(['docs', 'checkpoints']);
        const count = transaction.objectStore('docs').count();
        const checkpoints = transaction.objectStore('checkpoints').getAll();
        transaction.oncomplete = () => {
          db.close();
          const rows: unknown[] = checkpoints.result;
          const isWhole = (row: unknown) =>
            typeof row === 'object' && row !== null && 'completedAt' in row && row.completedAt !== null;
          resolve({ docs: count.result, isComplete: rows.length > 0 && rows.every(isWhole) });
        };
      };
    });
  }, database);
}
