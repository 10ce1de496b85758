// When a run begins (law 11), on a clock that is turned by hand.
import { beforeEach, describe, expect, test } from 'vitest';
import { type LoopState, type RunEnd, SyncLoop } from '#lib/app/sync/loop.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';

const WELL: RunEnd = { problem: null, sent: 1, isLeft: false };
const failing = (problem: SyncProblem): RunEnd => ({ problem, sent: 0, isLeft: false });

let now: number;
let timers: { at: number; call: () => void }[];
let runs: string[];
let states: LoopState[];
/** What the runs to come end with; the last one stays. */
let ends: RunEnd[];
/** While set, a run does not end by itself. */
let hold: ((end: RunEnd) => void)[] | null;
let loop: SyncLoop;

beforeEach(() => {
  now = 1_000_000;
  timers = [];
  runs = [];
  states = [];
  ends = [WELL];
  hold = null;
  loop = new SyncLoop({
    run: (work) => {
      runs.push(work);
      const end = (ends.length > 1 ? ends.shift() : ends[0]) ?? WELL;
      return hold === null ? Promise.resolve(end) : new Promise((resolve) => hold?.push(resolve));
    },
    after: (ms, call) => {
      const timer = { at: now + ms, call };
      timers.push(timer);
      return () => (timers = timers.filter((one) => one !== timer));
    },
    now: () => now,
    chance: () => 0.5,
    onChange: (state) => states.push(state)
  });
});

/** Lets what is already due happen. */
const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

async function pass(ms: number): Promise<void> {
  const until = now + ms;
  for (;;) {
    await settle();
    const [next] = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
    if (next === undefined) break;
    timers = timers.filter((one) => one !== next);
    now = next.at;
    next.call();
  }
  now = until;
}

const phase = () => states.at(-1)?.phase;

test('runs at the start, and then by the timer', async () => {
  loop.start();
  await pass(0);
  expect(runs).toEqual(['both']);
  await pass(119_000);
  expect(runs).toHaveLength(1);
  await pass(2_000);
  expect(runs).toEqual(['both', 'both']);
});

test('a burst of saves becomes one push, half a second after the last', async () => {
  loop.start();
  await pass(0);
  for (let i = 0; i < 5; i++) {
    loop.saved();
    await pass(300);
  }
  expect(runs).toEqual(['both']);
  await pass(500);
  expect(runs).toEqual(['both', 'push']);
});

test('a first save after a run that had nothing to send goes out at once', async () => {
  ends = [{ problem: null, sent: 0, isLeft: false }, WELL];
  loop.start();
  await pass(0);
  loop.saved();
  await pass(600);
  expect(runs).toEqual(['both', 'push']);
});

test('somebody who types without a pause is sent all the same', async () => {
  loop.start();
  await pass(0);
  for (let i = 0; i < 30; i++) {
    loop.saved();
    await pass(300);
  }
  expect(runs).toEqual(['both', 'push']);
});

test('what colleagues did arrives in time also while somebody saves all the while', async () => {
  loop.start();
  await pass(0);
  for (let i = 0; i < 5; i++) {
    loop.saved();
    await pass(29_000);
  }
  expect(runs.filter((work) => work === 'push')).toHaveLength(5);
  expect(runs.filter((work) => work === 'both')).toHaveLength(2);
});

test('a server that has asked for time gets it, from all but a person', async () => {
  ends = [failing({ tag: 'busy', status: 429, retryAfterMs: 90_000 })];
  loop.start();
  await pass(0);
  for (const why of ['online', 'visible', 'news'] as const) {
    await pass(20_000);
    loop.saved();
    loop.wake(why);
    await pass(1_000);
  }
  expect(runs).toEqual(['both']);
  loop.wake('asked');
  await pass(0);
  expect(runs).toHaveLength(2);
});

test('a network that comes back while a server rests is made use of as soon as it has rested', async () => {
  const busy = failing({ tag: 'busy', status: 503, retryAfterMs: 30_000 });
  ends = [...Array.from({ length: 8 }, () => busy), WELL];
  loop.start();
  await pass(0);
  for (let i = 0; i < 7; i++) {
    loop.wake('asked');
    await pass(0);
  }
  // The back-off after so many failures is ten minutes.
  expect(states.at(-1)?.nextTryAt).toBe(now + 600_000);
  await pass(10_000);
  loop.wake('online');
  expect(states.at(-1)).toMatchObject({ phase: 'idle', nextTryAt: now + 20_000 });
  await pass(19_000);
  expect(runs).toHaveLength(8);
  loop.wake('visible');
  await pass(2_000);
  expect(runs).toHaveLength(9);
  await pass(60_000);
  expect(runs).toHaveLength(9);
});

test('a clock that is set back while a server rests puts nothing off', async () => {
  ends = [failing({ tag: 'busy', status: 503, retryAfterMs: 90_000 }), WELL];
  loop.start();
  await pass(0);
  // The phone was a day ahead; its timers go on as they are.
  const day = 86_400_000;
  now -= day;
  for (const timer of timers) timer.at -= day;
  await pass(1_000);
  loop.saved();
  await pass(1_000);
  expect(runs).toEqual(['both', 'push']);
  now -= day;
  for (const timer of timers) timer.at -= day;
  loop.wake('visible');
  await pass(0);
  expect(runs).toEqual(['both', 'push', 'both']);
});

test('two runs never overlap: what is wanted meanwhile comes after', async () => {
  hold = [];
  loop.start();
  loop.wake('asked');
  loop.wake('online');
  await pass(0);
  expect(runs).toEqual(['both']);
  const [first] = hold;
  hold = null;
  first?.(WELL);
  await pass(0);
  expect(runs).toEqual(['both', 'both']);
});

