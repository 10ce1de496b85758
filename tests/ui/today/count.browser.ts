// How much work Hôm nay says there is: never less than there is.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { communeDatabase } from '#lib/domain/scope.ts';
import { COMMUNE, aProduct, aSurvey, anId } from '../../support/documents.ts';
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
