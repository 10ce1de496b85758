// Measures what the lock costs while one works: opening thousands of sealed records, and saving a field.
import { startServerProcess } from '../support/couch-server.ts';
import { THROTTLE, throttle } from './browser.ts';
import { openContest } from './contest.ts';
import { type Figure, atMost, median } from './figures.ts';
import type { How } from './page/sealed.ts';

/** 5,000 records with their 835 producers, which are what is read; half as many dossiers lie beside them. */
const PRODUCTS = 4_165;
const OPENINGS = 7;
const COMMITS = 60;
/** A person's pace: a put in a tight loop is quicker than any that comes after a pause. */
const REST_MS = 200;

/** @param note takes each figure */
export async function measureSealed(note: (figure: Figure) => void): Promise<void> {
  const server = await startServerProcess({});
  const phone = await openContest(server, 'sealed');
  const { page } = phone;
  const both = ['plain', 'sealed'] as const;
  try {
    for (const how of both) {
      await page.evaluate(([h, products]) => window.sealed.fill(h, products), [how, PRODUCTS] as const);
      await page.evaluate((h) => window.sealed.open(h), how);
    }
    await throttle(page, THROTTLE);
    const opened: Record<How, number[]> = { plain: [], sealed: [] };
    for (let i = 0; i < OPENINGS; i++)
      for (const how of both) opened[how].push(await page.evaluate((h) => window.sealed.open(h), how));
    const [plain, sealed] = [median(opened.plain), median(opened.sealed)];
    note({
      name: 'open and read 5,000 products and producers, sealed (the key is there)',
      value: sealed,
      unit: 'ms',
      yardstick: { name: 'in clear', value: plain },
      goal: '≤ 1 s and ≤ 3 × in clear',
      isMet: atMost(sealed, 1_000) && atMost(sealed, 3 * plain),
      runs: opened.sealed
    });

    const commits: Record<How, number[]> = { plain: [], sealed: [] };
    for (const how of [...both, ...both]) {
      for (let i = 0; i < COMMITS / 2; i++) {
        await page.waitForTimeout(REST_MS);
        commits[how].push(
          await page.evaluate(([h, text]) => window.sealed.commit(h, text), [how, `48A8${String(i)}`] as const)
        );
      }
    }
    note({
      name: 'save a field of a survey with the lock on, median of 60',
      value: median(commits.sealed),
      unit: 'ms',
      yardstick: { name: 'without', value: median(commits.plain) },
      goal: '≤ 1.5 × without',
      isMet: atMost(median(commits.sealed), 1.5 * median(commits.plain)),
      runs: commits.sealed
    });
  } finally {
    await phone.discard();
    await server.stop();
  }
}
