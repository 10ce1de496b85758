// Certificates, renewal windows and rounds, as tables of days.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { localDay } from '#lib/app/records/localDay.ts';
import { renewalOf, validUntilOf } from '#lib/domain/deadline/certificate.ts';
import { addDays, addMonths, daysBetween, isDay } from '#lib/domain/deadline/day.ts';
import { type DueItem, dueItems, dueRange } from '#lib/domain/deadline/due.ts';
import { firstToEnd, paperDueRange, validityOf } from '#lib/domain/deadline/validity.ts';
import { nextRound } from '#lib/domain/deadline/round.ts';

const aDay = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('calendar days', () => {
  test.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2000-02-29', true],
    ['2100-02-29', false],
    ['2026-04-31', false],
    ['2026-00-10', false],
    ['2026-13-01', false],
    ['26-1-1', false],
    ['', false]
  ])('%s is a day: %s', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });

  test.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2023-02-28', 1, '2023-03-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2027-04-12', -120, '2026-12-13'],
    ['2024-03-01', -1, '2024-02-29']
  ])('%s and %i days is %s', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
  });

  test.each([
    ['2024-02-29', 36, '2027-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-10-31', 1, '2026-11-30'],
    ['2026-01-31', -2, '2025-11-30'],
    ['2026-12-15', 1, '2027-01-15']
  ])('%s and %i months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });

  it('counts days as it adds them', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: -5000, max: 5000 }), (day, days) => {
        expect(daysBetween(day, addDays(day, days))).toBe(days);
      })
    );
  });

  it('gives nothing for what is no day', () => {
    expect(addDays('2023-02-29', 1)).toBe('');
    expect(addMonths('hôm qua', 1)).toBe('');
    expect(daysBetween('2026-01-01', '')).toBeNaN();
  });
});

describe('a certificate', () => {
  test.each([
    ['2024-01-05', '2027-01-05'],
    ['2024-02-29', '2027-02-28'],
    ['2021-03-01', '2024-03-01']
  ])('decided on %s holds until %s', (decided, expected) => {
    expect(validUntilOf(decided)).toBe(expected);
  });

  // The end 12 April 2027: the window opens on 14 October 2026 and closes on 13 December 2026.
  test.each([
    ['2026-10-13', 'current', 61],
    ['2026-10-14', 'open', 60],
    ['2026-11-23', 'open', 20],
    ['2026-12-13', 'open', 0],
    ['2026-12-14', 'late', -1],
    ['2027-04-12', 'late', -120],
    ['2027-04-13', 'lapsed', -121]
  ])('ending 12/04/2027 is on %s %s', (today, state, daysLeft) => {
    expect(renewalOf('2027-04-12', today)).toMatchObject({
      state,
      daysLeft,
      opens: '2026-10-14',
      closes: '2026-12-13',
      daysValid: daysLeft + 120
    });
  });

  it('counts the window over a leap day', () => {
    expect(renewalOf('2028-06-28', '2028-01-01')).toMatchObject({ opens: '2027-12-31', closes: '2028-02-29' });
  });

  it('is nothing without a day', () => {
    expect(renewalOf('', '2026-11-23')).toBeNull();
    expect(renewalOf('2026-11-23', 'hôm nay')).toBeNull();
  });
});

describe('a paper', () => {
  test.each([
    [undefined, 'endless', undefined],
    ['2027-01-23', 'valid', 60],
    ['2027-01-22', 'soon', 59],
    ['2026-11-25', 'soon', 1],
    ['2026-11-24', 'soon', 0],
    ['2026-11-23', 'expired', -1],
    ['2016-11-24', 'expired', -3652],
    ['2027-02-30', 'unknown', undefined]
  ])('that holds until %s is %s', (until, state, daysLeft) => {
    expect(validityOf(until, '2026-11-24')).toEqual(daysLeft === undefined ? { state } : { state, until, daysLeft });
  });

  it('runs out at midnight in Vietnam, not in Greenwich', () => {
    // 23:30 and 00:30 in Phan Rí Cửa: in Greenwich it is the afternoon of the 24th both times.
    const evening = localDay(new Date('2026-11-24T16:30:00Z'));
    const night = localDay(new Date('2026-11-24T17:30:00Z'));
    expect(validityOf('2026-11-24', evening).state).toBe('soon');
    expect(validityOf('2026-11-24', night).state).toBe('expired');
  });

  it('counts over a leap day', () => {
    expect(validityOf('2028-03-01', '2028-02-28')).toMatchObject({ daysLeft: 2 });
    expect(validityOf('2028-04-01', '2028-02-01')).toMatchObject({ state: 'valid', daysLeft: 60 });
    expect(validityOf('2027-04-01', '2027-02-01')).toMatchObject({ state: 'soon', daysLeft: 59 });
  });

  it('stands by what runs out first, without an end last', () => {
    const papers = [{ validUntil: '2027-05-01' }, {}, { validUntil: '2026-01-31' }, { validUntil: '2027-04-30' }];
    expect(papers.toSorted(firstToEnd).map(({ validUntil }) => validUntil)).toEqual([
      '2026-01-31',
      '2027-04-30',
      '2027-05-01',
      undefined
    ]);
  });
});

