// What nobody looks at yet does not begin while the first screen waits for its answers, however slow the phone is.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterFirstScreen, awaitAnswer } from '#lib/app/firstScreen.ts';

beforeEach(() => {
  vi.useFakeTimers();
  // The navigation begins with each test.
  const begun = Date.now();
  vi.spyOn(performance, 'now').mockImplementation(() => Date.now() - begun);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('begins three seconds after the navigation where the screen has what it shows', () => {
  const call = vi.fn();
  const answered = awaitAnswer();
  afterFirstScreen(call);
  vi.advanceTimersByTime(1_000);
  answered();
  vi.advanceTimersByTime(1_999);
  expect(call).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(call).toHaveBeenCalledOnce();
});

test('on a slow phone, waits for all that the screen has asked for, and for no answer twice', () => {
  const call = vi.fn();
  const [first, second] = [awaitAnswer(), awaitAnswer()];
  afterFirstScreen(call);
  vi.advanceTimersByTime(4_000);
  first();
  first();
  vi.advanceTimersByTime(1_000);
  expect(call).not.toHaveBeenCalled();
  second();
  vi.advanceTimersByTime(100);
  expect(call).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(60_000);
  expect(call).toHaveBeenCalledOnce();
});

test('does not wait for ever for an answer that does not come', () => {
  const call = vi.fn();
  const answered = awaitAnswer();
  afterFirstScreen(call);
  vi.advanceTimersByTime(9_900);
  expect(call).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(call).toHaveBeenCalledOnce();
  answered();
});

test('can be called off while it waits', () => {
  const call = vi.fn();
  const answered = awaitAnswer();
  const callOff = afterFirstScreen(call);
  vi.advanceTimersByTime(5_000);
  callOff();
  answered();
  vi.advanceTimersByTime(60_000);
  expect(call).not.toHaveBeenCalled();
});
