// Two photos of the same bytes that one person has chosen on two phones.
import { expect, test } from 'vitest';
import type { AnyDocument } from '#lib/domain/merge/rival.ts';
import { meeting } from '#lib/domain/merge/meeting.ts';
import { asTwin } from '#lib/domain/merge/twin.ts';
import { aPhoto } from '../../support/documents.ts';

const theirs: AnyDocument = aPhoto();
const mine = (over: object = {}): AnyDocument => ({
  ...theirs,
  createdAt: '2026-11-21T03:00:00.000Z',
  updatedAt: '2026-11-21T03:00:00.000Z',
  editId: 'mine',
  ...over
});

function merged(over: object, other: object = {}) {
  const standing = { ...theirs, ...other };
  const twin = asTwin(mine(over), standing);
  if (twin === null) return null;
  const met = { doc: twin.mine, editId: 'mine', rev: null, sent: ['mine'], lastSent: null, isLost: false };
  return meeting(met, twin.origin, { rev: '1-a', doc: standing });
}

test('what only the stamps tell apart is the server’s', () => {
  expect(merged({ takenAt: '2026-01-01T00:00:00.000Z' })).toEqual({ tag: 'taken' });
});

test('a caption that only one of them has is the photo’s', () => {
  const { caption: _none, ...silent } = theirs;
  expect(asTwin(mine({ caption: 'Nhãn' }), silent)?.mine).toMatchObject({
    createdAt: theirs['createdAt'],
    caption: 'Nhãn',
    editId: 'mine'
  });
  expect(merged({ caption: undefined }, { caption: 'Nhãn' })).toEqual({ tag: 'taken' });
});

test('two captions are asked about, and nothing else', () => {
  expect(merged({ caption: 'Một' }, { caption: 'Hai' })).toEqual({ tag: 'conflict' });
});

test('neither has deleted the other one, of which it had not heard', () => {
  expect(asTwin(mine(), { ...theirs, deleted: true })?.mine).not.toHaveProperty('deleted');
  expect(merged({}, { deleted: true })).toEqual({ tag: 'onTop', isLosing: false });
  expect(merged({ deleted: true })).toEqual({ tag: 'taken' });
  expect(merged({ deleted: true }, { deleted: true })).toEqual({ tag: 'taken' });
});

test('other bytes and another kind are no twins', () => {
  expect(asTwin(mine({ sha256: '0'.repeat(64) }), theirs)).toBeNull();
  expect(asTwin(mine({ kind: 'paper' }), theirs)).toBeNull();
});
