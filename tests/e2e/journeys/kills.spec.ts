// Browser and server are killed while an officer types and the app sends: nothing committed is lost, nothing doubled.
import type { Vault } from '#lib/storage/vault.ts';
import { Chance } from '../../support/chance.ts';
import type { CouchProcess } from '../../support/couch-server.ts';
import type { FaultyProxy } from '../../support/faulty-proxy.ts';
import { type DeviceContents, type HeldDocument, readDevice, vaultOn } from '../device.ts';
import { Fieldwork } from '../fieldwork.ts';
import { AssessmentPage } from '../pages/assessment.ts';
import { LockPage } from '../pages/lock.ts';
import { SurveyPage } from '../pages/survey.ts';
import { SyncPage } from '../pages/sync.ts';
import { OFFICER_B, type Office } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expectOnServer, expectOneAndTheSame, saidToBeSent, untilAllIsSent } from '../reckoning.ts';
import { expect, isLong, test } from '../road.ts';

/** Kills of one seed; 30 and 300 in all. */
const KILLS = 5;
/** One seed alone, to look into it. */
const ONLY = process.env['SEED'];
/** Each is run once more with a lock: what differs are the bytes that a kill tears apart. */
const SEEDS = ONLY !== undefined ? 1 : isLong ? 30 : 3;
const FIRST_SEED = Number(ONLY ?? 1);
const PIN = '274916';
/** What may be missing after a kill. */
const LAST_SECOND_MS = 1_000;
const PATIENCE_MS = 45_000;

/** What was killed, how often in the middle of a request, and how much typing a kill has cost at the most. */
const seen = { browser: 0, server: 0, both: 0, midRequest: 0, midTyping: 0, mostLostMs: 0 };

/** A place where an officer types. */
interface Place {
  readonly name: string;
  /** Opens it, with the caret at the end of what stands there. */
  open(): Promise<void>;
  /** What is stored there. */
  read(docs: readonly HeldDocument[]): string;
}

test.use({ suite: 'kills' });
// One after the other on one phone, whose profile lives through all of it.
test.describe.configure({ mode: 'default' });

for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
  test(`seed ${String(seed)}: ${String(KILLS)} kills`, async ({ phone, road, server, office }) => {
    test.setTimeout(150_000);
    await oneSeed(seed, phone, road, server, office, null);
  });
}

// At the end: the lock stays on the phone.
for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
  test(`seed ${String(seed)} with the lock on: ${String(KILLS)} kills`, async ({ phone, road, server, office }) => {
    test.setTimeout(150_000);
    if (seed === FIRST_SEED) {
      await phone.open('/settings');
      await new LockPage(phone.page).switchOn(PIN);
    }
    await oneSeed(seed, phone, road, server, office, await vaultOn(phone.page, OFFICER_B.name, PIN));
  });
}

if (ONLY === undefined) {
  test('both were killed, in the middle of typing and of requests', () => {
    process.stdout.write(`${JSON.stringify(seen)}\n`);
    const { mostLostMs: _lost, ...counts } = seen;
    for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(0);
  });
}

async function oneSeed(
  seed: number,
  phone: Phone,
  road: FaultyProxy,
  server: CouchProcess,
  office: Office,
  vault: Vault | null
): Promise<void> {
  const chance = new Chance(`kills ${String(seed)}`);
  const startedAt = new Date().toISOString();
  // Requests are long under way, so that many kills strike in the middle of one.
  const slow = new Chance(`slow ${String(seed)}`);
  road.trouble(() => (slow.says(0.7) ? 'delayed' : null), slow);
  const open = async (path: string) => {
    await phone.open(path);
    if (vault !== null) await new LockPage(phone.page).open(PIN);
  };
  await open('/sync');
  const work = new Fieldwork(phone.page, chance, `${String(seed)}-${startedAt.slice(17, 23)}`);
  await work.register();
  await work.beginSurvey();
  await work.addYear();
  await work.openProduct();
  await work.beginAssessment();
  await work.choose(1);
  const device = () => readDevice(phone.page, OFFICER_B.name, startedAt, vault);
  const places = placesOf(phone, (await device()).docs, open, device);

  for (let kill = 0; kill < KILLS; kill++) {
    const place = chance.of(places);
    await test.step(place.name, () => oneKill(phone, road, server, office, chance, place, device));
  }

  road.heal();
  await open('/sync');
  await new SyncPage(phone.page).now.click();
  await untilAllIsSent(phone, PATIENCE_MS);
  const onServer = await expectOneAndTheSame(office, phone, startedAt, vault);
  expect(onServer.map(({ kind }) => kind).sort()).toEqual(['assessment', 'producer', 'product', 'survey']);
}

