// The long list: few rows exist, all can be reached, nothing jumps, the place is kept.
import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { RowHeights } from '#lib/ui/rowHeights.ts';
import { failOnConsoleError } from './quiet.ts';
import LongList from './scenes/LongList.svelte';

failOnConsoleError();

beforeEach(async () => {
  await page.viewport(360, 740);
  scrollTo(0, 0);
});

const rowCount = (): number => document.querySelectorAll('[role=listitem]').length;
const top = (index: number): number =>
  document.querySelector(`[data-index="${String(index)}"]`)?.getBoundingClientRect().top ?? NaN;

test('draws few of 5,000 rows and says how many there are', async () => {
  await render(LongList, {});
  await expect.element(page.getByText('Sản phẩm 0', { exact: true })).toBeVisible();
  expect(rowCount()).toBeGreaterThan(10);
  expect(rowCount()).toBeLessThan(40);
  expect(document.querySelector('[role=listitem]')?.getAttribute('aria-setsize')).toBe('5000');
});

test('the rows stand under each other without gaps, each as high as it is', async () => {
  await render(LongList, {});
  await vi.waitFor(() => expect(top(6) - top(0)).toBe(60 + 77 + 94 + 111 + 128 + 60));
});

test('the last row is at the end', async () => {
  await render(LongList, {});
  await vi.waitFor(() => {
    scrollTo(0, document.documentElement.scrollHeight);
    const last = document.querySelector('[data-index="4999"]');
    expect(last?.getBoundingClientRect().bottom).toBeCloseTo(innerHeight, 0);
  });
  expect(rowCount()).toBeLessThan(40);
});

test('what is read does not move when rows above it are measured', async () => {
  await render(LongList, { position: { index: 2500, offset: 10 } });
  await vi.waitFor(() => expect(top(2500)).toBeCloseTo(-10, 0));
  const positions: number[] = [];
  for (let step = 0; step < 20; step++) {
    const at = document.elementFromPoint(180, 300)?.closest<HTMLElement>('[data-index]');
    if (!at) throw new Error('no row there');
    const before = at.getBoundingClientRect().top;
    scrollBy(0, -37);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    positions.push(at.getBoundingClientRect().top - before);
  }
  expect(positions.map((moved) => Math.round(moved))).toEqual(Array.from({ length: 20 }, () => 37));
});

test('tells where it stands and opens there again', async () => {
  const onposition = vi.fn();
  const first = await render(LongList, { onposition });
  await expect.element(page.getByText('Sản phẩm 0', { exact: true })).toBeVisible();
  scrollTo(0, 40_000);
  await vi.waitFor(() => expect(onposition).toHaveBeenCalled());
  const position: unknown = onposition.mock.lastCall?.[0];
  if (!isPosition(position)) throw new Error('no position');
  const wanted = top(position.index);
  await first.unmount();
  scrollTo(0, 0);
  await render(LongList, { position });
  await vi.waitFor(() => expect(top(position.index)).toBeCloseTo(wanted, 0));
});

test('the keyboard walks on past what was drawn, and the focus is not lost by scrolling', async () => {
  await render(LongList, {});
  await page.getByText('Sản phẩm 0', { exact: true }).click();
  for (let step = 0; step < 30; step++) await userEvent.tab();
  await expect.element(page.getByText('Sản phẩm 30', { exact: true })).toHaveFocus();
  scrollBy(0, 20_000);
  await vi.waitFor(() => expect(top(31)).toBeNaN());
  await expect.element(page.getByText('Sản phẩm 30', { exact: true })).toHaveFocus();
});

test('fewer rows after a search leave no empty height', async () => {
  const screen = await render(LongList, {});
  await screen.rerender({ count: 3 });
  await vi.waitFor(() => expect(rowCount()).toBe(3));
  await vi.waitFor(() => expect(document.querySelector<HTMLElement>('[role=list]')?.offsetHeight).toBe(60 + 77 + 94));
});

test('heights: a grown row moves only those below it', () => {
  const heights = new RowHeights(100);
  heights.order(['a', 'b', 'c']);
  expect(heights.measure(1, 150)).toBe(50);
  expect([heights.top(1), heights.top(2), heights.total]).toEqual([100, 250, 350]);
  expect([heights.at(-5), heights.at(99), heights.at(100), heights.at(249), heights.at(250), heights.at(9999)]).toEqual(
    [0, 0, 1, 1, 2, 2]
  );
  heights.order(['b', 'c']);
  expect([heights.top(1), heights.total]).toEqual([150, 250]);
});

function isPosition(value: unknown): value is { index: number; offset: number } {
  return typeof value === 'object' && value !== null && 'index' in value && 'offset' in value;
}
