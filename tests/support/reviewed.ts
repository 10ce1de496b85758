// What a reviewer leaves on a phone: remarks on a dossier, and the own name in the directory.
import { REFERENCE_DATABASE, communeDatabase } from '#lib/domain/scope.ts';
import type { Document, Review } from '#lib/domain/document/document.ts';
import { Replica } from '#lib/storage/replica.ts';
import type { Store } from '#lib/storage/store.ts';
import { COMMUNE, aPerson, aReview } from './documents.ts';

let revision = 0;

/** Puts documents into a store as if they had come by pull. */
export async function arrive(store: Store, database: string, ...docs: Document[]): Promise<void> {
  revision += 1;
  const ports = {
    account: store.account,
    device: 'device',
    now: () => new Date(0),
    random: (n: number) => new Uint8Array(n)
  };
  const applied = await new Replica(store.tables, ports).apply(database, {
    changes: docs.map((doc) => ({ id: doc._id, rev: `${String(revision)}-a`, isDeleted: false, doc, clash: [] })),
    since: String(revision),
    identity: 'x',
    witness: null,
    completedAt: '2026-11-23T01:00:00.000Z',
    at: '2026-11-23T01:00:00.000Z'
  });
  if (!applied.ok) throw new Error(applied.error.detail);
}

/** A remark of Cán bộ mẫu T. */
export const aRemark = (target: string | null, text: string): Review['remarks'][number] => ({
  at: '2026-11-22T08:20:00.000Z',
  by: 'tuvan.t',
  text,
  ...(target === null ? {} : { target })
});

/** Cán bộ mẫu T remarks on a dossier; again: instead of what was remarked before. */
export async function remarked(store: Store, subjectId: string, ...remarks: Review['remarks']): Promise<void> {
  await arrive(store, REFERENCE_DATABASE, aPerson());
  await arrive(store, communeDatabase(COMMUNE), aReview({ subjectId, remarks }));
}
