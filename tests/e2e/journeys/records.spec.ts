// Producers and products: registered with no network, found again, never twice, deleted with a way back, merged by a person.
import { ConflictPage } from '../pages/conflict.ts';
import { ProducerPage, openProducer } from '../pages/producer.ts';
import { ProductPage } from '../pages/product.ts';
import { ProductsPage } from '../pages/products.ts';
import { signInFresh } from '../pages/shell.ts';
import { SyncPage, syncNow } from '../pages/sync.ts';
import { OFFICER_A, OFFICER_B } from '../people.ts';
import { expect, test } from '../test.ts';

test('a producer and a product are registered offline, found again, and sent with the network', async ({ phone }) => {
  const shell = await signInFresh(phone, OFFICER_A);
  await phone.setOffline(true);
  await shell.go('Sản phẩm');
  await new ProductsPage(phone.page).add('Chủ thể mới');
  const producer = new ProducerPage(phone.page);
  await producer.register('Cơ sở mẫu 31', 'Phan Rí Cửa');
  await producer.fill('Số điện thoại', '0252 000 031');
  await producer.toProduct();
  const product = new ProductPage(phone.page);
  await product.register('Nước mắm mẫu 31', 'nuoc mam');
  await product.finish();
  await expect(product.name).toHaveText('Nước mắm mẫu 31');
  await expect(phone.page.getByText('Bộ 09')).toBeVisible();

  await phone.open('/products');
  const products = new ProductsPage(phone.page);
  await products.search.fill('nuoc MAM mau 31');
  await expect(products.row('Nước mắm mẫu 31')).toContainText('Trên máy');
  await phone.open('/sync');
  await expect(new SyncPage(phone.page).headline).toContainText('Còn 2 hồ sơ chưa gửi');
  await phone.setOffline(false);
  await new SyncPage(phone.page).now.click();
  await expect(new SyncPage(phone.page).headline).toContainText('Đã gửi hết');
  await phone.open('/products');
  await expect(products.row('Nước mắm mẫu 31')).toContainText('Đã gửi');
});

test('a producer can be made in the communes of the account only', async ({ phone, unpackPhone, office }) => {
  await signInFresh(phone, OFFICER_A);
  await phone.open('/producer/new');
  expect((await new ProducerPage(phone.page).communes()).sort()).toEqual(['Liên Hương', 'Phan Rí Cửa']);

  const other = await unpackPhone();
  await signInFresh(other, OFFICER_B);
  await other.open('/producer/new');
  await expect(other.page.locator('#commune')).toHaveText('Phan Rí Cửa');
  await expect(other.page.locator('#commune')).toHaveAttribute('aria-disabled', 'true');
  await new ProducerPage(other.page).register('Cơ sở mẫu 30');
  await expect.poll(() => office.namesIn(OFFICER_B.commune)).toEqual(['Cơ sở mẫu 30']);
});

test('a producer that is there already is offered instead of a second one', async ({ phone }) => {
  await signInFresh(phone, OFFICER_A);
  const producer = new ProducerPage(phone.page);
  await phone.open('/producer/new');
  await producer.register('Cơ sở mẫu 32', 'Phan Rí Cửa');
  await producer.finish();
  await phone.open('/producer/new');
  await producer.chooseCommune('Phan Rí Cửa');
  await producer.fill('Tên chủ thể', 'co so mau 32');
  await expect(producer.held).toBeVisible();
  await phone.page.getByRole('link', { name: 'Dùng chủ thể đã có' }).click();
  await expect(phone.page.getByRole('heading', { level: 2, name: 'Cơ sở mẫu 32' })).toBeVisible();
  await phone.open('/products?show=producers');
  await expect(new ProductsPage(phone.page).rows).toHaveCount(1);
});

