// What the replica and the engine tell each other: the server's words, and what becomes of them here.
import type { OddChange } from '#lib/domain/document/odd.ts';
import type { LeftOver } from '#lib/domain/merge/leaf.ts';
import type { AnyDocument } from '#lib/domain/merge/rival.ts';
import type { CheckpointRow, OutboxRow } from '../row.ts';

/** The server's word on one document. */
export type ServerVerdict =
  | {
      readonly tag: 'receipt';
      readonly id: string;
      readonly editId: string;
      readonly rev: string;
      readonly at: string;
      readonly doc: AnyDocument;
    }
  | {
      readonly tag: 'standing';
      readonly id: string;
      readonly rev: string | null;
      readonly doc: AnyDocument | null;
      readonly at: string;
    }
  | {
      readonly tag: 'refused';
      readonly id: string;
      readonly editId: string;
      readonly code: string;
      readonly message: string;
      readonly at: string;
    };

/** What became of a document by the server's word. */
export interface Settled {
  readonly id: string;
  readonly became: OutboxRow['state'] | 'sent' | 'unmet';
}

/** One document of a page of changes. */
export interface ServerChange {
  readonly id: string;
  readonly rev: string;
  readonly isDeleted: boolean;
  readonly doc: AnyDocument | null;
  readonly clash: readonly string[];
}

export interface ServerPage {
  readonly changes: readonly ServerChange[];
  /** Changes of this page that cannot be taken in: noted until they come. */
  readonly odd?: readonly OddChange[];
  readonly since: string;
  readonly identity: string;
  readonly witness: NonNullable<CheckpointRow['witness']> | null;
  readonly completedAt: string | null;
  readonly at: string;
}

/** A version that replication between servers left over. */
export interface ServerLeaf extends LeftOver {
  readonly id: string;
}

/** What is to be done with one. */
export interface LeafPlan {
  readonly leaf: { readonly id: string; readonly rev: string };
  /** What has to be on the server before the leaf goes, and on top of which revision; null: it is. */
  readonly first: { readonly id: string; readonly rev: string | null; readonly doc: AnyDocument } | null;
  readonly tombstone: AnyDocument;
}
