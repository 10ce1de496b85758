// `npm test`: makes sure that there is a browser, builds the app, runs every suite, and counts them all in one line.
import { chromium } from '@playwright/test';
import { existsSync } from 'node:fs';
import { buildApp } from './build-app.ts';
import { chromiumLaunchOptions } from './chromium.ts';
import { installFromDebian } from './debian.ts';
import { build, playwright, run, runSuites, vitest } from './suites.ts';

process.exitCode = await runSuites(
  async () => (await provideBrowser()) && (await build(buildApp)),
  [vitest('unit'), vitest('browser'), playwright('playwright', 'e2e')]
);

/** Debian's browser where we may install it (its libraries come with it), else the one that Playwright brings. */
async function provideBrowser(): Promise<boolean> {
  const hasBrowser = () => existsSync(chromiumLaunchOptions().executablePath ?? chromium.executablePath());
  if (hasBrowser()) return true;
  console.log('\n=== No Chromium here: installing one\n');
  await installFromDebian(['chromium']);
  if (hasBrowser()) return true;
  await run(['npx', 'playwright', 'install', 'chromium']);
  return hasBrowser();
}
