// A refused edit on its way to another officer: the file at the door, and what it becomes under another account.
import { expect, test } from 'vitest';
import type { Document } from '#lib/domain/document/document.ts';
import { type HandOver, handOverText, readHandOver } from '#lib/domain/handover/file.ts';
import { copyIdOf, takeOver } from '#lib/domain/handover/takeOver.ts';
import { rivalry } from '#lib/domain/merge/rival.ts';
import { validateAuthority } from '#server/design/validate-authority.js';
import { validateStructure } from '#server/design/validate-structure.js';
import { COMMUNE, OTHER_COMMUNE, aConflict, aPaper, aPhoto, aProduct, aSurvey } from '../../support/documents.ts';

const B = { name: 'canbo.b', displayName: 'Cán bộ mẫu B', roles: ['officer', `commune:${COMMUNE}`] };
const STAMP = { updatedAt: '2026-11-24T02:00:00.000Z', updatedBy: B.name, device: 'may-b', editId: 'b1' };

const handOver = (over: Partial<HandOver> = {}): HandOver => ({
  doc: aProduct({ name: 'Nước mắm của A', editId: 'a2' }),
  base: aProduct({ editId: 'a1' }),
  by: 'canbo.a',
  byName: 'Cán bộ mẫu A',
  at: '2026-11-24T01:00:00.000Z',
  ...over
});

/** The server's answer to a write of B: nothing thrown = taken. */
function serverTakes(doc: { readonly _id: string }, old: Document | null): void {
  validateStructure(doc);
  validateAuthority(doc, old, { db: `ocop-${COMMUNE}`, name: B.name, roles: B.roles });
}

test('what is written into the file is read out of it, fields of other apps included', () => {
  const sent = handOver({ doc: aProduct({ extra: { kept: [1, 2] } }) });
  expect(readHandOver(handOverText(sent), [COMMUNE])).toEqual({ ok: true, value: sent });
});

test.each([
  ['a picture', '\u0089PNG\r\n', 'otherFile'],
  ['another app’s JSON', '{"what":"other"}', 'otherFile'],
  ['a list', '[]', 'otherFile'],
  ['cut off on its way', handOverText(handOver()).slice(0, 300), 'damaged'],
  ['without its record', JSON.stringify({ ...JSON.parse(handOverText(handOver())), doc: null }), 'damaged'],
  ['with a record that is none', handOverText(handOver({ doc: { ...aProduct(), name: '' } })), 'damaged'],
  ['with the base of another record', handOverText(handOver({ base: aSurvey() })), 'damaged'],
  ['with a deletion', handOverText(handOver({ doc: aProduct({ deleted: true }) })), 'damaged'],
  ['of a newer app', handOverText(handOver()).replace('"version": 1', '"version": 2'), 'newer'],
  ['with a record of a newer schema', handOverText(handOver({ doc: aProduct({ schema: 9 }) })), 'newer'],
  ['of a commune of others', handOverText(handOver({ doc: aProduct({ commune: OTHER_COMMUNE }) })), 'otherCommune']
])('at the door: %s', (_what, text, tag) => {
  expect(readHandOver(text, [COMMUNE])).toMatchObject({ ok: false, error: { tag } });
});

test('a record of a kind that nobody hands over is not taken', () => {
  for (const doc of [aConflict(), aPhoto()]) {
    const text = JSON.stringify({ ...JSON.parse(handOverText(handOver())), doc, base: null });
    expect(readHandOver(text, [COMMUNE])).toMatchObject({ ok: false, error: { tag: 'damaged' } });
  }
});

test('a record that the server never had is made anew, and the server takes it from the other officer', () => {
  const taken = takeOver(handOver({ base: null }), undefined, B, STAMP);
  expect(taken).toMatchObject({
    tag: 'make',
    doc: {
      _id: aProduct()._id,
      name: 'Nước mắm của A',
      createdBy: B.name,
      editId: 'b1',
      handed: [{ id: aProduct()._id, editId: 'a2', by: 'canbo.a' }]
    }
  });
  if (taken.tag === 'make') serverTakes(taken.doc, null);
});

test('changes go into the record that is here; what changed here since stays', () => {
  const here = aProduct({ presentation: 'Chai 500 ml', updatedBy: B.name, editId: 'b0' });
  const taken = takeOver(handOver(), here, B, STAMP);
  expect(taken).toMatchObject({
    tag: 'edit',
    doc: { name: 'Nước mắm của A', presentation: 'Chai 500 ml', updatedBy: B.name, createdBy: 'canbo.a' }
  });
  if (taken.tag === 'edit') serverTakes(taken.doc, here);
});

