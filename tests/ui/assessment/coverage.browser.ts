// What shows for the points of a sheet: by part, at each row, in the filter and before handing in; what was deleted shows for nothing.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { COMMUNE, anId } from '../../support/documents.ts';
import { fishSauceChoices } from '../../support/fish-sauce.ts';
import Scene from './Scene.svelte';
import { type Desk, aDesk } from './session.ts';

const complaints = vi.spyOn(console, 'error');

beforeEach(async () => {
  await page.viewport(360, 740);
  complaints.mockClear();
});
afterEach(() => {
  expect(complaints).not.toHaveBeenCalled();
});

/** The fish sauce's sheet, 28 criteria of which bring points; criteria 8 and 9 name a paper. */
async function stand() {
  const desk = await aDesk({ choiceByCriterion: fishSauceChoices() });
  const { productId } = await desk.stored();
  const paper = await desk.store.create('paper', COMMUNE, { productId, paperKind: 'test', number: 'KN 1' });
  if (!paper.ok) throw new Error(JSON.stringify(paper.error));
  const id = paper.value._id;
  await show(desk, { '8': [id], '9': [id] });
  const screen = await render(Scene, { session: desk.session, id: desk.id, locale: 'vi' });
  const row = (code: string) =>
    screen.getByRole('heading', { level: 3 }).getByRole('button', { name: new RegExp(`^${code} `) });
  const meter = (part: string) => screen.getByText(new RegExp(`^Phần ${part}: .*minh chứng`));
  return { desk, paper: id, screen, row, meter };
}

const show = (desk: Desk, evidenceByCriterion: Record<string, string[]>) =>
  desk.store.update('assessment', desk.id, (doc) => ({ ...doc, evidenceByCriterion }));

describe('the coverage of a sheet', () => {
  it('is told by part, and at each row that brings points', async () => {
    const { desk, paper, row, meter } = await stand();
    await expect.element(meter('A')).toHaveTextContent('0 trong 13');
    await expect.element(meter('B')).toHaveTextContent('0 trong 6');
    await expect.element(meter('C')).toHaveTextContent('2 trong 9');
    await expect.element(row('8')).toHaveTextContent('1 minh chứng');
    await expect.element(row('1.1')).toHaveTextContent('Chưa có minh chứng');
    // Nothing reached, and not looked at: there is nothing to show.
    for (const code of ['2.4', '3.4', '11']) await expect.element(row(code)).not.toHaveTextContent('minh chứng');

    await show(desk, { '1.1': [paper], '8': [paper], '9': [paper] });
    await expect.element(meter('A')).toHaveTextContent('1 trong 13');
    await expect.element(row('1.1')).toHaveTextContent('1 minh chứng');
    await expect.element(row('1.1')).not.toHaveTextContent('Chưa có');
  });

  it('does not count what a colleague has deleted', async () => {
    const { desk, paper, screen, row, meter } = await stand();
    await expect.element(meter('C')).toHaveTextContent('2 trong 9');
    await desk.store.remove('paper', paper);
    await expect.element(meter('C')).toHaveTextContent('0 trong 9');
    await expect.element(row('8')).toHaveTextContent('Chưa có minh chứng');
    await expect.element(screen.getByRole('button', { name: /^Thiếu minh chứng 28$/ })).toBeInTheDocument();
    await row('8').click();
    const card = screen.getByText('Giấy tờ đã xóa hoặc chưa tải về');
    await expect.element(card).toBeVisible();
    await expect.element(screen.getByText('chưa có', { exact: true })).toBeVisible();

    await screen.getByRole('button', { name: 'Việc khác' }).click();
    await screen.getByRole('button', { name: /^Nộp tự đánh giá/ }).click();
    const sheet = screen.getByRole('dialog', { name: 'Nộp tự đánh giá' });
    await expect.element(sheet.getByText(/^28 tiêu chí có điểm mà chưa có minh chứng/)).toBeVisible();
    await desk.store.restore('paper', paper);
    await expect.element(sheet.getByText(/^26 tiêu chí có điểm mà chưa có minh chứng/)).toBeVisible();
  });

  it('counts what has not arrived here: it may lie with a colleague', async () => {
    const { desk, row, meter } = await stand();
    await show(desk, { '8': [anId('photo')] });
    await expect.element(meter('C')).toHaveTextContent('1 trong 9');
    await expect.element(row('8')).toHaveTextContent('1 minh chứng');
  });
});
