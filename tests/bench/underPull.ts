// Measures what an officer feels of a large pull while he types: his screen, his saves, his phone's memory.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Phone } from '../e2e/phone.ts';
import { THROTTLE, throttle, untilCommitted } from './browser.ts';
import { TEXT_FIELD } from './alive.ts';
import { REMOTE, forget, whenWhole } from './device.ts';
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
  const commit = () => untilCommitted(page, TEXT_FIELD, `48A8${String(Date.now())}`, null);
  const idle: number[] = [];
  for (let i = 0; i < SAMPLES; i++) idle.push(await commit());
  // It begins a while after the network is back.
  const begins = page.context().waitForEvent('request', (request) => request.url().includes(`/${REMOTE}/_changes`));
  await phone.setOffline(false);
  await begins;
  const longTasks = await watchTasks(page);
  let isWhole = false;
  const whole = whenWhole(page).finally(() => (isWhole = true));
  const during: number[] = [];
  while (!isWhole) during.push(await commit());
  await whole;
  const long = await longTasks();
  await throttle(page, 1);
  return { idle, during, longTasks: long };
}

/** @returns ends the watch, and gives the main-thread tasks of more than 50 ms since it began, milliseconds each */
async function watchTasks(page: Page): Promise<() => Promise<number[]>> {
  const watch = await page.evaluateHandle(() => {
    const long: number[] = [];
    const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
    observer.observe({ type: 'longtask', buffered: false });
    return { long, observer };
  });
  return () =>
    watch.evaluate(({ long, observer }) => {
      long.push(...observer.takeRecords().map(({ duration }) => duration));
      observer.disconnect();
      return long;
    });
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
