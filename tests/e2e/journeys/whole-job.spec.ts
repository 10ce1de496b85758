// The officer's whole job with no network, a kill in the middle of typing, and everything in CouchDB in the end.
import { COMMUNE } from '../../support/documents.ts';
import { fishSauceChoices } from '../../support/fish-sauce.ts';
import { whole } from '../../support/whole-survey.ts';
import { AssessmentPage } from '../pages/assessment.ts';
import { ProducerPage, openProducer } from '../pages/producer.ts';
import { ProductPage } from '../pages/product.ts';
import { ProductsPage } from '../pages/products.ts';
import { Shell, signInFresh } from '../pages/shell.ts';
import { SurveyPage, WHOLE_SURVEY } from '../pages/survey.ts';
import { SyncPage, syncNow } from '../pages/sync.ts';
import { TodayPage } from '../pages/today.ts';
import { OFFICER_A, OFFICER_B, OFFICER_C, type Office } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

// The installation is part of it.
test.use({ needsWholeBrowser: true, isInstalled: false });

const PRODUCER = 'Cơ sở mẫu 41';
const PRODUCT = 'Nước mắm mẫu 41';
/**
 * Every answer of the survey: what `WHOLE_SURVEY` types, what the forms of producer and product gave, what is worked out,
 * and the last change.
 */
const TYPED = {
  ...whole,
  producer_name: PRODUCER,
  producer_address: 'Thôn mẫu, xã mẫu',
  workers_local_share: 75,
  product_name: PRODUCT,
  suppliers_area: 0,
  years: [{ _id: expect.any(String), year: 2025, revenue: 1850.5 }],
  officer: OFFICER_A.displayName,
  met: 'Người mẫu A và Người mẫu B',
  visit_place: expect.anything()
};
/** With no network the app tries by itself at longer and longer intervals. */
const BY_ITSELF = { timeout: 120_000 };

