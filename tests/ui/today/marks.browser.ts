// Where own work lies, in each row of Hôm nay: on this phone, under way, at the server.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { INITIAL_VIEW } from '#lib/app/sync/view.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { COMMUNE, aProduct, aSurvey, anId } from '../../support/documents.ts';
import { arrive } from '../../support/reviewed.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { aSession, aStore } from '../records/desk.ts';
import Scene from './Scene.svelte';

failOnConsoleError();

const step = { status: 'returned', at: '2026-11-22T08:20:00.000Z', by: 'tuvan.t' } as const;

test.each(['draft', 'returned'] as const)('work that is %s tells where it lies', async (status) => {
  const store = aStore();
  const survey = aSurvey({ createdBy: store.account, status, trail: status === 'returned' ? [step] : [] });
  const inFlight = new Set([anId('survey', 2)]);
  const session = aSession(store, { view: { ...INITIAL_VIEW, inFlight } });
  await arrive(store, communeDatabase(COMMUNE), aProduct(), survey, { ...survey, _id: anId('survey', 2) });
  await render(Scene, { session, today: '2026-11-23' });
  const rows = page.getByRole(status === 'draft' ? 'link' : 'listitem');
  await expect.element(rows.nth(1)).toBeVisible();
  for (const row of rows.all()) await expect.element(row).toHaveTextContent('Đã gửi');

  for (const id of [survey._id, anId('survey', 2)]) {
    await store.update('survey', id, (doc) => ({ ...doc, answers: { ...doc.answers, workers: 7 } }));
  }
  await expect.element(rows.filter({ hasText: /Trên máy/ })).toBeVisible();
  await expect.element(rows.filter({ hasText: /Đang gửi/ })).toBeVisible();
  await expect.element(rows.filter({ hasText: /Đã gửi/ })).not.toBeInTheDocument();
});
