// The figures of sync: first pull, push, and what goes on while the app is open, each beside its peers and its limits.
import { atMost, median, percentile, type Figure } from './figures.ts';
import { PATIENCE_MS, TEXT_FIELD, type EditsWay, editsWay, quietRun } from './alive.ts';
import { openOffice, takePhone } from './office.ts';
import { appPull, otherPulls, pouchPull } from './pulling.ts';
import { appPush, httpPush, pouchPush } from './pushing.ts';
import { ownSurveyId, ownSurveys, recordsOfYears } from './records.ts';
import { memoryUnderPull, typeUnderPull } from './underPull.ts';

const RUNS = 5;
type Note = (figure: Figure) => void;

/** Pushes, with and without the rules of a commune. */
export async function measurePush(note: Note): Promise<void> {
  await push(note, false);
  await push(note, true);
}

/** An officer's first sync, beside what PouchDB needs for the same database. */
export async function measureFirstSync(note: Note): Promise<void> {
  const records = recordsOfYears(5_000);
  const count = records.length;
  const server = await openOffice(records);
  const [app, peer]: [number[], number[]] = [[], []];
  for (let i = 0; i < RUNS; i++) {
    app.push((await appPull(server, count)).whole);
    peer.push(await pouchPull(server, count));
  }
  await server.stop();
  note({
    name: `first sync of ${String(count)} documents of 1.8 KB`,
    value: median(app),
    unit: 'ms',
    yardstick: { name: 'PouchDB 9', value: median(peer) },
    goal: '≥ 2 × as fast',
    isMet: atMost(2 * median(app), median(peer)),
    runs: app
  });
}

/** A first pull of more, beside all peers and limits, and what an officer feels of it. */
export async function measurePull(note: Note): Promise<void> {
  const records = recordsOfYears(10_000);
  const count = records.length;
  const server = await openOffice(records);
  const app: number[] = [];
  const usable: number[] = [];
  const others: Awaited<ReturnType<typeof otherPulls>>[] = [];
  for (let i = 0; i < RUNS; i++) {
    const pulled = await appPull(server, count);
    app.push(pulled.whole);
    usable.push(pulled.usable);
    others.push(await otherPulls(server, count));
  }
  const whole = median(app);
  const against = (name: string, pick: (one: (typeof others)[number]) => number, goal: string, limit: number): void => {
    const value = median(others.map(pick));
    note({
      name: `first pull of ${String(count)} documents of 1.8 KB, against ${name}`,
      value: whole,
      unit: 'ms',
      yardstick: { name, value },
      goal,
      isMet: atMost(whole, limit * value),
      runs: app
    });
  };
  against('PouchDB 9', ({ pouch }) => pouch, '≥ 6 × as fast', 1 / 6);
  against('PouchDB 9, batches of 1,000', ({ pouchTuned }) => pouchTuned, '≥ 3.5 × as fast', 1 / 3.5);
  against('RxDB', ({ rx }) => rx, '≥ 1.7 × as fast as its best', 1 / 1.7);
  against('RxDB, batches of 1,000', ({ rxBest }) => rxBest, '≥ 1.7 × as fast', 1 / 1.7);
  against('idb', ({ idb }) => idb, '≤ 1.6 × idb', 1.6);
  note({
    name: 'the bare requests of that pull, against idb',
    value: median(others.map(({ http }) => http)),
    unit: 'ms',
    yardstick: { name: 'idb', value: median(others.map(({ idb }) => idb)) },
    goal: '(how quick the server is)',
    isMet: true
  });
  note({
    name: 'the same pull: own drafts on the home screen, against its end',
    value: median(usable),
    unit: 'ms',
    yardstick: { name: 'the whole', value: whole },
    goal: 'before it ends: ≤ 0.5 ×',
    isMet: atMost(median(usable), 0.5 * whole),
    runs: usable
  });

  const phone = await takePhone(server, count);
  const memory: number[] = [];
  for (let i = 0; i < 3; i++) {
    const more = await memoryUnderPull(phone);
    if (more !== null) memory.push(more);
  }
  note({
    name: 'memory of the page with its worker during that pull, over idle',
    value: median(memory),
    unit: 'MB',
    goal: '< 150 MB',
    isMet: median(memory) < 150,
    runs: memory
  });
  const rounds = [];
  for (let i = 0; i < RUNS; i++) rounds.push(await typeUnderPull(phone));
  await phone.discard();
  await server.stop();
  const longest = rounds.map(({ longTasks }) => Math.max(0, ...longTasks));
  note({
    name: 'longest task of the main thread during that pull, 4 × throttled (0: none of 50 ms)',
    value: median(longest),
    unit: 'ms',
    goal: '≤ 50 ms',
    isMet: atMost(median(longest), 50),
    runs: longest
  });
  const during = percentile(
    rounds.flatMap((round) => round.during),
    0.95
  );
  const idle = percentile(
    rounds.flatMap((round) => round.idle),
    0.95
  );
  note({
    name: 'key → committed during that pull, p95',
    value: during,
    unit: 'ms',
    yardstick: { name: 'idle', value: idle },
    goal: '≤ 2 × idle',
    isMet: atMost(during, 2 * idle),
    runs: rounds.flatMap((round) => round.during)
  });
}

