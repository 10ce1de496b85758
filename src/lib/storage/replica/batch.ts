// What one transaction of the replica is going to write.
import { kindOfId } from '#lib/domain/document/id.ts';
import type { Versions } from '#lib/domain/merge/conflictRecord.ts';
import type { AnyDocument } from '#lib/domain/merge/rival.ts';
import type { Database } from '../database.ts';
import type { LetGo } from '../handedOn.ts';
import type { KeptRow, OutboxRow, Row, Rows } from '../row.ts';

/** Rows to put, to delete and to keep, and the conflicts among them; nothing is written before `write`. */
export class Batch {
  readonly rows: Row[] = [];
  readonly gone: string[] = [];
  readonly outbox: OutboxRow[] = [];
  readonly done: string[] = [];
  /** Conflicts that begin, or whose other side has changed. */
  readonly opened: { readonly row: Row; readonly waiting: OutboxRow; readonly versions: Versions }[] = [];
  readonly ended: { readonly record: string; readonly mine: Row['doc']; readonly outcome: AnyDocument }[] = [];
  readonly kept: KeptRow[] = [];

  /** Ids of the photos among them. */
  get photos(): string[] {
    const ids = [...this.rows, ...this.outbox].map(({ id }) => id);
    return [...new Set(ids.filter((id) => kindOfId(id) === 'photo'))];
  }

  /** Takes in edits that others have brought to the server. @returns their ids */
  take({ rows, gone, done, kept }: LetGo): readonly string[] {
    this.rows.push(...rows);
    this.gone.push(...gone);
    this.done.push(...done);
    this.kept.push(...kept);
    return done;
  }

  /** Adds an edit that comes of what else is in here: it stands though its document was to go, or its last edit was done. */
  edit({ row, waiting }: Rows): void {
    for (const list of [this.gone, this.done]) {
      const at = list.indexOf(row.id);
      if (at >= 0) list.splice(at, 1);
    }
    this.rows.push(row);
    this.outbox.push(waiting);
  }

  /** Adds what a step wants written, or nothing of it where it fails. @returns whether it has not */
  tries(step: () => void): boolean {
    const lists = [this.rows, this.gone, this.outbox, this.done, this.opened, this.ended, this.kept];
    const lengths = lists.map(({ length }) => length);
    try {
      step();
      return true;
    } catch {
      lists.forEach((list, i) => (list.length = lengths[i] ?? 0));
      return false;
    }
  }

  /** Writes all of it; within a transaction. */
  async write({ docs, outbox, kept }: Database): Promise<void> {
    if (this.rows.length > 0) await docs.bulkPut(this.rows);
    if (this.gone.length > 0) await docs.bulkDelete(this.gone);
    if (this.outbox.length > 0) await outbox.bulkPut(this.outbox);
    if (this.done.length > 0) await outbox.bulkDelete(this.done);
    if (this.kept.length > 0) await kept.bulkAdd(this.kept);
  }
}
