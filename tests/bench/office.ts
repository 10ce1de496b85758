// The offices of the bench: an embedded server with one officer and as many records as a figure needs.
import { couchClient } from '#server/provision/couch-client.ts';
import { DESIGN_ID } from '#server/design/documents.ts';
import { provision } from '#server/provision/provision.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import type { Document } from '#lib/domain/document/document.ts';
import { BUILD } from '../support/build-app.ts';
import { type CouchProcess, startServerProcess } from '../support/couch-server.ts';
import { COMMUNE, OFFICER } from '../support/documents.ts';
import { signInFresh } from '../e2e/pages/shell.ts';
import { Phone } from '../e2e/phone.ts';
import { stored, teach } from './browser.ts';

const PASSWORD = 'mat-khau-do';

/** Where the officer's documents lie on the device. */
export const DEVICE_DATABASE = `ocop-${OFFICER}`;

/**
 * A server in a process of its own whose commune holds these documents.
 * @param options.isRuled false: without the app's validation function
 */
export async function openOffice(
  documents: readonly Document[],
  { isRuled = true }: { readonly isRuled?: boolean } = {}
): Promise<CouchProcess> {
  const server = await startServerProcess({ serveApp: BUILD });
  await provision(couchClient(server.url, server.admin), {
    accounts: [{ user: OFFICER, name: 'Cán bộ mẫu A', password: PASSWORD, roles: ['officer', `commune:${COMMUNE}`] }],
    communes: [],
    origin: null,
    resetPasswords: false,
    dryRun: false
  });
  const authorization = `Basic ${Buffer.from(`${server.admin.name}:${server.admin.password}`).toString('base64')}`;
  if (!isRuled) await dropRules(server, authorization);
  for (let at = 0; at < documents.length; at += 500) {
    const answer = await fetch(`${server.url}/${communeDatabase(COMMUNE)}/_bulk_docs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ docs: documents.slice(at, at + 500) })
    });
    const rows: unknown = await answer.json();
    if (!Array.isArray(rows) || rows.some((row: object) => !('ok' in row))) {
      throw new Error(`The server did not take the bench's records: ${JSON.stringify(rows).slice(0, 300)}`);
    }
  }
  return server;
}

async function dropRules(server: CouchProcess, authorization: string): Promise<void> {
  const design = `${server.url}/${communeDatabase(COMMUNE)}/${DESIGN_ID}`;
  const found: { _rev: string } = await (await fetch(design, { headers: { authorization } })).json();
  const gone = await fetch(`${design}?rev=${found._rev}`, { method: 'DELETE', headers: { authorization } });
  if (!gone.ok) throw new Error(`The rules stay: ${await gone.text()}`);
}

/** Signs a fresh phone in and waits until it holds `count` documents. */
export async function takePhone(server: CouchProcess, count: number): Promise<Phone> {
  const phone = await Phone.unpack(server.origin);
  await teach(phone.page);
  await signInFresh(phone, { name: OFFICER, password: PASSWORD });
  await untilStored(phone, count);
  // Started again, for the mouse that signed in would go on hovering: phones have none.
  await phone.restart();
  await phone.open('/');
  await teach(phone.page);
  return phone;
}

/** Waits until the phone holds that many documents and the first pull has ended. */
export async function untilStored(phone: Phone, count: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const { docs, isComplete } = await stored(phone.page, DEVICE_DATABASE);
    if (docs >= count && isComplete) return;
    await phone.page.waitForTimeout(50);
  }
  throw new Error(`The phone did not get its ${String(count)} documents within a minute.`);
}

export const LOGIN = { name: OFFICER, password: PASSWORD } as const;
