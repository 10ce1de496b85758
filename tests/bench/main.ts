// `npm run bench [-- group …]`: builds the app and its yardsticks, measures all in one run, prints a table, writes JSON.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Phone } from '../e2e/phone.ts';
import { BUILD, buildApp } from '../support/build-app.ts';
import { anId } from '../support/documents.ts';
import { buildBare } from './bare.ts';
import { coldStart, takeBarePhone } from './coldStart.ts';
import { type Figure, atMost, median, percentile, table } from './figures.ts';
import { measureLighthouse } from './lighthouse.ts';
import { openOffice, takePhone } from './office.ts';
import { measurePhotos } from './photos.ts';
import { measureRescue } from './rescue.ts';
import { aSurveyWithLinkages, someRecords } from './records.ts';
import { measurePhotoSending } from './photoSending.ts';
import { measureSealed } from './sealed.ts';
import { addRow, commitFields, openAssessment, searchProducts, tapBare, tapOptions } from './screens.ts';
import { precached, scriptsUntil } from './sizes.ts';
import { measureFirstSync, measureLive, measurePull, measurePush } from './sync.ts';
import { measureUnlocking } from './unlocking.ts';

const RUNS = 5;
/** From a tap to a new number on *bare*: median and 95th percentile, the yardsticks of what a tap does in the app. */
const bareTap = { median: NaN, p95: NaN };
/** Opening a self-assessment among few records, the yardstick of the same among many. */
let smallOpening = NaN;
const RESULTS = 'bench-results.json';

const figures: Figure[] = [];
const note = (figure: Figure): void => {
  figures.push(figure);
  console.log(`  ${figure.name}: ${figure.value.toFixed(1)}`);
};

/** What can be measured alone: a name chooses every group that begins with it. */
const GROUPS: Readonly<Record<string, () => Promise<void>>> = {
  start: sizesAndColdStart,
  screens: async () => {
    await measureBareTap();
    await editors();
    await longLists();
  },
  lock: async () => {
    await measureSealed(note);
    await measureUnlocking(note);
  },
  'photos-preparing': () => measurePhotos(join(workshop, 'photos'), note),
  'sync-first': () => measureFirstSync(note),
  'sync-pull': () => measurePull(note),
  'sync-push': () => measurePush(note),
  'sync-live': () => measureLive(note),
  'photos-sending': () => measurePhotoSending(note),
  rescue: () => measureRescue(note),
  lighthouse: () => measureLighthouse(workshop, note)
};
const chosen = process.argv.slice(2);
const wanted = Object.entries(GROUPS).filter(
  ([name]) => chosen.length === 0 || chosen.some((beginning) => name.startsWith(beginning))
);
if (wanted.length === 0) {
  console.error(`No such group; there are ${Object.keys(GROUPS).join(', ')}.`);
  process.exit(1);
}

let bareBuild: string | null = null;
/** The built bare page, made once. */
const bare = (): string => (bareBuild ??= buildBare(join(workshop, 'bare')));

const workshop = mkdtempSync(join(tmpdir(), 'ocop-bench-'));
try {
  console.log('Building the app …');
  await buildApp();
  for (const [name, measure] of wanted) {
    console.log(`${name}:`);
    await measure();
  }
} finally {
  rmSync(workshop, { recursive: true, force: true });
}

console.log(`\n${table(figures)}\n`);
writeFileSync(
  RESULTS,
  `${JSON.stringify({ at: new Date().toISOString(), cpu: cpus()[0]?.model, cores: cpus().length, figures }, null, 2)}\n`
);
console.log(`Written to ${RESULTS}. ${String(figures.filter(({ isMet }) => !isMet).length)} goals missed.`);

async function measureBareTap(): Promise<void> {
  const phone = await takeBarePhone(bare());
  const taps = await tapBare(phone, 60);
  await phone.discard();
  Object.assign(bareTap, { median: median(taps), p95: percentile(taps, 0.95) });
}

