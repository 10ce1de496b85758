// Writes the rescue file of an account, piece by piece, so that the phone stays usable meanwhile.
import { headBytes } from '#lib/domain/rescue/container.ts';
import {
  type ManifestEntry,
  type RescuedDraft,
  type RescuedItem,
  draftId,
  packed
} from '#lib/domain/rescue/contents.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import {
  AT_ONCE,
  type DraftToRescue,
  type RescueIds,
  type RescueScope,
  bytesToRescue,
  draftsToRescue,
  idsToRescue,
  itemsToRescue,
  photoToRescue
} from '#lib/storage/rescue.ts';
import { sha256Of } from '#lib/storage/sha256.ts';
import type { Store } from '#lib/storage/store.ts';
import { newFileKey, sealed } from './seal.ts';

export { LEAST_LETTERS } from './seal.ts';
export type { RescueScope } from '#lib/storage/rescue.ts';

export const FILE_ENDING = '.socop';
/** Records go into one chunk up to so many bytes, and a larger one has its own: damage takes few with it. */
const CHUNK_BYTES = 1024 * 1024;

/** What would go into a file. */
export interface RescueAmount {
  readonly records: number;
  readonly photos: number;
  /** What was typed for new records that could not be made yet. */
  readonly drafts: number;
  readonly bytes: number;
}

export async function amountToRescue(store: Store, scope: RescueScope): Promise<RescueAmount> {
  const [ids, drafts] = await Promise.all([idsToRescue(store, scope), draftsToRescue(store)]);
  const { records, photos } = ids;
  const bytes = await bytesToRescue(store, ids);
  return { records: records.length, photos: photos.length, drafts: drafts.found.length, bytes };
}

/**
 * `stopped`: by the person; `storage`: the phone cannot read what it has, `detail` says why; `damaged`: of what was to go
 * in, nothing can be read.
 */
export type WriteProblem =
  | { readonly tag: 'stopped' }
  | { readonly tag: 'storage'; readonly detail: string }
  | { readonly tag: 'damaged'; readonly count: number };

/** A file that is ready to be shared. */
export interface RescueFile {
  readonly file: File;
  readonly records: number;
  readonly photos: number;
  readonly drafts: number;
  /** Records and pictures that were to go in, and that this phone cannot read any more. */
  readonly lacking: number;
}

export interface WriteWish {
  readonly scope: RescueScope;
  readonly passphrase: string;
  /** Of this phone. */
  readonly device: string;
  /** Now, ISO instant, and the local day `yyyy-mm-dd`. */
  readonly at: string;
  readonly day: string;
  /** Told after each piece. */
  onProgress(done: number, of: number): void;
  readonly signal: AbortSignal;
}

export async function writeRescueFile(store: Store, wish: WriteWish): Promise<Result<RescueFile, WriteProblem>> {
  try {
    return await written(store, wish, await idsToRescue(store, wish.scope));
  } catch (thrown) {
    return err({ tag: 'storage', detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

async function written(store: Store, wish: WriteWish, ids: RescueIds): Promise<Result<RescueFile, WriteProblem>> {
  const { account } = store;
  const { signal, onProgress, device, at, day } = wish;
  const of = ids.records.length + ids.photos.length;
  onProgress(0, of);
  const key = await newFileKey(wish.passphrase);
  const entries: ManifestEntry[] = [];
  const chunks: Blob[] = [];
  // A Blob of its own each: the browser may put it on the disk.
  const add = async (plain: ReturnType<typeof packed>) => {
    chunks.push(new Blob([...(await sealed(key, chunks.length + 1, plain))]));
  };
  /** Puts items into as few chunks as there may be. */
  const addAll = async (kind: 'records' | 'drafts', all: readonly (Listed & { readonly item: Item })[]) => {
    let items: string[] = [];
    let bytes = 0;
    const close = async () => {
      if (items.length > 0) await add(packed({ kind, account, items }));
      [items, bytes] = [[], 0];
    };
    for (const { item, name, isUnsent } of all) {
      const json = JSON.stringify(item);
      const encoded = new TextEncoder().encode(json);
      if (bytes + encoded.length > CHUNK_BYTES) await close();
      items.push(json);
      bytes += encoded.length;
      entries.push({ id: item.id, name, sha256: await sha256Of(encoded), isPhoto: false, isUnsent });
    }
    await close();
  };
  /** @returns how many cannot be read */
  const addRecords = async (wanted: readonly string[]): Promise<number> => {
    const { found, shut } = await itemsToRescue(store, wanted);
    await addAll('records', found);
    return shut;
  };
  const { found: drafts, shut } = await draftsToRescue(store);
  await addAll('drafts', await Promise.all(drafts.map(listed)));
  let lacking = shut;
  for (let from = 0; from < ids.records.length; from += AT_ONCE) {
    if (signal.aborted) return err({ tag: 'stopped' });
    lacking += await addRecords(ids.records.slice(from, from + AT_ONCE));
    onProgress(Math.min(from + AT_ONCE, ids.records.length), of);
  }
  let photos = 0;
  for (const [i, id] of ids.photos.entries()) {
    if (signal.aborted) return err({ tag: 'stopped' });
    const found = await photoToRescue(store, id);
    if (found === 'gone' || found === 'shut') {
      // What was written about it may be there all the same; it is lacking once, whatever of it cannot be read.
      await addRecords([id]);
      if (found === 'shut') lacking++;
    } else {
      photos++;
      const { item, name, isUnsent, known } = found;
      const [photo, thumb] = [new Uint8Array(found.bytes.photo), new Uint8Array(found.bytes.thumb)];
      entries.push({ id, name, sha256: await sha256Of(photo), isPhoto: true, isUnsent });
      const sizes = { photoBytes: photo.length, thumbBytes: thumb.length };
      const contents = { kind: 'photo', account, item: JSON.stringify(item), photo: known, ...sizes } as const;
      await add(packed(contents, photo, thumb));
    }
    onProgress(ids.records.length + i + 1, of);
  }
  // What belongs to unsent work is of no use without it.
  const holdsAny = entries.some(({ isUnsent }) => isUnsent || wish.scope === 'all');
  if (!holdsAny && lacking > 0) return err({ tag: 'damaged', count: lacking });
  const manifest = packed({ kind: 'manifest', account, device, at, entries });
  const [first, last] = [await sealed(key, 0, manifest), await sealed(key, chunks.length + 1, manifest)];
  if (signal.aborted) return err({ tag: 'stopped' });
  const head = headBytes(key.head);
  // What is missing can be named though either end of the file be gone.
  const name = `so-tay-ocop-${account}-${day}${FILE_ENDING}`;
  const file = new File([head, ...first, ...chunks, ...last, head], name, { type: 'application/octet-stream' });
  const records = entries.length - photos - drafts.length;
  return ok({ file, records, photos, drafts: drafts.length, lacking });
}

/** What of an item stands in the list of contents. */
interface Listed {
  readonly name: string;
  readonly isUnsent: boolean;
}

/** What goes into a chunk as JSON. */
type Item = RescuedItem | RescuedDraft;

async function listed({ kind, fields }: DraftToRescue): Promise<Listed & { readonly item: RescuedDraft }> {
  const sha256 = await sha256Of(new TextEncoder().encode(JSON.stringify(fields)));
  return { item: { id: draftId(kind, sha256), kind, fields }, name: fields['name'] ?? '', isUnsent: true };
}
