// A survey that is written with no network lives through a kill of the browser and arrives: in other engines than Chromium.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { readDevice, readPhotos } from '../e2e/device.ts';
import { contentsOf } from '../e2e/fieldwork.ts';
import { OFFICER_B } from '../e2e/people.ts';
import { aPhotoFile } from '../e2e/pictures.ts';
import { type Browser, PATIENCE_MS, type Place } from './browser.ts';
import { ENGINES } from './engines.ts';
import {
  button,
  field,
  fileField,
  firstFound,
  heading,
  option,
  screen,
  searchBox,
  section,
  sheet,
  textAt
} from './screen.ts';
import { expect, testIn } from './test.ts';

const PRODUCER = { name: 'Cơ sở mẫu 51', phone: '0252 000 051' };
const PRODUCT = { name: 'Nước mắm mẫu 51', setId: 'qd26-09' };
/** As the survey keeps them: what producer and product have told already, and what is typed. */
const ANSWERS = {
  producer_name: PRODUCER.name,
  phone: PRODUCER.phone,
  product_name: PRODUCT.name,
  criteria_set: PRODUCT.setId,
  producer_address: 'Thôn mẫu, xã mẫu',
  producer_type: 'household',
  workers: 12,
  workers_local: 9,
  application: 'first',
  material_source: 'Phan Thiết, Tuy Phong',
  province_share: 'from_75',
  material_certificates: ['none'],
  years: [{ year: 2025, revenue: 1850.5 }]
};
const SENT = /Đã gửi/;
/** With no network the app tries by itself at longer and longer intervals. */
const BY_ITSELF = { timeout: 60_000 };

for (const engine of ENGINES) {
  const test = testIn(engine);
  test(`${engine.name}: from the yard to the office`, async ({ phone, server, office }, testInfo) => {
    await test.step('signed in once, then the server is gone', async () => {
      await signIn(phone);
      await untilInstalled(phone);
      // In good order: a new cookie is on the disk only after a while.
      await phone.close();
      await phone.start();
      await server.kill();
    });

    await test.step('a producer and a product', async () => {
      await phone.open('/producer/new');
      await phone.type(field('Tên chủ thể'), PRODUCER.name);
      await phone.type(field('Số điện thoại'), PRODUCER.phone);
      await sees(phone, screen, /Đã lưu trên máy/);
      await phone.tap(button('Tiếp: sản phẩm'));
      await phone.type(field('Tên sản phẩm'), PRODUCT.name);
      await phone.tap(field('Bộ tiêu chí'));
      await phone.type(searchBox, 'nuoc mam');
      // Keys may be under way still when the driver has sent them.
      await sees(phone, sheet, /(^|\s)1 kết quả/);
      await phone.tap(firstFound);
      await sees(phone, screen, /Đã lưu trên máy/);
      await phone.tap(button('Tiếp: khảo sát'));
    });

    await test.step('its survey: texts, numbers, choices, a row', async () => {
      await sees(phone, heading('Chủ thể'), /./);
      await phone.type(field('Địa chỉ sản xuất'), 'Thôn mẫu, xã mẫu');
      await phone.tap(option('Loại hình', 'Hộ có đăng ký kinh doanh'));
      await next(phone, 'Lao động');
      await phone.type(field('Tổng số lao động'), '12');
      await phone.type(field('Trong đó, người của xã'), '9');
      await next(phone, 'Sản phẩm');
      await phone.tap(option('Lần này chủ thể muốn', 'Đăng ký lần đầu'));
      await next(phone, 'Nguyên liệu');
      await phone.type(field('Nơi lấy nguyên liệu chính'), 'Phan Thiết');
      await phone.tap(option('Nguyên liệu từ trong tỉnh chiếm', 'Từ 75% đến 100%'));
      await phone.tap(option('Vùng nguyên liệu có chứng nhận nào?', 'Chưa có chứng nhận'));
      for (const section of ['Sản xuất', 'Liên kết', 'Doanh thu']) await next(phone, section);
      await phone.tap(button('Thêm một năm'));
      await phone.type(field('Năm'), '2025');
      await phone.type(field('Doanh thu'), '1850,5');
      await phone.tap(button('Xong dòng này'));
      await keeps(phone, { ...ANSWERS, material_source: 'Phan Thiết' });
      expect(await textAt(phone, screen)).not.toMatch(SENT);
    });

    const photos = await test.step('photos of the yard', async () => {
      await phone.tap(button('Mở danh sách mục'));
      await phone.tap(section('Chuyến khảo sát'));
      await sees(phone, heading('Chuyến khảo sát'), /./);
      await phone.choose(fileField('Chọn ảnh'), await pictures(phone, testInfo.outputPath()));
      await expect.poll(() => namedPhotos(phone), { timeout: PATIENCE_MS }).toHaveLength(2);
      await phone.tap(button('Mở danh sách mục'));
      await phone.tap(section('Doanh thu'));
      await sees(phone, heading('Doanh thu'), /./);
      return readPhotos(phone, OFFICER_B.name);
    });
    const answers = { ...ANSWERS, visit_photo: await namedPhotos(phone) };
    expect(photos.map(({ id }) => id).sort()).toEqual([...answers.visit_photo].sort());

    await test.step('killed: the app opens at a deep link, with the answers, and takes more', async () => {
      const survey = v.parse(v.string(), await phone.evaluate(() => location.pathname + location.search, null));
      await phone.kill();
      await phone.start();
      await phone.open(survey);
      await sees(phone, heading('Doanh thu'), /./);
      await phone.tap(button('1. 2025'));
      await sees(phone, field('Năm'), /^2025$/);
      await sees(phone, field('Doanh thu'), /^1\.850,5$/);
      await phone.tap(button('Mở danh sách mục'));
      await phone.tap(section('Nguyên liệu'));
      await sees(phone, field('Nơi lấy nguyên liệu chính'), /^Phan Thiết$/);
      await phone.type(field('Nơi lấy nguyên liệu chính'), ANSWERS.material_source);
      await keeps(phone, answers);
    });

    await test.step('nothing is said to be sent before the server has it', async () => {
      for (const [path, words] of [
        ['/products', /Trên máy/],
        ['/sync', /Còn 3 hồ sơ chưa gửi[^]*2 ảnh chờ gửi/]
      ] as const) {
        await phone.open(path);
        await sees(phone, screen, words);
        expect(await textAt(phone, screen)).not.toMatch(SENT);
      }
    });

    await test.step('the server is back: everything is there as it was typed, and nothing waits', async () => {
      await server.restart();
      await sees(phone, screen, SENT, BY_ITSELF);
      const onServer = await office.documentsIn(OFFICER_B.commune);
      expect(onServer.map(contentsOf)).toEqual(
        expect.arrayContaining([
          { kind: 'producer', ...PRODUCER },
          { kind: 'product', ...PRODUCT },
          { kind: 'survey', answers }
        ])
      );
      expect(onServer).toHaveLength(3 + photos.length);
      const { outbox, kept } = await readDevice(phone, OFFICER_B.name);
      expect(outbox).toEqual([]);
      const sent = await readPhotos(phone, OFFICER_B.name);
      expect(sent).toEqual(photos.map((photo) => ({ ...photo, state: 'sent' })));
      for (const { id, sha256 } of photos) expect(await office.photoHash(id, OFFICER_B.commune)).toBe(sha256);
      expect(kept).toBe(0);
      await phone.open('/products');
      await sees(phone, screen, SENT);
    });
  });
}

