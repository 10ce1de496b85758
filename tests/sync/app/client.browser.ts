// The page's side of the sync worker, with the worker itself: what the page hears of its surroundings reaches it.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SyncClient } from '#lib/app/sync/client.svelte.ts';
import { readToWorker } from '#lib/app/sync/messages.ts';

/** What was said to the worker, without its numbering. */
let said: string[];
let client: SyncClient;
let visibility: DocumentVisibilityState;

beforeEach(() => {
  said = [];
  visibility = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
  // The worker as it is; the page's half of the conversation is written down.
  class HeardWorker extends Worker {
    override postMessage(message: unknown): void {
      const read = readToWorker(message);
      if (read !== undefined) said.push(told(read));
      super.postMessage(message);
    }
  }
  vi.stubGlobal('Worker', HeardWorker);
  client = new SyncClient({
    account: `canbo.${crypto.randomUUID()}`,
    device: '01KADEVICE0000000000000001',
    databases: ['ocop-22972'],
    // Nobody answers there.
    couchUrl: `${location.origin}/couch-that-is-not-there`,
    key: null,
    onRoles: () => undefined
  });
});

afterEach(() => {
  client.stop();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function told(message: NonNullable<ReturnType<typeof readToWorker>>): string {
  if (message.type === 'wake') return `wake: ${message.why}`;
  if (message.type === 'visible') return `visible: ${String(message.isVisible)}`;
  return message.type;
}

const turn = (state: DocumentVisibilityState) => {
  visibility = state;
  document.dispatchEvent(new Event('visibilitychange'));
};

test('a network that comes back, and a page that comes to the front, wake it', async () => {
  client.start();
  client.attend();
  expect(said).toEqual(['start', 'visible: true']);
  await expect.poll(() => client.view.phase).not.toBe('starting');
  dispatchEvent(new Event('online'));
  expect(said.at(-1)).toBe('wake: online');
  turn('hidden');
  expect(said.at(-1)).toBe('visible: false');
  turn('visible');
  expect(said.slice(-2)).toEqual(['visible: true', 'wake: visible']);
});

test('whoever looks at how it goes need not wait for the first screen, and starts no second worker', async () => {
  client.start();
  expect(said).toEqual([]);
  client.attend();
  client.attend();
  // By then the first screen has been drawn in any case.
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  expect(said.filter((one) => one === 'start')).toHaveLength(1);
});

test('stopped, it hears of nothing any more, and nothing starts it', async () => {
  client.start();
  client.attend();
  client.stop();
  expect(said.at(-1)).toBe('stop');
  const before = said.length;
  dispatchEvent(new Event('online'));
  turn('hidden');
  turn('visible');
  client.now();
  client.attend();
  expect(said).toHaveLength(before);
});
