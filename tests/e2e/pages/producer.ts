// A producer's page and form as a person sees them.
import { type Locator, type Page, expect } from '@playwright/test';
import type { Phone } from '../phone.ts';
import { ProductsPage } from './products.ts';

export class ProducerPage {
  readonly held: Locator;
  readonly saved: Locator;

  constructor(readonly page: Page) {
    this.held = page.getByText('Chưa tạo; chữ bạn gõ vẫn được giữ.');
    this.saved = page.getByText(/Đã lưu trên máy \d{2}:\d{2}/);
  }

  /** Fills in a text field of the form and leaves it. */
  async fill(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(text);
    await this.page.keyboard.press('Tab');
  }

  async chooseCommune(name: string): Promise<void> {
    await this.page.locator('#commune').click();
    const sheet = this.page.getByRole('dialog', { name: 'Xã, phường, đặc khu' });
    await sheet.getByRole('combobox').fill(name);
    await sheet.getByRole('option', { name }).first().click();
  }

  /** The communes that the form offers. */
  async communes(): Promise<string[]> {
    await this.page.locator('#commune').click();
    const sheet = this.page.getByRole('dialog', { name: 'Xã, phường, đặc khu' });
    const names = await sheet.getByRole('option').allInnerTexts();
    await sheet.getByRole('button', { name: 'Đóng' }).click();
    return names.map((text) => text.split('\n')[0] ?? '');
  }

  /** A new producer, up to the moment when it is on the device. @param commune left out where the account has only one */
  async register(name: string, commune?: string): Promise<void> {
    if (commune !== undefined) await this.chooseCommune(commune);
    await this.fill('Tên chủ thể', name);
    await expect(this.saved).toBeVisible();
  }

  async toProduct(): Promise<void> {
    await this.page.getByRole('button', { name: 'Tiếp: sản phẩm' }).click();
  }

  async finish(): Promise<void> {
    await this.page.getByRole('button', { name: 'Xong' }).click();
  }

  async edit(): Promise<void> {
    await this.page.getByRole('link', { name: 'Sửa', exact: true }).click();
  }
}

/** Opens the form and registers a new producer, up to the moment when it is on the device: see `ProducerPage.register`. */
export async function registerProducer(phone: Phone, name: string, commune?: string): Promise<void> {
  await phone.open('/producer/new');
  await new ProducerPage(phone.page).register(name, commune);
}

/** Goes to the page of a producer, by the list. */
export async function openProducer(phone: Phone, name: string): Promise<ProducerPage> {
  await phone.open('/products?show=producers');
  await new ProductsPage(phone.page).open(name);
  return new ProducerPage(phone.page);
}
