// Where a visit was, who signed, who is near: measured and signed with no network, killed, sent as it was.
import * as v from 'valibot';
import { textToFix } from '#lib/domain/place/fix.ts';
import { textToSignature } from '#lib/domain/signature/signature.ts';
import { COMMUNE, aProducer, aProduct, aSurvey, anId } from '../../support/documents.ts';
import { whole } from '../../support/whole-survey.ts';
import { PlaceFieldPage } from '../pages/place.ts';
import { ProductsPage } from '../pages/products.ts';
import { signInFresh } from '../pages/shell.ts';
import { SurveyPage } from '../pages/survey.ts';
import { syncNow } from '../pages/sync.ts';
import { OFFICER_A, type Office } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

const YARD = { lat: 11.1702, lon: 108.5713 };
const NEAR = anId('producer', 1);
const FAR = anId('producer', 2);
const SOMEWHERE = anId('producer', 3);

/** Two producers with a place, a kilometre and twenty away from the yard, and one without. */
async function settle(office: Office): Promise<void> {
  const place = (north: number) => ({ lat: YARD.lat + north, lon: YARD.lon, accuracy: 6 });
  await office.place(
    aProducer({ _id: SOMEWHERE, name: 'Cơ sở A chưa đo' }),
    aProducer({ _id: FAR, name: 'Cơ sở B xa', place: place(0.18) }),
    aProducer({ _id: NEAR, name: 'Cơ sở C gần', place: place(-0.009) }),
    ...[SOMEWHERE, FAR, NEAR].map((producerId, number) =>
      aProduct({ _id: anId('product', number), producerId, name: `Sản phẩm ${['A', 'B', 'C'][number] ?? ''}` })
    )
  );
}

/** Signs in with everything of the office on the phone. */
async function arrive(phone: Phone): Promise<void> {
  await signInFresh(phone, OFFICER_A);
  const sync = await syncNow(phone);
  await expect(sync.headline).toContainText('Đã gửi hết');
}

/** The answers of the only survey on the server. */
async function answersOf(office: Office): Promise<Record<string, unknown>> {
  return v.parse(v.looseObject({}), (await office.oneOf('survey', COMMUNE))['answers']);
}

test('a visit is measured and signed with no network, survives a kill, and arrives as it was', async ({
  phone,
  office
}) => {
  await settle(office);
  await arrive(phone);
  // Its session has to outlive the kill below.
  await phone.restart();
  await phone.setOffline(true);
  await phone.open(`/product/${anId('product', 2)}`);
  await phone.page.getByRole('button', { name: 'Khảo sát mới' }).first().click();
  const survey = new SurveyPage(phone.page);
  await survey.goTo('Chuyến khảo sát');
  const place = new PlaceFieldPage(phone.page, 'Vị trí nơi khảo sát');

  await test.step('not allowed: said in words, nothing is asked of the person twice', async () => {
    await place.measure();
    await expect(place.box.getByText(/^Máy chưa cho ứng dụng xem vị trí/)).toBeVisible();
  });

  await test.step('allowed, with a poor receiver that gets better', async () => {
    await phone.allowPlace();
    await phone.standAt({ ...YARD, accuracy: 350 });
    await place.measure();
    await place.isMeasuring('350');
    await expect(place.box.getByRole('button', { name: /^Lấy luôn/ })).toHaveCount(0);
    await phone.standAt({ ...YARD, accuracy: 42 });
    await place.isMeasuring('42');
    await place.take('42');
    await place.holds('42', 'Còn lệch');
    await place.measure();
    await phone.standAt({ ...YARD, lat: YARD.lat + 0.0001, accuracy: 8 });
    await place.holds('8', 'Tốt');
  });

  await survey.do({ type: ['Người đã gặp', 'Người mẫu A'] });
  await survey.sign();
  const signed = await survey.strokes();
  expect(signed).toHaveLength(1);

  await test.step('killed at once: place and signature are there as they were', async () => {
    await expect(survey.saved).toBeVisible();
    await phone.kill();
    await phone.start();
    await phone.setOffline(true);
    await phone.open('/?start');
    const again = new SurveyPage(phone.page);
    await again.isAt('Chuyến khảo sát');
    await new PlaceFieldPage(phone.page, 'Vị trí nơi khảo sát').holds('8', 'Tốt');
    expect(await again.strokes()).toEqual(signed);
    await phone.page.reload();
    expect(await again.strokes()).toEqual(signed);
  });

  await test.step('on the server the place is a geopoint and the signature vector', async () => {
    await phone.setOffline(false);
    const sync = await syncNow(phone);
    await expect(sync.headline).toContainText('Đã gửi hết', { timeout: 30_000 });
    const answers = await answersOf(office);
    expect(textToFix(String(answers['visit_place']))).toMatchObject({ lat: 11.1703, lon: 108.5713, accuracy: 8 });
    const signature = textToSignature(String(answers['met_signature']));
    expect(signature?.tag === 'drawn' && signature.strokes.length).toBe(1);
  });
});

