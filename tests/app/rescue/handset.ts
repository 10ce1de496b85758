// A phone of an officer who has several, for tests of the rescue file: what it pulls, takes, writes and opens.
import { expect } from 'vitest';
import { type OpenFile, type RescueSummary, openRescueFile } from '#lib/app/rescue/read.ts';
import { type RescueFile, writeRescueFile } from '#lib/app/rescue/write.ts';
import { devicePorts } from '#lib/app/device/ports.ts';
import type { Document } from '#lib/domain/document/document.ts';
import { Database } from '#lib/storage/database.ts';
import { addPhoto } from '#lib/storage/photos.ts';
import { Replica } from '#lib/storage/replica.ts';
import type { ServerChange } from '#lib/storage/replica/exchange.ts';
import { Store } from '#lib/storage/store.ts';
import type { Vault } from '#lib/storage/vault.ts';
import { COMMUNE } from '../../support/documents.ts';
import { aNewPhoto } from '../../support/new-photo.ts';
import { Disk, onDisk } from '../../storage/support/disk.ts';

export const DATABASE = `ocop-${COMMUNE}`;
export const AT = '2026-11-26T01:00:00.000Z';
export const PASSPHRASE = 'mưa to gió lớn';

/** A phone of the account: its browser's database goes by another name, as it is another machine. */
export interface Handset {
  readonly store: Store;
  readonly replica: Replica;
  readonly device: string;
}

/** A database is named by its account; a second phone of the same account is one whose store says that it is his. */
export function aHandset(account: string, device: string, vault: Vault | null = null, disk = new Disk()): Handset {
  const ports = { ...devicePorts(account, device), account: `${account}-${device}` };
  const store = new Store(onDisk(new Database(ports.account, 'strict', vault), disk), ports);
  Object.defineProperty(store, 'account', { value: account });
  return { store, replica: new Replica(store.tables, { ...ports, account }), device };
}

/** What a server tells: documents with their revisions, and that there is no more. */
export async function pulls(
  { replica }: Handset,
  ...docs: readonly (readonly [doc: Document, rev: string])[]
): Promise<void> {
  const changes = docs.map(([doc, rev]): ServerChange => ({ id: doc._id, rev, isDeleted: false, doc, clash: [] }));
  const page = { changes, since: '1', identity: 'x', witness: null, completedAt: AT, at: AT };
  expect(await replica.apply(DATABASE, page)).toEqual({ ok: true, value: undefined });
}

export async function exported({ store, device }: Handset, scope: 'unsent' | 'all' = 'unsent'): Promise<RescueFile> {
  const told: (readonly [done: number, of: number])[] = [];
  const written = await writeRescueFile(store, {
    scope,
    passphrase: PASSPHRASE,
    device,
    at: AT,
    day: '2026-11-26',
    onProgress: (done, of) => told.push([done, of]),
    signal: new AbortController().signal
  });
  if (!written.ok) throw new Error(JSON.stringify(written.error));
  const [, of = 0] = told[0] ?? [];
  expect(told[0]).toEqual([0, of]);
  expect(told.at(-1)).toEqual([of, of]);
  expect(told).toEqual([...told].sort(([a], [b]) => a - b));
  return written.value;
}

export const quiet = () => ({ onProgress: () => undefined, signal: new AbortController().signal });

export async function opened({ store, device }: Handset, file: Blob): Promise<OpenFile> {
  const open = await openRescueFile(store, file, { ...quiet(), passphrase: PASSPHRASE, device });
  if (!open.ok) throw new Error(open.error.tag);
  return open.value;
}

export async function imported(handset: Handset, file: Blob): Promise<RescueSummary> {
  const taken = await (await opened(handset, file)).take(quiet());
  if (!taken.ok) throw new Error(taken.error.tag);
  return taken.value;
}

/** What lies on a phone, but for how much it remembers of files. */
export async function contents({ store }: Handset) {
  const { docs, outbox, kept, photos, photoBytes: bytes } = store.tables;
  const all = await Promise.all([docs.toArray(), outbox.toArray(), kept.toArray(), photos.toArray(), bytes.toArray()]);
  return all.map((rows) => rows.map((row) => ({ ...row, no: 0, clash: 0 })));
}

export async function takesPhoto({ store }: Handset, number: number, caption?: string) {
  const photo = crypto.getRandomValues(new Uint8Array(3000)).buffer;
  const added = await addPhoto(
    store,
    await aNewPhoto(photo, {
      bytes: { photo, thumb: new Uint8Array(300).fill(number).buffer },
      digests: { photo: `photo${number}==`, thumb: `thumb${number}==` },
      caption
    })
  );
  if (!added.ok) throw new Error(added.error.tag);
  return added.value;
}
