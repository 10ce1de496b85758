// Where records lie, in each row of Hôm nay: on this phone, under way, at the server.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { INITIAL_VIEW } from '#lib/app/sync/view.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { COMMUNE, aPaper, aProducer, aProduct, aSurvey, anId } from '../../support/documents.ts';
import { arrive } from '../../support/reviewed.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { aSession, aStore } from '../records/desk.ts';
import AgendaScene from './AgendaScene.svelte';
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

test('days to come tell of what has not arrived, and of nothing else', async () => {
  const store = aStore();
  const producer = aProducer({ plannedVisit: { at: '2026-11-25' } });
  const product = aProduct({ recognition: { stars: 3, validUntil: '2027-01-01' } });
  const paper = aPaper({ validUntil: '2026-12-24' });
  await arrive(store, communeDatabase(COMMUNE), producer, product, paper);
  await render(AgendaScene, { session: aSession(store), today: '2026-11-23' });
  const rows = page.getByRole('link');
  await expect.poll(() => rows.all().length).toBe(3);
  const marks = page.getByText(/^(Trên máy|Đang gửi|Đã gửi)$/);
  await expect.element(marks).not.toBeInTheDocument();

  await store.update('producer', producer._id, (doc) => ({ ...doc, plannedVisit: { at: '2026-11-26' } }));
  await store.update('product', product._id, (doc) => ({ ...doc, presentation: 'Chai' }));
  await store.update('paper', paper._id, (doc) => ({ ...doc, number: '48' }));
  await expect.poll(() => rows.filter({ hasText: /Trên máy/ }).all().length).toBe(3);
});
