// Papers: noted with no network, told when they run out, shown for criteria, sent, read by a colleague, deleted with a word.
import { addDays } from '#lib/domain/deadline/day.ts';
import type { Document } from '#lib/domain/document/document.ts';
import { COMMUNE, aPaper, aProducer, aProduct, anAssessment, anId } from '../../support/documents.ts';
import { AssessmentPage } from '../pages/assessment.ts';
import { PaperPage } from '../pages/paper.ts';
import { ProductPage } from '../pages/product.ts';
import { signInFresh } from '../pages/shell.ts';
import { SyncPage, syncNow } from '../pages/sync.ts';
import { TodayPage } from '../pages/today.ts';
import { OFFICER_A, OFFICER_B, type Office } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

const PRODUCT = `/product/${anId('product')}`;

/** The local day so many days from now, as the phone counts. */
async function inDays(phone: Phone, days: number): Promise<string> {
  const today = await phone.page.evaluate(() => {
    const now = new Date();
    const two = (part: number) => String(part).padStart(2, '0');
    return `${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  });
  return addDays(today, days);
}
const vi = (day: string): string => day.split('-').reverse().join('/');

async function everythingSent(phone: Phone): Promise<void> {
  const sync = await syncNow(phone);
  await expect(sync.headline).toContainText('Đã gửi hết');
}

/** The officer's phone with the product of the office on it. */
async function ready(phone: Phone, office: Office, ...docs: Document[]): Promise<void> {
  await office.place(aProducer(), aProduct(), ...docs);
  await signInFresh(phone, OFFICER_A);
  await everythingSent(phone);
  await phone.open(PRODUCT);
  await expect(new ProductPage(phone.page).name).toHaveText('Nước mắm mẫu 01');
}

test('noted offline, told when it runs out, attached to a criterion, sent, and read by a colleague', async ({
  phone,
  unpackPhone,
  office
}) => {
  test.setTimeout(240_000);
  await ready(phone, office);
  await phone.setOffline(true);
  const paper = new PaperPage(phone.page);
  const until = await inDays(phone, 17);

  await test.step('a paper is saved as it is typed, with a word on days that cannot be', async () => {
    await paper.add();
    await expect(phone.page.getByText('Lưu khi có loại giấy tờ')).toBeVisible();
    await paper.fill('Số', '48/2024/ATTP');
    await paper.chooseKind('an toan thuc pham');
    await expect(paper.saved).toBeVisible();
    await expect(phone.page).toHaveURL(/\/paper\/paper:/);
    await paper.fill('Ngày cấp', await inDays(phone, -30));
    await paper.fill('Có giá trị đến', await inDays(phone, -40));
    await expect(phone.page.getByText('Ngày hết hạn ở trước ngày cấp.')).toBeVisible();
    await paper.fill('Có giá trị đến', until);
    await expect(phone.page.getByText(`Sắp hết hạn (17 ngày), đến ${vi(until)}`)).toBeVisible();
    await paper.finish();
    await expect(paper.rows).toHaveCount(1);
    await expect(paper.rows).toContainText('48/2024/ATTP');
    await expect(paper.rows).toContainText('Trên máy');
  });

  await test.step('the same paper is offered instead of a second one', async () => {
    await paper.add();
    await paper.chooseKind('an toan thuc pham');
    await expect(paper.saved).toBeVisible();
    await paper.fill('Số', '48-2024-attp');
    await phone.page.getByRole('link', { name: 'Dùng giấy tờ đã có' }).click();
    await expect(phone.page.getByRole('heading', { level: 1, name: 'Giấy tờ', exact: true })).toBeVisible();
    await expect(phone.page.getByText('Đã bỏ giấy tờ vừa tạo')).toBeVisible();
    await phone.open(`${PRODUCT}?tab=evidence`);
    await expect(paper.rows).toHaveCount(1);
  });

  await test.step('Hôm nay tells of it', async () => {
    await phone.open('/papers');
    await expect(phone.page.getByRole('link', { name: /48\/2024\/ATTP/ })).toContainText('Trên máy');
    await phone.open('/');
    const due = new TodayPage(phone.page).section('Sắp đến hạn').getByRole('link', { name: /48\/2024\/ATTP/ });
    await expect(due).toContainText(`Nước mắm mẫu 01 · Sắp hết hạn (17 ngày), đến ${vi(until)}`);
    await due.click();
    await expect(paper.name).toHaveText('Giấy chứng nhận đủ điều kiện an toàn thực phẩm');
  });

  let assessment = '';
  await test.step('it is attached to a criterion, and a new one is made from there', async () => {
    await phone.open(PRODUCT);
    await new ProductPage(phone.page).beginAssessment();
    const sheet = new AssessmentPage(phone.page);
    await sheet.choose('9', 3);
    assessment = sheet.id();
    await sheet.criterion('9').getByRole('button', { name: 'Gắn giấy tờ' }).click();
    const choice = phone.page.getByRole('dialog', { name: 'Giấy tờ cho 9' });
    await choice.getByRole('button', { name: /48\/2024\/ATTP/ }).click();
    await expect(sheet.papersFor('9')).toHaveCount(1);

    await sheet.criterion('9').getByRole('button', { name: 'Gắn giấy tờ' }).click();
    await choice.getByRole('button', { name: 'Giấy tờ mới' }).click();
    await paper.chooseKind('haccp');
    await expect(paper.saved).toBeVisible();
    await paper.fill('Số', 'HACCP 7');
    await paper.finish();
    await expect(sheet.criterion('9').getByRole('link', { name: /HACCP 7/ })).toContainText('Không thời hạn');
    await expect(sheet.criterion('9')).toContainText('2 minh chứng');
  });

  await test.step('all of it is there after a restart, and arrives with the network', async () => {
    await phone.restart();
    await phone.open(`/assessment/${assessment}`);
    await expect(new AssessmentPage(phone.page).papersFor('9')).toHaveCount(2);
    await phone.setOffline(false);
    await everythingSent(phone);
    const documents = await office.documentsIn(COMMUNE);
    const papers = documents.filter(({ kind, deleted }) => kind === 'paper' && deleted !== true);
    expect(papers.map(({ number, validUntil }) => [number, validUntil]).sort()).toEqual([
      ['48/2024/ATTP', until],
      ['HACCP 7', undefined]
    ]);
    const sent = documents.find(({ _id }) => _id === assessment);
    const ids = papers.sort((a, b) => (String(a['number']) < String(b['number']) ? -1 : 1)).map(({ _id }) => _id);
    expect(sent?.['evidenceByCriterion']).toEqual({ '9': ids });
    await phone.open('/papers');
    await expect(phone.page.getByRole('link', { name: /48\/2024\/ATTP/ })).toContainText('Đã gửi');
  });

  await test.step('a colleague reads both, and what they prove', async () => {
    const other = await unpackPhone();
    await signInFresh(other, OFFICER_B);
    await everythingSent(other);
    await other.open('/');
    const ofOther = new PaperPage(other.page);
    await new TodayPage(other.page)
      .section('Sắp đến hạn')
      .getByRole('link', { name: /48\/2024\/ATTP/ })
      .click();
    await expect(ofOther.name).toHaveText('Giấy chứng nhận đủ điều kiện an toàn thực phẩm');
    await expect(other.page.getByRole('group', { name: 'Minh chứng cho' }).getByRole('link')).toContainText(
      '9 Đảm bảo chất lượng sản phẩm'
    );
    await other.open(`${PRODUCT}?tab=evidence`);
    await expect(ofOther.rows).toHaveCount(2);
    await expect(ofOther.rows.first()).toContainText('48/2024/ATTP');
  });
});

test('a paper that is evidence is deleted after a word, and comes back with all by Undo', async ({ phone, office }) => {
  const evidence = { '8': [anId('paper')], '9': [anId('paper')] };
  await ready(phone, office, aPaper({ number: 'KN 12' }), anAssessment({ evidenceByCriterion: evidence }));
  await phone.open(`/paper/${anId('paper')}`);
  const paper = new PaperPage(phone.page);
  await phone.page.getByRole('button', { name: 'Việc khác' }).click();
  await expect(phone.page.getByText('Đang là minh chứng của tiêu chí 8, 9.')).toBeVisible();
  await phone.page.keyboard.press('Escape');
  await paper.remove();
  await expect(phone.page.getByText('Đã xóa giấy tờ này')).toBeVisible();
  await phone.page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(paper.name).toHaveText('Phiếu kiểm nghiệm');
  await expect(phone.page.getByRole('group', { name: 'Minh chứng cho' }).getByRole('link')).toHaveCount(2);

  await paper.remove();
  await expect(phone.page.getByText('Đã xóa giấy tờ này')).toBeVisible();
  await everythingSent(phone);
  const documents = await office.documentsById([anId('paper'), anId('assessment')], COMMUNE);
  expect(documents.get(anId('paper'))).toMatchObject({ deleted: true, number: 'KN 12' });
  expect(documents.get(anId('assessment'))).toMatchObject({ evidenceByCriterion: {} });
});

test('a paper that the server refuses says so, leads to its form, and arrives once the server takes it', async ({
  phone,
  office
}) => {
  await ready(phone, office, aPaper({ number: 'KN 12' }));
  await office.keepAtMost(10, COMMUNE);
  await phone.open(`/paper/${anId('paper')}/edit`);
  const paper = new PaperPage(phone.page);
  await paper.fill('Nơi cấp', 'Trung tâm kiểm nghiệm mẫu');
  await expect(paper.saved).toBeVisible();
  await phone.open('/sync');
  const refused = new SyncPage(phone.page).refused('Giấy tờ của Nước mắm mẫu 01');
  await expect(refused).toBeVisible();
  await refused.getByRole('link', { name: 'Sửa' }).click();
  await expect(phone.page.getByLabel('Nơi cấp', { exact: true })).toHaveValue('Trung tâm kiểm nghiệm mẫu');
  await office.restoreRules(COMMUNE);
  await paper.fill('Nơi cấp', 'Trung tâm mẫu');
  await expect(paper.saved).toBeVisible();
  await everythingSent(phone);
  expect(await office.oneOf('paper', COMMUNE)).toMatchObject({ issuer: 'Trung tâm mẫu', number: 'KN 12' });
});

test('two officers note different days on one paper: one of them chooses', async ({ phone, office }) => {
  await ready(phone, office, aPaper({ number: 'KN 12', validUntil: '2027-01-01' }));
  await phone.setOffline(true);
  await phone.open(`/paper/${anId('paper')}/edit`);
  const paper = new PaperPage(phone.page);
  await paper.fill('Có giá trị đến', '2028-02-02');
  await paper.chooseKind('giai thuong');
  await expect(paper.saved).toBeVisible();
  await office.edit(anId('paper'), COMMUNE, { validUntil: '2028-03-03', paperKind: 'origin' });
  await phone.setOffline(false);
  const sync = await syncNow(phone);
  await sync.compare();
  await expect(phone.page.getByText('Giấy tờ của Nước mắm mẫu 01').first()).toBeVisible();
  for (const words of ['Loại giấy tờ', 'Giải thưởng, bằng khen', 'Có giá trị đến', '02/02/2028', '03/03/2028']) {
    await expect(phone.page.getByText(words).first()).toBeVisible();
  }
});
