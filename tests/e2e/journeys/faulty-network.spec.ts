// Everything that happens to requests on the road happens while an officer works: in the end the server has every field.
import { Chance } from '../../support/chance.ts';
import { FAULTS, type Fault, type FaultyProxy, type Plan } from '../../support/faulty-proxy.ts';
import { type DeviceContents, readDevice } from '../device.ts';
import { type Contents, Fieldwork, contentsOf } from '../fieldwork.ts';
import { Shell } from '../pages/shell.ts';
import { SyncPage } from '../pages/sync.ts';
import { OFFICER_B, type Office } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expectOnServer, expectOneAndTheSame, saidToBeSent, untilAllIsSent } from '../reckoning.ts';
import { expect, isLong, test } from '../road.ts';

/** One seed alone, to look into it. */
const ONLY = process.env['SEED'];
const RUNS = ONLY !== undefined ? 1 : isLong ? 200 : 20;
const FIRST_SEED = Number(ONLY ?? 1);

/** How the network comes back. Where nobody tells the app, a connection without a word stays so until the app gives up. */
type Return = 'the phone notices' | 'nobody tells the app' | 'the officer asks';

/**
 * The longest that the app may need by itself once the network is back: 30 s of silence, its fifth back-off (on a slow
 * machine more tries have come to grief by then), and sending.
 */
const BY_ITSELF_MS = 150_000;

/** What struck, and what was seen, over all runs of this worker. */
const struck = new Map<Fault, number>();
const seen = { sentDuringFaults: 0, allSentDuringFaults: 0, signedInAgain: 0, askedAgain: 0 };

test.use({ suite: 'faulty-network' });
// One after the other on one phone: a phone is not new every morning either.
test.describe.configure({ mode: 'default' });

for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
  test(`seed ${String(seed)}`, async ({ phone, road, office }) => {
    test.setTimeout(400_000);
    const logged = road.log.length;
    try {
      await oneRun(seed, phone, road, office);
    } finally {
      // Printed when the run fails.
      await test.info().attach('faults', { body: road.log.slice(logged).join('\n'), contentType: 'text/plain' });
    }
  });
}

if (ONLY === undefined) {
  test('every fault has struck, and the app has said "sent" in the midst of them', () => {
    process.stdout.write(`${JSON.stringify({ ...Object.fromEntries(struck), ...seen })}\n`);
    expect(FAULTS.filter((fault) => !struck.has(fault))).toEqual([]);
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(0);
  });
}

async function oneRun(seed: number, phone: Phone, road: FaultyProxy, office: Office): Promise<void> {
  const chance = new Chance(seed);
  const way: Return = chance.says(0.1) ? 'nobody tells the app' : chance.of(['the phone notices', 'the officer asks']);
  const startedAt = new Date().toISOString();
  const before = new Map(road.struck);
  const page = phone.page;
  const shell = new Shell(page);
  const work = new Fieldwork(page, chance, `${String(seed)}-${startedAt.slice(17, 23)}`, () => between());
  const between = async (): Promise<void> => {
    // Between two houses the signal goes and comes: whatever is under way breaks off, and the browser tells the app.
    if (way !== 'nobody tells the app' && chance.says(0.6)) await flicker(phone, road);
  };

  if (page.url() === 'about:blank') await phone.open('/sync');
  await shell.isAt('Đồng bộ');
  const takesNothing = seed % 5 === 0;
  road.trouble(aPlan(new Chance(`plan ${String(seed)}`), takesNothing), new Chance(`road ${String(seed)}`));
  const watch = new Watch(phone, office, startedAt);

  await work.register();
  const tasks = chance.shuffled(['survey', 'assessment'] as const).slice(0, chance.between(1, 2));
  if (tasks.includes('survey')) {
    await work.beginSurvey();
    await work.answer(chance.between(2, 4));
  }
  if (tasks.includes('assessment')) {
    await work.openProduct();
    await work.beginAssessment();
    await work.choose(chance.between(2, 4));
  }
  await work.toRoot();
  await shell.go('Đồng bộ');
  await expect
    .poll(async () => typedOn(await readDevice(page, OFFICER_B.name, startedAt)))
    .toEqual(sorted(work.typed()));
  await neverSaysMoreThanTheServerHas(page, office, startedAt);
  // On a slow phone the network might be back before the app has come to its first try.
  if (takesNothing) await expect(new SyncPage(page).again).toBeVisible({ timeout: BY_ITSELF_MS });
  await watch.end();

  road.heal();
  if (way === 'the phone notices') await flicker(phone, road);
  if (way === 'the officer asks') {
    road.hangUp();
    await new SyncPage(page).now.click();
  }
  const asked = await untilAllIsSent(phone, BY_ITSELF_MS);
  seen.signedInAgain += asked.signedInAgain;
  seen.askedAgain += asked.askedAgain;
  if (takesNothing) expect(asked.askedAgain).toBeGreaterThan(0);

  const onServer = await expectOneAndTheSame(office, phone, startedAt);
  expect(sorted(onServer.map(contentsOf))).toEqual(sorted(work.typed()));
  for (const [fault, count] of road.struck) {
    const now = count - (before.get(fault) ?? 0);
    if (now > 0) struck.set(fault, (struck.get(fault) ?? 0) + now);
  }
}

