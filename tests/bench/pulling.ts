// Measures a first pull of a commune: the app, its peers, and the limits.
import type { Page } from '@playwright/test';
import type { CouchProcess } from '../support/couch-server.ts';
import { SignInPage } from '../e2e/pages/signIn.ts';
import { Phone } from '../e2e/phone.ts';
import { readyAt, stored, teach, watchFor } from './browser.ts';
import { invite, openContest } from './contest.ts';
import { REMOTE, instant, whenWhole } from './device.ts';
import { DEVICE_DATABASE, LOGIN } from './office.ts';

/** Own drafts on the home screen: what an officer goes on with. */
const DRAFT = 'main a[href^="/survey/"]';

/** Changes in a request of the app, once it is under way: those of the limits have the same size. */
const PAGE_SIZE = 500;

/** Batch sizes that make the peers quickest. */
const POUCH_TUNED = 1_000;
const RX_BEST = 1_000;

/** Milliseconds from the first request for the commune. */
export interface AppPull {
  /** Until all documents and the checkpoint of a whole pull were in IndexedDB. */
  readonly whole: number;
  /** Until an own draft stood on the home screen. */
  readonly usable: number;
}

/** The app on a phone fresh from the shop. */
export async function appPull(server: CouchProcess, count: number): Promise<AppPull> {
  const phone = await Phone.unpack(server.origin);
  const { page } = phone;
  await teach(page);
  try {
    let begun = NaN;
    page.context().on('request', (request) => {
      if (Number.isNaN(begun) && request.url().includes(`/${REMOTE}`)) begun = instant();
    });
    await watchFor(page, DRAFT);
    await phone.open('/');
    // A person is slower at typing a password than the app at putting itself on the phone; the peers install nothing.
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    const signIn = new SignInPage(page);
    await signIn.begin();
    await signIn.signIn(LOGIN);
    const ended = await whenWhole(page);
    const { docs } = await stored(page, DEVICE_DATABASE);
    if (docs < count) throw new Error(`The app holds ${String(docs)} of ${String(count)} documents.`);
    if (Number.isNaN(begun)) throw new Error('No request for changes was seen.');
    const origin = await page.evaluate(() => performance.timeOrigin);
    return { whole: ended - begun, usable: origin + (await readyAt(page)) - begun };
  } finally {
    await phone.discard();
  }
}

/** Everybody else, milliseconds each. */
export interface OtherPulls {
  readonly pouch: number;
  readonly pouchTuned: number;
  readonly rx: number;
  readonly rxBest: number;
  readonly http: number;
  readonly idb: number;
}

/** PouchDB as it comes, in a browser fresh from the shop; milliseconds. */
export async function pouchPull(server: CouchProcess, count: number): Promise<number> {
  const phone = await openContest(server);
  try {
    return await peerPull(phone.page, 'pouchPull', count, null);
  } finally {
    await phone.discard();
  }
}

type PeerPull = 'pouchPull' | 'rxPull';

/** @param batchSize null: the peer's own */
async function peerPull(page: Page, name: PeerPull, count: number, batchSize: number | null): Promise<number> {
  // A page of its own: what the one before has left in memory is no load for the next.
  await page.reload();
  await invite(page, 'peers');
  return page.evaluate(({ name, remote, count, batchSize }) => window.peers[name](remote, count, batchSize), {
    name,
    remote: REMOTE,
    count,
    batchSize
  });
}

/** The peers and the limits, each into a database of its own, in a browser fresh from the shop. */
export async function otherPulls(server: CouchProcess, count: number): Promise<OtherPulls> {
  const phone = await openContest(server);
  const pull = (name: PeerPull, batchSize: number | null) => peerPull(phone.page, name, count, batchSize);
  const limit = (name: 'httpPull' | 'idbPuts'): Promise<number> =>
    phone.page.evaluate(({ name, remote, size }) => window.peers[name](remote, size), {
      name,
      remote: REMOTE,
      size: PAGE_SIZE
    });
  try {
    return {
      http: await limit('httpPull'),
      idb: await limit('idbPuts'),
      rx: await pull('rxPull', null),
      rxBest: await pull('rxPull', RX_BEST),
      pouchTuned: await pull('pouchPull', POUCH_TUNED),
      pouch: await pull('pouchPull', null)
    };
  } finally {
    await phone.discard();
  }
}
