// The sign-in screen as a person sees it.
import { type Locator, type Page, expect } from '@playwright/test';

export interface Login {
  readonly name: string;
  readonly password: string;
}

export class SignInPage {
  readonly name: Locator;
  readonly password: Locator;
  readonly enter: Locator;
  readonly open: Locator;

  constructor(readonly page: Page) {
    this.name = page.getByLabel('Tên tài khoản');
    this.password = page.getByRole('textbox', { name: /^Mật khẩu/ });
    this.enter = page.getByRole('button', { name: 'Đăng nhập', exact: true });
    this.open = page.getByRole('button', { name: 'Mở sổ' });
  }

  /** Reads the three cards of the first start and goes on. */
  async begin(): Promise<void> {
    await expect(this.page.getByRole('listitem')).toHaveCount(3);
    await this.page.getByRole('button', { name: 'Bắt đầu' }).click();
  }

  /** Signs in an account that this phone does not know; the form must be open. */
  async signIn({ name, password }: Login): Promise<void> {
    await this.name.fill(name);
    await this.password.fill(password);
    await this.enter.click();
  }

  /** Opens an account that this phone knows. */
  async unlock(displayName: string, password: string): Promise<void> {
    await this.page.getByRole('radio', { name: displayName }).check();
    await this.password.fill(password);
    await this.open.click();
  }

  async useAnotherAccount(): Promise<void> {
    await this.page.getByRole('button', { name: /Dùng tài khoản khác/ }).click();
  }
}
