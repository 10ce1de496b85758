// What the screens know of the sync worker: one plain object, replaced whole.
import type { Road } from '#lib/domain/photo/road.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { PhotoProgress } from '#lib/sync/core/photos.ts';

/** Progress of a first sync, over all databases of the account. */
export interface PullProgress {
  readonly done: number;
  /** Known once the server has said how many are pending. */
  readonly of: number;
}

/**
 * | state                         | photos                                                        |
 * |-------------------------------|---------------------------------------------------------------|
 * | idle                          | none is on its way: none waits, or the network is away        |
 * | sending                       | are being sent, as far as the progress tells                  |
 * | wifi, unknown, saving         | wait for another connection, see `Road`, or for being asked   |
 */
export interface PhotosView extends PhotoProgress {
  readonly state: 'idle' | 'sending' | Exclude<Road, 'open'>;
  /** Why the last sending of theirs broke off; null while one is under way, and after a good one. */
  readonly problem: SyncProblem | null;
}

export interface SyncView {
  /**
   * | phase    | means                                                       |
   * |----------|-------------------------------------------------------------|
   * | starting | the worker has told nothing yet; the rest is not known      |
   * | idle     | nothing to do, or waiting for `nextTryAt`                   |
   * | running  | a run is under way, here or in another tab                  |
   * | paused   | stopped until a person acts (sign in again), see `problem`  |
   */
  readonly phase: 'starting' | 'idle' | 'running' | 'paused';
  /** Why the last run did not end well; null after a good one. */
  readonly problem: SyncProblem | null;
  /** ISO instant, device clock. */
  readonly nextTryAt: string | null;
  /** Server time of the last good answer. */
  readonly lastContactAt: string | null;
  readonly progress: PullProgress | null;
  /**
   * Each database of the account was fetched to its end since it was last begun, but for those that the server does not
   * have or does not open: who leaves for the field has everything.
   */
  readonly isComplete: boolean;
  /** A person has stopped the loading: it goes on when somebody asks for it, or the app is opened anew. */
  readonly isHalted: boolean;
  readonly photos: PhotosView;
  /** Ids of the documents in the request that is under way. */
  readonly inFlight: ReadonlySet<string>;
  /** Bytes of this calendar month, both ways. */
  readonly trafficBytes: number;
  /** Server clock minus device clock, milliseconds; null before the first contact. */
  readonly skewMs: number | null;
}

export const INITIAL_VIEW: SyncView = {
  phase: 'starting',
  problem: null,
  nextTryAt: null,
  lastContactAt: null,
  progress: null,
  isComplete: false,
  isHalted: false,
  photos: { state: 'idle', done: 0, of: 0, uploadedBytes: 0, bytes: 0, problem: null },
  inFlight: new Set(),
  trafficBytes: 0,
  skewMs: null
};