test('from the yard to the office', async ({ phone, unpackPhone, server, office }) => {
  test.setTimeout(600_000);

  await test.step('signed in once, then the server is gone: the app is there and offers to be installed', async () => {
    await signInFresh(phone, OFFICER_A);
    await phone.restart();
    await phone.open('/');
    await server.kill();
    const shell = new Shell(phone.page);
    await shell.go('Cài đặt');
    await expect(phone.page.getByRole('button', { name: 'Cài ứng dụng' })).toBeVisible();
  });

  await test.step('a producer, a product, the whole survey', async () => {
    await new Shell(phone.page).go('Sản phẩm');
    await new ProductsPage(phone.page).add('Chủ thể mới');
    const producer = new ProducerPage(phone.page);
    await producer.register(PRODUCER, 'Phan Rí Cửa');
    await producer.fill('Số điện thoại', '0252 000 041');
    await producer.toProduct();
    const product = new ProductPage(phone.page);
    await product.register(PRODUCT, 'nuoc mam');
    await product.finish();
    await expect(product.name).toHaveText(PRODUCT);
    await phone.open('/');
    await new TodayPage(phone.page).survey(PRODUCT);
    await new SurveyPage(phone.page).fillIn(WHOLE_SURVEY);
  });

  await test.step('killed in the middle of typing: the same place, at most the last second missing', async () => {
    const met = new SurveyPage(phone.page).field('Người đã gặp');
    await met.fill('');
    await met.pressSequentially('Người mẫu A và ', { delay: 30 });
    // The one second that may be lost.
    await phone.page.waitForTimeout(1_000);
    await met.pressSequentially('Người mẫu B', { delay: 30 });
    await phone.kill();
    await phone.start();
    await phone.open('/?start');
    const survey = new SurveyPage(phone.page);
    await survey.isAt('Chuyến khảo sát');
    await expect(survey.field('Người đã gặp')).toHaveValue(/^Người mẫu A và/);
    await survey.field('Người đã gặp').fill('Người mẫu A và Người mẫu B');
    await survey.handIn();
  });

  await test.step('the self-assessment: total, ranks and what is missing', async () => {
    await phone.open('/products');
    await new ProductsPage(phone.page).open(PRODUCT);
    await new ProductPage(phone.page).beginAssessment();
    const assessment = new AssessmentPage(phone.page);
    await assessment.fillFishSauce();
    expect(await assessment.shown()).toEqual({
      total: 71,
      byPart: { A: 28, B: 16, C: 27 },
      estimate: 3,
      byPoints: 4,
      byMinimums: 3
    });
    expect(await assessment.missing()).toEqual(['5.1', '1.4', '2.3', '3.5', '3.4']);
  });

  await test.step('the server is back: everything is sent by itself, and each record says so', async () => {
    await phone.open('/sync');
    await expect(new SyncPage(phone.page).headline).toContainText('Còn 4 hồ sơ chưa gửi');
    await server.restart();
    await expect(new SyncPage(phone.page).headline).toContainText('Đã gửi hết', BY_ITSELF);
    const products = new ProductsPage(phone.page);
    await phone.open('/products?show=producers');
    await products.open(PRODUCER);
    const main = phone.page.getByRole('main');
    await expect(main.getByText('Đã gửi').first()).toBeVisible();
    await expect(main.getByText('Trên máy')).toBeHidden();
    await phone.open('/products');
    await products.show('Sản phẩm');
    await expect(products.row(PRODUCT)).toContainText('Đã gửi');
    await products.open(PRODUCT);
    const product = new ProductPage(phone.page);
    for (const tab of ['Khảo sát', 'Tự đánh giá'] as const) {
      await product.showTab(tab);
      await expect(main.getByRole('link', { name: new RegExp(`^${tab} \\d`) })).toContainText('Đã gửi');
    }
  });

  await test.step('the documents in CouchDB are what was typed', async () => {
    expect(await office.oneOf('producer', COMMUNE)).toMatchObject({ name: PRODUCER, phone: '0252 000 041' });
    expect(await office.oneOf('product', COMMUNE)).toMatchObject({ name: PRODUCT, setId: 'qd26-09' });
    const survey = await office.oneOf('survey', COMMUNE);
    expect(survey).toMatchObject({ status: 'submitted', createdBy: OFFICER_A.name, formId: 'product-survey' });
    expect(survey['answers']).toEqual(TYPED);
    const assessment = await office.oneOf('assessment', COMMUNE);
    expect(assessment).toMatchObject({ status: 'draft', setId: 'qd26-09', setVersion: 1 });
    expect(assessment['choiceByCriterion']).toEqual(fishSauceChoices());
  });

  await test.step('a colleague of the commune gets them; an officer of another one may not read them', async () => {
    expect(await office.statusFor(OFFICER_B, COMMUNE)).toBe(200);
    expect(await office.statusFor(OFFICER_C, COMMUNE)).toBe(403);
  });

  const colleague = await unpackPhone();
  await test.step('the colleague opens the survey and the self-assessment as they were left', async () => {
    await signInFresh(colleague, OFFICER_B);
    const { page } = colleague;
    await colleague.open(`/survey/${String((await office.oneOf('survey', COMMUNE))['_id'])}`);
    const survey = new SurveyPage(page);
    await survey.goTo('Chuyến khảo sát');
    await expect(survey.field('Người đã gặp')).toHaveValue(TYPED.met);
    await colleague.open(`/assessment/${String((await office.oneOf('assessment', COMMUNE))['_id'])}`);
    expect(await new AssessmentPage(page).shown()).toMatchObject({ total: 71, byPoints: 4, byMinimums: 3 });
  });

  await test.step('an edit by each of different records crosses over', async () => {
    await colleague.open('/products');
    await new ProductsPage(colleague.page).open(PRODUCT);
    await new ProductPage(colleague.page).edit();
    await colleague.page.getByLabel('Quy cách', { exact: true }).fill('Chai thủy tinh 500 ml');
    await colleague.page.keyboard.press('Tab');
    const producer = await openProducer(phone, PRODUCER);
    await producer.edit();
    await producer.fill('Số điện thoại', '0252 000 042');
    await expect(producer.saved).toBeVisible();

    await arrived(office, 'presentation', 'Chai thủy tinh 500 ml');
    await arrived(office, 'phone', '0252 000 042');
    await refresh(colleague);
    await openProducer(colleague, PRODUCER);
    await expect(colleague.page.getByText('0252 000 042')).toBeVisible();
    await refresh(phone);
    await phone.open('/products');
    // The list remembers that producers were looked at.
    await new ProductsPage(phone.page).show('Sản phẩm');
    await new ProductsPage(phone.page).open(PRODUCT);
    await expect(phone.page.getByText('Chai thủy tinh 500 ml')).toBeVisible();
  });
});

/** A field of some document has this value on the server. */
async function arrived(office: Office, field: string, value: string): Promise<void> {
  await expect
    .poll(async () => (await office.documentsIn(COMMUNE)).map((document) => document[field]), BY_ITSELF)
    .toContain(value);
}

/** Fetches what others have sent. */
async function refresh(phone: Phone): Promise<void> {
  const sync = await syncNow(phone);
  await expect(sync.headline).toContainText('Đã gửi hết');
}
