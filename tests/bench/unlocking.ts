// Measures how long a lock takes to open: the key of a PIN by itself, and from the last digit to a screen with the records.
import { LockPage } from '../e2e/pages/lock.ts';
import { startServerProcess } from '../support/couch-server.ts';
import { THROTTLE, throttle, untilPainted } from './browser.ts';
import { openContest } from './contest.ts';
import { type Figure, atMost, median } from './figures.ts';
import { openOffice, takePhone } from './office.ts';
import { someRecords } from './records.ts';

const RUNS = 5;
const PIN = '274916';
/** With their producers and what belongs to every other one 8,500 documents. */
const PRODUCTS = 5_000;

/** The screens that a lock opens to, and what has to be on them. */
const SCREENS = [
  ['home', '/', 'main a[href^="/survey/"], main a[href^="/assessment/"]'],
  ['the list of products', '/products', 'main [role=listitem] a[href^="/product/"]']
] as const;

/** @param note takes each figure */
export async function measureUnlocking(note: (figure: Figure) => void): Promise<void> {
  await measureKey(note);
  const records = someRecords(PRODUCTS);
  const server = await openOffice(records);
  const phone = await takePhone(server, records.length);
  const { page } = phone;
  try {
    await phone.open('/settings');
    const lock = new LockPage(page);
    await lock.switchOn(PIN);
    await phone.setOffline(true);
    await throttle(page, THROTTLE);
    for (const [name, path, selector] of SCREENS) {
      const runs: number[] = [];
      for (let i = 0; i < RUNS; i++) {
        await phone.open(path);
        await lock.isShut();
        await lock.tap(PIN.slice(0, -1));
        const last = `[role=group] button:nth-child(${PIN.slice(-1)})`;
        runs.push(await untilPainted(page, last, { kind: 'click' }, { kind: 'comes', selector }));
      }
      note({
        name: `PIN → ${name}, offline, ${String(PRODUCTS)} products with the lock on (${String(records.length)} records)`,
        value: median(runs),
        unit: 'ms',
        goal: '≤ 1 s',
        isMet: atMost(median(runs), 1_000),
        runs
      });
    }
  } finally {
    await phone.discard();
    await server.stop();
  }
}

async function measureKey(note: (figure: Figure) => void): Promise<void> {
  const server = await startServerProcess({});
  const phone = await openContest(server, 'kdf');
  try {
    await throttle(phone.page, THROTTLE);
    const runs: number[] = [];
    for (let i = 0; i < RUNS; i++) runs.push(await phone.page.evaluate(() => window.kdf.make()));
    note({
      name: 'the key of a PIN (Argon2id, 19 MiB, 2 passes)',
      value: median(runs),
      unit: 'ms',
      goal: '≤ 500 ms',
      isMet: atMost(median(runs), 500),
      runs
    });
  } finally {
    await phone.discard();
    await server.stop();
  }
}
