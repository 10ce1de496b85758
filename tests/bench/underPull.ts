// Measures what an officer feels of a large pull while he types: his screen, his saves, his phone's memory.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Phone } from '../e2e/phone.ts';
import { THROTTLE, throttle } from './browser.ts';
import { TEXT_FIELD } from './alive.ts';
import { forget, whenWhole } from './device.ts';
import { DEVICE_DATABASE } from './office.ts';
import { ownSurveyId } from './records.ts';

export interface UnderPull {
  /** Keys → committed with no network, milliseconds each. */
  readonly idle: readonly number[];
  /** The same while the pull goes on. */
  readonly during: readonly number[];
  /** Main-thread tasks of more than 50 ms during the pull, milliseconds each. */
  readonly longTasks: readonly number[];
}

/** Idle samples of a round. */
const SAMPLES = 30;

/** Types into an open survey, first offline and then while the commune is pulled whole, on a throttled processor. */
export async function typeUnderPull(phone: Phone): Promise<UnderPull> {
  const { page } = phone;
  const id = ownSurveyId(0);
  await phone.setOffline(true);
  await forget(page, id);
  await phone.open(`/survey/${id}`);
  await page.locator(TEXT_FIELD).waitFor();
  await page.waitForLoadState('networkidle');
  await throttle(page, THROTTLE);
  const idle = await typeAndWatch(page, id, SAMPLES, 0);
  const whole = whenWhole(page).then((at) =>
    page.evaluate((stamp) => {
      document.documentElement.dataset['benchWhole'] = String(stamp);
    }, at)
  );
  const during = typeAndWatch(page, id, Infinity, await page.evaluate(() => performance.now()));
  await phone.setOffline(false);
  await whole;
  const { taken, longTasks } = await during;
  await throttle(page, 1);
  return { idle: idle.taken, during: taken, longTasks };
}

/**
 * Types letters and leaves the field each time, so that the app saves at once; stops after `times` or when the page's
 * `data-bench-whole` is set.
 */
function typeAndWatch(
  page: Page,
  id: string,
  times: number,
  since: number
): Promise<{ taken: number[]; longTasks: number[] }> {
  return page.evaluate(
    async ({ database, id, times, since, field }) => {
      delete document.documentElement.dataset['benchWhole'];
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(database);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('IndexedDB does not open'));
      });
      const read = () =>
        new Promise<string>((resolve) => {
          const request = db.transaction('docs').objectStore('docs').get(id);
          request.onsuccess = () => resolve(JSON.stringify(request.result));
        });
      const longTasks: number[] = [];
      const observer = new PerformanceObserver((list) => {
        for (const task of list.getEntries()) if (task.startTime >= since) longTasks.push(task.duration);
      });
      observer.observe({ type: 'longtask', buffered: false });
      const taken: number[] = [];
      const isOver = () => document.documentElement.dataset['benchWhole'] !== undefined;
      for (let i = 0; i < (times ?? Infinity) && !isOver(); i++) {
        const input = document.querySelector<HTMLInputElement>(field);
        if (input === null) throw new Error(`nothing at ${field}`);
        const text = `48A8${String(Date.now())}`;
        const begun = performance.now();
        input.value = text;
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
        input.dispatchEvent(new FocusEvent('blur'));
        while (!(await read()).includes(text)) {
          if (performance.now() - begun > 20_000) throw new Error('The answer was not committed.');
          await new Promise((resolve) => setTimeout(resolve, 0));
        }
        taken.push(performance.now() - begun);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      observer.disconnect();
      db.close();
      return { taken, longTasks };
    },
    { database: DEVICE_DATABASE, id, times: Number.isFinite(times) ? times : null, since, field: TEXT_FIELD }
  );
}

/**
 * Memory of the page with its worker during a pull.
 * @returns the most that it held over what it held idle, megabytes; null where the system has no /proc
 */
export async function memoryUnderPull(phone: Phone): Promise<number | null> {
  const { page } = phone;
  await phone.setOffline(true);
  await forget(page, ownSurveyId(0));
  await phone.open('/');
  await page.waitForLoadState('networkidle');
  // The worker starts three seconds after the navigation, and belongs to what is there idle.
  await page.waitForTimeout(5_000);
  const processes = await renderersOf(page);
  const held = () => processes.reduce((sum, process) => sum + (privateMegabytes(process) ?? NaN), 0);
  const idle = held();
  if (Number.isNaN(idle)) return null;
  let most = idle;
  const watch = setInterval(() => {
    most = Math.max(most, held() || 0);
  }, 20);
  await phone.setOffline(false);
  await whenWhole(page);
  clearInterval(watch);
  return most - idle;
}

/** Process ids of all renderers: the page's with its worker, and the service worker's where it has one of its own. */
async function renderersOf(page: Page): Promise<number[]> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The browser cannot be asked for its processes.');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** What a process holds for itself: neither files nor memory shared with others. */
function privateMegabytes(process: number): number | null {
  try {
    const [, kilobytes] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(process)}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