/** First start, first sign-in, everything on the phone. */
async function signIn(phone: Browser): Promise<void> {
  await phone.open('/');
  await phone.tap(button('Bắt đầu'));
  await phone.type(field('Tên tài khoản'), OFFICER_B.name);
  await phone.type(field('Mật khẩu'), OFFICER_B.password);
  await phone.tap(button('Đăng nhập'));
  await sees(phone, heading('Hôm nay'), /./);
}

/** The app's files are on the phone: from now on it has to open with no network. */
async function untilInstalled(phone: Browser): Promise<void> {
  const isInstalled = () =>
    phone.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return registration?.active?.state === 'activated' && navigator.serviceWorker.controller !== null;
    }, null);
  await expect.poll(isInstalled, { timeout: 30_000 }).toBe(true);
}

async function next(phone: Browser, section: string): Promise<void> {
  await phone.tap(button(`Tiếp: ${section}`));
  await sees(phone, heading(section), /./);
}

const sees = (phone: Browser, place: Place, words: RegExp, patience = {}): Promise<void> =>
  expect.poll(async () => (await textAt(phone, place)) ?? '', { message: place.words, ...patience }).toMatch(words);

/** The ids of the photos that the survey on the phone names. */
async function namedPhotos(phone: Browser): Promise<readonly string[]> {
  const { docs } = await readDevice(phone, OFFICER_B.name);
  return v.parse(
    named,
    docs.find(({ kind }) => kind === 'survey')
  ).answers.visit_photo;
}
const named = v.object({ answers: v.object({ visit_photo: v.optional(v.array(v.string()), []) }) });

/** Two picture files, drawn and encoded by the engine itself. @returns their paths */
async function pictures(phone: Browser, folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const [words, colour] of [
    ['Cổng', '#6b4a2b'],
    ['Sân phơi', '#2b5f6b']
  ] as const) {
    const { buffer } = await aPhotoFile(phone, words, colour);
    paths.push(join(folder, `${colour.slice(1)}.jpg`));
    await writeFile(paths.at(-1) ?? '', buffer);
  }
  return paths;
}

/** The phone holds the survey with these answers, read past the app. */
const keeps = (phone: Browser, answers: object): Promise<void> =>
  expect
    .poll(async () => (await readDevice(phone, OFFICER_B.name)).docs.map(contentsOf))
    .toContainEqual({ kind: 'survey', answers });
