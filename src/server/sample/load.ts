// Fills an empty server with the demonstration: databases, accounts, documents.
import { REFERENCE_DATABASE, communeDatabase } from '#lib/domain/scope.ts';
import { type Admin, couchClient } from '../provision/couch-client.ts';
import { provision } from '../provision/provision.ts';
import { SAMPLE_PEOPLE } from './accounts.ts';
import { sampleDocuments } from './documents.ts';

/** Says that the sample has been loaded; replication does not carry it. */
const MARK = `/${REFERENCE_DATABASE}/_local/sample`;

/**
 * Provisions the server for the sample's accounts, every time; loads the documents once. When the first start was
 * broken off, the next one goes on: documents that are there already meet a conflict and stay as they are.
 * @param now dates the documents
 */
export async function loadSample(couchUrl: string, admin: Admin, now = new Date()): Promise<void> {
  const client = couchClient(couchUrl, admin);
  const plan = { communes: [], origin: null, resetPasswords: false, dryRun: false };
  await provision(client, { ...plan, accounts: SAMPLE_PEOPLE });
  if ((await client.ask('GET', MARK)).status === 200) return;
  const documents = await sampleDocuments(now);
  for (const commune of new Set(documents.map((document) => document.commune))) {
    const docs = documents.filter((document) => document.commune === commune);
    await client.write('POST', `/${communeDatabase(commune)}/_bulk_docs`, { docs });
  }
  await client.write('PUT', MARK, { loadedAt: now.toISOString() });
}
