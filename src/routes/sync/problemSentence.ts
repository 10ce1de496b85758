// A sync problem in words: what happened, what it means for the data, what to do.
import type { SyncView } from '#lib/app/sync/view.ts';
import { communeByCode } from '#lib/domain/place/commune.ts';
import type { Language } from '#lib/ui/language.svelte.ts';

/** The sentence of a problem; names the commune where it concerns one database. */
export function problemSentence(problem: NonNullable<SyncView['problem']>, lang: Language): string {
  const database = problem.tag === 'noAccess' || problem.tag === 'noDatabase' ? problem.database : '';
  const place = communeByCode(database.replace('ocop-', ''))?.name ?? database;
  const full = problem.tag === 'storage' && problem.cause === 'quota';
  return lang.m.sync.problem[problem.tag]({ place, full });
}