async function sizesAndColdStart(): Promise<void> {
  const { kb, files } = precached(BUILD);
  note({
    name: `everything precached (${String(files)} files), gzipped`,
    value: kb,
    unit: 'KB',
    goal: '≤ 700 KB',
    isMet: atMost(kb, 700)
  });

  const records = someRecords(295);
  const server = await openOffice(records);
  const phone = await takePhone(server, records.length);
  await server.kill();
  // A draft on the screen: what the officer goes on with can be tapped.
  const usable = 'main a[href^="/survey/"], main a[href^="/assessment/"]';
  const runs: number[] = [];
  let scripts = 0;
  for (let i = 0; i < RUNS; i++) {
    runs.push(await coldStart(phone, '/', usable));
    scripts = await scriptsUntil(phone.page, BUILD, runs.at(-1) ?? 0);
  }
  await phone.discard();
  await server.stop();
  note({
    name: 'JavaScript before the first screen is usable, gzipped',
    value: scripts,
    unit: 'KB',
    goal: '≤ 120 KB',
    isMet: atMost(scripts, 120)
  });

  const barePhone = await takeBarePhone(bare());
  const bareRuns: number[] = [];
  for (let i = 0; i < RUNS; i++) bareRuns.push(await coldStart(barePhone, '/', '[data-ready]'));
  await barePhone.discard();
  note({
    name: `cold start offline to usable home, ${String(records.length)} records`,
    value: median(runs),
    unit: 'ms',
    yardstick: { name: 'bare', value: median(bareRuns) },
    goal: '≤ 2 × bare (about 1.5 s)',
    isMet: atMost(median(runs), 2 * median(bareRuns)),
    runs
  });
}

async function editors(): Promise<void> {
  const few = someRecords(40);
  const fifth = Array.from({ length: RUNS }, (_, i) => aSurveyWithLinkages(1_000 + i, 4));
  const fiftieth = Array.from({ length: RUNS }, (_, i) => aSurveyWithLinkages(2_000 + i, 49));
  const records = [...few, ...fifth, ...fiftieth];
  const server = await openOffice(records);
  const phone = await takePhone(server, records.length);

  const opened = await openAssessment(phone, 1, RUNS);
  smallOpening = median(opened);
  note({
    name: 'open a self-assessment with all its criteria',
    value: median(opened),
    unit: 'ms',
    yardstick: { name: 'a tap on bare', value: bareTap.median },
    goal: '≤ 400 ms',
    isMet: atMost(median(opened), 400),
    runs: opened
  });

  await tapAndNote(
    phone,
    'tap on an option → new total on screen, p95 of 60, in the office: every tap is sent meanwhile'
  );
  // From here on as in the village.
  await phone.setOffline(true);
  await phone.open(`/assessment/${anId('assessment', 1)}`);
  await tapAndNote(phone, 'the same with no network');

  const { app, idb } = await commitFields(phone, 0, 60);
  note({
    name: 'key → committed in IndexedDB, p95 of 60, without the typing pause',
    value: percentile(app, 0.95),
    unit: 'ms',
    yardstick: { name: 'idb', value: percentile(idb, 0.95) },
    goal: '≤ 3 × idb',
    isMet: atMost(percentile(app, 0.95), 3 * percentile(idb, 0.95)),
    runs: app
  });

  const adds5: number[] = [];
  const adds50: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    adds5.push(await addRow(phone, 1_000 + i));
    adds50.push(await addRow(phone, 2_000 + i));
  }
  note({
    name: 'add the 50th row of a repeat',
    value: median(adds50),
    unit: 'ms',
    yardstick: { name: 'the 5th row', value: median(adds5) },
    goal: '≤ 100 ms and ≤ 1.5 × the 5th',
    isMet: atMost(median(adds50), 100) && atMost(median(adds50), 1.5 * median(adds5)),
    runs: adds50
  });
  await phone.discard();
  await server.stop();
}

async function tapAndNote(phone: Phone, name: string): Promise<void> {
  const taps = await tapOptions(phone.page, 60);
  note({
    name,
    value: percentile(taps, 0.95),
    unit: 'ms',
    yardstick: { name: 'a tap on bare', value: bareTap.p95 },
    goal: '≤ 50 ms',
    isMet: atMost(percentile(taps, 0.95), 50),
    runs: taps
  });
}

async function longLists(): Promise<void> {
  const records = someRecords(5_000);
  const server = await openOffice(records);
  const phone = await takePhone(server, records.length);

  const keystrokes = await searchProducts(phone, RUNS);
  note({
    name: 'search in 5,000 products with accents, per keystroke, p95',
    value: percentile(keystrokes, 0.95),
    unit: 'ms',
    yardstick: { name: 'a tap on bare', value: bareTap.p95 },
    goal: '≤ 100 ms',
    isMet: atMost(percentile(keystrokes, 0.95), 100),
    runs: keystrokes
  });

  const opened = await openAssessment(phone, 1, RUNS);
  note({
    name: `the same self-assessment among ${String(records.length)} records`,
    value: median(opened),
    unit: 'ms',
    yardstick: { name: 'among few', value: smallOpening },
    goal: 'does not scale with the records: ≤ 1.25 ×',
    isMet: atMost(median(opened), 1.25 * smallOpening),
    runs: opened
  });
  await phone.discard();
  await server.stop();
}