test('a paper goes from phone to phone, photos named in it included, and the server takes it', () => {
  const doc = aPaper({ number: '48/2024', photos: ['photo:a'], editId: 'a2' });
  const read = readHandOver(handOverText(handOver({ doc, base: null })), [COMMUNE]);
  expect(read).toMatchObject({ ok: true, value: { doc } });
  const made = takeOver(handOver({ doc, base: null }), undefined, B, STAMP);
  expect(made).toMatchObject({ tag: 'make', doc: { createdBy: B.name, number: '48/2024', photos: ['photo:a'] } });
  if (made.tag === 'make') serverTakes(made.doc, null);
  const here = aPaper({ issuer: 'Chi cục mẫu', editId: 'b0' });
  const edit = takeOver(handOver({ doc, base: aPaper({ editId: 'a1' }) }), here, B, STAMP);
  expect(edit).toMatchObject({ tag: 'edit', doc: { number: '48/2024', issuer: 'Chi cục mẫu', updatedBy: B.name } });
  if (edit.tag === 'edit') serverTakes(edit.doc, here);
});

test('the same place changed on both sides is for a person to choose', () => {
  const here = aProduct({ name: 'Nước mắm của B', editId: 'b0' });
  expect(takeOver(handOver(), here, B, STAMP)).toMatchObject({ tag: 'clash', doc: { name: 'Nước mắm của A' } });
});

test('somebody else’s dossier stays as it is: its contents become a draft of one’s own', () => {
  const doc = aSurvey({ answers: { workers: 12 }, editId: 'a2', status: 'submitted', trail: [] });
  const here = aSurvey({ editId: 'a1' });
  const taken = takeOver(handOver({ doc, base: here }), here, B, STAMP);
  expect(taken).toMatchObject({
    tag: 'copy',
    doc: { _id: copyIdOf(doc), answers: { workers: 12 }, status: 'draft', trail: [{ status: 'draft', by: B.name }] }
  });
  if (taken.tag === 'copy') serverTakes(taken.doc, null);
});

test('its maker takes the contents into it, and makes every step himself', () => {
  const here = aSurvey({ createdBy: B.name, answers: { workers: 3 }, editId: 'b0' });
  const step = { status: 'submitted', at: '2026-11-23T02:00:00.000Z', by: 'canbo.a' } as const;
  const doc = aSurvey({
    createdBy: B.name,
    answers: { workers: 3, women: 2 },
    status: 'submitted',
    trail: [step],
    editId: 'a2'
  });
  const taken = takeOver(handOver({ doc, base: here }), here, B, STAMP);
  expect(taken).toMatchObject({
    tag: 'edit',
    doc: { status: 'draft', trail: [], answers: { workers: 3, women: 2 } }
  });
  if (taken.tag === 'edit') serverTakes(taken.doc, here);
});

test('a record that the server has and this phone has not is fetched first', () => {
  expect(takeOver(handOver(), undefined, B, STAMP)).toEqual({ tag: 'unknown' });
});

test('what was taken over is not taken over twice', () => {
  const first = takeOver(handOver(), aProduct({ editId: 'a1' }), B, STAMP);
  if (first.tag !== 'edit') throw new Error(first.tag);
  const again = takeOver(handOver(), { ...aProduct(), ...first.doc } as Document, B, { ...STAMP, editId: 'b2' });
  expect(again).toEqual({ tag: 'already' });
});

test('an edit that others have brought to the server has arrived', () => {
  const unsent = { editId: 'a2', rev: '1-a', sent: [], lastSent: null, isLost: false, doc: handOver().doc };
  const theirs = aProduct({ name: 'Nước mắm của B', editId: 'b1' });
  const note = { id: theirs._id, editId: 'a2', by: 'canbo.a', at: STAMP.updatedAt };
  expect(rivalry(unsent, null, { rev: '2-b', doc: theirs })).toBe('rival');
  expect(rivalry(unsent, null, { rev: '2-b', doc: { ...theirs, handed: [note] } })).toBe('ours');
  expect(rivalry(unsent, null, { rev: '2-b', doc: { ...theirs, handed: [{ ...note, editId: 'a1' }] } })).toBe('rival');
});
