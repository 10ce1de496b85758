// Over which connections photos go: every kind that a browser tells, with and without the two wishes to spare.
import { expect, test } from 'vitest';
import { type Road, roadFor } from '#lib/domain/photo/road.ts';

/** What photos do with neither wish, with "only over Wi-Fi", on a phone that saves data, and with both. */
const TABLE: readonly (readonly [type: string | undefined, none: Road, wifiOnly: Road, saving: Road, both: Road])[] = [
  ['wifi', 'open', 'open', 'open', 'open'],
  ['ethernet', 'open', 'open', 'open', 'open'],
  ['cellular', 'open', 'wifi', 'saving', 'saving'],
  ['bluetooth', 'open', 'wifi', 'saving', 'saving'],
  ['wimax', 'open', 'wifi', 'saving', 'saving'],
  ['other', 'open', 'wifi', 'saving', 'saving'],
  ['none', 'open', 'wifi', 'saving', 'saving'],
  ['unknown', 'open', 'unknown', 'saving', 'saving'],
  [undefined, 'open', 'unknown', 'saving', 'saving']
];

test.each(TABLE)('%s: %s; only over Wi-Fi %s; saving data %s; both %s', (type, none, wifiOnly, saving, both) => {
  expect([
    roadFor({ type, isSaving: false }, false),
    roadFor({ type, isSaving: false }, true),
    roadFor({ type, isSaving: true }, false),
    roadFor({ type, isSaving: true }, true)
  ]).toEqual([none, wifiOnly, saving, both]);
});
