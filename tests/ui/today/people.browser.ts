// People on Hôm nay: colleagues by their names, as soon as the phone knows them.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { REFERENCE_DATABASE, communeDatabase } from '#lib/domain/scope.ts';
import { COMMUNE, OFFICER, aPerson, aProduct, aReview, aSurvey, anId } from '../../support/documents.ts';
import { arrive } from '../../support/reviewed.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { aSession, aStore } from '../records/desk.ts';
import Scene from './Scene.svelte';

failOnConsoleError();

test('remarks are a colleague’s by account, then by the name that comes from the reference database', async () => {
  const store = aStore();
  const session = aSession(store);
  const step = { status: 'returned', at: '2026-11-22T08:20:00.000Z', by: 'tuvan.t' } as const;
  const remark = { at: step.at, text: 'Ghi rõ hơn.' };
  await arrive(
    store,
    communeDatabase(COMMUNE),
    aProduct(),
    aSurvey({ createdBy: store.account, status: 'returned', trail: [step] }),
    aReview({ remarks: [{ ...remark, by: 'tuvan.t' }] }),
    aReview({ _id: anId('review', 2), remarks: [{ ...remark, by: OFFICER }] })
  );
  await render(Scene, { session, today: '2026-11-23' });
  const by = page.getByRole('listitem');
  await expect.element(by).toHaveTextContent(`2 nhận xét của tuvan.t, ${OFFICER}`);
  await arrive(store, REFERENCE_DATABASE, aPerson());
  await expect.element(by).toHaveTextContent(`2 nhận xét của Cán bộ mẫu T, ${OFFICER}`);
  await arrive(store, REFERENCE_DATABASE, aPerson({ displayName: 'Cán bộ mẫu U' }));
  await expect.element(by).toHaveTextContent(`2 nhận xét của Cán bộ mẫu U, ${OFFICER}`);
});
