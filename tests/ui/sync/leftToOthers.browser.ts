// What Đồng bộ says of records that others have to put right on the server: how many, which, and that nothing is to be done.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Left } from '#lib/app/records/outbox.ts';
import LeftToOthers from '../../../src/routes/sync/LeftToOthers.svelte';
import { violations } from '../axe.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { onStage } from '../kit/stage.ts';

failOnConsoleError();

const left: Left = {
  count: 21,
  first: [
    { id: 'survey:1', kind: 'survey', name: 'Nước mắm mẫu 01', productId: 'product:1', isDeleted: false },
    { id: 'producer:1', kind: 'producer', name: 'Cơ sở mẫu 01', productId: null, isDeleted: false }
  ]
};

test('what the server has lost is named, and lies here to be looked at', async () => {
  await page.viewport(360, 640);
  await render(LeftToOthers, { left, why: 'lost' }, onStage());
  await expect.element(page.getByRole('heading', { name: 'Máy chủ đã mất' })).toBeVisible();
  await expect.element(page.getByText('21 hồ sơ')).toBeVisible();
  await expect
    .element(page.getByRole('link', { name: /Khảo sát Nước mắm mẫu 01/ }))
    .toHaveAttribute('href', '/survey/survey:1');
  await expect.element(page.getByText('và 19 hồ sơ khác')).toBeVisible();
  expect(document.documentElement.scrollWidth).toBe(360);
  // The landmark around it is the page's.
  expect((await violations()).filter((one) => !one.startsWith('region'))).toEqual([]);
});

test('second versions in English; nothing at all where there is nothing', async () => {
  const { rerender } = await render(LeftToOthers, { left, why: 'second' }, onStage('en'));
  await expect.element(page.getByRole('heading', { name: 'Two versions on the server' })).toBeVisible();
  await expect.element(page.getByText('and 19 more')).toBeVisible();
  await rerender({ left: { count: 0, first: [] }, why: 'second' });
  await expect.element(page.getByRole('heading')).not.toBeInTheDocument();
});

test('a deleted record is called so, and leads nowhere', async () => {
  const first = [{ id: 'product:1', kind: 'product', name: 'Mắm nêm', productId: null, isDeleted: true }] as const;
  await render(LeftToOthers, { left: { count: 1, first }, why: 'lost' }, onStage());
  await expect.element(page.getByText('Sản phẩm Mắm nêm (đã xóa)')).toBeVisible();
  await expect.element(page.getByRole('link')).not.toBeInTheDocument();
});
