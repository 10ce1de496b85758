// The lock screen, and the lock in Cài đặt.
import { type Locator, type Page, expect } from '@playwright/test';

export class LockPage {
  readonly title: Locator;
  readonly pad: Locator;
  readonly passphrase: Locator;
  readonly finger: Locator;
  readonly forgotten: Locator;

  constructor(readonly page: Page) {
    this.title = page.getByRole('heading', { level: 1, name: 'Khóa ứng dụng' });
    this.pad = page.getByRole('group', { name: 'Nhập PIN' });
    this.passphrase = page.getByRole('textbox', { name: 'Nhập cụm mật khẩu' });
    this.finger = page.getByRole('button', { name: 'Dùng vân tay' });
    this.forgotten = page.getByRole('button', { name: /^Quên/ });
  }

  /** Taps the digits on the keys of a pad. @param label what the pad asks for */
  async tap(digits: string, label: string): Promise<void> {
    const pad = this.page.getByRole('group', { name: label, exact: true });
    for (const digit of digits) await pad.getByRole('button', { name: digit, exact: true }).click();
  }

  /** At the lock screen. */
  async enter(pin: string): Promise<void> {
    await this.tap(pin, 'Nhập PIN');
  }

  /** A wrong one, and what the screen says of it. */
  async enterWrong(pin: string): Promise<void> {
    await this.enter(pin);
    await expect(this.page.getByText(/^(Chưa đúng|Sai nhiều lần)/)).toBeVisible();
    await expect(this.page.getByText('Đã nhập 0 trên 6 số')).toBeAttached();
  }

  /** How long the next try waits: "0:30". */
  wait(time: string | RegExp): Locator {
    return this.page.getByText(
      typeof time === 'string' ? `Sai nhiều lần. Thử lại sau ${time}.` : new RegExp(`Thử lại sau ${time.source}`)
    );
  }

  /** Chooses a new PIN, twice; the form must be open. */
  async choosePin(pin: string): Promise<void> {
    await this.tap(pin, 'Chọn PIN 6 số');
    await this.tap(pin, 'Nhập lại PIN');
  }

  /** In Cài đặt: sets a PIN, and unlocks with it, so that everything is sealed. */
  async switchOn(pin: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Đặt khóa' }).click();
    await this.choosePin(pin);
    await expect(this.page.getByText('Nhập PIN vừa đặt để khóa dữ liệu')).toBeVisible();
    await this.enter(pin);
    await expect(this.title).toHaveCount(0);
  }

  /** In Cài đặt. */
  async lockNow(): Promise<void> {
    await this.page.getByRole('button', { name: 'Khóa ngay' }).click();
    await expect(this.title).toBeVisible();
  }
}
