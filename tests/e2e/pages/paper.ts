// A paper's page and form, and the papers of a product, as a person sees them.
import { type Locator, type Page, expect } from '@playwright/test';

export class PaperPage {
  readonly name: Locator;
  readonly saved: Locator;
  /** The papers of the product whose page is open. */
  readonly rows: Locator;

  constructor(readonly page: Page) {
    this.name = page.getByRole('heading', { level: 2 }).first();
    this.saved = page.getByText(/Đã lưu trên máy \d{2}:\d{2}/);
    this.rows = page.getByRole('group', { name: 'Giấy tờ', exact: true }).getByRole('link');
  }

  /** From the product's page to the form of a new paper. */
  async add(): Promise<void> {
    await this.page.getByRole('tab', { name: 'Minh chứng' }).click();
    await this.page.getByRole('link', { name: 'Thêm giấy tờ' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: 'Giấy tờ mới' })).toBeVisible();
  }

  async chooseKind(words: string): Promise<void> {
    await this.page.locator('#paperKind').click();
    const sheet = this.page.getByRole('dialog', { name: 'Loại giấy tờ' });
    await sheet.getByRole('combobox').fill(words);
    await sheet.getByRole('option').first().click();
    await expect(sheet).toBeHidden();
  }

  /** Fills a field and leaves it; days as `yyyy-mm-dd`. */
  async fill(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(text);
    await this.page.keyboard.press('Tab');
  }

  async finish(): Promise<void> {
    await this.page.getByRole('button', { name: 'Xong' }).click();
  }

  /** Deletes it; of a paper that is evidence after the word about it. */
  async remove(): Promise<void> {
    await this.page.getByRole('button', { name: 'Việc khác' }).click();
    await this.page.getByRole('button', { name: /(Xóa|xóa) giấy tờ$/ }).click();
  }
}
