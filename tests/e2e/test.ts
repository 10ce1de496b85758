// The journeys' own `test`: a server of its own, phones that are thrown away, and no complaint on any console.
import { test as base, expect } from '@playwright/test';
import { BUILD } from '../support/build-app.ts';
import { type CouchProcess, startServerProcess } from '../support/couch-server.ts';
import { type Installation, install } from './installed.ts';
import { Office, furnish } from './people.ts';
import { Phone } from './phone.ts';

export { expect };

interface WorkerFixtures {
  /** The app in a browser of nobody's, made once for all journeys of a worker: some seconds less for each. */
  installation: Installation;
}

interface Options {
  /** Whether the files are on the phone before it is opened: `test.use({ isInstalled: false })` where they are the matter. */
  isInstalled: boolean;
  /** Wake-ups, notifications, the home screen: `test.use({ needsWholeBrowser: true })`; all else has Chromium's shell. */
  needsWholeBrowser: boolean;
  /** The sample of `npm start` instead of an empty office: `test.use({ isSampled: true })`. */
  isSampled: boolean;
}

interface Fixtures {
  /** The embedded server with the people of `people.ts`, in a process that can be killed; the app under test at its origin. */
  server: CouchProcess;
  /** The same server, read past the app. */
  office: Office;
  /** Another phone; the first one is `phone`. */
  unpackPhone: (options?: Parameters<typeof Phone.unpack>[1]) => Promise<Phone>;
  phone: Phone;
}

/** What the browser itself writes when a server is away or answers with an error: the journeys look at the screen. */
export const NETWORK_COMPLAINT = /^Failed to load resource/;

export const test = base.extend<Fixtures & Options, WorkerFixtures>({
  installation: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const installation = await install();
      await use(installation);
      await installation.remove();
    },
    { scope: 'worker' }
  ],
  isInstalled: [true, { option: true }],
  needsWholeBrowser: [false, { option: true }],
  isSampled: [false, { option: true }],
  server: async ({ isSampled, isInstalled, installation }, use) => {
    const port = isInstalled ? installation.port : 0;
    const server = await startServerProcess({ serveApp: BUILD, sample: isSampled, port });
    if (!isSampled) await furnish(server);
    await use(server);
    await server.stop();
  },
  office: async ({ server }, use) => {
    await use(new Office(server));
  },
  unpackPhone: async ({ server, installation, needsWholeBrowser }, use) => {
    const phones: Phone[] = [];
    const isThere = new URL(server.origin).port === String(installation.port);
    await use(async (options) => {
      const chromium = needsWholeBrowser ? 'whole' : 'shell';
      const phone = await Phone.unpack(server.origin, { chromium, ...options }, isThere ? installation.profile : null);
      phone.expectComplaint(NETWORK_COMPLAINT);
      phones.push(phone);
      return phone;
    });
    for (const phone of phones) await phone.discard();
    expect(phones.flatMap((phone) => phone.complaints())).toEqual([]);
  },
  phone: async ({ unpackPhone }, use) => {
    await use(await unpackPhone());
  }
});
