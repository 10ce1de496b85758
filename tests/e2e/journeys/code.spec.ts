// QR codes: a record's own code, drawn by one phone and read by another from a picture; foreign ones and those of others.
import { aProducer, aProduct, anId } from '../../support/documents.ts';
import { ProductPage } from '../pages/product.ts';
import { ProductsPage } from '../pages/products.ts';
import { signInFresh } from '../pages/shell.ts';
import { OFFICER_A, OFFICER_C, type Office } from '../people.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';

const PRODUCT = anId('product');
const NAME = 'Nước mắm mẫu 01';

/** A picture of the record's own code, as another phone photographs it from the screen. */
async function photographed(phone: Phone, path: string): Promise<string> {
  await phone.open(path);
  await phone.page.getByRole('button', { name: 'Việc khác' }).click();
  await phone.page.getByRole('button', { name: 'Mã QR' }).click();
  const sheet = phone.page.getByRole('dialog', { name: /^Mã QR:/ });
  await sheet.getByRole('img', { name: /^Mã QR của/ }).waitFor();
  const file = test.info().outputPath(`${path.replace(/\W+/g, '-')}.png`);
  // The whole sheet, words and all, as a hand holds a phone.
  await sheet.screenshot({ path: file, animations: 'disabled' });
  return file;
}

async function settle(office: Office): Promise<void> {
  await office.place(
    aProducer(),
    aProduct({ name: NAME, code: '68-22972-01-2026' }),
    aProduct({ _id: anId('product', 2), name: 'Mắm ruốc mẫu 02' })
  );
}

test('a record is opened by its own code on another phone, also with no network', async ({
  phone,
  unpackPhone,
  office
}) => {
  await settle(office);
  await signInFresh(phone, OFFICER_A);
  const ofProduct = await photographed(phone, `/product/${PRODUCT}`);
  const ofProducer = await photographed(phone, `/producer/${anId('producer')}`);

  const colleague = await unpackPhone();
  await signInFresh(colleague, OFFICER_A);
  const products = new ProductsPage(colleague.page);
  await colleague.open('/products');
  await products.row(NAME).waitFor();
  await products.scanPicture(ofProduct);
  await expect(colleague.page).toHaveURL(new RegExp(`/product/${PRODUCT}$`));
  await expect(new ProductPage(colleague.page).name).toHaveText(NAME);

  // The reader has come with the first code; from then on it needs no network.
  await colleague.kill();
  await colleague.start();
  await colleague.setOffline(true);
  await colleague.open('/products');
  await new ProductsPage(colleague.page).scanPicture(ofProducer);
  await expect(colleague.page).toHaveURL(new RegExp(`/producer/${anId('producer')}$`));
  await expect(colleague.page.getByRole('heading', { level: 2 }).first()).toHaveText('Cơ sở mẫu 01');
});

test('the code of a record that is not on this phone says so', async ({ phone, unpackPhone, office }) => {
  await settle(office);
  await signInFresh(phone, OFFICER_A);
  const picture = await photographed(phone, `/product/${PRODUCT}`);
  const stranger = await unpackPhone();
  await signInFresh(stranger, OFFICER_C);
  await stranger.open('/products');
  await new ProductsPage(stranger.page).scanPicture(picture);
  await expect(stranger.page.getByText('Hồ sơ của mã này chưa có trên máy')).toBeVisible();
  await expect(stranger.page).toHaveURL(/\/products/);
  await stranger.page.getByRole('button', { name: 'Quét mã khác' }).click();
  await expect(stranger.page.getByRole('textbox', { name: 'Gõ mã' })).toBeVisible();
});

test('a foreign code shows its text, and finds the product that it belongs to', async ({ phone, office }) => {
  await settle(office);
  await signInFresh(phone, OFFICER_A);
  await phone.open('/products');
  const products = new ProductsPage(phone.page);
  await expect(products.rows).toHaveCount(2);
  await phone.page.getByRole('button', { name: 'Quét mã' }).click();
  await phone.page.getByRole('textbox', { name: 'Gõ mã' }).fill('68-22972-01-2026');
  await phone.page.getByRole('button', { name: 'Dùng mã này' }).click();
  const sheet = phone.page.getByRole('dialog', { name: 'Quét mã QR, mã vạch' });
  await expect(sheet.getByText('68-22972-01-2026')).toBeVisible();
  await sheet.getByRole('button', { name: 'Tìm mã này trong danh sách' }).click();
  await expect(products.search).toHaveValue('68-22972-01-2026');
  await expect(products.rows).toHaveCount(1);
  await expect(products.rows).toContainText(NAME);
});

test('a phone without the reader and without a network says so, and takes the code by hand', async ({
  phone,
  server,
  office
}) => {
  await settle(office);
  await signInFresh(phone, OFFICER_A);
  await phone.open('/products');
  await phone.page.getByText(NAME).waitFor();
  // It comes by itself with the list; only what is there can be lost.
  await expect
    .poll(() => phone.page.evaluate(async () => (await (await caches.open('code-reader')).keys()).length))
    .toBe(1);
  const picture = await photographed(phone, `/product/${PRODUCT}`);
  await phone.page.evaluate(() => caches.delete('code-reader'));
  await phone.loseBrowserCache();
  await phone.kill();
  // Not `setOffline`, which lets the service worker through.
  await server.kill();
  await phone.start();
  await phone.open('/products');
  await new ProductsPage(phone.page).scanPicture(picture);
  await expect(phone.page.getByText(/^Chưa có bộ đọc mã trên máy/)).toBeVisible();
  await phone.page.getByRole('textbox', { name: 'Gõ mã' }).fill(`https://sotay.example.vn/product/${PRODUCT}`);
  await phone.page.getByRole('button', { name: 'Dùng mã này' }).click();
  await expect(new ProductPage(phone.page).name).toHaveText(NAME);
});
