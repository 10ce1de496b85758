// Handing in waits for the photos that are still being stored: what is handed in takes none of them any more.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { PhotoPipeline } from '#lib/app/photos/pipeline.ts';
import { photosOf } from '#lib/storage/photos.ts';
import { aPicture } from '../../app/photos/pictures.ts';
import { fishSauceChoices } from '../../support/fish-sauce.ts';
import { whole } from '../../support/whole-survey.ts';
import AssessmentScene from '../assessment/Scene.svelte';
import { aDesk as anAssessment } from '../assessment/session.ts';
import SurveyScene from '../survey/Scene.svelte';
import { aDesk as aSurvey } from '../survey/desk.ts';

let letGo: () => void;
beforeEach(async () => {
  await page.viewport(360, 740);
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const prepare = PhotoPipeline.prototype.prepare;
  vi.spyOn(PhotoPipeline.prototype, 'prepare').mockImplementation(async function (this: PhotoPipeline, file, signal) {
    await held;
    return prepare.call(this, file, signal);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const choose = async (): Promise<void> => {
  const files = [400, 410].map(async (width) => {
    const picture = await aPicture({ width, height: 300 });
    return new File([picture], `${String(width)}.jpg`, { type: 'image/jpeg' });
  });
  await userEvent.upload(page.getByLabelText('Chọn ảnh').first(), await Promise.all(files));
};
const waiting = page.getByText('Đang lưu 2 ảnh. Lưu xong rồi nộp được.');

test('of a self-assessment, with all its photos in it', async () => {
  const desk = await anAssessment({ choiceByCriterion: fishSauceChoices() });
  await render(AssessmentScene, { session: desk.session, id: desk.id });
  await page
    .getByRole('heading', { level: 3 })
    .getByRole('button', { name: /^1\.4 / })
    .click();
  await choose();
  await button('Việc khác').click();
  await button(/^Nộp tự đánh giá/).click();
  await expect.element(waiting).toBeVisible();
  await expect.element(button('Nộp')).toBeDisabled();
  letGo();
  await expect.element(button('Nộp')).toBeEnabled();
  await expect.element(waiting).not.toBeInTheDocument();
  await button('Nộp').click();
  await expect.poll(async () => (await desk.stored()).status).toBe('submitted');
  const doc = await desk.stored();
  const stored = await photosOf(desk.store, doc.productId);
  expect(doc.evidenceByCriterion?.['1.4']?.toSorted()).toEqual(stored.map((photo) => photo.doc._id).toSorted());
  expect(stored).toHaveLength(2);
});

test('of a survey, with all its photos in it', async () => {
  const desk = await aSurvey(whole);
  await desk.store.remember(`resume/${desk.id}`, { section: 'visit', rows: {}, scrollY: 0 });
  await render(SurveyScene, { session: desk.session, id: desk.id });
  await choose();
  await button('Nộp phiếu').click();
  await expect.element(waiting).toBeVisible();
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Nộp phiếu' });
  await expect.element(confirm).toBeDisabled();
  letGo();
  await expect.element(confirm).toBeEnabled();
  await confirm.click();
  await expect.poll(async () => (await desk.stored()).status).toBe('submitted');
  const doc = await desk.stored();
  const stored = await photosOf(desk.store, doc.productId);
  const named = JSON.stringify(doc.answers);
  for (const { doc: photo } of stored) expect(named).toContain(photo._id);
  expect(stored).toHaveLength(2);
});