test('handed in, place, signature and code are read as words and a picture', async ({ phone, office }) => {
  await settle(office);
  const signature = 'drawn 1000x400 100 100 200 50 200 -50;700 300';
  await office.place(
    aSurvey({
      status: 'submitted',
      answers: {
        ...whole,
        has_label: 'yes',
        label_qr: 'yes',
        label_qr_code: '8938501234567',
        visit_place: 'no-gps other Hầm chượp',
        met_signature: signature
      }
    })
  );
  await arrive(phone);
  await phone.open(`/survey/${anId('survey')}`);
  const survey = new SurveyPage(phone.page);
  await survey.goTo('Chuyến khảo sát');
  await expect(phone.page.getByText('Không có GPS: Hầm chượp')).toBeVisible();
  expect(await survey.strokes()).toEqual(['M100 100L300 150L500 100', 'M700 300h0']);
  await survey.goTo('Bao bì, nhãn');
  await expect(survey.field('Mã truy xuất trên nhãn')).toHaveValue('8938501234567');
  await expect(phone.page.getByRole('button', { name: 'Quét mã' })).toHaveCount(0);
});

test('sorted by distance: asked only when chosen, said when not possible, remembered without asking', async ({
  phone,
  office
}) => {
  await settle(office);
  await arrive(phone);
  await phone.open('/products');
  const products = new ProductsPage(phone.page);
  await expect(products.rows.first()).toContainText('Sản phẩm A');
  await products.sortBy('Gần tôi');
  await expect(phone.page.getByText(/^Máy chưa cho ứng dụng xem vị trí.*theo tên\.$/)).toBeVisible();
  await expect(products.rows.first()).toContainText('Sản phẩm A');

  await phone.allowPlace();
  await phone.standAt({ ...YARD, accuracy: 25 });
  await phone.page.getByRole('button', { name: 'Thử lại' }).click();
  await expect(products.rows.nth(0)).toContainText('Cơ sở C gần · Phan Rí Cửa · cách 1 km');
  await expect(products.rows.nth(1)).toContainText('cách 20 km');
  await expect(products.rows.nth(2)).toContainText('Chưa đo vị trí');

  await phone.page.reload();
  await expect(products.order).toContainText('Gần tôi');
  await expect(products.rows.first()).toContainText('Sản phẩm C');
  await products.show('Chủ thể');
  await expect(products.rows.first()).toContainText('cách 1 km');
});

test('a producer gets its place on the spot, and its neighbours are drawn around it', async ({ phone, office }) => {
  await settle(office);
  await arrive(phone);
  await phone.allowPlace();
  await phone.standAt({ ...YARD, accuracy: 7 });
  const { page } = phone;

  await phone.open(`/producer/${SOMEWHERE}`);
  await page.getByRole('link', { name: 'Đo vị trí' }).click();
  const place = new PlaceFieldPage(page, 'Vị trí');
  await place.measure();
  await place.holds('7', 'Tốt');
  await page.getByRole('button', { name: 'Xong' }).click();
  await expect(page.getByRole('link', { name: /^Vị trí 11\.17020, 108\.57130/ })).toBeVisible();
  await expect
    .poll(async () => (await office.documentsById([SOMEWHERE], COMMUNE)).get(SOMEWHERE)?.['place'])
    .toMatchObject({ lat: 11.1702, lon: 108.5713, accuracy: 7 });

  await page.getByRole('link', { name: 'Sơ đồ các chủ thể lân cận' }).click();
  await expect(page.getByRole('img', { name: /^Sơ đồ hướng bắc ở trên: 2 chủ thể trong vòng 50 km/ })).toBeVisible();
  const rows = page.getByRole('group', { name: 'Sơ đồ lân cận' }).getByRole('link');
  await expect(rows.nth(0)).toContainText('1 km về hướng nam');
  await expect(rows.nth(1)).toContainText('20 km về hướng bắc');
  await page.getByRole('button', { name: 'Gần hơn' }).click();
  await page.getByRole('button', { name: 'Gần hơn' }).click();
  await expect(rows).toHaveCount(1);
  await expect(page.getByText('Còn 1 chủ thể ở xa hơn.')).toBeVisible();

  await phone.standAt({ lat: YARD.lat - 0.009, lon: YARD.lon, accuracy: 12 });
  await page.getByRole('radio', { name: 'Chỗ tôi đứng' }).check();
  await expect(rows.nth(0)).toContainText('ngay tại đây');
  await rows.nth(0).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Cơ sở C gần' })).toBeVisible();
});
