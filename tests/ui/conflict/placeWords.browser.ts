// What a conflict says of places, signatures and codes: words and a picture, never the text that a document keeps.
import { beforeAll, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Clash, ConflictFile } from '#lib/app/records/conflict.ts';
import type { Document } from '#lib/domain/document/document.ts';
import { loadForm } from '#lib/domain/form/load.ts';
import { Language } from '#lib/ui/language.svelte.ts';
import { signatureToText } from '#lib/domain/signature/signature.ts';
import { SCRIBBLE } from '#server/sample/scribble.ts';
import DifferenceCard from '../../../src/routes/conflict/DifferenceCard.svelte';
import ReadCard from '../../../src/routes/conflict/ReadCard.svelte';
import { placeWords } from '../../../src/routes/conflict/placeWords.ts';
import { aProducer, aSurvey } from '../../support/documents.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { violations } from '../axe.ts';
import { onWholeStage } from '../place/stage.ts';

failOnConsoleError();

const lang = new Language();
beforeAll(() => lang.use('vi'));

const DRAWN = signatureToText({ tag: 'drawn', strokes: SCRIBBLE });
const heads = { mine: 'Bạn, 20/11', theirs: 'Cán bộ mẫu B, 21/11' };

async function fileOf(mine: Document): Promise<ConflictFile> {
  const form = await loadForm('product-survey', 1);
  return {
    role: 'own',
    conflict: { id: mine._id, record: null, mine, theirs: mine, isDeletedThere: false, base: null, by: '', at: '' },
    name: 'Nước mắm mẫu 01',
    open: [],
    merged: 0,
    end: null,
    set: null,
    form: form.ok ? form.value : null
  };
}

const clash = (path: readonly string[], mine: unknown, theirs: unknown): Clash => ({
  path,
  base: undefined,
  mine,
  theirs
});

test.each([
  ['visit_place', '11.1702 108.5713 4.2 8.4', '11.17020, 108.57130 · Sai số ±9\u00a0m'],
  ['visit_place', 'no-gps indoors', 'Không có GPS: Trong nhà, bị che, không bắt được'],
  ['visit_place', 'no-gps other Hầm chượp', 'Không có GPS: Hầm chượp'],
  ['visit_place', 'of a newer app', 'of a newer app'],
  ['met_signature', DRAWN, 'Chữ ký tay, 3 nét'],
  ['met_signature', 'typed Người mẫu A', 'Người mẫu A (gõ tên)'],
  ['met_signature', 'declined', 'Không ký'],
  ['met_signature', undefined, 'Để trống'],
  ['label_qr_code', '8938501234567', '8938501234567']
])('%s “%s” is said as “%s”', async (question, value, said) => {
  const words = placeWords(clash(['answers', question], value, 'x'), await fileOf(aSurvey()), lang);
  expect(words.say(value)).toBe(said);
  expect(words.rewrite).toBe(question === 'label_qr_code' ? 'text' : null);
});

test('where a producer is goes by its coordinates', async () => {
  const place = { lat: 11.1702, lon: 108.5713, accuracy: 8 };
  const words = placeWords(clash(['place'], place, undefined), await fileOf(aProducer({ place })), lang);
  expect([words.name, words.say(place), words.say(undefined), words.rewrite]).toEqual([
    'Vị trí',
    '11.17020, 108.57130 · Sai số ±8\u00a0m',
    'Để trống',
    null
  ]);
});

test('a drawn signature is shown on both cards, the other side in words', async () => {
  await page.viewport(360, 740);
  const words = placeWords(clash(['answers', 'met_signature'], DRAWN, 'declined'), await fileOf(aSurvey()), lang);
  const sides = { words, mine: DRAWN, theirs: 'declined', heads };
  const choosing = await render(
    DifferenceCard,
    { id: 'a', ...sides, choice: undefined, onchoose: () => undefined },
    onWholeStage()
  );
  await expect.element(page.getByText('Chữ ký tay, 3 nét')).toBeVisible();
  expect(document.querySelectorAll('section svg path').length).toBeGreaterThanOrEqual(SCRIBBLE.length);
  await expect.element(page.getByText('Không ký')).toBeVisible();
  expect(await violations()).toEqual([]);
  await choosing.unmount();
  await render(ReadCard, { id: 'b', ...sides, stands: 'mine' }, onWholeStage());
  await expect.element(page.getByRole('img', { name: 'Chữ ký tay, 3 nét' })).toBeVisible();
  expect(await violations()).toEqual([]);
});
