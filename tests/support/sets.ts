// The 26 criteria sets, read from their files, for tests that go over all of them.
import { readFileSync, readdirSync } from 'node:fs';
import { parseSet } from '#lib/domain/criteria/parse.ts';
import type { CriteriaSet } from '#lib/domain/criteria/set.ts';

const FOLDER = new URL('../../src/lib/domain/criteria/sets/', import.meta.url);

/** The raw data of every set file, in the order of annex II. */
export function rawSets(): { file: string; data: unknown }[] {
  return readdirSync(FOLDER)
    .sort()
    .map((file) => ({ file, data: JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as unknown }));
}

/** All sets, parsed; throws on a bad one, for then no other test means anything. */
export function allSets(): CriteriaSet[] {
  return rawSets().map(({ file, data }) => {
    const parsed = parseSet(data);
    if (!parsed.ok) throw new Error(`${file}: ${JSON.stringify(parsed.error)}`);
    return parsed.value;
  });
}

/** One set by its number in annex II. */
export function setNumber(number: number): CriteriaSet {
  const set = allSets().find((candidate) => candidate.number === number);
  if (set === undefined) throw new Error(`No set ${String(number)}`);
  return set;
}
