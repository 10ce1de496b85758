// Every state is an icon and a word, never one alone; numbers stand beside bars.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Sending } from '#lib/domain/sending.ts';
import CriterionMark from '#lib/ui/CriterionMark.svelte';
import type { CriterionState } from '#lib/ui/criterionState.ts';
import { barShares } from '#lib/ui/points.ts';
import PointsBar from '#lib/ui/PointsBar.svelte';
import SendingMark from '#lib/ui/SendingMark.svelte';
import StarRow from '#lib/ui/StarRow.svelte';
import StatusPill from '#lib/ui/StatusPill.svelte';
import { failOnConsoleError } from './quiet.ts';
import { onStage } from './stage.ts';

failOnConsoleError();

const at = '2026-11-23T04:20:00Z';
const SENDINGS: [Sending, string][] = [
  [{ state: 'local', since: at }, 'Trên máy'],
  [{ state: 'sending' }, 'Đang gửi'],
  [{ state: 'sent', rev: '1-a', at }, 'Đã gửi'],
  [{ state: 'refused', reason: { code: 'forbidden:accepted', message: '' }, at }, 'Bị từ chối'],
  [{ state: 'conflict', by: 'Cán bộ mẫu B', at, record: null }, 'Xung đột'],
  [{ state: 'lost' }, 'Máy chủ đã mất']
];

test.each(SENDINGS)('sending %o is an icon and "%s"', async (sending, word) => {
  const { container } = await render(SendingMark, { sending }, onStage());
  await expect.element(page.getByText(word, { exact: true })).toBeVisible();
  expect(container.querySelectorAll('svg')).toHaveLength(1);
});

test('the six states of sending have six icons', async () => {
  const icons = new Set<string>();
  for (const [sending, word] of SENDINGS) {
    const { container, unmount } = await render(SendingMark, { sending }, onStage());
    await expect.element(page.getByText(word, { exact: true })).toBeVisible();
    icons.add(container.querySelector('svg')?.innerHTML ?? '');
    await unmount();
  }
  expect(icons.size).toBe(6);
});

test.each([
  ['draft', 'Nháp'],
  ['submitted', 'Đã nộp'],
  ['returned', 'Trả lại'],
  ['accepted', 'Đã duyệt']
] as const)('a dossier that is %s is an icon and "%s"', async (status, word) => {
  const { container } = await render(StatusPill, { status }, onStage());
  await expect.element(page.getByText(word, { exact: true })).toBeVisible();
  expect(container.querySelectorAll('svg')).toHaveLength(1);
});

const MARKS: [CriterionState, string][] = [
  [{ state: 'unseen' }, 'Chưa xem'],
  [{ state: 'none' }, 'Không đạt mức nào'],
  [{ state: 'missed', star: 4 }, 'Hụt mức tối thiểu 4 sao'],
  [{ state: 'met', star: 4 }, 'Đạt mức tối thiểu 4 sao'],
  [{ state: 'disqualified' }, 'Có điều kiện loại'],
  [{ state: 'evidence', count: 2 }, '2 minh chứng']
];

test.each(MARKS)('criterion %o is an icon and "%s"', async (mark, words) => {
  const { container } = await render(CriterionMark, { mark }, onStage());
  await expect.element(page.getByText(words, { exact: true })).toBeVisible();
  expect(container.querySelectorAll('svg')).toHaveLength(1);
});

test('stars are read as one number', async () => {
  await render(StarRow, { stars: 3 }, onStage());
  await expect.element(page.getByRole('img', { name: '3 trên 5 sao' })).toBeVisible();
});

test('a points bar says its numbers', async () => {
  const parts = [
    { code: 'A', max: 40, got: 28, unseen: 2 },
    { code: 'B', max: 25, got: 16.5, unseen: 0 }
  ];
  const { container } = await render(PointsBar, { parts }, onStage());
  await expect.element(page.getByText('Phần A: 28 trên 40 điểm, 2 điểm chưa xem')).toBeInTheDocument();
  await expect.element(page.getByText('Phần B: 16,5 trên 25 điểm')).toBeInTheDocument();
  expect(container.textContent).toContain('A 28/40');
});

test('the three pieces of a bar are together the whole', () => {
  expect(barShares(40, 28, 2)).toEqual({ got: 70, unseen: 5, lost: 25 });
  expect(barShares(40, 40, 0)).toEqual({ got: 100, unseen: 0, lost: 0 });
  expect(barShares(0, 0, 0)).toEqual({ got: 0, unseen: 0, lost: 100 });
  expect(barShares(10, 8, 5)).toEqual({ got: 80, unseen: 20, lost: 0 });
});
