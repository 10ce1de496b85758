// A record's history, and which sentence stands on top of Đồng bộ.
import { describe, expect, it, test } from 'vitest';
import { historyOf } from '#lib/app/records/history.ts';
import type { Sending } from '#lib/domain/sending.ts';
import { refusalCode } from '../../../src/routes/sync/refusalSentence.ts';
import { headline } from '../../../src/routes/sync/headline.ts';
import { webHref } from '../../../src/routes/producer/webHref.ts';
import { aConflict, aProduct, anAssessment } from '../../support/documents.ts';

const SENT: Sending = { state: 'sent', rev: '1-a', at: null };
const LOCAL: Sending = { state: 'local', since: '2026-11-22T00:00:00.000Z' };

describe('a history', () => {
  it('tells each step once, the newest first, with the sending state at the newest of a document', () => {
    const assessment = anAssessment({
      createdAt: '2026-11-01T00:00:00.000Z',
      status: 'returned',
      trail: [
        { status: 'draft', at: '2026-11-01T00:00:00.000Z', by: 'canbo.a' },
        { status: 'submitted', at: '2026-11-05T00:00:00.000Z', by: 'canbo.a' },
        { status: 'returned', at: '2026-11-07T00:00:00.000Z', by: 'tuvan.t' }
      ],
      updatedAt: '2026-11-09T00:00:00.000Z'
    });
    const product = aProduct({ createdAt: '2026-10-01T00:00:00.000Z', updatedAt: '2026-10-01T00:00:00.000Z' });
    const events = historyOf(
      [
        { doc: product, sending: SENT },
        { doc: assessment, sending: LOCAL }
      ],
      { records: [], kept: [] }
    );
    expect(events.map(({ what, by, sending }) => [what, by, sending?.state ?? ''])).toEqual([
      ['updated', 'canbo.a', 'local'],
      ['returned', 'tuvan.t', ''],
      ['submitted', 'canbo.a', ''],
      ['created', 'canbo.a', ''],
      ['created', 'canbo.a', 'sent']
    ]);
  });

  it('tells of conflicts, open and decided, and of versions that did not stand, each with the way to read them', () => {
    const product = aProduct({ createdAt: '2026-10-01T00:00:00.000Z', updatedAt: '2026-10-01T00:00:00.000Z' });
    const open = aConflict({ _id: 'conflict:a', subjectId: product._id, createdAt: '2026-10-02T00:00:00.000Z' });
    const resolved = { at: '2026-10-04T00:00:00.000Z', by: 'canbo.b', editId: 'x' };
    const ended = aConflict({ ...open, _id: 'conflict:b', resolved });
    const kept = { no: 7, doc: { ...product, updatedBy: 'canbo.c' }, at: '2026-10-03T00:00:00.000Z' };
    const events = historyOf([{ doc: product, sending: SENT }], { records: [open, ended], kept: [kept] });
    expect(events.map(({ what, by, kind, href }) => [what, by, kind, href])).toEqual([
      ['decided', 'canbo.b', 'product', '/conflict/conflict:b'],
      ['kept', 'canbo.c', 'product', '/conflict/kept.7'],
      ['clashed', open.createdBy, 'product', '/conflict/conflict:a'],
      ['created', 'canbo.a', 'product', null]
    ]);
  });
});

