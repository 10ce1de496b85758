// Measures the sending of photos: the app, from its first upload to the last receipt, and the bare requests.
import type { CouchProcess } from '../support/couch-server.ts';
import { COMMUNE, OFFICER, aPhoto, anId } from '../support/documents.ts';
import { invite, openContest } from './contest.ts';
import { REMOTE, instant, whenPhotosSent } from './device.ts';
import { type Figure, atMost, median } from './figures.ts';
import { openOffice, takePhone } from './office.ts';
import { ownSurveys } from './records.ts';

const RUNS = 5;
const COUNT = 100;
const BYTES = 300_000;

/** 100 photos of 300 KB, against the bare multipart requests of as many bytes from the same browser. */
export async function measurePhotoSending(note: (figure: Figure) => void): Promise<void> {
  const records = ownSurveys(20);
  const app: number[] = [];
  const http: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    // A server of its own for each round: what lies there already would be in the way of one of the two.
    const server = await openOffice(records);
    app.push(await appPhotos(server, records.length));
    http.push(await httpPhotos(server, i));
    await server.stop();
  }
  note({
    name: `sending ${String(COUNT)} photos of ${String(BYTES / 1000)} KB, each acknowledged by its digests`,
    value: median(app),
    unit: 'ms',
    yardstick: { name: 'http', value: median(http) },
    goal: '≥ 70 % of http: ≤ 1.43 ×',
    isMet: atMost(0.7 * median(app), median(http)),
    runs: app
  });
}

async function appPhotos(server: CouchProcess, records: number): Promise<number> {
  const phone = await takePhone(server, records);
  const { page } = phone;
  try {
    await page.waitForLoadState('networkidle');
    await phone.setOffline(true);
    await phone.open('/settings');
    await invite(page, 'outbox');
    await page.evaluate(({ account, count, bytes }) => window.outbox.takePhotos(account, count, bytes), {
      account: OFFICER,
      count: COUNT,
      bytes: BYTES
    });
    let begun = NaN;
    page.context().on('request', (request) => {
      if (Number.isNaN(begun) && request.method() === 'PUT') begun = instant();
    });
    await phone.setOffline(false);
    const ended = await whenPhotosSent(page, COUNT);
    if (Number.isNaN(begun)) throw new Error('No upload was seen.');
    return ended - begun;
  } finally {
    await phone.discard();
  }
}

async function httpPhotos(server: CouchProcess, run: number): Promise<number> {
  const phone = await openContest(server);
  const docs = Array.from({ length: COUNT }, (_, i) =>
    aPhoto({ _id: anId('photo', 1 + run * COUNT + i), commune: COMMUNE, bytes: BYTES, thumbBytes: 12_000 })
  );
  try {
    return await phone.page.evaluate(({ remote, docs, bytes }) => window.peers.httpPhotos(remote, docs, bytes), {
      remote: REMOTE,
      docs,
      bytes: BYTES
    });
  } finally {
    await phone.discard();
  }
}
