// Reads a rescue file into this phone, as far as it is whole, and tells what became of everything in it.
import { type Bytes, type HeadProblem, type ReadAt, eachChunk, readHead } from '#lib/domain/rescue/container.ts';
import {
  type ChunkContents,
  type Manifest,
  type ManifestEntry,
  type RescuedDraft,
  type RescuedItem,
  draftIn,
  itemIn,
  unpacked
} from '#lib/domain/rescue/contents.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { RescueIntake, type RescueFate, type Rescued } from '#lib/storage/replica/rescueIntake.ts';
import type { Store } from '#lib/storage/store.ts';
import { devicePorts } from '../device/ports.ts';
import { sha256Of } from '#lib/storage/sha256.ts';
import { type FileKey, keyOf, openedChunk } from './seal.ts';

/** What a file holds and what became of it; of a look at it, what would. */
export interface RescueSummary {
  /** When it was made, ISO instant; null when the list of its contents is damaged. */
  readonly at: string | null;
  readonly records: Tally;
  readonly photos: Tally;
  /** What was typed for new records that could not be made yet. */
  readonly drafts: Tally;
  /** What is damaged, by the file's own list; null when that is damaged, and nobody can say what else there was. */
  readonly missing: readonly ManifestEntry[] | null;
}

/** How many, by fate; `whole`: read without damage. */
export type Tally = Readonly<Record<RescueFate | 'whole', number>>;

/**
 * `wrongPassphrase` is told apart from damage; `otherAccount`: its work goes up under its own account only (law 14);
 * `unreadable`: the phone does not give the file's bytes; `storage`: it does not take them, what was taken stays.
 */
export type ReadProblem =
  | HeadProblem
  | { readonly tag: 'wrongPassphrase' | 'unreadable' | 'stopped' }
  | { readonly tag: 'otherAccount'; readonly account: string }
  | { readonly tag: 'storage'; readonly cause: 'quota' | 'other' };

/** A file whose passphrase is the right one, with what can be read in it. */
export interface OpenFile {
  readonly summary: RescueSummary;
  /** Takes everything in. */
  take(progress: Progress): Promise<Result<RescueSummary, ReadProblem>>;
}

export interface Progress {
  /** Bytes that have been looked at. */
  onProgress(done: number, of: number): void;
  readonly signal: AbortSignal;
}

/** Opens a file and looks through it; nothing is written. @param device this phone's */
export async function openRescueFile(
  store: Store,
  file: Blob,
  { passphrase, device, ...progress }: Progress & { readonly passphrase: string; readonly device: string }
): Promise<Result<OpenFile, ReadProblem>> {
  const read: ReadAt = async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer());
  try {
    const head = await readHead(read, file.size);
    if (!head.ok) return head;
    const key = await keyOf(head.value, passphrase);
    if (key === null) return err({ tag: 'wrongPassphrase' });
    const walk = new Walk(store, read, file.size, key);
    const looked = await walk.go(progress, null);
    if (!looked.ok) return looked;
    return ok({
      summary: looked.value,
      take: async (taking) => {
        try {
          const ports = devicePorts(store.account, device, () => store.skewMs);
          return await walk.go(taking, new RescueIntake(store.tables, ports));
        } catch {
          return err({ tag: 'unreadable' });
        }
      }
    });
  } catch {
    // The file has been deleted or changed since it was chosen.
    return err({ tag: 'unreadable' });
  }
}

const NONE: Tally = { whole: 0, taken: 0, already: 0, kept: 0, left: 0 };

class Walk {
  readonly #store: Store;
  readonly #read: ReadAt;
  readonly #size: number;
  readonly #key: FileKey;
  #manifest: Manifest | null = null;

  constructor(store: Store, read: ReadAt, size: number, key: FileKey) {
    this.#store = store;
    this.#read = read;
    this.#size = size;
    this.#key = key;
  }