describe('the headline', () => {
  const contact = '2026-11-23T02:00:00.000Z';
  const NONE = { waiting: 0, refused: 0, conflict: 0 };
  const NO_PHOTOS = { waiting: { count: 0 }, refused: { count: 0 } };
  test.each([
    [{ phase: 'idle', problem: null, lastContactAt: contact }, {}, 'allSent'],
    [{ phase: 'idle', problem: null, lastContactAt: contact }, { waiting: 1 }, 'waiting'],
    [{ phase: 'idle', problem: null, lastContactAt: contact }, { waiting: 1, refused: 1 }, 'waiting'],
    [{ phase: 'idle', problem: null, lastContactAt: contact }, { refused: 1 }, 'needsYou'],
    [{ phase: 'idle', problem: null, lastContactAt: contact }, { conflict: 1 }, 'needsYou'],
    [{ phase: 'idle', problem: { tag: 'offline' }, lastContactAt: contact }, { refused: 1 }, 'waiting'],
    [{ phase: 'idle', problem: { tag: 'offline' }, lastContactAt: contact }, {}, 'allSent'],
    [{ phase: 'running', problem: null, lastContactAt: contact }, { waiting: 2, refused: 1 }, 'sending'],
    [{ phase: 'running', problem: null, lastContactAt: contact }, { refused: 1 }, 'needsYou'],
    [{ phase: 'starting', problem: null, lastContactAt: null }, {}, 'reading'],
    [{ phase: 'starting', problem: null, lastContactAt: null }, { waiting: 2 }, 'waiting'],
    [{ phase: 'running', problem: null, lastContactAt: null }, {}, 'checking'],
    [{ phase: 'idle', problem: { tag: 'offline' }, lastContactAt: null }, {}, 'neverMet'],
    [{ phase: 'paused', problem: { tag: 'signedOut' }, lastContactAt: contact }, { waiting: 3 }, 'signedOut'],
    [{ phase: 'idle', problem: null, lastContactAt: contact, isHalted: true }, {}, 'halted'],
    [{ phase: 'idle', problem: null, lastContactAt: contact, isHalted: true }, { waiting: 1 }, 'waiting']
  ] as const)('of %o with %o unsent is %s', (view, counts, expected) => {
    expect(headline({ isComplete: true, isHalted: false, ...view }, { ...NONE, ...counts }, NO_PHOTOS)).toBe(expected);
  });

  test.each([
    [{ phase: 'running', problem: null, lastContactAt: contact }, {}, 'incomplete'],
    [{ phase: 'idle', problem: { tag: 'offline' }, lastContactAt: contact }, {}, 'incomplete'],
    [{ phase: 'idle', problem: null, lastContactAt: contact, isHalted: true }, {}, 'halted'],
    [{ phase: 'running', problem: null, lastContactAt: contact }, { waiting: 1 }, 'sending'],
    [{ phase: 'running', problem: null, lastContactAt: null }, {}, 'checking']
  ] as const)('of %o with %o unsent is %s while not everything has been fetched', (view, counts, expected) => {
    expect(headline({ isComplete: false, isHalted: false, ...view }, { ...NONE, ...counts }, NO_PHOTOS)).toBe(expected);
  });

  test('says that all is sent only when no photo waits', () => {
    const view = { phase: 'idle', problem: null, lastContactAt: contact, isComplete: true, isHalted: false } as const;
    const [waiting, refused] = [{ count: 1 }, { count: 2 }];
    expect(headline(view, NONE, { ...NO_PHOTOS, waiting })).toBe('photos');
    expect(headline(view, NONE, { ...NO_PHOTOS, refused })).toBe('refusedPhotos');
    expect(headline(view, { ...NONE, waiting: 1 }, { waiting, refused })).toBe('waiting');
  });
});

describe('a refusal', () => {
  test.each([
    ['forbidden:locked', 'locked'],
    ['forbidden:transition', 'transition'],
    ['tooLarge', 'tooLarge'],
    ['malformed', 'malformed'],
    ['forbidden', 'other'],
    ['forbidden:something new', 'other']
  ])('%s is worded as %s', (code, expected) => {
    expect(refusalCode({ code, message: '' })).toBe(expected);
  });
});

describe('a website', () => {
  test.each([
    ['mau.vn', 'https://mau.vn/'],
    ['http://mau.vn/a', 'http://mau.vn/a'],
    ['javascript:alert(1)', null],
    ['không có', null]
  ])('%s leads to %s', (text, expected) => {
    expect(webHref(text)).toBe(expected);
  });
});
