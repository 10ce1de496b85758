// Sản phẩm as a person sees it.
import type { Locator, Page } from '@playwright/test';

export class ProductsPage {
  readonly search: Locator;
  readonly rows: Locator;
  readonly counted: Locator;
  readonly order: Locator;

  constructor(readonly page: Page) {
    this.search = page.getByRole('textbox', { name: 'Tìm tên, chủ thể' });
    this.rows = page.getByRole('listitem');
    this.counted = page.getByRole('status').filter({ hasText: 'chủ thể' });
    this.order = page.getByRole('button', { name: /^Sắp xếp/ });
  }

  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }

  async show(what: 'Sản phẩm' | 'Chủ thể'): Promise<void> {
    await this.page.getByRole('radio', { name: what }).check();
  }

  async sortBy(order: 'Mới thăm' | 'Tên A–Z' | 'Gần tôi'): Promise<void> {
    await this.order.click();
    await this.page.getByRole('dialog', { name: 'Sắp xếp' }).getByRole('button', { name: order }).click();
  }

  /** Reads a code from a picture of it. */
  async scanPicture(path: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Quét mã' }).click();
    await this.page.getByLabel('Chọn ảnh có mã').setInputFiles(path);
  }

  /** Sets a filter by its chip and one of its choices. */
  async filter(name: string, choice: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
    await this.page.getByRole('dialog', { name }).getByRole('button', { name: choice, exact: true }).click();
  }

  async add(what: 'Sản phẩm mới' | 'Chủ thể mới'): Promise<void> {
    await this.page.getByRole('button', { name: 'Thêm', exact: true }).click();
    await this.page.getByRole('dialog', { name: 'Thêm mới' }).getByRole('button', { name: what }).click();
  }

  async open(name: string): Promise<void> {
    await this.row(name).getByRole('link').click();
  }
}