async function oneKill(
  phone: Phone,
  road: FaultyProxy,
  server: CouchProcess,
  office: Office,
  chance: Chance,
  place: Place,
  device: () => Promise<DeviceContents>
): Promise<void> {
  await place.open();
  const before = await device();
  const typing = new Typing(phone, chance, place.read(before.docs));
  const committed = watchCommits(device, place);
  const victim = chance.of(['browser', 'browser', 'browser', 'server', 'server', 'both'] as const);
  const shoot = victim === 'server' ? () => Promise.resolve() : await phone.aim();
  await typing.goOnFor(chance.between(200, 3_500));

  const killedAt = Date.now();
  seen[victim] += 1;
  if (road.underWay > 0) seen.midRequest += 1;
  const isMidTyping = typing.isUnderWay;
  if (isMidTyping) seen.midTyping += 1;
  await Promise.all([shoot(), victim === 'browser' ? null : server.kill()]);

  if (victim === 'server') {
    await typing.goOnFor(chance.between(100, 600));
    await server.restart();
    await typing.end();
    await committed.end();
    await expect.poll(async () => place.read((await device()).docs)).toBe(typing.text);
  } else {
    await typing.end();
    const read = await committed.end();
    if (victim === 'both') await server.restart();
    await phone.start();
    // Not the app yet: what the kill has left is looked at before anything could mend it.
    await phone.open('/config.json');
    const after = await device();
    const found = place.read(after.docs);
    const at = typing.states.findLastIndex(({ text }) => text.trim() === found.trim());
    expect(at, `"${found}" was never typed, the last was "${typing.text}"`).not.toBe(-1);
    expect(at, 'typed more than a second before the kill').toBeGreaterThanOrEqual(
      typing.states.findLastIndex((state) => state.at <= killedAt - LAST_SECOND_MS)
    );
    expect(at, `read from the device before the kill: "${read}"`).toBeGreaterThanOrEqual(
      typing.states.findLastIndex(({ text }) => text.trim() === read.trim())
    );
    const firstLost = typing.states[at + 1];
    if (firstLost !== undefined) seen.mostLostMs = Math.max(seen.mostLostMs, killedAt - firstLost.at);
    expect(after.docs.map(({ _id }) => _id).sort()).toEqual(before.docs.map(({ _id }) => _id).sort());
  }
  await expectOnServer(office, saidToBeSent(await device()));
}

/** Reads the device all the time through a connection of its own. @returns how to end it, with what was read last */
function watchCommits(device: () => Promise<DeviceContents>, place: Place): { end(): Promise<string> } {
  let isOver = false;
  let last = '';
  const watching = (async () => {
    while (!isOver) {
      const read = await device().catch(() => null); // Killed in the middle.
      if (read === null) return;
      last = place.read(read.docs);
    }
  })();
  return {
    end: async () => {
      isOver = true;
      await watching;
      return last;
    }
  };
}

/** Types at the caret, in bursts, with pauses for thought. */
class Typing {
  /** All that has stood in the field, with the instant from when on. */
  readonly states: { readonly text: string; readonly at: number }[];
  readonly #phone: Phone;
  readonly #chance: Chance;
  #isOver = false;
  #isPausing = false;
  #typing: Promise<void> | undefined;

  constructor(phone: Phone, chance: Chance, text: string) {
    this.#phone = phone;
    this.#chance = chance;
    this.states = [{ text, at: 0 }];
  }

