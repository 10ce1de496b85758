// Which of the few sentences stands on top of Đồng bộ.
import type { OutboxCounts } from '#lib/app/records/outbox.ts';
import type { SyncView } from '#lib/app/sync/view.ts';

/**
 * | headline  | when                                                                     |
 * |-----------|--------------------------------------------------------------------------|
 * | signedOut | a person has to sign in before anything goes on                          |
 * | sending   | a run is under way and records wait for it                               |
 * | needsYou  | nothing waits but records that the server refused or that are in conflict |
 * | waiting   | records are unsent                                                       |
 * | photos    | no record is unsent, but photos are; `refusedPhotos`: the server does not take them |
 * | reading   | nothing is unsent, and the worker has not said yet when it last met the server |
 * | halted    | nothing is unsent, and a person has stopped the loading                  |
 * | checking  | a run is under way, nothing is unsent, the server has not been met yet   |
 * | neverMet  | nothing is unsent, but no server has ever answered                       |
 * | incomplete | nothing is unsent, but not everything has been fetched                   |
 * | allSent   | nothing is unsent (law 12: said only when the outbox is empty and no photo waits), and all was fetched |
 */
export type Headline =
  | 'signedOut'
  | 'sending'
  | 'needsYou'
  | 'waiting'
  | 'photos'
  | 'refusedPhotos'
  | 'reading'
  | 'halted'
  | 'checking'
  | 'neverMet'
  | 'incomplete'
  | 'allSent';

/** The sentence for a view and the rows of the outbox. */
export function headline(
  view: Pick<SyncView, 'phase' | 'problem' | 'lastContactAt' | 'isComplete' | 'isHalted'>,
  { waiting, refused, conflict }: OutboxCounts,
  photos: Record<'waiting' | 'refused', { readonly count: number }>
): Headline {
  if (view.problem?.tag === 'signedOut') return 'signedOut';
  const isRunning = view.phase === 'running';
  if (waiting > 0) return isRunning ? 'sending' : 'waiting';
  // Without the server a person can do nothing about them yet: what keeps it away comes first.
  if (refused + conflict > 0) return isRunning || view.problem === null ? 'needsYou' : 'waiting';
  if (photos.waiting.count > 0) return 'photos';
  if (photos.refused.count > 0) return 'refusedPhotos';
  if (view.isHalted) return 'halted';
  if (view.lastContactAt !== null) return view.isComplete ? 'allSent' : 'incomplete';
  if (view.phase === 'starting') return 'reading';
  return isRunning ? 'checking' : 'neverMet';
}
