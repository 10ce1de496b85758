// Đồng bộ as a person sees it.
import type { Locator, Page } from '@playwright/test';

export class SyncPage {
  readonly headline: Locator;
  readonly now: Locator;
  readonly waiting: Locator;

  constructor(readonly page: Page) {
    this.headline = page.getByRole('main').getByRole('status').first();
    this.now = page.getByRole('button', { name: 'Đồng bộ ngay' });
    this.waiting = page.getByRole('group', { name: 'Chờ gửi' });
  }

  async compare(): Promise<void> {
    await this.page.getByRole('link', { name: 'So sánh và chọn' }).click();
  }
}
