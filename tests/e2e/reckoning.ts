// Holds the office's documents against the phone's: the same on both, each once, and nothing said to be sent that is not.
import type { Vault } from '#lib/storage/vault.ts';
import { type DeviceContents, type HeldDocument, readDevice } from './device.ts';
import type { Contents } from './fieldwork.ts';
import { Shell } from './pages/shell.ts';
import { SyncPage } from './pages/sync.ts';
import { OFFICER_B, type Office } from './people.ts';
import type { Phone } from './phone.ts';
import { expect } from './road.ts';

/** The documents of which the app says that they are sent: held, and nothing of them waits. */
export function saidToBeSent({ docs, outbox }: DeviceContents): readonly HeldDocument[] {
  const waiting = new Set(outbox.map(({ id }) => id));
  return docs.filter(({ _id }) => !waiting.has(_id));
}

/** Documents as the phone held them a moment ago are on the server, or newer versions of them. */
export async function expectOnServer(office: Office, sent: readonly HeldDocument[]): Promise<void> {
  const ids = sent.map(({ _id }) => _id);
  const held = await office.documentsById(ids, OFFICER_B.commune);
  for (const document of sent) {
    const there = held.get(document._id);
    expect(there, `said to be sent: ${JSON.stringify(document)}`).toBeDefined();
    const isNewer = String(there?.['updatedAt']) > document.updatedAt;
    if (!isNewer) expect(there === undefined ? null : withoutRev(there)).toEqual(document);
  }
}

/**
 * At rest: the outbox is empty, no version was put aside, and server and phone hold the same documents and rows, once.
 * @param since leaves out documents made before this ISO instant
 * @param vault of an account with a lock
 * @returns those documents
 */
export async function expectOneAndTheSame(
  office: Office,
  { page }: Phone,
  since: string,
  vault: Vault | null = null
): Promise<Contents[]> {
  const all = await office.documentsIn(OFFICER_B.commune);
  const onServer = all.filter(({ createdAt }) => String(createdAt) >= since);
  const device = await readDevice(page, OFFICER_B.name, since, vault);
  expect(device.outbox).toEqual([]);
  expect(device.kept).toBe(0);
  expect(byId(onServer.map(withoutRev))).toEqual(byId(device.docs));
  expect(onServer.flatMap(doubledRows)).toEqual([]);
  return onServer;
}

/**
 * Waits on Đồng bộ, and does what the screen asks of a person: signs in again, sends again what a gateway refused.
 * @param patience how long the app may take, milliseconds
 * @returns how often a person was needed
 */
export async function untilAllIsSent(
  { page }: Phone,
  patience: number
): Promise<{ readonly signedInAgain: number; readonly askedAgain: number }> {
  const asked = { signedInAgain: 0, askedAgain: 0 };
  const { headline, again } = new SyncPage(page);
  const { signedOutBanner } = new Shell(page);
  await expect(async () => {
    if (await signedOutBanner.isVisible()) {
      await signInAgain(page);
      asked.signedInAgain += 1;
    } else if (await again.isVisible()) {
      await again.click();
      asked.askedAgain += 1;
    }
    await expect(headline).toContainText('Đã gửi hết', { timeout: 500 });
  }).toPass({ timeout: patience, intervals: [100] });
  return asked;
}

async function signInAgain(page: Phone['page']): Promise<void> {
  await new Shell(page).signedOutBanner.getByRole('button', { name: 'Đăng nhập lại' }).click();
  const sheet = page.getByRole('dialog', { name: 'Đăng nhập lại để gửi' });
  await sheet.getByLabel(`Mật khẩu của ${OFFICER_B.displayName}`).fill(OFFICER_B.password);
  await sheet.getByRole('button', { name: 'Đăng nhập lại' }).click();
  await expect(sheet).toHaveCount(0);
}

/** The ids of a survey's rows that stand in it more than once. */
function doubledRows(document: Contents): string[] {
  const rows = Object.values(Object(document['answers'])).filter(Array.isArray).flat();
  const ids = rows.flatMap((row) => (typeof row === 'object' && row !== null && '_id' in row ? [String(row._id)] : []));
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}

const byId = (documents: readonly Contents[]): Contents[] =>
  [...documents].sort((a, b) => String(a['_id']).localeCompare(String(b['_id'])));

function withoutRev({ _rev, ...document }: Contents): Contents {
  return document;
}
