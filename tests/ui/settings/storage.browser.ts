// The storage panel on a real store: what takes how much, what may be freed, and what the person is asked before.
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Locale } from '#lib/i18n/locale.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import { keepCopy } from '#lib/storage/photoCache.ts';
import { photoCounts } from '#lib/storage/photoCounts.ts';
import { addPhoto, photoBytes } from '#lib/storage/photos.ts';
import { Replica } from '#lib/storage/replica.ts';
import { giveUpReserve, takeReserve } from '#lib/storage/reserve.ts';
import type { Store } from '#lib/storage/store.ts';
import { COMMUNE } from '../../support/documents.ts';
import { aNewPhoto } from '../../support/new-photo.ts';
import { violations } from '../axe.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { aSession, aStore } from '../records/desk.ts';
import Scene from './Scene.svelte';

failOnConsoleError();
afterEach(() => {
  vi.restoreAllMocks();
});

const DATABASE = communeDatabase(COMMUNE);
const AT = '2026-11-23T01:00:00.000Z';

async function show(store: Store, locale: Locale = 'vi') {
  const now = vi.fn();
  const session = aSession(store, { now });
  await render(Scene, { session, locale });
  return { now };
}

/** A photo of 300,000 bytes that was made on this phone. */
async function photographed(store: Store, number: number) {
  const photo = new Uint8Array(300_000).fill(number).buffer;
  const added = await addPhoto(
    store,
    await aNewPhoto(photo, {
      bytes: { photo, thumb: new ArrayBuffer(3000) },
      digests: { photo: `photo${String(number)}==`, thumb: `thumb${String(number)}==` }
    })
  );
  if (!added.ok) throw new Error(added.error.tag);
  return added.value;
}

/** One that the server has had for so many days. */
async function sent(store: Store, number: number, daysAgo: number): Promise<string> {
  const photo = await photographed(store, number);
  const { _id: id, editId } = photo;
  const replica = new Replica(store.tables, {
    account: store.account,
    device: 'device',
    now: () => new Date(AT),
    random: (bytes) => new Uint8Array(bytes)
  });
  await replica.settle([{ tag: 'receipt', id, editId, rev: '1-a', at: AT, doc: { ...photo } }]);
  const stub = (size: string) => ({ stub: true, digest: `md5-${size}${String(number)}==` });
  const doc = { ...photo, _attachments: { 'photo.jpg': stub('photo'), 'thumb.jpg': stub('thumb') } };
  await replica.takeStanding(DATABASE, [{ id, rev: '2-a', isDeleted: false, doc, clash: [] }], AT);
  await store.tables.photos.update(id, { sentAt: new Date(Date.now() - daysAgo * 86_400_000).toISOString() });
  return id;
}

const copy = {
  id: 'photo:of-others',
  database: DATABASE,
  size: 'photo' as const,
  bytes: new ArrayBuffer(200_000),
  digests: { photo: 'a==', thumb: 'b==' }
};

/** The value beside a name. */
const valueOf = (name: string) => page.getByText(name, { exact: true }).query()?.nextElementSibling?.textContent;

const MB = 1024 * 1024;

test('tells what takes how much, and frees sent photos after a question; the rest stays', async () => {
  const store = aStore();
  const old = await sent(store, 1, 40);
  const recent = await sent(store, 2, 10);
  const waiting = (await photographed(store, 3))._id;
  await store.tables.photos.update(waiting, { at: '2020-01-01T00:00:00.000Z' });
  const { now } = await show(store);
  await expect.element(page.getByText('Hồ sơ (3)')).toBeVisible();
  await expect.element(page.getByText('Ảnh chưa gửi (1)')).toBeVisible();
  await expect.element(page.getByText('Ảnh đã gửi (2)')).toBeVisible();
  await page.getByRole('radio', { name: '90 ngày' }).click();
  await expect.element(page.getByText('Không có ảnh nào đã gửi quá 90 ngày.')).toBeVisible();
  await page.getByRole('radio', { name: '30 ngày' }).click();
  await page.getByRole('button', { name: 'Xóa 1 ảnh (293 KB)' }).click();
  const sheet = page.getByRole('dialog', { name: 'Xóa 1 ảnh khỏi máy này?' });
  await expect.element(sheet).toHaveTextContent('đã gửi quá 30 ngày');
  expect(await violations()).toEqual([]);
  await sheet.getByRole('button', { name: 'Giữ lại' }).click();
  expect(await photoBytes(store, old, 'photo')).toBeDefined();

  await page.getByRole('button', { name: 'Xóa 1 ảnh (293 KB)' }).click();
  await sheet.getByRole('button', { name: 'Xóa khỏi máy' }).click();
  await expect.element(page.getByText('Máy đã trống thêm 293 KB.')).toBeVisible();
  await expect.element(page.getByText('Không có ảnh nào đã gửi quá 30 ngày.')).toBeVisible();
  const isHere = (id: string) => photoBytes(store, id, 'photo').then((bytes) => bytes !== undefined);
  expect(await Promise.all([old, recent, waiting].map(isHere))).toEqual([false, true, true]);
  expect(await photoBytes(store, old, 'thumb')).toBeDefined();
  expect((await photoCounts(store)).waiting.count).toBe(1);
  expect(now).toHaveBeenCalledOnce();
});

