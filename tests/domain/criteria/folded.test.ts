// The sets as they are built, each part that several share written once, say what the files say, to the letter.
import { createContext, runInContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../criteria.config.ts';
import { rawSets } from '../../support/sets.ts';

/** What the built code gives, as JSON. */
function unfolded({ shared, wholes }: ReturnType<typeof fold>): string[] {
  const context = createContext({ shared: [] });
  runInContext(shared, context);
  return wholes.map((whole) => JSON.stringify(runInContext(`(${whole})`, context)));
}

const sets = rawSets().map(({ data }) => data);
const asJson = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value));
const sizeOf = (texts: readonly string[]) => texts.join('').length;

describe('folded sets', () => {
  it('unfold to all 26', () => {
    expect(sets).toHaveLength(26);
    expect(unfolded(fold(sets))).toEqual(asJson(sets));
  });

  it('say what they share once, and are a quarter of the size', () => {
    const { shared, wholes } = fold(sets);
    const statements = shared.split('\n');
    expect(new Set(statements).size).toBe(statements.length);
    expect(sizeOf([shared, ...wholes])).toBeLessThan(sizeOf(asJson(sets)) / 4);
  });

  it('unfold whatever JSON they are made of', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        tie('list'),
        tie('thing')
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      thing: fc.record({ vi: tie('value'), en: tie('value') })
    }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), fc.nat(4), (values, twice) => {
        const all = [...values, ...values.slice(0, twice), { parts: values }];
        expect(unfolded(fold(all))).toEqual(asJson(all));
      })
    );
  });
});
