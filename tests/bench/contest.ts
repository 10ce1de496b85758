// The page in which the peers and the limits run: same origin, same server and same browser as the app.
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import type { CouchProcess } from '../support/couch-server.ts';
import { Phone } from '../e2e/phone.ts';
import { teach } from './browser.ts';
import { LOGIN } from './office.ts';

/** Under the path that the app's service worker leaves to the server. */
const PATH = '/couch/bench';

/** The scripts of `page/`, bundled; apart, for RxDB's Dexie and the app's do not bear each other in one page. */
type Script = 'peers' | 'outbox';
const bundled = new Map<Script, Promise<string>>();

/** Puts `window.peers` or `window.outbox` into the page that is open. */
export async function invite(page: Page, script: Script): Promise<void> {
  const code = bundled.get(script) ?? bundle(script);
  bundled.set(script, code);
  await teach(page);
  await page.evaluate(await code);
}

/** A fresh browser with nothing but the peers in it, signed in as the officer. */
export async function openContest(server: CouchProcess): Promise<Phone> {
  const phone = await Phone.unpack(server.origin);
  const { page } = phone;
  await page.route(`**${PATH}`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await phone.open(PATH);
  await invite(page, 'peers');
  await page.evaluate(async (login) => {
    await fetch('/couch/_session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(login)
    });
  }, LOGIN);
  return phone;
}

async function bundle(script: Script): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: {
        input: fileURLToPath(new URL(`page/${script}.ts`, import.meta.url)),
        output: { format: 'iife' }
      }
    }
  });
  const [result] = Array.isArray(built) ? built : [built];
  const chunk = result !== undefined && 'output' in result ? result.output[0] : undefined;
  if (chunk === undefined) throw new Error('A script of the bench was not bundled.');
  return chunk.code;
}
