// A phone for tests: the real store and replica on an IndexedDB of its own, with a clock and chance turned by hand.
import { type Result, ok } from '#lib/domain/result.ts';
import { Database } from '#lib/storage/database.ts';
import { Replica } from '#lib/storage/replica.ts';
import { Store, type StorePorts } from '#lib/storage/store.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';
import type { Conduct, Remote } from '#lib/sync/core/ports.ts';
import { type Errand, type RunMemory, type RunOutcome, freshMemory, run } from '#lib/sync/core/run.ts';
import { suiteVault } from '../../storage/vaults.ts';

let devices = 0;

export interface Device {
  /** The id that its stamps carry. */
  readonly name: string;
  readonly store: Store;
  readonly replica: Replica;
  readonly memory: RunMemory;
  /** Ids of the documents of every request so far. */
  readonly sendings: string[][];
  /** So much time passes for whoever measures how long something takes. */
  elapse(ms: number): void;
  /** Whether somebody types on it from now on. */
  setTyping(is: boolean): void;
  /** The server's answers so far as to whose cookie it is (law 14); the last one stays. */
  readonly authorised: Result<void, SyncProblem>[];
  /** One run over these databases. */
  sync(
    remote: Remote,
    databases: readonly string[],
    work?: Errand['work'],
    signal?: AbortSignal,
    authorise?: Conduct['authorise']
  ): Promise<RunOutcome>;
}

/** Ports of a store whose clock ticks a second with every look, and whose chance depends on `seed` alone. */
export function handPorts(account: string, device: string, seed: number) {
  let clock = Date.parse('2026-11-23T08:00:00+07:00');
  let chance = seed * 1_000_003;
  const ports: StorePorts = {
    account,
    device,
    now: () => new Date((clock += 1000)),
    random: (bytes) => Uint8Array.from({ length: bytes }, () => (chance = (chance * 16_807) % 2_147_483_647) & 255)
  };
  return {
    ports,
    /** Somebody sets the clock forward or back. */
    setClockBy: (ms: number): void => {
      clock += ms;
    }
  };
}

/** @param account the officer; two devices may belong to one officer */
export function aDevice(account = 'canbo.a'): Device {
  const device = `device${++devices}`;
  const { ports } = handPorts(account, device, devices);
  // Each device has an IndexedDB of its own; in a test they all live in one browser.
  const db = new Database(`${account}-${device}`, 'relaxed', suiteVault());
  const replica = new Replica(db, ports);
  const memory = freshMemory();
  const sendings: string[][] = [];
  const authorised: Result<void, SyncProblem>[] = [];
  let elapsed = 0;
  let isTyping = false;
  return {
    name: device,
    store: new Store(db, ports),
    replica,
    memory,
    sendings,
    elapse: (ms) => {
      elapsed += ms;
    },
    setTyping: (is) => {
      isTyping = is;
    },
    authorised,
    sync: (remote, databases, work = 'both', signal = new AbortController().signal, authorise) =>
      run(
        {
          local: replica,
          remote,
          authorise:
            authorise ??
            (async () => {
              const answer = authorised.at(-1) ?? ok(undefined);
              authorised.push(answer);
              return answer;
            }),
          elapsed: () => (elapsed += 10),
          isTyping: () => isTyping,
          now: () => '2026-11-23T01:00:00.000Z',
          signal,
          watcher: {
            onSending: (_database, ids) => {
              if (ids.length > 0) sendings.push([...ids]);
            },
            onPulled: () => undefined,
            onContact: () => undefined
          }
        },
        { work, databases },
        memory
      )
  };
}

/** A device whose documents belong to a database of the test's own, though their commune says otherwise. */
export function aDeviceOn(database: string, account = 'canbo.a'): Device {
  const device = aDevice(account);
  const { docs, outbox } = device.store.tables;
  docs.hook('creating', (_id, row) => {
    row.database = database;
  });
  outbox.hook('creating', (_id, row) => {
    row.database = database;
  });
  return device;
}