test('search and order survive Back and a kill; a deleted product comes back by Undo', async ({ phone }) => {
  await signInFresh(phone, OFFICER_A);
  const producer = new ProducerPage(phone.page);
  const product = new ProductPage(phone.page);
  await phone.open('/producer/new');
  await producer.register('Cơ sở mẫu 33', 'Phan Rí Cửa');
  await producer.toProduct();
  await product.register('Bánh rế mẫu 33', 'nuoc mam');
  await product.finish();
  await expect(product.name).toHaveText('Bánh rế mẫu 33');

  await phone.open('/products');
  const products = new ProductsPage(phone.page);
  await products.search.fill('không có gì như vậy');
  await phone.page.getByRole('button', { name: 'Xem tất cả' }).click();
  await expect(products.search).toHaveValue('');
  await expect(products.rows).toHaveCount(1);
  await products.sortBy('Tên A–Z');
  await products.search.fill('banh re');
  await products.open('Bánh rế mẫu 33');
  await expect(product.name).toHaveText('Bánh rế mẫu 33');
  await phone.page.goBack();
  await expect(products.search).toHaveValue('banh re');
  await phone.kill();
  await phone.start();
  await phone.open('/products');
  const reopened = new ProductsPage(phone.page);
  await expect(reopened.search).toHaveValue('banh re');
  await expect(reopened.order).toContainText('Tên A–Z');

  await reopened.open('Bánh rế mẫu 33');
  await new ProductPage(phone.page).remove();
  await expect(phone.page.getByText('Đã xóa sản phẩm này')).toBeVisible();
  await phone.page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(new ProductPage(phone.page).name).toHaveText('Bánh rế mẫu 33');
  await phone.page.goBack();
  await expect(reopened.row('Bánh rế mẫu 33')).toHaveCount(1);
});

test('two officers change different fields: both survive without a question', async ({ phone, unpackPhone }) => {
  await signInFresh(phone, OFFICER_A);
  const ofA = new ProducerPage(phone.page);
  await phone.open('/producer/new');
  await ofA.register('Cơ sở mẫu 37', 'Phan Rí Cửa');
  await ofA.finish();
  await expect(phone.page.getByText('Đã gửi').first()).toBeVisible();

  const other = await unpackPhone();
  await signInFresh(other, OFFICER_B);
  const ofB = await openProducer(other, 'Cơ sở mẫu 37');
  await other.setOffline(true);
  await ofB.edit();
  await ofB.fill('Số điện thoại', '0252 000 037');
  await expect(ofB.saved).toBeVisible();

  await ofA.edit();
  await ofA.fill('Địa chỉ', 'Thôn mẫu 37');
  await expect(ofA.saved).toBeVisible();
  await phone.open('/sync');
  await new SyncPage(phone.page).now.click();
  await expect(new SyncPage(phone.page).headline).toContainText('Đã gửi hết');

  await other.setOffline(false);
  await other.open('/sync');
  await new SyncPage(other.page).now.click();
  await expect(new SyncPage(other.page).headline).toContainText('Đã gửi hết');
  await new SyncPage(phone.page).now.click();
  for (const { page, open } of [
    { page: other.page, open: () => other.open('/products?show=producers') },
    { page: phone.page, open: () => phone.open('/products?show=producers') }
  ]) {
    await open();
    await new ProductsPage(page).open('Cơ sở mẫu 37');
    await expect(page.getByText('0252 000 037')).toBeVisible();
    await expect(page.getByText('Thôn mẫu 37')).toBeVisible();
  }
});

test('two officers change the same field: the second one chooses, and both phones agree', async ({
  phone,
  unpackPhone
}) => {
  await signInFresh(phone, OFFICER_A);
  const ofA = new ProducerPage(phone.page);
  await phone.open('/producer/new');
  await ofA.register('Cơ sở mẫu 34', 'Phan Rí Cửa');
  await ofA.fill('Số điện thoại', '0252 000 034');
  await ofA.finish();
  await expect(phone.page.getByText('Đã gửi').first()).toBeVisible();

  const other = await unpackPhone();
  await signInFresh(other, OFFICER_B);
  const ofB = await openProducer(other, 'Cơ sở mẫu 34');
  await other.setOffline(true);
  await ofB.edit();
  await ofB.fill('Số điện thoại', '0252 000 035');
  await expect(ofB.saved).toBeVisible();

  await ofA.edit();
  await ofA.fill('Số điện thoại', '0252 000 036');
  await expect(ofA.saved).toBeVisible();
  await phone.open('/sync');
  await new SyncPage(phone.page).now.click();
  await expect(new SyncPage(phone.page).headline).toContainText('Đã gửi hết');

  await other.setOffline(false);
  const sync = await syncNow(other);
  await sync.compare();
  const conflict = new ConflictPage(other.page);
  await expect(conflict.field('Số điện thoại')).toContainText('0252 000 036');
  await conflict.choose('Số điện thoại', '0252 000 035');
  await conflict.merge.click();
  await expect(sync.headline).toContainText('Đã gửi hết');

  await new SyncPage(phone.page).now.click();
  await openProducer(phone, 'Cơ sở mẫu 34');
  await expect(phone.page.getByText('0252 000 035')).toBeVisible();
});
