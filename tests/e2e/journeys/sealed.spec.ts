// A phone that was lost or copied: every file of the browser's profile is searched for what was typed and photographed.
import type { Page } from '@playwright/test';
import { aProducer, aProduct, aSurvey, anAssessment, anId } from '../../support/documents.ts';
import { bundlePageScript } from '../../support/page-script.ts';
import { readDevice, vaultOn } from '../device.ts';
import type { Words } from '../inPage/lockedWork.ts';
import { PhotosPage } from '../pages/photos.ts';
import { ProducerPage } from '../pages/producer.ts';
import { ProductsPage } from '../pages/products.ts';
import { signInFresh } from '../pages/shell.ts';
import { SurveyPage } from '../pages/survey.ts';
import { ProductPage } from '../pages/product.ts';
import { OFFICER_B } from '../people.ts';
import { LAPTOP, type Phone } from '../phone.ts';
import { aPhotoFile } from '../pictures.ts';
import { formsOf, found, piecesOf } from '../profile.ts';
import { expect, test } from '../test.ts';

const script = bundlePageScript(new URL('../inPage/lockedWork.ts', import.meta.url));
const KEY = Array.from(crypto.getRandomValues(new Uint8Array(32)));
const ACCOUNT = 'khoa';

const WORDS: Words = {
  name: 'Thạch Thị Sà Rươne',
  phone: '0987612345',
  ethnicity: 'Khmer-Chơ Roi',
  answer: 'Ủ chượp trong lu đất Phước Thểv',
  draft: 'Hộ bà Kiều Mẫuq',
  theirs: 'Ghi chú của đồng nghiệpz',
  refusal: 'Không nhận vì Thổ Cẩmw'
};

const isDatabase = (file: string): boolean => file.includes('IndexedDB');

/** A page of the app's origin in which the app does not run. */
async function bare(phone: Phone): Promise<void> {
  await phone.open('/config.json');
  await phone.page.evaluate(await script);
}

test('in a phone without a lock all of it is found; with the lock nothing, not in any file', async ({
  unpackPhone
}) => {
  test.setTimeout(180_000);
  for (const key of [null, KEY]) {
    const phone = await unpackPhone();
    await bare(phone);
    const photo = await aPhotoFile(phone.page, 'Lu sành', '#6b4a2b');
    await phone.page.evaluate(([account, k, words, bytes]) => window.lockedWork.work(account, k, words, bytes), [
      ACCOUNT,
      key,
      WORDS,
      photo.buffer.toString('base64')
    ] as const);
    const needles = { ...formsOf({ ...WORDS }), ...piecesOf('photo', photo.buffer) };
    const search = async () => {
      await phone.kill();
      return found(phone.profile, needles);
    };
    const once = await search();
    // The next start tidies the files up: looked at once more.
    await phone.start();
    await bare(phone);
    const read = await phone.page.evaluate(([account, k]) => window.lockedWork.read(account, k), [
      ACCOUNT,
      key
    ] as const);
    expect(read.join()).toContain(WORDS.name);
    const hits = [...once, ...(await search())];
    if (key === null) {
      const names = hits.map(({ needle }) => needle.replace(/ \(.*\)$/, ''));
      const all = [...Object.keys(WORDS), 'photo: header', 'photo: a third', 'photo: middle'];
      expect(all.filter((name) => !names.includes(name))).toEqual([]);
    } else expect(hits).toEqual([]);
  }
});

const PIN = '274916';

async function tap(page: Page, label: string): Promise<void> {
  const pad = page.getByRole('group', { name: label, exact: true });
  for (const digit of PIN) await pad.getByRole('button', { name: digit, exact: true }).click();
}

