// Sends the bytes of photos, each beside its document, and believes only what the server tells of them (law 13).
import type { PhotoDigests, PhotoSize } from '#lib/domain/photo/attachments.ts';
import { refusalRule } from '#lib/domain/refusal.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { type SyncProblem, isOfDocument } from './errors.ts';
import type { Change, Conduct, Current, LocalProblem, Remote, WireDocument } from './ports.ts';

/** A photo whose document the server has, and whose bytes it has not, as far as this device has heard. */
export interface WaitingPhoto {
  readonly id: string;
  readonly database: string;
  /** The server's version, which the bytes come to lie beside. */
  readonly rev: string;
  readonly doc: WireDocument;
  readonly digests: PhotoDigests;
  /** Bytes to send. */
  readonly bytes: number;
  /** An upload of it was prepared before: its bytes may be there, though nobody here has heard of it. */
  readonly mayBeThere: boolean;
}

export type PhotoBytes = Readonly<Record<PhotoSize, ArrayBuffer>>;

/** The device's side. Each method is one transaction. */
export interface LocalPhotos {
  /** What can be sent, in the order in which it is best to send it. */
  waitingPhotos(databases: readonly string[]): Promise<Result<readonly WaitingPhoto[], LocalProblem>>;
  /** Notes that the photo may be on the server from now on, and gives its bytes; null: they are not on the device. */
  bytesToUpload(id: string): Promise<Result<PhotoBytes | null, LocalProblem>>;
  /** The photo stays, with the reason, until it is asked for again (law 6). */
  refusePhoto(refused: {
    readonly id: string;
    readonly code: string;
    readonly message: string;
    readonly at: string;
  }): Promise<Result<void, LocalProblem>>;
  /** Takes in what the server has of single documents; a photo is sent when it names exactly its bytes there. */
  takeStanding(database: string, standing: readonly Change[], at: string): Promise<Result<void, LocalProblem>>;
}

/**
 * | tag         | the server                                                             |
 * |-------------|------------------------------------------------------------------------|
 * | `stored`    | says that it has taken the bytes; whether it has, its document tells   |
 * | `overtaken` | has another version of the document by now (409)                       |
 * | `refused`   | does not take them, in the words of its validation function            |
 */
export type UploadAnswer =
  | { readonly tag: 'stored' | 'overtaken'; readonly serverTime: string }
  | { readonly tag: 'refused'; readonly reason: string };

export interface PhotoRemote {
  /** One request with the document and both sizes. */
  upload(photo: WaitingPhoto, bytes: PhotoBytes): Promise<Result<UploadAnswer, SyncProblem>>;
  read: Remote['read'];
}

/** How far a sending is. */
export interface PhotoProgress {
  /** Photos that have arrived, by the server's own word. */
  readonly done: number;
  readonly of: number;
  /** Bytes of the uploads that the server has answered for, whether or not it has named them yet. */
  readonly uploadedBytes: number;
  readonly bytes: number;
}

/** What the sending of photos is given besides the two sides. */
export interface PhotoConduct extends Pick<Conduct, 'authorise' | 'elapsed' | 'now' | 'signal'> {
  readonly local: LocalPhotos;
  readonly remote: PhotoRemote;
  /** Asked before every photo: whether the connection and the time allow this one. */
  mayUpload(id: string): boolean;
  /** By `elapsed`: when uploads are cut off. One that would not end before, as fast as the last one went, is not begun. */
  readonly cutOffAt?: number | undefined;
  readonly watcher: {
    /** @param underWay ids of the photos whose uploads have begun and not ended */
    onPhotos(progress: PhotoProgress, underWay: readonly string[]): void;
    onContact(serverTime: string): void;
  };
}

/** What is worth knowing from one sending to the next. */
export interface PhotoMemory {
  /** How many photos are under way at a time. */
  width: number;
  /** How fast the last upload went; 0: none has ended yet. */
  msPerByte: number;
  /** Photos at which a sending broke off: they come last, so that none of them starves the others. */
  readonly failed: Set<string>;
}

