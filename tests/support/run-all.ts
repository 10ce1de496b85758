// `npm test`: makes sure that there is a browser, builds the app, runs every suite, and counts them all in one line.
import { chromium } from '@playwright/test';
import { existsSync } from 'node:fs';
import { buildApp } from './build-app.ts';
import { DEBIAN_CHROMIUM, chromiumLaunchOptions } from './chromium.ts';
import { installFromDebian } from './debian.ts';
import { build, playwright, run, runSuites, vitest } from './suites.ts';

process.exitCode = await runSuites(
  async () => (await provideBrowser()) && (await build(buildApp)),
  [vitest('unit'), vitest('browser'), playwright('playwright', 'e2e')]
);

/** Debian's browser where we may install it (its libraries come with it), else the one that Playwright brings. */
async function provideBrowser(): Promise<boolean> {
  const hasBrowser = () => existsSync(chromiumLaunchOptions().executablePath ?? chromium.executablePath());
  const { whole, shell } = DEBIAN_CHROMIUM;
  const isMissing = ({ path }: { path: string }) => !existsSync(path);
  // The shell is a matter of time only: where Debian's cannot be had, Debian's whole browser does for both.
  const isWanted = !hasBrowser() || (isMissing(shell) && !isMissing(whole));
  if (isWanted) {
    console.log('\n=== Chromium is not here, or not all of it: installing\n');
    await installFromDebian([whole, shell].filter(isMissing).map((missing) => missing.package));
  }
  if (hasBrowser()) return true;
  await run(['npx', 'playwright', 'install', 'chromium']);
  return hasBrowser();
}