/** Keeps the bytes of every picture that the page shows. */
async function keepPictures(page: Page): Promise<() => Promise<Buffer[]>> {
  await page.addInitScript(() => {
    const make = URL.createObjectURL;
    const shown: Blob[] = [];
    Object.assign(window, { shownPictures: shown });
    URL.createObjectURL = (of) => {
      if (of instanceof Blob && of.type === 'image/jpeg') shown.push(of);
      return make.call(URL, of);
    };
  });
  return async () => {
    const all = await page.evaluate(() => {
      const { shownPictures } = window as unknown as { shownPictures: Blob[] };
      return Promise.all(
        shownPictures.map(async (one) =>
          btoa(Array.from(new Uint8Array(await one.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(''))
        )
      );
    });
    return all.map((base64) => Buffer.from(base64, 'base64'));
  };
}

/**
 * A morning with the app: a producer, a product, a survey, a photo; synced, searched, closed and opened again.
 * @returns the photo as it is kept, and its thumbnail
 */
async function morning(phone: Phone, isLocked: boolean): Promise<Buffer[]> {
  await signInFresh(phone, OFFICER_B);
  const pictures = await keepPictures(phone.page);
  const open = async (path: string) => {
    await phone.open(path);
    if (isLocked) await tap(phone.page, 'Nhập PIN');
  };
  const { page } = phone;
  if (isLocked) {
    await phone.open('/settings');
    await page.getByRole('button', { name: 'Đặt khóa' }).click();
    await tap(page, 'Chọn PIN 6 số');
    await tap(page, 'Nhập lại PIN');
    await page.getByText('Nhập PIN vừa đặt để khóa dữ liệu').waitFor();
    await tap(page, 'Nhập PIN');
    await page.getByText('Đang khóa').waitFor();
  }
  await open('/products');
  await new ProductsPage(page).add('Chủ thể mới');
  const producer = new ProducerPage(page);
  await producer.register(WORDS.name);
  await producer.fill('Số điện thoại', WORDS.phone);
  await producer.fill('Dân tộc', WORDS.ethnicity);
  await producer.toProduct();
  await page.getByLabel('Tên sản phẩm', { exact: true }).fill(WORDS.draft);
  const product = new ProductPage(page);
  await product.chooseSet('nuoc mam');
  await product.saved.waitFor();
  await product.toSurvey();
  const survey = new SurveyPage(page);
  await survey.goTo('Sản xuất');
  await survey.do({ type: ['Quy trình sản xuất', WORDS.answer] });
  const vault = isLocked ? await vaultOn(page, OFFICER_B.name, PIN) : null;
  const stored = async () => JSON.stringify((await readDevice(page, OFFICER_B.name, '', vault)).docs);
  await expect.poll(stored).toContain(WORDS.answer);

  await open('/products');
  const list = new ProductsPage(page);
  await list.open(WORDS.draft);
  await product.showTab('Minh chứng');
  const photos = new PhotosPage(page, page.getByRole('tabpanel').getByRole('group', { name: 'Ảnh sản phẩm' }));
  await photos.choose(await aPhotoFile(page, 'Nhãn', '#8a2020'));
  await photos.areThere(1);
  await photos.open(1);
  await photos.arePainted(photos.viewer.getByRole('img'), 1);
  const kept = await pictures();

  await open('/sync');
  await expect(
    page
      .getByText('Chờ gửi')
      .or(page.getByText(/^Đã gửi hết/))
      .first()
  ).toBeVisible();
  await open('/products');
  await list.search.fill(WORDS.theirs);
  await expect(list.rows).toHaveCount(0);
  await list.show('Chủ thể');
  // The list writes its state into the address, but for the words.
  await expect(page).toHaveURL(/\?show=producers$/);
  await phone.restart();
  await phone.open('/products');
  if (isLocked) await tap(phone.page, 'Nhập PIN');
  await new ProductsPage(phone.page).search.waitFor();
  await phone.kill();
  return kept;
}

for (const isLocked of [false, true]) {
  test(`a morning with the app ${isLocked ? 'and its lock leaves nothing in clear' : 'lies in its database only'}`, async ({
    phone
  }) => {
    test.setTimeout(150_000);
    const kept = await morning(phone, isLocked);
    expect(kept.length).toBeGreaterThan(0);
    const { refusal: _refusal, ...typed } = WORDS;
    const pieces = kept.map((bytes, i) => piecesOf(`picture ${String(i)}`, bytes));
    const hits = await found(phone.profile, Object.assign(formsOf(typed), ...pieces));
    expect(hits.filter(({ file }) => isLocked || !isDatabase(file))).toEqual([]);
    if (!isLocked) {
      const names = new Set(hits.map(({ needle }) => needle.replace(/ \(.*\)$/, '')));
      const sought = ['name', 'phone', 'ethnicity', 'answer', ...pieces.flatMap((one) => Object.keys(one))];
      expect(sought.filter((name) => !names.has(name))).toEqual([]);
    }
  });
}

test('nor on the laptop, where screens bear the names of records', async ({ office, unpackPhone }) => {
  const phone = await unpackPhone({ viewport: LAPTOP });
  await office.place(
    aProducer({ name: WORDS.name }),
    aProduct({ name: WORDS.draft }),
    anAssessment(),
    aSurvey({ answers: { producer_name: WORDS.name } })
  );
  await signInFresh(phone, OFFICER_B);
  const { page } = phone;
  await phone.open('/sync');
  await page.getByText(/^Đã gửi hết/).waitFor();
  for (const place of ['producer', 'product', 'assessment', 'survey']) {
    await phone.open(`/${place}/${anId(place)}`);
    await page
      .getByText(place === 'producer' ? WORDS.name : WORDS.draft)
      .first()
      .waitFor();
  }
  await phone.restart();
  await phone.kill();
  const hits = await found(phone.profile, formsOf({ name: WORDS.name, product: WORDS.draft }));
  expect(hits.filter(({ file }) => !isDatabase(file))).toEqual([]);
});

test('the browser is killed while everything is being sealed: nothing is lost, and it goes on', async ({ phone }) => {
  test.setTimeout(180_000);
  await bare(phone);
  await phone.page.evaluate((account) => window.lockedWork.fill(account, 600), ACCOUNT);
  const before = await phone.page.evaluate((account) => window.lockedWork.read(account, null), ACCOUNT);
  expect(before).toHaveLength(600);
  for (let kill = 1; kill <= 3; kill++) {
    const shoot = await phone.aim();
    // Nobody waits for its end.
    await phone.page.evaluate(([account, key]) => void window.lockedWork.seal(account, key), [ACCOUNT, KEY] as const);
    await phone.page.waitForFunction((share) => {
      const [done, of] = document.title.split('/').map(Number);
      return (done ?? 0) / (of ?? 1) > share;
    }, kill * 0.2);
    await shoot();
    await phone.start();
    await bare(phone);
    const after = await phone.page.evaluate(([account, key]) => window.lockedWork.read(account, key), [
      ACCOUNT,
      KEY
    ] as const);
    expect(after).toEqual(before);
  }
  expect(
    await phone.page.evaluate(([account, key]) => window.lockedWork.seal(account, key), [ACCOUNT, KEY] as const)
  ).toBe(true);
  const sealed = await phone.page.evaluate(([account]) => window.lockedWork.read(account, null), [ACCOUNT] as const);
  expect(new Set(sealed)).toEqual(new Set(['shut']));
});
