// Fetches one criteria set when it is needed: each is a chunk of its own, so that the first screen carries none.
import { type Result, err } from '../result.ts';
import { type InvalidSet, parseSet } from './parse.ts';
import type { CriteriaSet } from './set.ts';

export type LoadSetError =
  /** No set or no such version in this build: the record was opened with a newer app, and waits for the update. */
  | { readonly kind: 'unknownSet'; readonly id: string; readonly version: number }
  /** The chunk could not be fetched (first visit without network). */
  | { readonly kind: 'setUnavailable'; readonly id: string; readonly version: number }
  | InvalidSet;

/** By `id/version`. A version stays here for ever: records that were opened with it are scored with it. */
const SETS: Readonly<Record<string, () => Promise<{ default: unknown }>>> = {
  'qd26-01/1': () => import('./sets/qd26-01.json'),
  'qd26-02/1': () => import('./sets/qd26-02.json'),
  'qd26-03/1': () => import('./sets/qd26-03.json'),
  'qd26-04/1': () => import('./sets/qd26-04.json'),
  'qd26-05/1': () => import('./sets/qd26-05.json'),
  'qd26-06/1': () => import('./sets/qd26-06.json'),
  'qd26-07/1': () => import('./sets/qd26-07.json'),
  'qd26-08/1': () => import('./sets/qd26-08.json'),
  'qd26-09/1': () => import('./sets/qd26-09.json'),
  'qd26-10/1': () => import('./sets/qd26-10.json'),
  'qd26-11/1': () => import('./sets/qd26-11.json'),
  'qd26-12/1': () => import('./sets/qd26-12.json'),
  'qd26-13/1': () => import('./sets/qd26-13.json'),
  'qd26-14/1': () => import('./sets/qd26-14.json'),
  'qd26-15/1': () => import('./sets/qd26-15.json'),
  'qd26-16/1': () => import('./sets/qd26-16.json'),
  'qd26-17/1': () => import('./sets/qd26-17.json'),
  'qd26-18/1': () => import('./sets/qd26-18.json'),
  'qd26-19/1': () => import('./sets/qd26-19.json'),
  'qd26-20/1': () => import('./sets/qd26-20.json'),
  'qd26-21/1': () => import('./sets/qd26-21.json'),
  'qd26-22/1': () => import('./sets/qd26-22.json'),
  'qd26-23/1': () => import('./sets/qd26-23.json'),
  'qd26-24/1': () => import('./sets/qd26-24.json'),
  'qd26-25/1': () => import('./sets/qd26-25.json'),
  'qd26-26/1': () => import('./sets/qd26-26.json')
};

/**
 * Loads the set that a record is kept with.
 * @param id as in the document's `setId`, `qd26-09`
 * @param version as in the document's `setVersion`; never silently replaced by a newer one
 */
export async function loadSet(id: string, version: number): Promise<Result<CriteriaSet, LoadSetError>> {
  const key = `${id}/${String(version)}`;
  const load = Object.hasOwn(SETS, key) ? SETS[key] : undefined;
  if (load === undefined) return err({ kind: 'unknownSet', id, version });
  let data: unknown;
  try {
    data = (await load()).default;
  } catch {
    return err({ kind: 'setUnavailable', id, version });
  }
  return parseSet(data);
}
