// The lock as a person meets it: its screen, and its section of the settings.
import { type Locator, type Page, expect } from '@playwright/test';

export class LockPage {
  readonly title: Locator;
  readonly pad: Locator;
  /** What a lock says that was just set. */
  readonly firstTime: Locator;

  constructor(readonly page: Page) {
    this.title = page.getByRole('heading', { level: 1, name: 'Khóa ứng dụng' });
    this.pad = page.getByRole('group', { name: 'Nhập PIN', exact: true });
    this.firstTime = page.getByText('Nhập PIN vừa đặt để khóa dữ liệu đang có trên máy.');
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
    await this.make(pin);
    await expect(this.firstTime).toBeVisible();
    await this.openFirst(pin);
  }

  /** In the sheet of the settings: chooses a PIN, twice. */
  async make(pin: string): Promise<void> {
    await this.tap(pin, 'Chọn PIN 6 số');
    await this.tap(pin, 'Nhập lại PIN');
  }

  /** Opens a lock that was just set: what lies on the phone is sealed with it. */
  async openFirst(pin: string): Promise<void> {
    await this.tap(pin);
    await expect(this.page.getByText('Dữ liệu và ảnh trên máy được mã hóa.')).toBeVisible();
  }
}
