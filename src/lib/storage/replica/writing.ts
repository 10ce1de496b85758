// Writes what a transaction has settled, with the records of the conflicts that it begins and ends.
import { conflictId } from '#lib/domain/merge/conflictRecord.ts';
import { closed, opened, recordIn } from '../conflictRecords.ts';
import type { Database } from '../database.ts';
import { notePhotos } from '../photoSending.ts';
import type { Lying } from '../row.ts';
import { type StorePorts, stampOf } from '../stamp.ts';
import type { Batch } from './batch.ts';
import { isShut } from './outboxSteps.ts';
import type { Settling } from './settling.ts';

/** Writes a batch with the records of the conflicts that it begins and ends, and learns of those that others ended. */
export async function writeSettled(db: Database, settling: Settling, ports: StorePorts): Promise<void> {
  const { batch } = settling;
  const decided = batch.rows.flatMap((row) => {
    const record = row.live === 'conflict' ? recordIn(row) : null;
    return record?.resolved === undefined ? [] : [record];
  });
  if (decided.length > 0) {
    const subjects = await lyingAfter(
      db,
      batch,
      decided.map(({ subjectId }) => subjectId)
    );
    decided.forEach((record, i) => {
      const subject = subjects[i];
      if (subject !== undefined) settling.learn(subject, record);
    });
  }
  for (const { waiting, versions } of batch.opened) waiting.record ??= conflictId(versions);
  const ids = [...batch.opened.map(({ waiting }) => waiting.record ?? ''), ...batch.ended.map(({ record }) => record)];
  if (ids.length > 0) {
    const lying = await lyingAfter(db, batch, ids);
    const changes = [
      ...batch.opened.map(
        ({ row, versions }) =>
          (one: Lying) =>
            opened(one, row, versions, stampOf(ports))
      ),
      ...batch.ended.map(
        ({ mine, outcome }) =>
          (one: Lying) =>
            closed(one, { mine }, outcome, stampOf(ports))
      )
    ];
    changes.forEach((change, i) => {
      const one = lying[i];
      const written = one === undefined || isShut(one) ? null : change(one);
      if (written !== null) batch.edit(written);
    });
  }
  await batch.write(db);
  await notePhotos(db, batch.photos, () => ports.now());
}

/** Documents as they are going to be once a batch has been written. */
async function lyingAfter(db: Database, batch: Batch, ids: readonly string[]): Promise<Lying[]> {
  const [rows, outbox] = await Promise.all([db.docs.bulkGet([...ids]), db.outbox.bulkGet([...ids])]);
  return ids.map((id, i) => batch.after(id, { row: rows[i], waiting: outbox[i] }));
}
