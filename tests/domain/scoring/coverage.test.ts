// Which criteria with points have evidence: by part, and the ones that have none.
import { describe, expect, test } from 'vitest';
import { loadSet } from '#lib/domain/criteria/load.ts';
import { NONE_GONE, coverageOf } from '#lib/domain/scoring/coverage.ts';
import { scoreAssessment } from '#lib/domain/scoring/score.ts';
import type { Assessment } from '#lib/domain/document/document.ts';
import { anAssessment } from '../../support/documents.ts';
import { fishSauceChoices } from '../../support/fish-sauce.ts';

async function coverage(over: Partial<Assessment>, gone = NONE_GONE) {
  const loaded = await loadSet('qd26-09', 1);
  if (!loaded.ok) throw new Error(loaded.error.kind);
  const doc = anAssessment({ choiceByCriterion: fishSauceChoices(), ...over });
  return coverageOf(loaded.value, doc, scoreAssessment(loaded.value, doc), gone);
}

describe('coverage', () => {
  test('counts criteria with points only: neither what nobody has looked at nor what reached nothing', async () => {
    const { parts, missing } = await coverage({});
    expect(parts.map(({ code, shown }) => [code, shown])).toEqual([
      ['A', 0],
      ['B', 0],
      ['C', 0]
    ]);
    expect(parts.reduce((sum, { of }) => sum + of, 0)).toBe(missing.length);
    expect(missing).toContain('1.4');
    for (const code of ['2.4', '3.4', '11']) expect(missing).not.toContain(code);
  });

  test('a photo or a paper shows for its criterion; an empty list shows for nothing', async () => {
    const bare = await coverage({});
    const { parts, missing } = await coverage({
      evidenceByCriterion: { '1.1': ['photo:a', 'photo:b'], '1.4': ['paper:x'], '2.4': ['photo:c'], '1.2': [] }
    });
    expect(parts.map(({ shown }) => shown)).toEqual([2, 0, 0]);
    expect(parts.map(({ of }) => of)).toEqual(bare.parts.map(({ of }) => of));
    expect(missing).toEqual(bare.missing.filter((code) => code !== '1.1' && code !== '1.4'));
  });

  test('what is deleted shows for nothing; what has not arrived may lie with a colleague, and does', async () => {
    const bare = await coverage({});
    const evidenceByCriterion = { '1.1': ['photo:a'], '1.2': ['photo:a', 'photo:b'], '1.4': ['paper:x'] };
    const { parts, missing } = await coverage({ evidenceByCriterion }, new Set(['photo:a', 'paper:x']));
    expect(parts.map(({ shown }) => shown)).toEqual([1, 0, 0]);
    expect(missing).toEqual(bare.missing.filter((code) => code !== '1.2'));
  });

  test('of a sheet that nobody has begun there is nothing to show', async () => {
    const { parts, missing } = await coverage({ choiceByCriterion: {} });
    expect(parts.every(({ shown, of }) => shown === 0 && of === 0)).toBe(true);
    expect(missing).toEqual([]);
  });
});
