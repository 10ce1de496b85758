// A document that the server refuses: kept with its reason, in nobody's way, and sent once the cause is gone.
import { COMMUNE } from '../../support/documents.ts';
import { ProducerPage } from '../pages/producer.ts';
import { ProductPage } from '../pages/product.ts';
import { ProductsPage } from '../pages/products.ts';
import { signInFresh } from '../pages/shell.ts';
import { SyncPage } from '../pages/sync.ts';
import { OFFICER_A, type Office } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

const PRODUCT = 'Nước mắm mẫu 51';
const CARD = `Sản phẩm ${PRODUCT}`;
const WORDY = 'Chai thủy tinh 500 ml, thùng 12 chai. '.repeat(50).trim();
/** Of JSON: enough for any record here but the wordy one. */
const MOST = 1_500;

test('a refused document keeps its reason through a kill, holds nobody up, and goes when asked again', async ({
  phone,
  office
}) => {
  await registerWithOneTooLong(phone, office);

  await test.step('the others went in the same run; the refused one says why', async () => {
    const sync = new SyncPage(phone.page);
    await expect(sync.refused(CARD)).toContainText('Hồ sơ quá lớn, máy chủ không nhận.');
    await expect(sync.refused(CARD)).toContainText('Phần bạn sửa vẫn còn trên máy.');
    await expect(sync.headline).toContainText('1 hồ sơ cần bạn xem');
    await expect(sync.waiting).toHaveCount(0);
    expect((await office.namesIn(COMMUNE)).sort()).toEqual(['Cơ sở mẫu 51', 'Cơ sở mẫu 52']);
  });

  await test.step('after a kill it still stands there, and in the list of products', async () => {
    await phone.kill();
    await phone.start();
    await phone.open('/sync');
    await expect(new SyncPage(phone.page).refused(CARD)).toContainText('Hồ sơ quá lớn, máy chủ không nhận.');
    await phone.open('/products');
    await expect(new ProductsPage(phone.page).row(PRODUCT)).toContainText('Bị từ chối');
    await phone.open('/products?show=producers');
    await expect(new ProductsPage(phone.page).row('Cơ sở mẫu 51')).toContainText('Đã gửi');
  });

  await test.step('asked again while the cause is there, it is refused again', async () => {
    await phone.open('/sync');
    const sync = new SyncPage(phone.page);
    const asked = phone.page.waitForResponse((response) => response.url().endsWith('/_bulk_docs'));
    await sync.refused(CARD).getByRole('button', { name: 'Gửi lại' }).click();
    await asked;
    await expect(sync.refused(CARD)).toBeVisible();
    expect(await office.namesIn(COMMUNE)).not.toContain(PRODUCT);
  });

  await test.step('the cause is gone: asked once more, it is sent', async () => {
    await office.restoreRules(COMMUNE);
    const sync = new SyncPage(phone.page);
    await sync.refused(CARD).getByRole('button', { name: 'Gửi lại' }).click();
    await expect(sync.headline).toContainText('Đã gửi hết');
    await expect(sync.refused(CARD)).toHaveCount(0);
    expect(await office.oneOf('product', COMMUNE)).toMatchObject({ name: PRODUCT, presentation: WORDY });
    // The list remembers that producers were looked at last.
    await phone.open('/products?show=products&sort=name');
    await expect(new ProductsPage(phone.page).row(PRODUCT)).toContainText('Đã gửi');
  });
});

test('Sửa opens the form of the refused document, and the mended one goes by itself', async ({ phone, office }) => {
  await registerWithOneTooLong(phone, office);
  await new SyncPage(phone.page).refused(CARD).getByRole('link', { name: 'Sửa' }).click();
  const presentation = phone.page.getByLabel('Quy cách', { exact: true });
  await expect(presentation).toHaveValue(WORDY);
  await presentation.fill('Chai thủy tinh 500 ml');
  await new ProductPage(phone.page).finish();
  await expect(new ProductPage(phone.page).name).toHaveText(PRODUCT);
  await expect(phone.page.getByText('Đã gửi').first()).toBeVisible();
  expect(await office.oneOf('product', COMMUNE)).toMatchObject({ presentation: 'Chai thủy tinh 500 ml' });
  await phone.open('/sync');
  await expect(new SyncPage(phone.page).headline).toContainText('Đã gửi hết');
});

/** Offline: a producer, a product of it that the office will find too long, another producer; then the network is back. */
async function registerWithOneTooLong(phone: Phone, office: Office): Promise<void> {
  await signInFresh(phone, OFFICER_A);
  // The cookie has to outlive a kill.
  await phone.restart();
  await office.keepAtMost(MOST, COMMUNE);
  await phone.open('/producer/new');
  await phone.setOffline(true);
  const producer = new ProducerPage(phone.page);
  await producer.register('Cơ sở mẫu 51', 'Phan Rí Cửa');
  await producer.toProduct();
  const product = new ProductPage(phone.page);
  await product.register(PRODUCT, 'nuoc mam');
  await phone.page.getByLabel('Quy cách', { exact: true }).fill(WORDY);
  await product.finish();
  await expect(product.name).toHaveText(PRODUCT);
  await phone.open('/producer/new');
  await producer.register('Cơ sở mẫu 52', 'Phan Rí Cửa');
  await phone.open('/sync');
  await expect(new SyncPage(phone.page).headline).toContainText('Còn 3 hồ sơ chưa gửi');
  await phone.setOffline(false);
  await new SyncPage(phone.page).now.click();
  await expect(new SyncPage(phone.page).refused(CARD)).toBeVisible();
}
