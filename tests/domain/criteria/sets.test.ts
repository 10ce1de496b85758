// The 26 sets add up as the decision prints them, and the door refuses one that does not.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, newestSet, offeredSets } from '#lib/domain/criteria/catalogue.ts';
import { loadSet } from '#lib/domain/criteria/load.ts';
import { parseSet } from '#lib/domain/criteria/parse.ts';
import { type CriteriaSet, criteriaOf } from '#lib/domain/criteria/set.ts';
import { allSets, rawSets } from '../../support/sets.ts';
import pinned from './pinned.json';

const sets = allSets();

describe('the sets of annex II', () => {
  it('are 26 sets with 787 criteria and 2,557 options', () => {
    const criteria = sets.flatMap(criteriaOf);
    expect(sets.map(({ number }) => number)).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
    expect(criteria).toHaveLength(787);
    expect(criteria.flatMap(({ options }) => options)).toHaveLength(2557);
  });

  it.each(sets.map((set) => [set.id, set] as const))('%s adds up: parts 40/25/35, sections, criteria', (_, set) => {
    expect(set.parts.map(({ code, max }) => [code, max])).toEqual([
      ['A', 40],
      ['B', 25],
      ['C', 35]
    ]);
    for (const part of set.parts) {
      expect(total(part.sections)).toBe(part.max);
      for (const section of part.sections) {
        expect(total(section.criteria)).toBe(section.max);
        for (const { max, options } of section.criteria) {
          expect(Math.max(...options.map(({ points }) => points))).toBe(max);
        }
      }
    }
  });

  it.each([11, 13])('set %i has a third level that adds up', (number) => {
    const criteria = criteriaOf(sets[number - 1] as CriteriaSet).filter(({ parent }) => parent !== undefined);
    const parents = new Map(criteria.map(({ parent }) => [parent?.code, parent?.max]));
    expect([...parents.keys()]).toEqual(['6.1', '6.2']);
    for (const [code, max] of parents) expect(total(criteria.filter(({ parent }) => parent?.code === code))).toBe(max);
  });

  it('5.2 depends on the story of 5.1 in the 25 sets of goods, and in no other place', () => {
    const found = sets.flatMap((set) =>
      criteriaOf(set).flatMap(({ code, rules }) =>
        (rules ?? []).flatMap((rule) => (rule.type === 'depends' ? [`${set.id} ${code}→${rule.on}`] : []))
      )
    );
    expect(found).toEqual(sets.slice(0, 25).map(({ id }) => `${id} 5.2→5.1`));
  });

  it('alternative cases stand in set 26 only, at 8, 9 and 15', () => {
    const found = sets.flatMap((set) =>
      criteriaOf(set).flatMap(({ code, options }) =>
        options.some((option) => option.case) ? [`${set.id} ${code}`] : []
      )
    );
    expect(found).toEqual(['qd26-26 8', 'qd26-26 9', 'qd26-26 15']);
  });

  it('keep their codes, points and marks: a version in use never changes', () => {
    expect(Object.fromEntries(sets.map((set) => [`${set.id}/${String(set.version)}`, fingerprint(set)]))).toEqual(
      pinned
    );
  });
});

describe('the catalogue', () => {
  it('says of every set what the set says of itself', () => {
    expect(CATALOGUE).toEqual(
      sets.map((set) => ({
        id: set.id,
        version: set.version,
        number: set.number,
        line: set.line,
        group: set.group,
        name: set.name,
        criteria: criteriaOf(set).length
      }))
    );
  });

  it('finds a set by id and knows no other', () => {
    expect(newestSet('qd26-09')?.name.vi).toContain('nước mắm');
    expect(newestSet('qd19-09')).toBeUndefined();
    expect(offeredSets()).toHaveLength(26);
  });
});

describe('loading', () => {
  it('gives every set of the catalogue, itself', async () => {
    for (const [index, { id, version }] of CATALOGUE.entries()) {
      expect(await loadSet(id, version)).toEqual({ ok: true, value: sets[index] });
    }
  });

  it.each([
    ['qd26-09', 2],
    ['qd26-27', 1],
    ['toString', 1],
    ['', 0]
  ])('refuses %s version %i instead of taking another', async (id, version) => {
    expect(await loadSet(id, version)).toEqual({ ok: false, error: { kind: 'unknownSet', id, version } });
  });
});

describe('the door', () => {
  /** The data of set 9 after an edit to its text. */
  const edited = (from: string, to: string): unknown => {
    const text = JSON.stringify(rawSets()[8]?.data);
    expect(text).toContain(from);
    return JSON.parse(text.replace(from, to)) as unknown;
  };

  it.each([
    ['points that do not add up', '"points":5,', '"points":4,', 'sum'],
    ['a part of another size', '"code":"A"', '"code":"B"', 'sum'],
    ['a code that stands twice', '"code":"1.2"', '"code":"1.1"', 'duplicateCode'],
    ['a dependency on nothing', '"on":"5.1"', '"on":"5.9"', 'danglingReference'],
    ['a dependency on itself', '"on":"5.1"', '"on":"5.2"', 'danglingReference'],
    ['a zero that is not printed', '"zeroPrinted":false', '"zeroPrinted":true', 'zeroPrinted']
  ])('refuses %s', (_, from, to, problem) => {
    const parsed = parseSet(edited(from, to));
    expect(!parsed.ok && parsed.error.problems.map(({ kind }) => kind)).toContain(problem);
  });

  it('names the place of a wrong shape', () => {
    const parsed = parseSet(edited('"minimumForStar":3', '"minimumForStar":6'));
    expect(parsed).toEqual({
      ok: false,
      error: {
        kind: 'invalidSet',
        misshapen: ['parts.0.sections.0.criteria.0.options.0.minimumForStar'],
        problems: []
      }
    });
  });

  it.each([[null], [[]], ['qd26-09'], [{}]])('refuses %j', (data) => {
    expect(parseSet(data).ok).toBe(false);
  });
});

const total = (items: readonly { max: number }[]): number => items.reduce((sum, { max }) => sum + max, 0);

/** What scoring reads of a set, as a short hash. */
function fingerprint(set: CriteriaSet): string {
  const skeleton = criteriaOf(set).map(({ code, options, rules }) => [
    code,
    (rules ?? []).map((rule) => (rule.type === 'depends' ? [rule.type, rule.on] : [rule.type])),
    options.map((option) => [option.points, option.minimumForStar ?? 0, option.case?.code ?? ''])
  ]);
  return createHash('sha256')
    .update(JSON.stringify([set.disqualifiers.length, skeleton]))
    .digest('hex')
    .slice(0, 16);
}
