// The `test` of suites that try one phone over and over: one server, one road to it and one phone for a whole worker.
import { test as base } from '@playwright/test';
import { BUILD } from '../support/build-app.ts';
import { type CouchProcess, startServerProcess } from '../support/couch-server.ts';
import { FaultyProxy } from '../support/faulty-proxy.ts';
import { signInFresh } from './pages/shell.ts';
import { OFFICER_B, Office, furnish } from './people.ts';
import { Phone } from './phone.ts';
import { NETWORK_COMPLAINT } from './test.ts';

export { expect } from '@playwright/test';

interface Fixtures {
  /** `test.use({ suite: … })` in each file: no two share a worker then, nor a phone, which one of them leaves locked. */
  suite: string;
  /** The embedded server in a process that can be killed, read past app and road. */
  server: CouchProcess;
  office: Office;
  /** Between the phone and the server. */
  road: FaultyProxy;
  /** B is signed in, with his cookie on the disk: it outlives a kill. */
  phone: Phone;
}

/** Many runs in `npm run test:long`, few at each commit. */
export const isLong = process.env['LONG'] !== undefined;

export const test = base.extend<object, Fixtures>({
  suite: ['', { scope: 'worker', option: true }],
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const server = await startServerProcess({ serveApp: BUILD });
      await furnish(server);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' }
  ],
  office: [
    async ({ server }, use) => {
      await use(new Office(server));
    },
    { scope: 'worker' }
  ],
  road: [
    async ({ server }, use) => {
      const road = await FaultyProxy.open(server.origin);
      await use(road);
      await road.close();
    },
    { scope: 'worker' }
  ],
  phone: [
    async ({ road }, use) => {
      const phone = await Phone.unpack(road.origin, { chromium: 'shell' });
      phone.expectComplaint(NETWORK_COMPLAINT);
      await signInFresh(phone, OFFICER_B);
      await phone.restart();
      await use(phone);
      await phone.discard();
    },
    { scope: 'worker' }
  ]
});

test.afterEach(({ phone }) => {
  test.expect(phone.complaints()).toEqual([]);
});