  get text(): string {
    return this.states.at(-1)?.text ?? '';
  }

  /** Whether a letter has just been typed, or is about to be. */
  get isUnderWay(): boolean {
    return !this.#isPausing;
  }

  async goOnFor(ms: number): Promise<void> {
    this.#typing ??= this.#type();
    await new Promise((resolve) => setTimeout(resolve, ms));
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#typing;
  }

  async #type(): Promise<void> {
    const { page } = this.#phone;
    // Chance of its own: how many letters there is time for must not decide what comes next.
    const chance = new Chance(`letters ${String(this.#chance.next())}`);
    let pressed = '';
    try {
      while (!this.#isOver) {
        for (const letter of `${String(chance.between(10_000, 99_999))}-`) {
          pressed = letter;
          await page.keyboard.press(letter);
          pressed = '';
          this.states.push({ text: this.text + letter, at: Date.now() });
          if (this.#isOver) return;
        }
        this.#isPausing = true;
        await page.waitForTimeout(chance.says(0.2) ? chance.between(300, 1_200) : chance.between(0, 120));
        this.#isPausing = false;
      }
    } catch (thrown) {
      // The browser was killed under the typing finger, whose last letter it may have taken and stored.
      if (!this.#phone.isDead) throw thrown;
      if (pressed !== '') this.states.push({ text: this.text + pressed, at: Date.now() });
    }
  }
}

function placesOf(
  phone: Phone,
  docs: readonly HeldDocument[],
  open: (path: string) => Promise<void>,
  device: () => Promise<DeviceContents>
): Place[] {
  const idOf = (kind: string): string => docs.find((document) => document.kind === kind)?._id ?? '';
  const of = (all: readonly HeldDocument[], kind: string): HeldDocument | undefined =>
    all.find((document) => document.kind === kind);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const toEnd = async (): Promise<void> => phone.page.keyboard.press('ControlOrMeta+End');

  const rowsOf = (all: readonly HeldDocument[]): unknown[] => {
    const survey = all.find(({ _id }) => _id === idOf('survey'));
    const rows: unknown = Object(survey?.['answers'])['suppliers'];
    return Array.isArray(rows) ? rows : [];
  };

  const answer = (section: string, label: string, name: string): Place => ({
    name: `survey: ${label}`,
    open: async () => {
      await open(`/survey/${idOf('survey')}`);
      const survey = new SurveyPage(phone.page);
      await survey.goTo(section);
      await survey.field(label).focus();
      await toEnd();
    },
    read: (all) => text(Object(of(all, 'survey')?.['answers'])[name])
  });
  const producerField = (label: string, name: string): Place => ({
    name: `producer: ${label}`,
    open: async () => {
      await open(`/producer/${idOf('producer')}/edit`);
      await phone.page.getByLabel(label, { exact: true }).focus();
      await toEnd();
    },
    read: (all) => text(of(all, 'producer')?.[name])
  });
  return [
    answer('Nguyên liệu', 'Nơi lấy nguyên liệu chính', 'material_source'),
    answer('Sản xuất', 'Quy trình sản xuất', 'process'),
    {
      name: 'survey: a new row',
      open: async () => {
        await open(`/survey/${idOf('survey')}`);
        const survey = new SurveyPage(phone.page);
        await survey.goTo('Nguyên liệu');
        const stored = async () => rowsOf((await device()).docs).length;
        const before = await stored();
        await survey.do({ add: 'Thêm người cung cấp' });
        await survey.field('Tên hộ, đơn vị').last().focus();
        await expect.poll(stored).toBe(before + 1);
      },
      read: (all) => text(Object(rowsOf(all).at(-1))['supplier_name'])
    },
    producerField('Ghi chú', 'note'),
    producerField('Địa chỉ', 'address'),
    {
      name: 'assessment: a note',
      open: async () => {
        await open(`/assessment/${idOf('assessment')}`);
        await (await new AssessmentPage(phone.page).note('6.1')).focus();
        await toEnd();
      },
      read: (all) => text(Object(of(all, 'assessment')?.['noteByCriterion'])['6.1'])
    }
  ];
}
