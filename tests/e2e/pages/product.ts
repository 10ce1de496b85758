// A product's page and form as a person sees them.
import { type Locator, type Page, expect } from '@playwright/test';

export class ProductPage {
  readonly name: Locator;
  readonly saved: Locator;

  constructor(readonly page: Page) {
    this.name = page.getByRole('heading', { level: 2 }).first();
    this.saved = page.getByText(/Đã lưu trên máy \d{2}:\d{2}/);
  }

  async chooseSet(words: string): Promise<void> {
    await this.page.locator('#setId').click();
    const sheet = this.page.getByRole('dialog', { name: 'Bộ tiêu chí' });
    await sheet.getByRole('combobox').fill(words);
    await sheet.getByRole('option').first().click();
  }

  /** A new product of the producer that the form was opened for, up to the moment when it is on the device. */
  async register(name: string, setWords: string): Promise<void> {
    await this.page.getByLabel('Tên sản phẩm', { exact: true }).fill(name);
    await this.page.keyboard.press('Tab');
    await this.chooseSet(setWords);
    await expect(this.saved).toBeVisible();
  }

  async finish(): Promise<void> {
    await this.page.getByRole('button', { name: 'Xong' }).click();
  }

  /** From the form of a new product on to its survey. */
  async toSurvey(): Promise<void> {
    await this.page.getByRole('button', { name: 'Tiếp: khảo sát' }).click();
  }

  async beginAssessment(): Promise<void> {
    await this.page.getByRole('button', { name: 'Tự đánh giá mới' }).click();
  }

  async showTab(name: 'Tự đánh giá' | 'Khảo sát' | 'Minh chứng' | 'Lịch sử'): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
  }

  async edit(): Promise<void> {
    await this.page.getByRole('button', { name: 'Việc khác' }).click();
    await this.page.getByRole('button', { name: 'Sửa sản phẩm' }).click();
  }

  async remove(): Promise<void> {
    await this.page.getByRole('button', { name: 'Việc khác' }).click();
    await this.page.getByRole('button', { name: 'Xóa sản phẩm' }).click();
  }
}
