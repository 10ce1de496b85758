// Photos' bytes as they lie: sealed with WebCrypto before a transaction, because 300 KB are too much work to do within one.
import type { PhotoSize } from '#lib/domain/photo/attachments.ts';
import type { Database } from './database.ts';
import type { PhotoBytesRow } from './row.ts';
import { SEAL_BYTES, type Vault } from './vault.ts';

const about = (id: string, size: string): string => `photoBytes ${id} ${size}`;

/** The row for some bytes; not in a transaction. */
export async function sealedBytes(
  { vault }: Pick<Database, 'vault'>,
  id: string,
  size: PhotoSize,
  bytes: ArrayBuffer
): Promise<PhotoBytesRow> {
  return vault === null ? { id, size, bytes } : sealedRow(vault, { id, size, bytes });
}

/** A row that lies in clear, sealed. */
export async function sealedRow(vault: Vault, { id, size, bytes }: PhotoBytesRow): Promise<PhotoBytesRow> {
  return { id, size, bytes: await vault.sealBytes(bytes, about(id, size)), isSealed: true };
}

/** The bytes of a row; undefined where they do not open: it is as if they were not here. Not in a transaction. */
export async function openedBytes(vault: Vault | null, row: PhotoBytesRow): Promise<ArrayBuffer | undefined> {
  if (row.isSealed !== true) return row.bytes;
  return (await vault?.openBytes(row.bytes, about(row.id, row.size))) ?? undefined;
}

/** How many bytes of a photo a row holds, without opening it. */
export const bytesHeld = ({ bytes, isSealed }: PhotoBytesRow): number =>
  bytes.byteLength - (isSealed === true ? SEAL_BYTES : 0);
