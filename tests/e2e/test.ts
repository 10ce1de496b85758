// The journeys' own `test`: a server of its own, phones that are thrown away, and no complaint on any console.
import { test as base, expect } from '@playwright/test';
import { BUILD } from '../support/build-app.ts';
import { type CouchProcess, startServerProcess } from '../support/couch-server.ts';
import { Office, furnish } from './people.ts';
import { Phone } from './phone.ts';

export { expect };

interface Options {
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

export const test = base.extend<Fixtures & Options>({
  isSampled: [false, { option: true }],
  server: async ({ isSampled }, use) => {
    const server = await startServerProcess({ serveApp: BUILD, sample: isSampled });
    if (!isSampled) await furnish(server);
    await use(server);
    await server.stop();
  },
  office: async ({ server }, use) => {
    await use(new Office(server));
  },
  unpackPhone: async ({ server }, use) => {
    const phones: Phone[] = [];
    await use(async (options) => {
      const phone = await Phone.unpack(server.origin, options);
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
