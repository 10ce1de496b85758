// Making a rescue file as a person sees it: how far it is, that it can be stopped, and that it can be saved for as long as it is shown.
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { Device } from '#lib/app/device/device.svelte.ts';
import { keepDraft } from '#lib/storage/drafts.ts';
import type { Store } from '#lib/storage/store.ts';
import { COMMUNE } from '../../support/documents.ts';
import { violations } from '../axe.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { aSession, aStore } from '../records/desk.ts';
import Scene from './Scene.svelte';

failOnConsoleError();
afterEach(() => {
  vi.restoreAllMocks();
});

const PASSPHRASE = 'mưa rào trên bãi cát';
const sheet = page.getByRole('dialog', { name: 'Lưu tệp cứu hộ' });
const row = page.getByRole('button', { name: 'Lưu tệp cứu hộ' });

async function show(store: Store): Promise<void> {
  const session = aSession(store);
  await render(Scene, { session, device: await Device.load() });
}

async function registered(store: Store, count: number): Promise<void> {
  for (let number = 1; number <= count; number++)
    await store.create('producer', COMMUNE, { name: `Cơ sở mẫu ${String(number)}` });
}

/** Opens the sheet and has the file made. */
async function start(): Promise<void> {
  await row.click();
  await sheet.getByLabelText('Mật khẩu của tệp', { exact: true }).fill(PASSPHRASE);
  await sheet.getByLabelText('Gõ lại mật khẩu').fill(PASSPHRASE);
  await sheet.getByRole('button', { name: 'Tạo tệp' }).click();
}

/** Notes each step of the progress that comes on the screen. @param at is told of it at once, before the next */
function watchProgress(at: (done: number) => void = () => undefined): { readonly seen: number[]; stop(): void } {
  const seen: number[] = [];
  const observer = new MutationObserver(() => {
    const bar = document.querySelector('[role=progressbar]');
    if (bar === null) return;
    const done = Number(bar.getAttribute('aria-valuenow'));
    if (seen.at(-1) === done) return;
    seen.push(done);
    at(done);
  });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  return { seen, stop: () => observer.disconnect() };
}

test('the progress goes on piece by piece until the file is ready', async () => {
  const store = aStore();
  await registered(store, 70);
  await show(store);
  const progress = watchProgress();
  await start();
  await expect.element(sheet.getByText('Đã tạo xong')).toBeVisible();
  progress.stop();
  expect(progress.seen.slice(0, 4)).toEqual([0, 20, 40, 60]);
  await expect.element(sheet.getByText(/^70 hồ sơ, 0 ảnh, /)).toBeVisible();
});

test('Dừng stops it in the midst, and says that there is no file', async () => {
  const store = aStore();
  await registered(store, 90);
  await show(store);
  const press = (done: number) => {
    if (done === 40)
      sheet
        .getByRole('button', { name: 'Dừng' })
        .element()
        .dispatchEvent(new MouseEvent('click', { bubbles: true }));
  };
  const progress = watchProgress(press);
  await start();
  await expect.element(sheet.getByText(/^Đã dừng\. Chưa có tệp nào được tạo/)).toBeVisible();
  progress.stop();
  // The piece that was under way is the last.
  expect(progress.seen).toEqual([0, 20, 40, 60]);
  await expect.element(sheet.getByRole('button', { name: 'Lưu tệp' })).not.toBeInTheDocument();
  expect(await violations()).toEqual([]);
  // Once more, with the passphrase that still stands there.
  await sheet.getByRole('button', { name: 'Tạo tệp' }).click();
  await expect.element(sheet.getByText('Đã tạo xong')).toBeVisible();
});

test('the address of the file stays good until the sheet is put away, and goes then', async () => {
  const store = aStore();
  await registered(store, 1);
  await show(store);
  const made = vi.spyOn(URL, 'createObjectURL');
  await start();
  const save = sheet.getByRole('button', { name: 'Lưu tệp' });
  await save.click();
  await save.click();
  // Safari reads it only when the person has agreed to the download.
  const addresses = made.mock.results.map(({ value }) => String(value));
  expect(addresses).toHaveLength(1);
  const [address = ''] = addresses;
  expect((await (await fetch(address)).blob()).size).toBeGreaterThan(500);
  await userEvent.keyboard('{Escape}');
  await expect.element(sheet).not.toBeInTheDocument();
  await expect(fetch(address)).rejects.toThrow();
});

test('what is no record yet is told, and enough for a file', async () => {
  const store = aStore();
  await show(store);
  await expect.element(page.getByText('Đã gửi hết, không cần cứu gì')).toBeVisible();
  await keepDraft(store, 'producer', null, { name: 'Cơ sở Hòn Rơm', commune: '' });
  await expect.element(row).toHaveTextContent('1 bản nhập dở');
  await start();
  await expect.element(sheet.getByText('Đã tạo xong')).toBeVisible();
  await expect.element(sheet.getByText(/^Thêm 1 bản nhập dở: chủ thể, sản phẩm, giấy tờ/)).toBeVisible();
  expect(await violations()).toEqual([]);
});
