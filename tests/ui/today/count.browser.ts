// How much work Hôm nay says there is: never less than there is.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { communeDatabase } from '#lib/domain/scope.ts';
import { COMMUNE, aProduct, aSurvey, anAssessment, anId } from '../../support/documents.ts';
import { arrive } from '../../support/reviewed.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { aSession, aStore } from '../records/desk.ts';
import Scene from './Scene.svelte';

failOnConsoleError();

const step = { status: 'returned', at: '2026-11-22T08:20:00.000Z', by: 'tuvan.t' } as const;

test.each([
  [3, '3 hồ sơ'],
  [25, '20+ hồ sơ']
])('%i returned', async (count, told) => {
  const store = aStore();
  const returned = Array.from({ length: count }, (_, i) =>
    aSurvey({ _id: anId('survey', i + 1), createdBy: store.account, status: 'returned', trail: [step] })
  );
  await arrive(store, communeDatabase(COMMUNE), aProduct(), ...returned);
  await render(Scene, { session: aSession(store), today: '2026-11-23' });
  await expect.element(page.getByText(told, { exact: true })).toBeVisible();
});

test.each([
  [30, 18, '48 hồ sơ', 48],
  [40, 30, '50+ hồ sơ', 50],
  [60, 10, '50+ hồ sơ', 50]
])('%i surveys and %i self-assessments wait for a reviewer', async (surveys, assessments, told, rows) => {
  const store = aStore();
  const waits = (i: number) => {
    const at = `2026-11-22T08:${String(i % 60).padStart(2, '0')}:00.000Z`;
    const status = 'submitted' as const;
    return { status, updatedAt: at, trail: [{ status, at, by: 'canbo.a' }] };
  };
  await arrive(
    store,
    communeDatabase(COMMUNE),
    aProduct(),
    ...Array.from({ length: surveys }, (_, i) => aSurvey({ _id: anId('survey', i + 1), ...waits(i) })),
    ...Array.from({ length: assessments }, (_, i) => anAssessment({ _id: anId('assessment', i + 1), ...waits(i) }))
  );
  const account = { name: store.account, displayName: 'Cán bộ mẫu T', roles: ['reviewer', `commune:${COMMUNE}`] };
  await render(Scene, { session: { ...aSession(store), account }, today: '2026-11-23' });
  await expect.element(page.getByText(told, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /Xem thêm/ }).click();
  await expect.poll(() => page.getByRole('link').all().length).toBe(rows);
});