  /** @param intake takes the contents in; null: only to look */
  async go({ onProgress, signal }: Progress, intake: RescueIntake | null): Promise<Result<RescueSummary, ReadProblem>> {
    const tallies = { records: { ...NONE }, photos: { ...NONE }, drafts: { ...NONE } };
    const seen = new Set<string>();
    const state: { problem: ReadProblem | null } = { problem: null };
    await eachChunk(this.#read, this.#size, this.#key.head.salt, async (chunk, at) => {
      if (state.problem !== null) return true;
      if (signal.aborted) state.problem = { tag: 'stopped' };
      onProgress(at, this.#size);
      const plain = await openedChunk(this.#key, chunk);
      if (plain === null) return false;
      const found = unpacked(plain);
      // Whole, and of a newer app: its like is not known here.
      if (!found.ok || state.problem !== null) return true;
      const { account } = found.value.contents;
      if (account !== this.#store.account) state.problem = { tag: 'otherAccount', account };
      else state.problem = await this.#chunk(found.value, intake, tallies, seen);
      return true;
    });
    if (state.problem !== null) return err(state.problem);
    onProgress(this.#size, this.#size);
    const missing = this.#manifest?.entries.filter(({ id }) => !seen.has(id)) ?? null;
    return ok({ at: this.#manifest?.at ?? null, ...tallies, missing });
  }

  async #chunk(
    { contents, bytes }: ChunkContents,
    intake: RescueIntake | null,
    tallies: Record<'records' | 'photos' | 'drafts', Record<keyof Tally, number>>,
    seen: Set<string>
  ): Promise<ReadProblem | null> {
    if (contents.kind === 'manifest') {
      this.#manifest ??= contents;
      return null;
    }
    if (contents.kind === 'drafts') {
      const drafts: RescuedDraft[] = [];
      for (const json of contents.items) {
        const draft = await this.#whole(draftIn(json), new TextEncoder().encode(json));
        if (draft !== null && !seen.has(draft.id)) drafts.push(draft);
      }
      return this.#tell(drafts, tallies.drafts, seen, intake && (() => intake.takeDrafts(drafts)));
    }
    const rescued: Rescued[] = [];
    if (contents.kind === 'records') {
      for (const json of contents.items) {
        const item = await this.#whole(itemIn(json), new TextEncoder().encode(json));
        if (item !== null && !seen.has(item.id)) rescued.push({ item, photo: null });
      }
    } else {
      const photo = bytes.slice(0, contents.photoBytes);
      const item = await this.#whole(itemIn(contents.item), photo);
      const sizes = { photo: photo.buffer, thumb: bytes.slice(contents.photoBytes).buffer };
      if (item !== null && !seen.has(item.id)) rescued.push({ item, photo: { known: contents.photo, bytes: sizes } });
    }
    const tally = contents.kind === 'photo' ? tallies.photos : tallies.records;
    const items = rescued.map(({ item }) => item);
    const madeOn = this.#manifest?.device ?? '';
    return this.#tell(items, tally, seen, intake && (() => intake.take(rescued, madeOn)));
  }

  /** Counts what is whole, and what becomes of it. @param take null: only to look */
  async #tell(
    found: readonly { readonly id: string }[],
    tally: Record<keyof Tally, number>,
    seen: Set<string>,
    take: (() => ReturnType<RescueIntake['take']>) | null
  ): Promise<ReadProblem | null> {
    for (const { id } of found) seen.add(id);
    tally.whole += found.length;
    if (take === null || found.length === 0) return null;
    const done = await take();
    if (!done.ok) return { tag: 'storage', cause: done.error.cause };
    for (const fate of done.value) tally[fate] += 1;
    return null;
  }

  /** What has the hash that the list of contents tells; without the list, its chunk speaks for it. */
  async #whole<T extends RescuedItem | RescuedDraft>(item: T | null, hashed: Bytes): Promise<T | null> {
    const entry = this.#entry(item?.id);
    return entry !== undefined && entry.sha256 !== (await sha256Of(hashed)) ? null : item;
  }

  #entry(id: string | undefined): ManifestEntry | undefined {
    this.#byId ??= this.#manifest === null ? null : new Map(this.#manifest.entries.map((entry) => [entry.id, entry]));
    return id === undefined ? undefined : this.#byId?.get(id);
  }
  #byId: ReadonlyMap<string, ManifestEntry> | null = null;
}
