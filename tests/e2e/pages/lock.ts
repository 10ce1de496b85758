// The lock as a person meets it: its screen, and its section of the settings.
import { type Locator, type Page, expect } from '@playwright/test';

export class LockPage {
  readonly title: Locator;
  readonly pad: Locator;

  constructor(readonly page: Page) {
    this.title = page.getByRole('heading', { level: 1, name: 'Khóa ứng dụng' });
    this.pad = page.getByRole('group', { name: 'Nhập PIN', exact: true });
  }

  /** Taps the digits on whatever pad has this name. */
  async tap(pin: string, name: RegExp | string = /^Nhập PIN$/): Promise<void> {
    const pad = this.page.getByRole('group', { name });
    for (const digit of pin) await pad.getByRole('button', { name: digit, exact: true }).click();
  }

  /** The lock is shut: nothing of the account is on the screen. */
  async isShut(): Promise<void> {
    await expect(this.title).toBeVisible();
    await expect(this.page.getByRole('navigation', { name: 'Điều hướng chính' })).toHaveCount(0);
  }

  async open(pin: string): Promise<void> {
    await this.isShut();
    await this.tap(pin);
  }

  /** In the settings: sets a PIN, and opens the lock for the first time. */
  async switchOn(pin: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Đặt khóa' }).click();
    await this.tap(pin, 'Chọn PIN 6 số');
    await this.tap(pin, 'Nhập lại PIN');
    await expect(this.page.getByText('Nhập PIN vừa đặt để khóa dữ liệu đang có trên máy.')).toBeVisible();
    await this.tap(pin);
    await expect(this.page.getByText('Dữ liệu và ảnh trên máy được mã hóa.')).toBeVisible();
  }
}
