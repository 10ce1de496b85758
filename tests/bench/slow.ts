// Slows whole processes of a browser down: DevTools throttles a page's main thread only, and refuses it for workers.
import { Worker } from 'node:worker_threads';
import type { Page } from '@playwright/test';

/** How long the processes run at a stretch, ms; far below what is measured, far above what the scheduler needs. */
const STRETCH_MS = 5;

/** Stops and continues the processes by turns; in a thread of its own, so that nothing of the bench is in its way. */
const CLOCK = `
const { workerData: { pids, stretchMs, rate, isOver } } = require('node:worker_threads');
const flag = new Int32Array(isOver);
const idle = new Int32Array(new SharedArrayBuffer(4));
const send = (signal) => { for (const pid of pids) process.kill(pid, signal); };
while (Atomics.load(flag, 0) === 0) {
  send('SIGSTOP');
  Atomics.wait(idle, 0, 0, stretchMs * (rate - 1));
  send('SIGCONT');
  Atomics.wait(idle, 0, 0, stretchMs);
}`;

/**
 * Lets the processes that run the page (its main thread, its workers, its decoders) run for one part of `rate` only.
 * @returns gives them their full speed back
 */
export async function slowDown(page: Page, rate: number): Promise<() => Promise<void>> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The browser cannot be asked for its processes.');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const isOver = new SharedArrayBuffer(4);
  const clock = new Worker(CLOCK, { eval: true, workerData: { pids, stretchMs: STRETCH_MS, rate, isOver } });
  const ended = new Promise<void>((resolve, reject) => {
    clock.once('exit', () => resolve());
    clock.once('error', reject);
  });
  return async () => {
    Atomics.store(new Int32Array(isOver), 0, 1);
    await ended;
  };
}
