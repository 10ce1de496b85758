// Measures the push of many changed documents: the app, PouchDB, and the bare requests.
import type { CouchProcess } from '../support/couch-server.ts';
import { OFFICER } from '../support/documents.ts';
import { invite, openContest } from './contest.ts';
import { REMOTE, instant, whenSent } from './device.ts';
import { takePhone } from './office.ts';
import { ownSurveyId } from './records.ts';

/** Size of the requests of the app, see sync/core: the bare requests have the same. */
const BATCH_BYTES = 512 * 1024;

/** The app: a phone that was offline while `count` surveys were edited; from its first request to the last receipt. */
export async function appPush(server: CouchProcess, count: number, text: string): Promise<number> {
  const phone = await takePhone(server, count);
  const { page } = phone;
  try {
    await page.waitForLoadState('networkidle');
    await phone.setOffline(true);
    // A screen without lists: Hôm nay would read its drafts anew after each of the edits.
    await phone.open('/settings');
    await invite(page, 'outbox');
    await page.evaluate(({ account, ids, text }) => window.outbox.editSurveys(account, ids, text), {
      account: OFFICER,
      ids: Array.from({ length: count }, (_, i) => ownSurveyId(i)),
      text
    });
    let begun = NaN;
    page.context().on('request', (request) => {
      if (Number.isNaN(begun) && request.url().includes(`/${REMOTE}`)) begun = instant();
    });
    await phone.setOffline(false);
    const ended = await whenSent(page);
    if (Number.isNaN(begun)) throw new Error('No request was seen.');
    await checkArrived(server, count, text);
    return ended - begun;
  } finally {
    await phone.discard();
  }
}

/** PouchDB with its default batches, from the start of its replication to its end, milliseconds. */
export async function pouchPush(server: CouchProcess, count: number, text: string): Promise<number> {
  const phone = await openContest(server);
  try {
    const taken = await phone.page.evaluate(
      ({ remote, count, text }) => window.peers.pouchPush(remote, count, text, null),
      { remote: REMOTE, count, text }
    );
    await checkArrived(server, count, text);
    return taken;
  } finally {
    await phone.discard();
  }
}

/** The bare requests, milliseconds. */
export async function httpPush(server: CouchProcess, count: number, text: string): Promise<number> {
  const phone = await openContest(server);
  try {
    const taken = await phone.page.evaluate(({ remote, text, bytes }) => window.peers.httpPush(remote, text, bytes), {
      remote: REMOTE,
      text,
      bytes: BATCH_BYTES
    });
    await checkArrived(server, count, text);
    return taken;
  } finally {
    await phone.discard();
  }
}

/** @throws unless the server holds the edit of every survey */
async function checkArrived(server: CouchProcess, count: number, text: string): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${server.admin.name}:${server.admin.password}`).toString('base64')}`;
  const answer = await fetch(`${server.url}/${REMOTE}/_all_docs?include_docs=true`, { headers: { authorization } });
  const { rows }: { rows: { doc: { answers?: Record<string, unknown> } }[] } = await answer.json();
  const arrived = rows.filter(({ doc }) => doc.answers?.['registration_number'] === text).length;
  if (arrived !== count) throw new Error(`${String(arrived)} of ${String(count)} edits arrived.`);
}
