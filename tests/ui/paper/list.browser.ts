// Papers as a person sees them: in a product, what runs out first; among what falls due; offered from a survey.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Session } from '#lib/app/context.ts';
import { localDay } from '#lib/app/records/localDay.ts';
import { addDays } from '#lib/domain/deadline/day.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { COMMUNE, aPaper, aProducer, aProduct, aSurvey, anId } from '../../support/documents.ts';
import { idleSync } from '../../support/idle-sync.ts';
import { arrive } from '../../support/reviewed.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { aStore } from '../records/desk.ts';
import Scene from './Scene.svelte';

failOnConsoleError();

const today = localDay(new Date());
const inDays = (days: number): string => addDays(today, days);
const vi = (day: string): string => day.split('-').reverse().join('/');

const PAPERS = [
  aPaper({ _id: anId('paper', 1), paperKind: 'declaration', number: 'TCB 1' }),
  aPaper({ _id: anId('paper', 2), paperKind: 'test', title: 'Vi sinh', number: 'KN 2', validUntil: inDays(40) }),
  aPaper({ _id: anId('paper', 3), paperKind: 'food_safety', number: 'ATTP 3', validUntil: inDays(-3) }),
  aPaper({ _id: anId('paper', 4), paperKind: 'award', number: 'GT 4', validUntil: inDays(900) })
];

async function aSession(roles: string[], ...more: Parameters<typeof aSurvey>): Promise<Session> {
  const store = aStore();
  const survey = more.length === 0 ? [] : [aSurvey(...more)];
  await arrive(store, communeDatabase(COMMUNE), aProducer(), aProduct(), ...PAPERS, ...survey);
  return {
    account: { name: store.account, displayName: 'Cán bộ mẫu A', roles: [...roles, `commune:${COMMUNE}`] },
    communes: [COMMUNE],
    store,
    sync: idleSync(),
    couchUrl: '/couch'
  };
}

test('a product lists what runs out first, each with its state in words', async () => {
  await render(Scene, { session: await aSession(['officer']), id: anId('product'), today });
  const rows = page.getByRole('group', { name: 'Giấy tờ' }).getByRole('link');
  await expect.element(rows.nth(3)).toBeVisible();
  const texts = rows.elements().map((row) => row.textContent.replaceAll(/\s+/g, ' '));
  expect(texts[0]).toContain(`Giấy chứng nhận đủ điều kiện an toàn thực phẩm ATTP 3 Đã hết hạn ${vi(inDays(-3))}`);
  expect(texts[1]).toContain(`Vi sinh KN 2 Sắp hết hạn (40 ngày), đến ${vi(inDays(40))}`);
  expect(texts[2]).toContain(`Giải thưởng, bằng khen GT 4 Còn hạn đến ${vi(inDays(900))}`);
  expect(texts[3]).toContain('Bản tự công bố sản phẩm TCB 1 Không thời hạn');
  await expect
    .element(page.getByRole('link', { name: 'Thêm giấy tờ' }))
    .toHaveAttribute('href', `/paper/new/edit?product=${anId('product')}`);
});

test('what falls due names the papers that run out and those that have, with the product', async () => {
  await render(Scene, { session: await aSession(['officer']), id: anId('product'), today });
  const due = page.getByRole('group', { name: 'Sắp đến hạn' });
  const soon = due.getByRole('link', { name: 'Vi sinh KN 2' });
  await expect.element(soon).toHaveTextContent('Nước mắm mẫu 01 · Sắp hết hạn (40 ngày)');
  await expect.element(soon).toHaveAttribute('href', `/paper/${anId('paper', 2)}`);
  await expect.element(due.getByRole('link', { name: /ATTP 3/ })).toHaveTextContent('Đã hết hạn');
  await expect.element(due).not.toHaveTextContent('GT 4');
});

test('papers of the survey are taken over on demand, and Undo takes them back', async () => {
  const answers = {
    has_papers: 'yes',
    papers: [
      { _id: 'r1', paper_kind: 'test', paper_number: 'kn 2' },
      { _id: 'r2', paper_kind: 'environment', paper_number: 'MT 9', paper_until: inDays(20) }
    ]
  };
  const session = await aSession(['officer'], { answers });
  await render(Scene, { session, id: anId('product'), today });
  await expect.element(page.getByText(/^Phiếu khảo sát .* có 1 giấy tờ chưa có ở đây$/)).toBeVisible();
  await page.getByRole('button', { name: 'Lấy 1 giấy tờ vào' }).click();
  const rows = page.getByRole('group', { name: 'Giấy tờ' });
  await expect.element(rows.getByRole('link', { name: /Giấy tờ về môi trường MT 9/ })).toHaveTextContent('Trên máy');
  await expect.element(page.getByRole('button', { name: 'Lấy 1 giấy tờ vào' })).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect.element(rows.getByRole('link', { name: /MT 9/ })).not.toBeInTheDocument();
});

test('a reviewer reads the list and adds nothing', async () => {
  const session = await aSession(['reviewer'], { answers: { has_papers: 'yes', papers: [{ paper_kind: 'award' }] } });
  await render(Scene, { session, id: anId('product'), today });
  await expect.element(page.getByRole('group', { name: 'Giấy tờ' })).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Thêm giấy tờ' })).not.toBeInTheDocument();
  await expect.element(page.getByRole('button', { name: /^Lấy/ })).not.toBeInTheDocument();
});
