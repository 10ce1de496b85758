// Rescue files as they are really written, damaged at random: what is read is what was written, what is not is named.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRescueFile } from '#lib/app/rescue/read.ts';
import { newFileKey, keyOf, openedChunk, sealed } from '#lib/app/rescue/seal.ts';
import { type Bytes, HEAD_BYTES, eachChunk, headBytes, readHead } from '#lib/domain/rescue/container.ts';
import { draftIn, itemIn, packed, unpacked } from '#lib/domain/rescue/contents.ts';
import { draftsOf, keepDraft } from '#lib/storage/drafts.ts';
import { sha256Of } from '#lib/storage/sha256.ts';
import { COMMUNE, aProduct, aSurvey, anId } from '../../support/documents.ts';
import {
  AT,
  DATABASE,
  type Handset,
  PASSPHRASE,
  aHandset,
  exported,
  imported,
  pulls,
  quiet,
  takesPhoto
} from './handset.ts';

const RUNS = process.env['LONG'] === undefined ? 25 : 500;
const SURVEYS = 70;
const PHOTOS = 4;
const draft = { name: 'Cơ sở Hòn Rơm', commune: '' };

const account = `hong-${crypto.randomUUID()}`;
let old: Handset;
let file: Bytes;
/** Of each chunk of the whole file: from, to, and the ids of what is in it. */
let chunks: { readonly from: number; readonly to: number; readonly ids: readonly string[] }[];
let phones = 0;

beforeAll(async () => {
  old = aHandset(account, 'may-cu');
  await pulls(old, [aProduct(), '1-p']);
  await old.store.update('product', aProduct()._id, (doc) => ({ ...doc, presentation: 'Chai 500 ml' }));
  const surveys = Array.from({ length: SURVEYS }, (_, i) => aSurvey({ _id: anId('survey', i + 1) }));
  await pulls(old, ...surveys.map((survey) => [survey, '1-s'] as const));
  for (const { _id } of surveys)
    await old.store.update('survey', _id, (doc) => ({
      ...doc,
      answers: { ...doc.answers, remarks: `Ghi chú của ${_id}` }
    }));
  for (let number = 1; number <= PHOTOS; number++) await takesPhoto(old, number);
  await keepDraft(old.store, 'producer', null, draft);
  file = new Uint8Array(await (await exported(old)).file.arrayBuffer());
  chunks = await chunksOf(file);
  expect(chunks.flatMap(({ ids }) => ids)).toHaveLength(1 + SURVEYS + PHOTOS + 1);
});
afterAll(async () => {
  await old.store.tables.delete();
});

const readerOf = (bytes: Bytes) => (at: number, length: number) => Promise.resolve(bytes.slice(at, at + length));

async function chunksOf(bytes: Bytes): Promise<typeof chunks> {
  const head = await readHead(readerOf(bytes), bytes.length);
  const key = head.ok ? await keyOf(head.value, PASSPHRASE) : null;
  if (key === null) throw new Error('no head');
  const found: { from: number; ids: string[] }[] = [];
  await eachChunk(readerOf(bytes), bytes.length, key.head.salt, async (chunk, from) => {
    const plain = await openedChunk(key, chunk);
    const read = plain === null ? null : unpacked(plain);
    if (read?.ok !== true) return false;
    const { contents } = read.value;
    if (contents.kind === 'manifest') found.push({ from, ids: [] });
    else if (contents.kind === 'photo') found.push({ from, ids: [itemIn(contents.item)?.id ?? ''] });
    else found.push({ from, ids: contents.items.map((json) => (itemIn(json) ?? draftIn(json))?.id ?? '') });
    return true;
  });
  return found.map(({ from, ids }, i) => ({ from, ids, to: found[i + 1]?.from ?? bytes.length - HEAD_BYTES }));
}

/** What became of the whole file, and which of its bytes are still what and where they were, or only moved. */
interface Damaged {
  readonly bytes: Bytes;
  isTouched(from: number, to: number): boolean;
}

/** A part of the whole, each as likely as any other. */
const place = fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((part) => part / 1_000_000);
const damage: fc.Arbitrary<() => Damaged> = fc.oneof(
  fc
    .array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 })
    .map((flips) => (): Damaged => {
      const bytes = file.slice();
      const places = flips.map(([part, by]) => {
        const at = Math.floor(part * bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ by;
        return at;
      });
      return { bytes, isTouched: (from, to) => places.some((at) => at >= from && at < to) };
    }),
  place.map((part) => (): Damaged => {
    const cut = Math.floor(part * file.length);
    return { bytes: file.slice(0, cut), isTouched: (_from, to) => to > cut };
  }),
  fc.tuple(place, fc.integer({ min: 1, max: 5_000 })).map(([part, gone]) => (): Damaged => {
    const at = Math.floor(part * file.length);
    const bytes = new Uint8Array([...file.subarray(0, at), ...file.subarray(at + gone)]);
    return { bytes, isTouched: (from, to) => from < at + gone && to > at };
  })
);