describe('the next round', () => {
  test.each([
    ['2026-01-01', 1, 2026, '2026-04-30', 119],
    ['2028-01-01', 1, 2028, '2028-04-30', 120],
    ['2026-04-30', 1, 2026, '2026-04-30', 0],
    ['2026-05-01', 2, 2026, '2026-10-30', 182],
    ['2026-10-30', 2, 2026, '2026-10-30', 0],
    ['2026-10-31', 1, 2027, '2027-04-30', 181]
  ])('on %s is round %i of %i', (today, number, year, closes, daysLeft) => {
    expect(nextRound(today)).toEqual({ number, year, closes, daysLeft });
  });
});

describe('what falls due', () => {
  const today = '2026-11-23';

  it('puts late files first, then by day, then the lapsed ones, the latest lapse first', () => {
    const items = dueItems(
      [
        { id: 'lapsed long ago', validUntil: '2026-07-01' },
        { id: 'lapsed', validUntil: '2026-11-22' },
        { id: 'soon', validUntil: '2027-06-15' },
        { id: 'late', validUntil: '2027-01-05' },
        { id: 'open', validUntil: '2027-04-12' }
      ],
      [],
      today
    );
    expect(items.map((item) => (item.kind === 'renewal' ? item.productId : item.kind))).toEqual([
      'late',
      'open',
      'soon',
      'round',
      'lapsed',
      'lapsed long ago'
    ]);
  });

  it('puts papers where their last day falls, expired ones after all that can still be done', () => {
    const items = dueItems(
      [
        { id: 'late', validUntil: '2027-01-05' },
        { id: 'lapsed', validUntil: '2026-11-01' },
        { id: 'soon', validUntil: '2027-06-15' }
      ],
      [
        { id: 'expired', validUntil: '2026-11-22' },
        { id: 'today', validUntil: today },
        { id: 'in 59 days', validUntil: '2027-01-21' }
      ],
      today
    );
    const nameOf = (item: DueItem) =>
      item.kind === 'renewal' ? item.productId : item.kind === 'paper' ? item.paperId : item.kind;
    expect(items.map(nameOf)).toEqual(['late', 'today', 'in 59 days', 'soon', 'round', 'expired', 'lapsed']);
    expect(items[1]).toEqual({ kind: 'paper', paperId: 'today', state: 'soon', until: today, daysLeft: 0 });
  });

  it('leaves out papers that hold 60 days and more, and those that expired long ago', () => {
    const { from, to } = paperDueRange(today);
    expect({ from, to }).toEqual({ from: '2026-05-27', to: '2027-01-21' });
    const days = [addDays(from, -1), from, to, addDays(to, 1)];
    const due = dueItems(
      [],
      days.map((validUntil) => ({ id: validUntil, validUntil })),
      today
    );
    expect(due.flatMap((item) => (item.kind === 'paper' ? [item.paperId] : []))).toEqual([to, from]);
  });

  it('leaves out what is far off on either side', () => {
    const { from, to } = dueRange(today);
    expect({ from, to }).toEqual({ from: '2026-05-27', to: '2027-06-21' });
    const ids = dueItems(
      [
        { id: 'forgotten', validUntil: addDays(from, -1) },
        { id: 'first', validUntil: from },
        { id: 'last', validUntil: to },
        { id: 'far', validUntil: addDays(to, 1) }
      ],
      [],
      today
    ).flatMap((item) => (item.kind === 'renewal' ? [item.productId] : []));
    expect(ids).toEqual(['last', 'first']);
  });

  it('always names the round, and only valid days', () => {
    fc.assert(
      fc.property(aDay, fc.array(aDay), (day, ends) => {
        const items = dueItems(
          ends.map((validUntil, i) => ({ id: String(i), validUntil })),
          ends.map((validUntil, i) => ({ id: String(i), validUntil })),
          day
        );
        expect(items.filter(({ kind }) => kind === 'round')).toHaveLength(1);
        for (const item of items) expect(isDay(item.kind === 'paper' ? item.until : item.closes)).toBe(true);
      })
    );
  });
});