export interface PhotoOutcome {
  readonly sent: number;
  readonly refused: number;
  /** `mayUpload` has said no to something that still waits, or it would be cut off. */
  readonly isHeld: boolean;
  readonly problem: SyncProblem | null;
}

/** Four uploads at a time are as quick as CouchDB gets with photos of this size. */
const MOST_AT_ONCE = 4;
/** On a line on which a photo takes longer, fewer at a time get through sooner, milliseconds. */
const SLOW_MS = 10_000;
const QUICK_MS = 3_000;
/** How often a photo is tried within one sending. */
const TRIES = 3;
/** After so many uploads the server is asked about them. */
const CONFIRMED_AT_ONCE = 8;
/** The server is asked about so many photos in one request at most. */
const READ_AT_ONCE = 100;

/** Nothing is known of the line: four at a time would time out together on one that carries one. */
export const freshPhotoMemory = (): PhotoMemory => ({ width: 1, msPerByte: 0, failed: new Set() });

/**
 * Sends the photos of some databases, the oldest first, a few at a time. Their documents have gone before, with the
 * records. A photo counts as sent when the server's own document names the digests of exactly its bytes; an answer that
 * got lost is made up for by asking, also by the next sending, before any bytes go once more. A line that breaks costs at
 * most what is under way.
 */
export async function sendPhotos(
  conduct: PhotoConduct,
  databases: readonly string[],
  memory: PhotoMemory
): Promise<PhotoOutcome> {
  const job = new PhotoSending(conduct, databases, memory);
  const done = await job.run();
  const { sent, refused, isHeld } = job;
  return { sent, refused, isHeld, problem: done.ok ? null : done.error };
}

class PhotoSending {
  sent = 0;
  refused = 0;
  isHeld = false;
  readonly #conduct: PhotoConduct;
  readonly #databases: readonly string[];
  readonly #memory: PhotoMemory;
  readonly #tries = new Map<string, number>();
  readonly #underWay = new Map<string, Promise<void>>();
  /** Bytes that are being read ahead of their turn: a line that carries well is not kept waiting for the device. */
  readonly #coming = new Map<string, ReturnType<LocalPhotos['bytesToUpload']>>();
  /** Uploaded, as far as is known, and the server not asked about yet: ids by database. */
  readonly #unconfirmed = new Map<string, string[]>();
  #most = MOST_AT_ONCE;
  /** The one that ends this sending. */
  #problem: SyncProblem | null = null;
  #of = 0;
  #uploadedBytes = 0;
  #bytes = 0;
  #serverTime: string;

  constructor(conduct: PhotoConduct, databases: readonly string[], memory: PhotoMemory) {
    this.#conduct = conduct;
    this.#databases = databases;
    this.#memory = memory;
    this.#serverTime = conduct.now();
  }

