// The settings screen.
import { type Locator, type Page, expect } from '@playwright/test';

export class SettingsPage {
  constructor(readonly page: Page) {}

  /** Chooses, and waits until the choice is kept: the page may be left at once. */
  async choose(group: string, option: string): Promise<void> {
    await this.page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: option }).check();
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('keyval-store');
          opening.onerror = () => reject(new Error('The facts of the phone do not open.'));
          opening.onsuccess = () => {
            // It waits its turn behind the write.
            const reading = opening.result.transaction('keyval').objectStore('keyval').count();
            reading.onsuccess = () => {
              opening.result.close();
              resolve();
            };
          };
        })
    );
  }

  /** Asks to be told of refused and returned work. */
  get notices(): Locator {
    return this.page.getByRole('switch', { name: 'Báo khi hồ sơ bị từ chối hoặc được trả lại' });
  }

  /** Frees sent photos that are older than so many days. */
  async freeSent(days: 7 | 30 | 90): Promise<void> {
    await this.choose('Đã gửi quá', `${String(days)} ngày`);
    await this.page.getByRole('button', { name: /^Xóa [\d.]+ ảnh \(/ }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Xóa khỏi máy' }).click();
    await expect(this.page.getByText(/^Máy đã trống thêm/)).toBeVisible();
  }

  /** Opens the question of the sign-out; `confirm` answers it. */
  async askToSignOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Đăng xuất' }).click();
  }

  async confirmSignOut(): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name: 'Đăng xuất' }).click();
  }
}
