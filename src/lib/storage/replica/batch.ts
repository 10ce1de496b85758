// What one transaction of the replica is going to write.
import { kindOfId } from '#lib/domain/document/id.ts';
import type { Versions } from '#lib/domain/merge/conflictRecord.ts';
import type { AnyDocument } from '#lib/domain/merge/rival.ts';
import type { Database } from '../database.ts';
import type { KeptRow, Lying, OutboxRow, Row, Rows } from '../row.ts';

/** What is to be written and what is to go; of each document the last word counts. Nothing is written before `write`. */
export class Batch {
  /** null: it goes. */
  readonly #docs = new Map<string, Row | null>();
  readonly #outbox = new Map<string, OutboxRow | null>();
  /** Conflicts that begin, or whose other side has changed. */
  readonly opened: { readonly row: Row; readonly waiting: OutboxRow; readonly versions: Versions }[] = [];
  readonly ended: { readonly record: string; readonly mine: Row['doc']; readonly outcome: AnyDocument }[] = [];
  readonly kept: KeptRow[] = [];

  /** The document lies so. */
  put(row: Row): void {
    this.#docs.set(row.id, row);
  }

  /** The document goes. */
  remove(id: string): void {
    this.#docs.set(id, null);
  }

  /** The edit lies so in the outbox. */
  queue(waiting: OutboxRow): void {
    this.#outbox.set(waiting.id, waiting);
  }

  /** The edit is off the outbox. */
  dequeue(id: string): void {
    this.#outbox.set(id, null);
  }

  /** The document has this edit: it stands, though it was to go or its last edit was off the outbox. */
  edit({ row, waiting }: Rows): void {
    this.put(row);
    this.queue(waiting);
  }

  /** Adds what another one says, as its last word. */
  add(other: Batch): void {
    for (const [id, row] of other.#docs) this.#docs.set(id, row);
    for (const [id, waiting] of other.#outbox) this.#outbox.set(id, waiting);
    this.opened.push(...other.opened);
    this.ended.push(...other.ended);
    this.kept.push(...other.kept);
  }

  /** The documents that are to be written. */
  get rows(): readonly Row[] {
    return written(this.#docs);
  }

  /** Whether anything of the outbox is written or goes. */
  get touchesOutbox(): boolean {
    return this.#outbox.size > 0;
  }

  /** Ids of the photos among what is to be written. */
  get photos(): string[] {
    const ids = [...written(this.#docs), ...written(this.#outbox)].map(({ id }) => id);
    return [...new Set(ids.filter((id) => kindOfId(id) === 'photo'))];
  }

  /** A document as it is going to be. @param lying as it is */
  after(id: string, { row, waiting }: Lying): Lying {
    const [put, queued] = [this.#docs.get(id), this.#outbox.get(id)];
    return {
      row: put === undefined ? row : (put ?? undefined),
      waiting: queued === undefined ? waiting : (queued ?? undefined)
    };
  }

  /** Writes all of it; within a transaction. */
  async write({ docs, outbox, kept }: Database): Promise<void> {
    const [rows, gone] = [this.rows, removed(this.#docs)];
    const [queued, done] = [written(this.#outbox), removed(this.#outbox)];
    if (rows.length > 0) await docs.bulkPut(rows);
    if (gone.length > 0) await docs.bulkDelete(gone);
    if (queued.length > 0) await outbox.bulkPut(queued);
    if (done.length > 0) await outbox.bulkDelete(done);
    if (this.kept.length > 0) await kept.bulkAdd(this.kept);
  }
}

const written = <R>(words: ReadonlyMap<string, R | null>): R[] => [...words.values()].filter((row) => row !== null);

const removed = (words: ReadonlyMap<string, unknown>): string[] =>
  [...words].flatMap(([id, row]) => (row === null ? [id] : []));