test('what was typed while a run ended is sent soon', async () => {
  ends = [{ problem: null, sent: 1, isLeft: true }, WELL];
  loop.start();
  await pass(600);
  expect(runs).toEqual(['both', 'push']);
});

test('something that cannot be sent is not tried twice a second', async () => {
  ends = [{ problem: null, sent: 0, isLeft: true }];
  loop.start();
  await pass(9_000);
  expect(runs).toEqual(['both']);
  await pass(30_000);
  expect(runs.length).toBeLessThanOrEqual(4);
});

test('a commune that is not set up does not slow down the others', async () => {
  ends = [failing({ tag: 'noAccess', database: 'ocop-22972' })];
  loop.start();
  await pass(0);
  loop.saved();
  await pass(600);
  expect(runs).toEqual(['both', 'push']);
  expect(states.at(-1)?.problem).toEqual({ tag: 'noAccess', database: 'ocop-22972' });
});

describe('after a failure', () => {
  test('it says when it tries again, and does', async () => {
    ends = [failing({ tag: 'offline' }), WELL];
    loop.start();
    await pass(0);
    expect(states.at(-1)).toEqual({
      phase: 'idle',
      problem: { tag: 'offline' },
      nextTryAt: now + 5_000,
      isHalted: false
    });
    await pass(5_000);
    expect(runs).toHaveLength(2);
    expect(states.at(-1)).toEqual({ phase: 'idle', problem: null, nextTryAt: null, isHalted: false });
  });

  test.each(['asked', 'online', 'visible'] as const)('%s does not wait for that', async (why) => {
    ends = [failing({ tag: 'server', status: 502 }), WELL];
    loop.start();
    await pass(0);
    now += 11_000;
    timers = [];
    loop.wake(why);
    await pass(0);
    expect(runs).toEqual(['both', 'both']);
  });

  test('a save alone asks a dead server every ten seconds at most', async () => {
    ends = [failing({ tag: 'server', status: 502 })];
    loop.start();
    await pass(0);
    const before = runs.length;
    for (let i = 0; i < 40; i++) {
      loop.saved();
      await pass(500);
    }
    expect(runs.length - before).toBeLessThanOrEqual(4);
  });

  test('a bug in a run is shown and tried again, and does not end sync for good', async () => {
    let isFirst = true;
    loop = new SyncLoop({
      run: () => {
        runs.push('both');
        if (!isFirst) return Promise.resolve(WELL);
        isFirst = false;
        return Promise.reject(new TypeError('undefined is not a function'));
      },
      after: (ms, call) => {
        timers.push({ at: now + ms, call });
        return () => undefined;
      },
      now: () => now,
      chance: () => 0.5,
      onChange: (state) => states.push(state)
    });
    loop.start();
    await pass(0);
    expect(states.at(-1)).toMatchObject({ phase: 'idle', problem: { tag: 'broken' } });
    await pass(5_000);
    expect(runs).toHaveLength(2);
  });
});

describe('when the session has run out', () => {
  beforeEach(async () => {
    ends = [failing({ tag: 'signedOut' }), WELL];
    loop.start();
    await pass(0);
  });

  test('it pauses: no timer, no save, no network brings it back', async () => {
    expect(states.at(-1)).toEqual({
      phase: 'paused',
      problem: { tag: 'signedOut' },
      nextTryAt: null,
      isHalted: false
    });
    loop.saved();
    loop.wake('online');
    loop.wake('visible');
    await pass(3_600_000);
    expect(runs).toHaveLength(1);
  });

  test.each(['signedIn', 'asked'] as const)('%s does', async (why) => {
    loop.wake(why);
    await pass(0);
    expect(runs).toHaveLength(2);
    expect(phase()).toBe('idle');
  });
});

test('coming back at once asks for nothing new', async () => {
  loop.start();
  await pass(0);
  loop.wake('visible');
  await pass(0);
  expect(runs).toHaveLength(1);
  await pass(15_000);
  loop.wake('visible');
  await pass(0);
  expect(runs).toHaveLength(2);
});

test('after stop nothing begins any more', async () => {
  loop.start();
  await pass(0);
  loop.stop();
  loop.wake('asked');
  loop.saved();
  await pass(3_600_000);
  expect(runs).toHaveLength(1);
});

describe('when a person has stopped the loading', () => {
  const aborted = failing({ tag: 'aborted' });

  test('what waits is still sent, by saves and by the timer, and no more often than before', async () => {
    hold = [];
    loop.start();
    await settle();
    loop.halt(true);
    hold.splice(0)[0]?.(aborted);
    hold = null;
    await pass(1_000);
    // What was typed while the broken-off run was under way.
    expect(runs).toEqual(['both', 'push']);
    expect(states.at(-1)).toMatchObject({ phase: 'idle', problem: null, isHalted: true });
    loop.saved();
    await pass(1_000);
    expect(runs).toEqual(['both', 'push', 'push']);
    // The timer goes on, at its own pace, and loads nothing.
    await pass(20 * 60_000);
    expect(runs.length).toBeLessThan(15);
    expect(new Set(runs.slice(1))).toEqual(new Set(['push']));
  });

  test.each(['asked', 'signedIn'] as const)('%s loads again', async (why) => {
    loop.halt(true);
    loop.start();
    await pass(100);
    loop.wake('news');
    loop.wake('online');
    await pass(100);
    expect(runs).not.toContain('both');
    loop.wake(why);
    await pass(100);
    expect(runs.at(-1)).toBe('both');
    expect(states.at(-1)?.isHalted).toBe(false);
  });

  test('any other trouble is told all the same', async () => {
    loop.halt(true);
    ends = [failing({ tag: 'offline' })];
    loop.start();
    await settle();
    expect(states.at(-1)).toMatchObject({ problem: { tag: 'offline' }, isHalted: true });
  });
});
