// Papers as evidence of a criterion: attached from the product's list, told with how long they hold, taken off with a way back.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { localDay } from '#lib/app/records/localDay.ts';
import { addDays } from '#lib/domain/deadline/day.ts';
import { fishSauceChoices } from '../../support/fish-sauce.ts';
import { COMMUNE } from '../../support/documents.ts';
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

/** A sheet whose product has one paper that runs out and one without an end. */
async function stand(over: Parameters<typeof aDesk>[0] = {}) {
  const desk = await aDesk({ choiceByCriterion: fishSauceChoices(), ...over });
  const { productId } = await desk.stored();
  const make = async (fields: { number: string; validUntil?: string }) => {
    const made = await desk.store.create('paper', COMMUNE, { productId, paperKind: 'test', ...fields });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    return made.value._id;
  };
  const soon = await make({ number: 'KN 1', validUntil: addDays(localDay(new Date()), 10) });
  const endless = await make({ number: 'KN 2' });
  return { desk, soon, endless };
}

async function openCriterion(desk: Desk, title: string) {
  const screen = await render(Scene, { session: desk.session, id: desk.id, locale: 'vi' });
  const row = screen.getByRole('heading', { level: 3 }).getByRole('button', { name: new RegExp(`^${title} `) });
  await expect.element(row).toBeVisible();
  if (row.element().getAttribute('aria-expanded') !== 'true') await row.click();
  return { screen, row };
}

describe('the papers of a criterion', () => {
  it('are chosen from those of the product, and say how long they hold', async () => {
    const { desk, soon } = await stand();
    const { screen, row } = await openCriterion(desk, '8');
    await screen.getByRole('button', { name: 'Gắn giấy tờ' }).click();
    const sheet = screen.getByRole('dialog', { name: 'Giấy tờ cho 8' });
    await expect.element(sheet.getByRole('button', { name: /KN 2/ })).toHaveTextContent('Không thời hạn');
    await sheet.getByRole('button', { name: /KN 1/ }).click();
    await expect.element(sheet).not.toBeInTheDocument();
    const list = screen.getByRole('list', { name: 'Giấy tờ minh chứng tiêu chí 8' });
    await expect.element(list.getByRole('link', { name: /KN 1/ })).toHaveTextContent('Sắp hết hạn (10 ngày)');
    await expect.element(row).toHaveTextContent('1 minh chứng');
    await expect.poll(async () => (await desk.stored()).evidenceByCriterion).toEqual({ '8': [soon] });

    await screen.getByRole('button', { name: 'Gắn giấy tờ' }).click();
    await expect.element(sheet.getByRole('button', { name: /KN 2/ })).toBeVisible();
    await expect.element(sheet.getByRole('button', { name: /KN 1/ })).not.toBeInTheDocument();
  });

  it('are taken off with a way back to the same place', async () => {
    const { desk, soon, endless } = await stand();
    await desk.store.update('assessment', desk.id, (doc) => ({
      ...doc,
      evidenceByCriterion: { '8': [endless, soon] }
    }));
    const { screen } = await openCriterion(desk, '8');
    const list = screen.getByRole('list', { name: 'Giấy tờ minh chứng tiêu chí 8' });
    await list.getByRole('button', { name: /^Gỡ .*KN 2 khỏi 8$/ }).click();
    await expect.element(list.getByRole('link', { name: /KN 2/ })).not.toBeInTheDocument();
    await expect.poll(async () => (await desk.stored()).evidenceByCriterion).toEqual({ '8': [soon] });
    await screen.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect.element(list.getByRole('link').first()).toHaveTextContent('KN 2');
    await expect.poll(async () => (await desk.stored()).evidenceByCriterion).toEqual({ '8': [endless, soon] });
  });

  it('that were deleted elsewhere are said to be gone, and can be taken off', async () => {
    const { desk, soon } = await stand();
    await desk.store.update('assessment', desk.id, (doc) => ({ ...doc, evidenceByCriterion: { '8': [soon] } }));
    await desk.store.remove('paper', soon);
    const { screen } = await openCriterion(desk, '8');
    await expect.element(screen.getByText('Giấy tờ đã xóa hoặc chưa tải về')).toBeVisible();
    await screen.getByRole('button', { name: /^Gỡ Giấy tờ đã xóa/ }).click();
    await expect.poll(async () => (await desk.stored()).evidenceByCriterion).toEqual({});
  });

  it('are only read once the sheet was handed in', async () => {
    const { desk, soon } = await stand({ status: 'submitted' });
    await desk.store.update('assessment', desk.id, (doc) => ({ ...doc, evidenceByCriterion: { '8': [soon] } }));
    const { screen } = await openCriterion(desk, '8');
    await expect.element(screen.getByRole('link', { name: /KN 1/ })).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Gắn giấy tờ' })).not.toBeInTheDocument();
    await expect.element(screen.getByRole('button', { name: /^Gỡ/ })).not.toBeInTheDocument();
  });
});
