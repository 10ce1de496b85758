// The page in which the peers and the limits run: same origin, same server and same browser as the app.
import type { Page } from '@playwright/test';
import type { CouchProcess } from '../support/couch-server.ts';
import { Phone } from '../e2e/phone.ts';
import { bundlePageScript } from '../support/page-script.ts';
import { teach } from './browser.ts';
import { LOGIN } from './office.ts';

/** Under the path that the app's service worker leaves to the server. */
const PATH = '/couch/bench';

/** The scripts of `page/`, bundled; apart, for RxDB's Dexie and the app's do not bear each other in one page. */
type Script = 'peers' | 'outbox' | 'sealed' | 'kdf';
const bundled = new Map<Script, Promise<string>>();

/** Puts `window.peers` or another one into the page that is open. */
export async function invite(page: Page, script: Script): Promise<void> {
  const code = bundled.get(script) ?? bundlePageScript(new URL(`page/${script}.ts`, import.meta.url));
  bundled.set(script, code);
  await teach(page);
  await page.evaluate(await code);
}

/** A fresh browser with nothing but a script in it, signed in as the officer. */
export async function openContest(server: CouchProcess, script: Script = 'peers'): Promise<Phone> {
  const phone = await Phone.unpack(server.origin);
  const { page } = phone;
  await page.route(`**${PATH}`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await phone.open(PATH);
  await invite(page, script);
  await page.evaluate(async (login) => {
    await fetch('/couch/_session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(login)
    });
  }, LOGIN);
  return phone;
}