/**
 * Deals the faults out of a shuffled pack, so that each comes up before one comes again; most strike what is written.
 * @param takesNothing each record is too large for the road, alone as it is: a person has to ask again
 */
function aPlan(chance: Chance, takesNothing: boolean): Plan {
  // A 401 stops the app until a person signs in: dealt to one kind of request only, so that the others get their turn.
  const ofReads = FAULTS.filter((fault) => !['cutRequest', 'status413', 'status401'].includes(fault));
  const packs = { writes: [] as Fault[], reads: [] as Fault[] };
  return ({ isWrite }) => {
    if (isWrite && takesNothing) return 'status413';
    if (!chance.says(isWrite ? 0.85 : 0.12)) return null;
    if (packs.writes.length === 0) packs.writes = chance.shuffled(FAULTS);
    if (packs.reads.length === 0) packs.reads = chance.shuffled(ofReads);
    return (isWrite ? packs.writes : packs.reads).pop() ?? null;
  };
}

async function flicker(phone: Phone, road: FaultyProxy): Promise<void> {
  await phone.setOffline(true);
  road.hangUp();
  await phone.setOffline(false);
}

/** Looks at the device all the time: whatever has left the outbox is on the server, as it is or newer. */
class Watch {
  readonly #phone: Phone;
  readonly #office: Office;
  readonly #since: string;
  #isOver = false;
  readonly #end: Promise<void>;

  constructor(phone: Phone, office: Office, since: string) {
    this.#phone = phone;
    this.#office = office;
    this.#since = since;
    this.#end = this.#look();
    // It is heard of at the end, also when the work fails before.
    this.#end.catch(() => undefined);
  }

  /** @throws when the app has said "sent" of something that the server had not */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#end;
  }

  async #look(): Promise<void> {
    let last = '';
    while (!this.#isOver) {
      const device = await readDevice(this.#phone.page, OFFICER_B.name, this.#since);
      const sent = saidToBeSent(device);
      const edits = sent.map(({ editId }) => editId).join();
      if (edits !== last) {
        await expectOnServer(this.#office, sent);
        seen.sentDuringFaults += 1;
        if (device.outbox.length === 0) seen.allSentDuringFaults += 1;
      }
      last = edits;
      await this.#phone.page.waitForTimeout(100);
    }
  }
}

/** Law 12, on the screen: while nobody types, "Đã gửi hết" stands there only if the server has everything. */
async function neverSaysMoreThanTheServerHas(page: Phone['page'], office: Office, since: string): Promise<void> {
  const { headline } = new SyncPage(page);
  for (let looks = 0; looks < 5; looks++) {
    if ((await headline.innerText()).includes('Đã gửi hết')) {
      const { docs } = await readDevice(page, OFFICER_B.name, since);
      await expectOnServer(office, docs);
    }
    await page.waitForTimeout(50);
  }
}

const typedOn = ({ docs }: DeviceContents): Contents[] => sorted(docs.map(contentsOf));

const sorted = (contents: readonly Contents[]): Contents[] =>
  [...contents].sort((a, b) => String(a['kind']).localeCompare(String(b['kind'])));