  async run(): Promise<Result<void, SyncProblem>> {
    for (;;) {
      const waiting = await this.#queue();
      if (!waiting.ok) return waiting;
      if (waiting.value.length === 0) return ok(undefined);
      const allowed = await this.#conduct.authorise();
      if (!allowed.ok) return allowed;
      const queue = await this.#withoutArrived(waiting.value);
      if (!queue.ok) return queue;
      this.#of = this.sent + queue.value.length;
      this.#bytes = queue.value.reduce((sum, { bytes }) => sum + bytes, this.#uploadedBytes);
      await this.#sendAll(queue.value);
      // Also after trouble: what has arrived need not be sent once more.
      const confirmed = await this.#confirm();
      this.#tell();
      if (this.#problem !== null) return err(this.#problem);
      if (!confirmed.ok) return confirmed;
      if (this.isHeld) return ok(undefined);
    }
  }

  async #queue(): Promise<Result<readonly WaitingPhoto[], SyncProblem>> {
    const waiting = await this.#conduct.local.waitingPhotos(this.#databases);
    if (!waiting.ok) return waiting;
    const isLast = ({ id }: WaitingPhoto) => Number(this.#memory.failed.has(id));
    return ok(waiting.value.filter(({ id }) => this.#triesOf(id) < TRIES).sort((a, b) => isLast(a) - isLast(b)));
  }

  /** A sending that broke off may have brought more than it has heard of: the server is asked before bytes go twice. */
  async #withoutArrived(queue: readonly WaitingPhoto[]): Promise<Result<readonly WaitingPhoto[], SyncProblem>> {
    const doubtful = queue.filter(({ mayBeThere }) => mayBeThere);
    if (doubtful.length === 0) return ok(queue);
    for (const photo of doubtful) this.#toConfirm(photo);
    const confirmed = await this.#confirm();
    return confirmed.ok ? this.#queue() : confirmed;
  }

  async #sendAll(queue: readonly WaitingPhoto[]): Promise<void> {
    const rest = [...queue];
    let confirming: Promise<unknown> | null = null;
    for (;;) {
      while (this.#underWay.size < this.#memory.width && this.#mayGoOn()) {
        const photo = rest.shift();
        if (photo === undefined) break;
        if (!this.#mayUpload(photo)) {
          this.isHeld = true;
          continue;
        }
        this.#start(photo);
        for (const { id } of rest.slice(0, this.#memory.width)) this.#coming.set(id, this.#bytesOf(id));
      }
      if (this.#underWay.size === 0) break;
      await Promise.race(this.#underWay.values());
      const uploaded = [...this.#unconfirmed.values()].reduce((sum, ids) => sum + ids.length, 0);
      if (uploaded < CONFIRMED_AT_ONCE || confirming !== null) continue;
      confirming = this.#confirm().finally(() => (confirming = null));
    }
    await confirming;
    this.#coming.clear();
  }

  #bytesOf(id: string): ReturnType<LocalPhotos['bytesToUpload']> {
    return this.#coming.get(id) ?? this.#conduct.local.bytesToUpload(id);
  }

  #mayGoOn(): boolean {
    if (this.#problem !== null) return false;
    if (this.#conduct.signal.aborted) {
      this.#problem = { tag: 'aborted' };
      return false;
    }
    return true;
  }

  #mayUpload({ id, bytes }: WaitingPhoto): boolean {
    const { mayUpload, elapsed, cutOffAt = Infinity } = this.#conduct;
    return mayUpload(id) && elapsed() + bytes * this.#memory.msPerByte < cutOffAt;
  }

  #start(photo: WaitingPhoto): void {
    this.#tries.set(photo.id, this.#triesOf(photo.id) + 1);
    const upload = this.#upload(photo).finally(() => {
      this.#underWay.delete(photo.id);
      this.#tell();
    });
    this.#underWay.set(photo.id, upload);
    this.#tell();
  }

  async #upload(photo: WaitingPhoto): Promise<void> {
    const { remote, elapsed, watcher } = this.#conduct;
    const bytes = await this.#bytesOf(photo.id);
    this.#coming.delete(photo.id);
    if (!bytes.ok) return this.#stop(bytes.error);
    if (bytes.value === null) return this.#refuse(photo, 'bytesMissing', '');
    const startedAt = elapsed();
    const { width } = this.#memory;
    const answer = await remote.upload(photo, bytes.value);
    if (!answer.ok) return this.#fail(photo, answer.error, width);
    this.#memory.failed.delete(photo.id);
    this.#adapt(elapsed() - startedAt, photo.bytes);
    if (answer.value.tag === 'refused') {
      const { reason } = answer.value;
      const rule = refusalRule(reason);
      // Perhaps somebody else has signed in since (law 14).
      const allowed = await this.#conduct.authorise('anew');
      if (!allowed.ok) return this.#stop(allowed.error);
      return this.#refuse(photo, rule === null ? 'forbidden' : `forbidden:${rule}`, reason);
    }
    if (answer.value.tag === 'stored') this.#uploadedBytes += photo.bytes;
    this.#serverTime = answer.value.serverTime;
    watcher.onContact(this.#serverTime);
    this.#toConfirm(photo);
  }

  #toConfirm({ id, database }: Pick<WaitingPhoto, 'id' | 'database'>): void {
    this.#unconfirmed.set(database, [...(this.#unconfirmed.get(database) ?? []), id]);
  }

