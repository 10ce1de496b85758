// Every mutation still finds what it breaks: one that does not would break nothing, and prove nothing.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PATCHES } from './patches.ts';

const ROOT = new URL('../../../', import.meta.url);

test.each(PATCHES)('law $law: $what', ({ file, find, replace }) => {
  const before = readFileSync(new URL(file, ROOT), 'utf8');
  expect(before.split(find)).toHaveLength(2);
  expect(replace).not.toBe(find);
});
