// Measures what sync costs and how quick it is while nothing much happens: a run without news, one edit to the server and on.
import type { Request } from '@playwright/test';
import type { CouchProcess } from '../support/couch-server.ts';
import type { Phone } from '../e2e/phone.ts';
import { REMOTE, instant, whenHeld } from './device.ts';
import { ownSurveyId } from './records.ts';

/** The requests of one run without news, to one database. */
export interface QuietRun {
  readonly requests: number;
  /** Bytes with their heads. */
  readonly up: number;
  readonly down: number;
}

/** So long after its last request a run has ended for certain, milliseconds. */
const SILENCE_MS = 1_000;

/** Wakes the app as a returning network does, and counts what it asks of the commune's database. */
export async function quietRun(phone: Phone): Promise<QuietRun> {
  const { page } = phone;
  const seen: Request[] = [];
  let last = instant();
  const onFinished = (request: Request) => {
    if (!request.url().includes('/couch/')) return;
    last = instant();
    if (request.url().includes(`/${REMOTE}`)) seen.push(request);
  };
  page.context().on('requestfinished', onFinished);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  while (seen.length === 0 || instant() - last < SILENCE_MS) {
    if (instant() - last > 20_000) throw new Error('The app made no run.');
    await page.waitForTimeout(100);
  }
  page.context().off('requestfinished', onFinished);
  const sizes = await Promise.all(seen.map((request) => request.sizes()));
  const sum = (pick: (one: (typeof sizes)[number]) => number) => sizes.reduce((total, one) => total + pick(one), 0);
  return {
    requests: seen.length,
    up: sum((one) => one.requestHeadersSize + one.requestBodySize),
    down: sum((one) => one.responseHeadersSize + one.responseBodySize)
  };
}

/** One edit's way, milliseconds since it was made; null: not within `PATIENCE_MS`. */
export interface EditsWay {
  readonly toServer: number | null;
  readonly toOther: number | null;
}

/** Longer than this an edit is not waited for, milliseconds. */
export const PATIENCE_MS = 15_000;

/**
 * Edits a field on one phone and leaves it, and looks for the text on the server and on another phone that is open.
 * @param text that nothing else contains
 */
export async function editsWay(server: CouchProcess, from: Phone, to: Phone, text: string): Promise<EditsWay> {
  const id = ownSurveyId(0);
  const begun = await from.page.evaluate(
    ({ field, text }) => {
      const input = document.querySelector<HTMLInputElement>(field);
      if (input === null) throw new Error(`nothing at ${field}`);
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      input.dispatchEvent(new FocusEvent('blur'));
      return performance.timeOrigin + performance.now();
    },
    { field: TEXT_FIELD, text }
  );
  const held = whenHeld(to.page, id, text, PATIENCE_MS);
  const arrived = await whenOnServer(server, id, text);
  const heldAt = await held;
  return {
    toServer: arrived === null ? null : arrived - begun,
    toOther: heldAt === null ? null : heldAt - begun
  };
}

/** A text field of the survey's first section. */
export const TEXT_FIELD = '[id="q-registration_number"]';

async function whenOnServer(server: CouchProcess, id: string, text: string): Promise<number | null> {
  const authorization = `Basic ${Buffer.from(`${server.admin.name}:${server.admin.password}`).toString('base64')}`;
  const begun = instant();
  while (instant() - begun < PATIENCE_MS) {
    const answer = await fetch(`${server.url}/${REMOTE}/${id}`, { headers: { authorization } });
    if ((await answer.text()).includes(text)) return instant();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return null;
}