/** What lies on a phone by its id, as it lies. */
async function lying({ store }: Handset): Promise<Map<string, unknown>> {
  const { docs, outbox, photos, photoBytes } = store.tables;
  const found = new Map<string, unknown>();
  for (const row of await docs.toArray()) {
    const bytes = await photoBytes.where('[id+size]').between([row.id], [row.id, []]).toArray();
    found.set(row.id, { row, waiting: await outbox.get(row.id), photo: await photos.get(row.id), bytes });
  }
  const { drafts } = await draftsOf(store.tables, 'producer');
  for (const one of drafts) found.set(chunks.flatMap(({ ids }) => ids).find((id) => id.includes('new/')) ?? '', one);
  return found;
}

test('damaged at random bytes, cut off or with a piece gone: nothing read is wrong, nothing lost is unnamed', async () => {
  const before = await lying(old);
  const reached = { whole: 0, named: 0, shut: 0, unlisted: 0 };
  await fc.assert(
    fc.asyncProperty(damage, async (damaging) => {
      const { bytes, isTouched } = damaging();
      const fresh = aHandset(account, `may-${String(++phones)}`);
      try {
        const open = await openRescueFile(fresh.store, new Blob([bytes]), {
          ...quiet(),
          passphrase: PASSPHRASE,
          device: fresh.device
        });
        if (!open.ok) {
          reached.shut++;
          expect(['damaged', 'otherFile']).toContain(open.error.tag);
          expect([isTouched(0, HEAD_BYTES), isTouched(file.length - HEAD_BYTES, file.length)]).toEqual([true, true]);
          return;
        }
        const taken = await open.value.take(quiet());
        if (!taken.ok) throw new Error(taken.error.tag);
        const { missing } = taken.value;
        const here = await lying(fresh);
        for (const [id, what] of here) expect(what).toEqual(before.get(id));
        for (const { from, to, ids } of chunks) {
          if (!isTouched(from, to)) expect([...here.keys()]).toEqual(expect.arrayContaining([...ids]));
        }
        if (missing === null) {
          reached.unlisted++;
          expect([chunks[0], chunks.at(-1)].every((list) => list === undefined || isTouched(list.from, list.to))).toBe(
            true
          );
          return;
        }
        const lost = [...before.keys()].filter((id) => !here.has(id)).sort();
        expect(missing.map(({ id }) => id).sort()).toEqual(lost);
        if (lost.length === 0) reached.whole++;
        else reached.named++;
      } finally {
        await fresh.store.tables.delete();
      }
    }),
    { numRuns: RUNS }
  );
  // Each way that a file can go was gone.
  expect(reached.named).toBeGreaterThan(RUNS / 10);
}, 300_000);

/** A file whose chunks are sealed well, whatever they say. */
async function forged(...contents: readonly Parameters<typeof packed>[0][]): Promise<Blob> {
  const key = await newFileKey(PASSPHRASE);
  const parts = await Promise.all(contents.map((one, number) => sealed(key, number, packed(one))));
  const head = headBytes(key.head);
  return new Blob([head, ...parts.flat(), head]);
}

test('an item that is not the one that the list has the hash of is not taken, and is named; its neighbour is', async () => {
  const item = (number: number, met: string) => {
    const id = anId('survey', number);
    const doc = aSurvey({ _id: id, answers: { met } });
    return JSON.stringify({
      id,
      database: DATABASE,
      commune: COMMUNE,
      doc,
      rev: null,
      receivedAt: null,
      waiting: { id, database: DATABASE, editId: doc.editId, since: AT, state: 'waiting', base: null },
      kept: []
    });
  };
  const good = item(1, 'Bà A');
  const entry = async (json: string, number: number) => ({
    id: anId('survey', number),
    name: `Phiếu ${String(number)}`,
    sha256: await sha256Of(new TextEncoder().encode(json)),
    isPhoto: false,
    isUnsent: true
  });
  const entries = [await entry(good, 1), await entry(item(2, 'Bà B'), 2)];
  const list = { kind: 'manifest', account, device: 'may-cu', at: AT, entries } as const;
  const fresh = aHandset(account, 'may-gia');
  const wrong = await forged(list, { kind: 'records', account, items: [good, item(2, 'Người lạ')] });
  expect(await imported(fresh, wrong)).toMatchObject({
    records: { whole: 1, taken: 1 },
    missing: [{ id: anId('survey', 2), name: 'Phiếu 2' }]
  });
  expect(await fresh.store.tables.docs.toCollection().primaryKeys()).toEqual([anId('survey', 1)]);
  await fresh.store.tables.delete();
});
