// What surrounds every screen: the four roots, the banners.
import { type Locator, type Page, expect } from '@playwright/test';
import type { Phone } from '../phone.ts';
import { type Login, SignInPage } from './signIn.ts';

export class Shell {
  readonly navigation: Locator;
  readonly updateBanner: Locator;
  readonly signedOutBanner: Locator;

  constructor(readonly page: Page) {
    this.navigation = page.getByRole('navigation', { name: 'Điều hướng chính' });
    this.updateBanner = page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Cập nhật' }) });
    this.signedOutBanner = page
      .getByRole('status')
      .filter({ has: page.getByRole('button', { name: 'Đăng nhập lại' }), hasText: 'Bạn vẫn làm tiếp được' })
      .first();
  }

  async go(root: 'Hôm nay' | 'Sản phẩm' | 'Đồng bộ' | 'Cài đặt'): Promise<void> {
    const link = this.navigation.getByRole('link', { name: root });
    await link.click();
    await this.isAt(root);
    // The heading may stand there already. A navigation that ends takes the focus, and what is typed then goes nowhere.
    await expect(link).not.toBeFocused();
  }

  async isAt(title: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  }
}

/**
 * First start, first sign-in, everything on the phone: where most journeys begin. A journey that is killed and then sends
 * goes on with `phone.restart()`: Chromium writes the session's cookie to the disk only every 30 seconds, or when closed.
 */
export async function signInFresh(phone: Phone, login: Login): Promise<Shell> {
  await phone.open('/');
  const signIn = new SignInPage(phone.page);
  await signIn.begin();
  await signIn.signIn(login);
  const shell = new Shell(phone.page);
  await shell.isAt('Hôm nay');
  await phone.waitUntilInstalled();
  return shell;
}