  #adapt(tookMs: number, bytes: number): void {
    const { width } = this.#memory;
    this.#memory.msPerByte = tookMs / bytes;
    if (tookMs > SLOW_MS) this.#memory.width = Math.max(1, width - 1);
    else if (tookMs < QUICK_MS) this.#memory.width = Math.min(this.#most, width + 1);
  }

  /** @param width how many were under way with it at most */
  async #fail(photo: WaitingPhoto, problem: SyncProblem, width: number): Promise<void> {
    if (problem.tag === 'timeout' && width > 1) {
      // A narrow line may carry one where it did not carry four, and is not asked again whether it carries more.
      this.#most = Math.min(this.#most, Math.floor(width / 2));
      this.#memory.width = Math.min(this.#memory.width, this.#most);
      return;
    }
    if (problem.tag === 'tooLarge') return this.#refuse(photo, 'tooLarge', '');
    if (problem.tag === 'rejected' && isOfDocument(problem)) {
      // Bytes that were spoilt on the way are refused as well (CouchDB compares digests): they go once more.
      if (this.#triesOf(photo.id) < TRIES) return;
      return this.#refuse(photo, 'malformed', problem.reason);
    }
    this.#memory.failed.add(photo.id);
    this.#stop(problem);
  }

  #stop(problem: SyncProblem): void {
    this.#problem ??= problem;
  }

  async #refuse({ id }: WaitingPhoto, code: string, message: string): Promise<void> {
    const marked = await this.#conduct.local.refusePhoto({ id, code, message, at: this.#conduct.now() });
    if (!marked.ok) return this.#stop(marked.error);
    this.refused++;
  }

  /** Asks the server what it has of the photos that went up, and writes that down. */
  async #confirm(): Promise<Result<void, SyncProblem>> {
    for (const [database, ids] of [...this.#unconfirmed]) {
      this.#unconfirmed.delete(database);
      for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
        const settled = await this.#settle(database, ids.slice(from, from + READ_AT_ONCE));
        if (settled.ok) continue;
        // They are asked about once more, and not sent once more.
        this.#unconfirmed.set(database, [...ids.slice(from), ...(this.#unconfirmed.get(database) ?? [])]);
        return settled;
      }
    }
    return ok(undefined);
  }

  async #settle(database: string, ids: readonly string[]): Promise<Result<void, SyncProblem>> {
    const { local, remote } = this.#conduct;
    const standing = await remote.read(database, ids);
    if (!standing.ok) return standing;
    const taken = await local.takeStanding(database, standing.value.flatMap(asChange), this.#serverTime);
    if (!taken.ok) return taken;
    const left = await local.waitingPhotos([database]);
    if (!left.ok) return left;
    const waiting = new Set(left.value.map(({ id }) => id));
    this.sent += ids.filter((id) => !waiting.has(id)).length;
    return ok(undefined);
  }

  #tell(): void {
    this.#conduct.watcher.onPhotos(
      { done: this.sent, of: this.#of, uploadedBytes: this.#uploadedBytes, bytes: this.#bytes },
      [...this.#underWay.keys()]
    );
  }

  #triesOf(id: string): number {
    return this.#tries.get(id) ?? 0;
  }
}

/** Nothing is said of a document that the server has never heard of: its own sending finds out. */
const asChange = ({ id, rev, doc, clash }: Current): readonly Change[] =>
  rev === null ? [] : [{ id, rev, isDeleted: doc === null, doc, clash }];
