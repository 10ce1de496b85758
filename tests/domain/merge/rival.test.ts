// Whose edit stands on the server: the truth table of `rivalry`.
import { expect, test } from 'vitest';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { conflictId, newConflict } from '#lib/domain/merge/conflictRecord.ts';
import { type Standing, type Unsent, isEqual, rivalry } from '#lib/domain/merge/rival.ts';
import { aProducer } from '../../support/documents.ts';

const mine: Unsent = {
  doc: aProducer({ name: 'Của tôi', editId: 'mine' }),
  editId: 'mine',
  rev: '3-base',
  sent: ['before'],
  lastSent: null,
  isLost: false
};
const theirs = (editId: string, rev = '4-new', name = 'Của họ'): Standing => ({
  rev,
  doc: aProducer({ name, editId })
});

test.each<[string, Partial<Unsent>, Standing, ReturnType<typeof rivalry>]>([
  ['what it builds on', {}, theirs('x', '3-base'), 'base'],
  ['this very edit', {}, theirs('mine'), 'ours'],
  ['an earlier edit without an answer', {}, theirs('before'), 'earlier'],
  ['the same content by another edit', {}, theirs('x', '4-new', 'Của tôi'), 'same'],
  ['another edit', {}, theirs('x'), 'rival'],
  ['a deletion', {}, { rev: '4-gone', doc: null }, 'rival'],
  ['an older version', {}, theirs('x', '2-old'), 'rival'],
  ['an older version on a server out of a backup', { isLost: true }, theirs('x', '2-old'), 'older'],
  ['a newer version on a server out of a backup', { isLost: true }, theirs('x', '4-new'), 'rival'],
  ['a version without an edit', { editId: '' }, theirs(''), 'rival'],
  ['anything, when ours has never been there', { rev: null }, theirs('x', '1-first'), 'rival']
])('%s', (_name, over, standing, verdict) => {
  expect(rivalry({ ...mine, ...over }, null, standing)).toBe(verdict);
});

test('the record of a conflict has one id, from whichever side the two edits meet', () => {
  const [a, b] = [aProducer({ editId: 'a b' }), aProducer({ editId: '9f' })];
  const id = conflictId({ base: null, mine: a, theirs: b });
  expect(conflictId({ base: a, mine: b, theirs: a })).toBe(id);
  expect(conflictId({ base: null, mine: a, theirs: null })).not.toBe(id);
  const { updatedAt, updatedBy, device, editId } = aProducer();
  const stamp = { updatedAt, updatedBy, device, editId };
  const record = newConflict({ base: null, mine: a, theirs: b }, a.commune, stamp);
  expect(parseDocument(record)).toMatchObject({ ok: true, value: { _id: id, subjectId: a._id } });
});

test('JSON values are equal whatever the order of their fields', () => {
  expect(isEqual({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
  expect(isEqual({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(isEqual([1, 2], [2, 1])).toBe(false);
  expect(isEqual([], {})).toBe(false);
});
