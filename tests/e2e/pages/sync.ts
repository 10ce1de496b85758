// Đồng bộ as a person sees it.
import { type Locator, type Page, expect } from '@playwright/test';
import type { Phone } from '../phone.ts';

export class SyncPage {
  readonly headline: Locator;
  readonly now: Locator;
  /** Of the first record that does not go again unless a person says so. */
  readonly again: Locator;
  readonly waiting: Locator;

  constructor(readonly page: Page) {
    this.headline = page.getByRole('main').getByRole('status').first();
    this.now = page.getByRole('button', { name: 'Đồng bộ ngay' });
    this.again = page.getByRole('button', { name: 'Gửi lại' }).first();
    this.waiting = page.getByRole('group', { name: 'Chờ gửi' });
  }

  /** The card of a record that needs a person, by the record's name: "Sản phẩm Nước mắm mẫu 01". */
  card(record: string): Locator {
    return this.page
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('heading', { name: record, exact: true }) });
  }

  /** Picks a file that another officer has handed over. */
  async takeOver(path: string): Promise<void> {
    const picking = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: 'Nhận hồ sơ từ cán bộ khác' }).click();
    await (await picking).setFiles(path);
  }

  /** The same of a record that the server refused. */
  refused(record: string): Locator {
    return this.card(record).filter({ hasText: 'Bị từ chối' });
  }

  async compare(): Promise<void> {
    await this.page.getByRole('link', { name: 'So sánh và chọn' }).click();
  }
}

/** Asks for a run, and waits until another one can be asked for. */
export async function syncNow(phone: Phone): Promise<SyncPage> {
  await phone.open('/sync');
  const sync = new SyncPage(phone.page);
  await sync.now.click();
  await expect(sync.now).toBeEnabled();
  return sync;
}
