// What is made of a browser's Network Information: all of it, a part, none.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { connection, watchConnection } from '#lib/app/device/connection.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A browser that tells so much: no engine under test can be put on another network. */
function aBrowser(told: object | null): EventTarget {
  const information = Object.assign(new EventTarget(), told);
  vi.stubGlobal('navigator', told === null ? {} : { connection: information });
  return information;
}

describe('the connection', () => {
  test.each([
    ['a phone on a mobile network', { type: 'cellular', saveData: false }, { type: 'cellular', isSaving: false }],
    ['a phone on Wi-Fi that saves data', { type: 'wifi', saveData: true }, { type: 'wifi', isSaving: true }],
    ['a desktop, which tells no type', { saveData: false }, { type: undefined, isSaving: false }],
    ['a desktop that saves data', { saveData: true }, { type: undefined, isSaving: true }],
    ['a browser that tells the type alone', { type: 'ethernet' }, { type: 'ethernet', isSaving: false }],
    ['a browser that tells nothing', null, { type: undefined, isSaving: false }]
  ])('of %s', (_name, told, expected) => {
    aBrowser(told);
    expect(connection()).toEqual(expected);
  });

  test('of a browser that has something else by that name is not told', () => {
    vi.stubGlobal('navigator', { connection: { type: 'wifi', saveData: true } });
    expect(connection()).toEqual({ type: undefined, isSaving: false });
  });
});

describe('a change of it', () => {
  test('is told until one has heard enough', () => {
    const information = aBrowser({ type: 'wifi' });
    const heard = vi.fn();
    const stop = watchConnection(heard);
    information.dispatchEvent(new Event('change'));
    expect(heard).toHaveBeenCalledTimes(1);
    stop();
    information.dispatchEvent(new Event('change'));
    expect(heard).toHaveBeenCalledTimes(1);
  });

  test('is never told by a browser that tells nothing', () => {
    aBrowser(null);
    expect(() => {
      watchConnection(() => undefined)();
    }).not.toThrow();
  });
});
