// Lighthouse's three marks of the built app on a first visit by phone. Lighthouse itself is fetched by npx when it is run.
import { chromium } from '@playwright/test';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { BUILD } from '../support/build-app.ts';
import { chromiumLaunchOptions } from '../support/chromium.ts';
import { startServerProcess } from '../support/couch-server.ts';
import { type Figure, atMost, median } from './figures.ts';

/** The last of those that run on the Node.js that the README asks for. */
const LIGHTHOUSE = 'lighthouse@12.8.2';
const RUNS = 3;
const GOALS = { performance: 95, accessibility: 100, 'best-practices': 100 } as const;
type Category = keyof typeof GOALS;
const CATEGORIES = Object.keys(GOALS) as Category[];

const category = v.object({ score: v.number() });
const report = v.object({
  categories: v.object({ performance: category, accessibility: category, 'best-practices': category })
});

/** @param folder an empty folder of the bench's own, for its reports */
export async function measureLighthouse(folder: string, note: (figure: Figure) => void): Promise<void> {
  const server = await startServerProcess({ serveApp: BUILD, sample: true });
  const marks: Record<Category, number>[] = [];
  for (let i = 0; i < RUNS; i++)
    marks.push(await marksOf(`${server.origin}/`, join(folder, `lighthouse-${String(i)}.json`)));
  await server.stop();
  for (const name of CATEGORIES) {
    const value = median(marks.map((one) => one[name]));
    note({
      name: `Lighthouse, mobile, first visit: ${name}`,
      value,
      unit: 'points',
      goal: GOALS[name] === 100 ? '100' : `≥ ${String(GOALS[name])}`,
      isMet: atMost(GOALS[name], value),
      runs: marks.map((one) => one[name])
    });
  }
}

async function marksOf(url: string, file: string): Promise<Record<Category, number>> {
  const args = [
    ...['--yes', LIGHTHOUSE, url, '--quiet', '--form-factor=mobile', '--output=json', `--output-path=${file}`],
    ...[`--only-categories=${CATEGORIES.join(',')}`, '--chrome-flags=--headless=new --no-sandbox']
  ];
  const browser = chromiumLaunchOptions().executablePath ?? chromium.executablePath();
  await promisify(execFile)('npx', args, { env: { ...process.env, CHROME_PATH: browser } });
  const { categories } = v.parse(report, JSON.parse(await readFile(file, 'utf8')));
  return {
    performance: Math.round(categories.performance.score * 100),
    accessibility: Math.round(categories.accessibility.score * 100),
    'best-practices': Math.round(categories['best-practices'].score * 100)
  };
}
