// The settings screen.
import type { Page } from '@playwright/test';

export class SettingsPage {
  constructor(readonly page: Page) {}

  async choose(group: string, option: string): Promise<void> {
    await this.page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: option }).check();
  }

  /** Opens the question of the sign-out; `confirm` answers it. */
  async askToSignOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Đăng xuất' }).click();
  }

  async confirmSignOut(): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name: 'Đăng xuất' }).click();
  }
}
