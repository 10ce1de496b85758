// Where the person stands: the first usable fix does, the wait is short, nothing goes on after it.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Here } from '#lib/app/device/here.svelte.ts';
import type { Measured } from '#lib/domain/place/measuring.ts';

let tell: ((event: Measured) => void) | null;
const watch = (listener: (event: Measured) => void) => {
  tell = listener;
  return () => {
    tell = null;
  };
};
const fix = (accuracy: number): Measured => ({ tag: 'fix', fix: { lat: 11.17, lon: 108.57, accuracy } });

beforeEach(() => {
  tell = null;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('asks nothing by itself', () => {
  expect(new Here(watch).state).toEqual({ tag: 'unknown' });
  expect(tell).toBeNull();
});

test('takes the first fix within 100 m', () => {
  const here = new Here(watch);
  here.find();
  expect(here.state.tag).toBe('searching');
  tell?.(fix(400));
  expect(here.state.tag).toBe('searching');
  tell?.(fix(80));
  expect(here.state).toMatchObject({ tag: 'at', fix: { accuracy: 80 } });
  expect(tell).toBeNull();
});

test('a rough one does at the end of the time', () => {
  const here = new Here(watch);
  here.find();
  tell?.(fix(400));
  tell?.(fix(900));
  vi.runAllTimers();
  expect(here.state).toMatchObject({ tag: 'at', fix: { accuracy: 400 } });
  expect(tell).toBeNull();
});

test.each(['denied', 'unavailable'] as const)('%s is told at once', (why) => {
  const here = new Here(watch);
  here.find();
  tell?.({ tag: 'failed', why });
  expect(here.state).toEqual({ tag: 'failed', why });
  expect([tell, vi.getTimerCount()]).toEqual([null, 0]);
});

test('nothing in the time is told, and can be tried again', () => {
  const here = new Here(watch);
  here.find();
  vi.runAllTimers();
  expect(here.state).toEqual({ tag: 'failed', why: 'timeout' });
  here.find();
  tell?.(fix(5));
  expect(here.state.tag).toBe('at');
});

test('a screen that goes away stops it', () => {
  const here = new Here(watch);
  here.find();
  here.stop();
  expect([tell, vi.getTimerCount()]).toEqual([null, 0]);
});
