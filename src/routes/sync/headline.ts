// Which of the few sentences stands on top of Đồng bộ.
import type { SyncView } from '#lib/app/sync/view.ts';

/**
 * | headline  | when                                                                     |
 * |-----------|--------------------------------------------------------------------------|
 * | signedOut | a person has to sign in before anything goes on                          |
 * | sending   | a run is under way and records are unsent                                |
 * | waiting   | records are unsent                                                       |
 * | reading   | nothing is unsent, and the worker has not said yet when it last met the server |
 * | checking  | a run is under way, nothing is unsent, the server has not been met yet   |
 * | neverMet  | nothing is unsent, but no server has ever answered                       |
 * | allSent   | nothing is unsent (law 12: said only when the outbox is empty)           |
 */
export type Headline = 'signedOut' | 'sending' | 'waiting' | 'reading' | 'checking' | 'neverMet' | 'allSent';

/**
 * The sentence for a view.
 * @param unsent rows of the outbox, refused and conflicting ones included
 */
export function headline(view: Pick<SyncView, 'phase' | 'problem' | 'lastContactAt'>, unsent: number): Headline {
  if (view.problem?.tag === 'signedOut') return 'signedOut';
  const isRunning = view.phase === 'running';
  if (unsent > 0) return isRunning ? 'sending' : 'waiting';
  if (view.lastContactAt !== null) return 'allSent';
  if (view.phase === 'starting') return 'reading';
  return isRunning ? 'checking' : 'neverMet';
}
