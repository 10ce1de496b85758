// The `test` of the other engines: a server that can be killed, and a browser of the engine on a profile that is thrown away.
import { test as base, expect } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Office, furnish } from '../e2e/people.ts';
import { BUILD } from '../support/build-app.ts';
import { type CouchProcess, startServerProcess } from '../support/couch-server.ts';
import { openTlsFront } from '../support/tls-front.ts';
import type { Browser, Engine } from './browser.ts';

export { expect };

interface Fixtures {
  /** The embedded server with the people of the journeys; the app under test at its origin. */
  server: CouchProcess;
  /** The same server, read past the app. */
  office: Office;
  /** Of the engine, started. */
  phone: Browser;
}

/** What an engine writes by itself: of a key of the viewport that it does not know. */
const EXPECTED = /"interactive-widget" not recognized/;

/** The same test with another engine in it. */
export const testIn = ({ scheme, unpack }: Engine) =>
  base.extend<Fixtures>({
    // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
    server: async ({}, use) => {
      const server = await startServerProcess({ serveApp: BUILD });
      await furnish(server);
      await use(server);
      await server.stop();
    },
    office: async ({ server }, use) => {
      await use(new Office(server));
    },
    phone: async ({ server }, use, testInfo) => {
      const profile = await mkdtemp(join(tmpdir(), 'ocop-engine-'));
      const front = scheme === 'https' ? await openTlsFront(server.origin) : null;
      const phone = unpack(front?.origin ?? server.origin, profile);
      await phone.start();
      await use(phone);
      if (testInfo.errors.length > 0) {
        const picture = await phone.picture().catch(() => null); // It may have failed while no browser was there.
        if (picture !== null) await writeFile(testInfo.outputPath('screen.png'), picture);
      }
      await phone.kill();
      await front?.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
      expect(phone.complaints().filter((complaint) => !EXPECTED.test(complaint))).toEqual([]);
    }
  });