/** @param isRuled whether the commune has the app's validation function */
async function push(note: Note, isRuled: boolean): Promise<void> {
  const COUNT = 2_000;
  const server = await openOffice(ownSurveys(COUNT), { isRuled });
  const app: number[] = [];
  const peer: number[] = [];
  const http: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    app.push(await appPush(server, COUNT, `48A8${String(i)}0`));
    http.push(await httpPush(server, COUNT, `48A8${String(i)}1`));
    if (!isRuled) peer.push(await pouchPush(server, COUNT, `48A8${String(i)}2`));
  }
  await server.stop();
  const name = `push of ${String(COUNT)} changed documents, ${isRuled ? "with the app's" : 'no'} validation function`;
  const share = isRuled ? 0.9 : 0.65;
  if (!isRuled) {
    note({
      name,
      value: median(app),
      unit: 'ms',
      yardstick: { name: 'PouchDB 9', value: median(peer) },
      goal: '≥ 2 × as fast',
      isMet: atMost(2 * median(app), median(peer)),
      runs: app
    });
  }
  note({
    name,
    value: median(app),
    unit: 'ms',
    yardstick: { name: 'http', value: median(http) },
    goal: `≥ ${String(share * 100)} % of http: ≤ ${(1 / share).toFixed(2)} ×`,
    isMet: atMost(share * median(app), median(http)),
    runs: app
  });
}

/** Two phones of one officer that are open and have nothing to do. */
export async function measureLive(note: Note): Promise<void> {
  const records = ownSurveys(200);
  const server = await openOffice(records);
  const phone = await takePhone(server, records.length);
  const other = await takePhone(server, records.length);
  await phone.open(`/survey/${ownSurveyId(0)}`);
  await phone.page.locator(TEXT_FIELD).waitFor();
  // The sync worker starts three seconds after the navigation; its first run is not what is measured.
  await Promise.all([phone, other].map(({ page }) => page.waitForTimeout(6_000)));

  const quiet = [];
  for (let i = 0; i < RUNS; i++) quiet.push(await quietRun(phone));
  const requests = median(quiet.map((one) => one.requests));
  note({
    name: 'requests of a sync without news, one database',
    value: requests,
    unit: 'count',
    goal: '1',
    isMet: atMost(requests, 1),
    runs: quiet.map((one) => one.requests)
  });
  for (const way of ['up', 'down'] as const) {
    const bytes = median(quiet.map((one) => one[way]));
    note({
      name: `bytes of it, ${way}, with heads`,
      value: bytes / 1024,
      unit: 'KB',
      goal: '≤ 1 KB',
      isMet: atMost(bytes, 1024),
      runs: quiet.map((one) => one[way])
    });
  }

  const ways: EditsWay[] = [];
  for (let i = 0; i < RUNS; i++) {
    ways.push(await editsWay(server, phone, other, `48A8777${String(i)}`));
    await phone.page.waitForTimeout(2_000);
    // What does not come is not waited for again.
    if (ways.at(-1)?.toOther === null) break;
  }
  const arrived = (pick: (one: EditsWay) => number | null) => ways.map((one) => pick(one) ?? PATIENCE_MS);
  const toServer = arrived((one) => one.toServer);
  const toOther = arrived((one) => one.toOther);
  note({
    name: 'one edit → on the server',
    value: median(toServer),
    unit: 'ms',
    goal: '< 1 s',
    isMet: median(toServer) < 1_000,
    runs: toServer
  });
  note({
    name: `one edit → on another phone that is open (${String(PATIENCE_MS)} ms: did not come)`,
    value: median(toOther),
    unit: 'ms',
    goal: '< 2 s',
    isMet: median(toOther) < 2_000,
    runs: toOther
  });
  await phone.discard();
  await other.discard();
  await server.stop();
}
