// Ordered lists of ids as records name their photos: putting in, taking out, taking again, moving.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moved, withId, withInstead, withoutId } from '#lib/domain/photo/order.ts';

const LIST = ['photo:a', 'paper:x', 'photo:b', 'photo:c'];
const isPhoto = (id: string): boolean => id.startsWith('photo:');

describe('a list of photos', () => {
  test('takes one in at the end, or where it stood', () => {
    expect(withId(LIST, 'photo:d')).toEqual([...LIST, 'photo:d']);
    expect(withId(withoutId(LIST, 'paper:x'), 'paper:x', 1)).toEqual(LIST);
  });

  test('has each once: one that is there stays where it is, and nothing is new', () => {
    expect(withId(LIST, 'photo:a')).toBe(LIST);
    expect(withoutId(LIST, 'photo:z')).toBe(LIST);
  });

  test('puts one that was taken again in the place of the old one, and at the end where that is gone', () => {
    expect(withInstead(LIST, 'photo:b', 'photo:d')).toEqual(['photo:a', 'paper:x', 'photo:d', 'photo:c']);
    expect(withInstead(LIST, 'photo:b', 'photo:c')).toEqual(['photo:a', 'paper:x', 'photo:c']);
    expect(withInstead(LIST, 'photo:z', 'photo:d')).toEqual([...LIST, 'photo:d']);
    expect(withInstead(LIST, 'photo:b', 'photo:b')).toBe(LIST);
  });

  test('moves a photo past the next photo; papers keep their places', () => {
    expect(moved(LIST, 'photo:a', 1, isPhoto)).toEqual(['photo:b', 'paper:x', 'photo:a', 'photo:c']);
    expect(moved(LIST, 'photo:b', -1, isPhoto)).toEqual(['photo:b', 'paper:x', 'photo:a', 'photo:c']);
    expect(moved(LIST, 'photo:c', 1, isPhoto)).toBe(LIST);
    expect(moved(LIST, 'photo:a', -1)).toBe(LIST);
    expect(moved(LIST, 'photo:z', 1)).toBe(LIST);
  });

  test('loses and doubles nothing, whatever is moved, and a move back undoes it', () => {
    const ids = fc.uniqueArray(fc.constantFrom('photo:a', 'photo:b', 'photo:c', 'paper:x', 'paper:y'), {
      minLength: 1
    });
    fc.assert(
      fc.property(ids, fc.nat(), fc.constantFrom<1 | -1>(1, -1), (list, at, by) => {
        const id = list[at % list.length] ?? '';
        const sameKind = (other: string): boolean => other.slice(0, 5) === id.slice(0, 5);
        const after = moved(list, id, by, sameKind);
        expect([...after].sort()).toEqual([...list].sort());
        if (after !== list) expect(moved(after, id, by === 1 ? -1 : 1, sameKind)).toEqual(list);
      })
    );
  });
});
