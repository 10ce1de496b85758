// Everything that happens on the road happens to photos, and the browser is killed among them: none is lost, none doubled.
import { setTimeout } from 'node:timers/promises';
import { Chance } from '../../support/chance.ts';
import { FAULTS, type Fault, type FaultyProxy, type Plan } from '../../support/faulty-proxy.ts';
import { readPhotos } from '../device.ts';
import { Fieldwork } from '../fieldwork.ts';
import { AssessmentPage } from '../pages/assessment.ts';
import { PhotosPage } from '../pages/photos.ts';
import { SyncPage } from '../pages/sync.ts';
import { OFFICER_B, type Office } from '../people.ts';
import type { Phone } from '../phone.ts';
import { type PictureFile, aPhotoFile } from '../pictures.ts';
import { expectOneAndTheSame, untilAllIsSent } from '../reckoning.ts';
import { expect, isLong, test } from '../road.ts';

/** One seed alone, to look into it. */
const ONLY = process.env['SEED'];
const SEEDS = ONLY !== undefined ? 1 : isLong ? 60 : 5;
const FIRST_SEED = Number(ONLY ?? 1);
const PHOTOS = 6;
/** After each the app tries at once, one photo first: with fewer, not every fault would get its turn. */
const KILLS = 4;
const PATIENCE_MS = 90_000;

/** What struck an upload, and how often the browser was killed while one was under way. */
const struck = new Map<Fault, number>();
const seen = { kills: 0, midUpload: 0, uploads: 0 };

test.use({ suite: 'photos-on-the-road' });
// One after the other on one phone, whose profile lives through all of it.
test.describe.configure({ mode: 'default' });

for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
  test(`seed ${String(seed)}`, async ({ phone, road, office }) => {
    test.setTimeout(180_000);
    await oneSeed(seed, phone, road, office);
  });
}

if (ONLY === undefined) {
  test('every fault has struck an upload, and kills have', () => {
    process.stdout.write(`${JSON.stringify({ ...Object.fromEntries(struck), ...seen })}\n`);
    expect(FAULTS.filter((fault) => !struck.has(fault))).toEqual([]);
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(0);
  });
}

async function oneSeed(seed: number, phone: Phone, road: FaultyProxy, office: Office): Promise<void> {
  const chance = new Chance(`photos ${String(seed)}`);
  const startedAt = new Date().toISOString();
  await phone.open('/sync');
  const work = new Fieldwork(phone.page, chance, `${String(seed)}-${startedAt.slice(17, 23)}`);
  await work.register();
  await work.openProduct();
  await work.beginAssessment();
  await work.choose(1);
  road.trouble(aPlan(new Chance(`photo plan ${String(seed)}`)), new Chance(`photo road ${String(seed)}`));

  const assessment = new AssessmentPage(phone.page);
  const files = await pictures(phone, seed);
  const [first, second] = chance.shuffled(['1.1', '1.2', '1.3', '2.1']);
  for (const [code = '', some] of [
    [first, files.slice(0, 3)],
    [second, files.slice(3)]
  ] as const) {
    await assessment.openEvidence(code);
    const photos = new PhotosPage(phone.page, assessment.criterion(code));
    await photos.choose(some);
    await photos.areThere(some.length);
  }
  const here = await readPhotos(phone.page, OFFICER_B.name, startedAt);
  expect(here).toHaveLength(PHOTOS);

  for (let kill = 0; kill < KILLS; kill++) {
    const shoot = await phone.aim();
    await setTimeout(chance.between(1_000, 5_000));
    // None may come: all are sent, or wait for a person.
    await Promise.race([road.photoUnderWay(), setTimeout(10_000)]);
    if (road.photosUnderWay > 0) seen.midUpload += 1;
    seen.kills += 1;
    await shoot();
    await phone.start();
    await phone.open('/sync');
    await saysNothingThatIsNotSo(phone, office, startedAt);
  }

  road.heal();
  road.hangUp();
  await new SyncPage(phone.page).now.click();
  await untilAllIsSent(phone, PATIENCE_MS);
  await expectOneAndTheSame(office, phone, startedAt);
  const after = await readPhotos(phone.page, OFFICER_B.name, startedAt);
  expect(after.map(({ id, sha256 }) => [id, sha256]).sort()).toEqual(here.map(({ id, sha256 }) => [id, sha256]).sort());
  for (const { id, state, sha256 } of after) {
    expect(state).toBe('sent');
    expect(await office.photoHash(id, OFFICER_B.commune)).toBe(sha256);
  }
  seen.uploads += PHOTOS;
  for (const [fault, count] of road.struckPhotos) struck.set(fault, count);
}

/** What waits to be dealt: each fault comes up before one comes again, over all seeds. */
const packs = { uploads: [] as Fault[], others: [] as Fault[] };

function aPlan(chance: Chance): Plan {
  // A 401 stops the app until a person signs in, and is dealt to uploads only.
  const ofOthers = FAULTS.filter((fault) => !['cutRequest', 'status401', 'status413', 'unanswered'].includes(fault));
  return ({ isPhoto }) => {
    if (!chance.says(isPhoto ? 0.85 : 0.1)) return null;
    if (packs.uploads.length === 0) packs.uploads = chance.shuffled(FAULTS);
    if (packs.others.length === 0) packs.others = chance.shuffled(ofOthers);
    return (isPhoto ? packs.uploads : packs.others).pop() ?? null;
  };
}

const COLOURS = ['#8a5a2b', '#2f6b3c', '#7a1f1f', '#274b7a', '#6b5b2f', '#4b2f6b'];

/** As many pictures as there are colours, of this seed alone: what was taken once is the same photo. */
async function pictures({ page }: Phone, seed: number): Promise<PictureFile[]> {
  const files: PictureFile[] = [];
  for (const colour of COLOURS) {
    files.push(await aPhotoFile(page, `Ảnh ${String(seed)} ${colour} ${String(Date.now())}`, colour));
  }
  return files;
}

/** Law 12 and 13: what the phone counts as sent, the server has, byte for byte. */
async function saysNothingThatIsNotSo({ page }: Phone, office: Office, since: string): Promise<void> {
  for (const { id, state, sha256 } of await readPhotos(page, OFFICER_B.name, since)) {
    if (state !== 'sent') continue;
    expect(await office.photoHash(id, OFFICER_B.commune)).toBe(sha256);
  }
}
