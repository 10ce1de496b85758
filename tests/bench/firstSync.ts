// Measures the first sync of a commune against stock PouchDB pulling the same database into its own IndexedDB.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { communeDatabase } from '#lib/domain/scope.ts';
import type { CouchProcess } from '../support/couch-server.ts';
import { COMMUNE } from '../support/documents.ts';
import { SignInPage } from '../e2e/pages/signIn.ts';
import { Phone } from '../e2e/phone.ts';
import { teach } from './browser.ts';
import { LOGIN, untilStored } from './office.ts';

const POUCHDB = readFileSync(createRequire(import.meta.url).resolve('pouchdb/dist/pouchdb.min.js'), 'utf8');

/** The app: from its first request for changes to the last document being in IndexedDB, milliseconds. */
export async function appPull(server: CouchProcess, count: number): Promise<number> {
  const phone = await Phone.unpack(server.origin);
  await teach(phone.page);
  try {
    let begun = NaN;
    phone.page.context().on('request', (request) => {
      if (Number.isNaN(begun) && request.url().includes('_changes')) begun = performance.now();
    });
    await phone.open('/');
    const signIn = new SignInPage(phone.page);
    await signIn.begin();
    await signIn.signIn(LOGIN);
    await untilStored(phone, count);
    const ended = performance.now();
    if (Number.isNaN(begun)) throw new Error('No request for changes was seen.');
    return ended - begun;
  } finally {
    await phone.discard();
  }
}

/** PouchDB 9 with its IndexedDB adapter and its default batches, in a page of the same origin, milliseconds. */
export async function pouchPull(server: CouchProcess, count: number): Promise<number> {
  const phone = await Phone.unpack(server.origin);
  await teach(phone.page);
  try {
    const { page } = phone;
    await page.route('**/bench-peer', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<script src="/bench-pouchdb.js"></script>' })
    );
    await page.route('**/bench-pouchdb.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: POUCHDB })
    );
    await phone.open('/bench-peer');
    return await page.evaluate(
      async ({ login, database, count }) => {
        await fetch('/couch/_session', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(login)
        });
        // The script that the page has loaded declares it; it has no types here.
        const PouchDB: new (name: string) => {
          info(): Promise<{ doc_count: number }>;
          replicate: { from(source: unknown): Promise<unknown> };
        } = Reflect.get(window, 'PouchDB');
        const local = new PouchDB('bench-peer');
        await local.info();
        const begun = performance.now();
        await local.replicate.from(new PouchDB(`${location.origin}/couch/${database}`));
        const taken = performance.now() - begun;
        const { doc_count: got } = await local.info();
        if (got < count) throw new Error(`PouchDB holds ${String(got)} of ${String(count)} documents.`);
        return taken;
      },
      { login: LOGIN, database: communeDatabase(COMMUNE), count }
    );
  } finally {
    await phone.discard();
  }
}
