// What becomes of an unsent edit whose base, or whose earlier edits without an answer, theirs may or may not come from.
import { expect, test } from 'vitest';
import { meeting } from '#lib/domain/merge/meeting.ts';
import type { Unsent } from '#lib/domain/merge/rival.ts';
import { aProducer } from '../../support/documents.ts';

const base = aProducer({ editId: 'base', phone: '0252 000 001' });
const lastSent = { ...base, editId: 'e1', phone: '0252 000 002' };
/** They saw our first edit, whose answer we never had, and changed another place. */
const theirs = { rev: '3-c', doc: { ...lastSent, editId: 'x', name: 'Cơ sở mẫu khác' } };
const unsent = (over: Partial<Unsent>): Unsent => ({
  doc: { ...base, editId: 'e2' },
  editId: 'e2',
  rev: '1-a',
  sent: ['e1'],
  lastSent,
  isLost: false,
  ...over
});

test('a place that was set back after it went out is asked about: theirs may have it from us', () => {
  expect(meeting(unsent({}), base, theirs).tag).toBe('conflict');
});

test('so is one that was set back among other changes', () => {
  const doc = { ...base, editId: 'e2', address: 'Thôn mẫu' };
  expect(meeting(unsent({ doc }), base, theirs).tag).toBe('conflict');
});

/** Ours since then, with another place changed. */
const more = { ...lastSent, editId: 'e2', address: 'Thôn mẫu' };

test.each([
  ['from the same revision as ours', { rev: '2-x', doc: { ...base, editId: 'x', name: 'Khác' } }],
  ['from our first edit', { rev: '3-c', doc: { ...lastSent, editId: 'x', name: 'Khác' } }]
])('what they have changed %s is merged', (_, changed) => {
  expect(meeting(unsent({ doc: more }), base, changed)).toMatchObject({
    tag: 'merged',
    merged: { doc: { phone: '0252 000 002', name: 'Khác', address: 'Thôn mẫu' } }
  });
});

test.each([
  ['alone', { ...base, editId: 'x' }],
  ['among other changes', { ...base, editId: 'x', name: 'Khác' }]
])(
  'what they have set back of our first edit, %s, is asked about: here it looks as if they had never seen it',
  (_, doc) => {
    expect(meeting(unsent({ doc: more }), base, { rev: '3-c', doc }).tag).toBe('conflict');
    expect(meeting(unsent({ doc: more }), base, { rev: '2-x', doc }).tag).not.toBe('conflict');
  }
);

test('of several that went out, only the last one is known: asked', () => {
  const sent = ['e0', 'e1'];
  expect(meeting(unsent({ sent, doc: { ...lastSent, editId: 'e2', address: 'Thôn mẫu' } }), base, theirs).tag).toBe(
    'conflict'
  );
});

test.each(['1-x', '2-x'])(
  'what has no more edits behind it than the base (%s) does not come from that: asked',
  (rev) => {
    const deleted = { ...base, editId: 'gone', deleted: true };
    const mine = unsent({
      doc: { ...deleted, editId: 'e2', address: 'Thôn mẫu' },
      rev: '2-gone',
      sent: [],
      lastSent: null
    });
    const doc = { ...base, editId: 'x', name: 'Khác' };
    expect(meeting(mine, deleted, { rev, doc }).tag).toBe('conflict');
    // Made from the deletion it brings the document back.
    expect(meeting(mine, deleted, { rev: '3-x', doc }).tag).toBe('merged');
  }
);