test('copies of colleagues’ photos go with one tap', async () => {
  const store = aStore();
  await keepCopy(store, copy, AT);
  await show(store);
  await page.getByRole('button', { name: 'Xóa ảnh tải về để xem (195,3 KB)' }).click();
  await expect.element(page.getByText('Máy đã trống thêm 195,3 KB.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^Xóa ảnh tải về/ })).not.toBeInTheDocument();
  expect(await photoBytes(store, copy.id, 'photo')).toBeUndefined();
});

test('tells what has not been sent: records and photos apart, refused ones among them', async () => {
  const store = aStore();
  const made = await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu' });
  await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu hai' });
  await store.tables.outbox.update(made.ok ? made.value._id : '', { state: 'refused' });
  await photographed(store, 1);
  await show(store);
  await expect.poll(() => valueOf('Hồ sơ chưa gửi')).toBe('2');
  await expect.element(page.getByText('Ảnh chưa gửi (1)')).toBeVisible();
});

test('tells what is free and what the app itself takes, and asks the phone to keep the data', async () => {
  const { storage } = navigator;
  let isKept = false;
  vi.spyOn(storage, 'persisted').mockImplementation(() => Promise.resolve(isKept));
  const asked = vi.spyOn(storage, 'persist').mockImplementation(() => Promise.resolve((isKept = true)));
  const estimate = { usage: 40 * MB, quota: 240 * MB, usageDetails: { caches: 3 * MB, indexedDB: 37 * MB } };
  vi.spyOn(storage, 'estimate').mockResolvedValue(estimate);
  await show(aStore());
  await expect.poll(() => valueOf('Còn trống')).toBe('200 MB');
  expect(valueOf('Tất cả, kể cả ứng dụng')).toBe('40 MB');
  expect(valueOf('Ứng dụng, để mở không cần mạng')).toBe('3 MB');
  await expect.element(page.getByText(/^Bộ nhớ sắp đầy/)).not.toBeInTheDocument();
  await expect.element(page.getByText(/^Điện thoại có thể xóa dữ liệu/)).toBeVisible();
  expect(await violations()).toEqual([]);
  const ask = page.getByRole('button', { name: 'Yêu cầu giữ dữ liệu' });
  await ask.click();
  expect(asked).toHaveBeenCalledOnce();
  await expect.element(page.getByText('Điện thoại đã nhận giữ dữ liệu này, không tự xóa.')).toBeVisible();
  await expect.element(ask).not.toBeInTheDocument();
});

test('a browser that does not promise to keep the data: what to do is said', async () => {
  vi.spyOn(navigator.storage, 'persisted').mockResolvedValue(false);
  vi.spyOn(navigator.storage, 'persist').mockResolvedValue(false);
  await show(aStore());
  await page.getByRole('button', { name: 'Yêu cầu giữ dữ liệu' }).click();
  await expect.element(page.getByText(/^Trình duyệt chưa nhận giữ dữ liệu. Gửi đều/)).toBeVisible();
});

test('claims nothing that the phone does not tell', async () => {
  const { storage } = navigator;
  vi.spyOn(storage, 'persisted').mockRejectedValue(new Error('older iPhone'));
  vi.spyOn(storage, 'estimate').mockRejectedValue(new Error('older iPhone'));
  await show(aStore());
  await expect.poll(() => valueOf('Còn trống')).toBe('máy không cho biết');
  expect(valueOf('Ứng dụng, để mở không cần mạng')).toBeUndefined();
  await expect.element(page.getByText(/^Điện thoại này không cho biết/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Yêu cầu giữ dữ liệu' })).not.toBeInTheDocument();
});

test('warns where little is left', async () => {
  vi.spyOn(navigator.storage, 'estimate').mockResolvedValue({ usage: 200 * MB, quota: 249 * MB });
  await show(aStore());
  await expect.element(page.getByText(/^Bộ nhớ sắp đầy/)).toBeVisible();
  expect(valueOf('Còn trống')).toBe('49 MB');
});

test.each(['vi', 'en'] as const)('says that the phone is full, in %s, until there is room again', async (locale) => {
  const store = aStore();
  await takeReserve(store.tables);
  await giveUpReserve(store.tables);
  await show(store, locale);
  const full = page.getByText(locale === 'vi' ? /^Bộ nhớ đã đầy\./ : /^Storage is full\./);
  await expect.element(full).toBeVisible();
  await expect.element(page.getByText(locale === 'vi' ? 'gần hết' : 'hardly any')).toBeVisible();
  expect(await violations()).toEqual([]);
  await takeReserve(store.tables);
  await expect.element(full).not.toBeInTheDocument();
  await expect.element(page.getByText(locale === 'vi' ? 'Để dành cho chữ' : 'Held back for text')).toBeVisible();
});
