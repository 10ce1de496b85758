// Counts bytes: what the service worker precaches, and what scripts a page had loaded before it was usable.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** Size of a built file in KB (1024 bytes) after gzip. */
export function gzippedKb(build: string, path: string): number {
  return gzipSync(readFileSync(join(build, path))).length / 1024;
}

/** Sum over everything that an installation brings, its engine included, gzipped KB, and how many files these are. */
export function precached(build: string): { kb: number; files: number } {
  const worker = readFileSync(join(build, 'service-worker.js'), 'utf8');
  const urls = new Set([...worker.matchAll(/"url":\s*"([^"]+)"/g)].map((match) => match[1] ?? ''));
  if (urls.size === 0) throw new Error('The service worker holds no precache list.');
  for (const [, engine = ''] of worker.matchAll(/importScripts\("([^"]+)"\)/g)) urls.add(engine);
  let kb = 0;
  for (const url of urls) kb += gzippedKb(build, url === '/' ? 'index.html' : url);
  return { kb, files: urls.size };
}

/**
 * The scripts that a page loaded until a moment, gzipped KB.
 * @param until milliseconds on the page's own clock
 */
export async function scriptsUntil(page: Page, build: string, until: number): Promise<number> {
  const paths = await page.evaluate(
    (limit) =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => new URL(entry.name).pathname.endsWith('.js') && entry.startTime <= limit)
        .map((entry) => new URL(entry.name).pathname),
    until
  );
  return [...new Set(paths)].reduce((sum, path) => sum + gzippedKb(build, path), 0);
}
