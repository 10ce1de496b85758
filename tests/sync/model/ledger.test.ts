// What the model's memory does not let pass.
import { describe, expect, test } from 'vitest';
import { Ledger, type Path, holds } from './ledger.ts';

const PHONE: readonly Path[] = [['phone']];
const ID = 'producer:1';
const doc = (phone: string) => ({ _id: ID, phone });

/** What of the ledger is lost if this is all that is left. */
const lost = (ledger: Ledger, phone: string) =>
  ledger.lost((saved) => holds(doc(phone), saved)).map(({ value }) => value);

describe('a save that was taken back before it was sent, and came to stay all the same', () => {
  const takenBack = (ledger: Ledger) => {
    const origin = { rev: '4-a', doc: doc('v2') };
    ledger.note('a', doc('v2'), doc('v3'), PHONE, origin);
    ledger.note('a', doc('v3'), doc('v2'), PHONE, origin);
    return ledger;
  };

  test('is noticed', () => {
    expect(lost(takenBack(new Ledger()), 'v3')).toEqual(['v2']);
  });

  test('is noticed where the document was purged long before it, and made anew', () => {
    const ledger = new Ledger();
    ledger.notePurge(doc('v1'), '2-a');
    expect(lost(takenBack(ledger), 'v3')).toEqual(['v2']);
  });

  test('is forgiven where it had been purged unbeknown to the phone', () => {
    const ledger = new Ledger();
    ledger.notePurge(doc('v3'), '5-a');
    expect(lost(takenBack(ledger), 'v3')).toEqual([]);
  });
});

test('what one saved who had seen everything is not answered for by an older edit of somebody else', () => {
  const ledger = new Ledger();
  ledger.note('b', doc('v0'), doc('v2'), PHONE, { rev: '1-a', doc: doc('v0') });
  ledger.note('c', doc('v2'), doc('v1'), PHONE, { rev: '2-a', doc: doc('v2') });
  ledger.note('a', doc('v1'), doc('v0'), PHONE, { rev: '3-a', doc: doc('v1') });
  expect(lost(ledger, 'v1')).toEqual(['v0']);
});
