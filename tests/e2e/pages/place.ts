// A place field as a person sees it.
import { type Locator, type Page, expect } from '@playwright/test';

export class PlaceFieldPage {
  readonly box: Locator;

  /** @param label of the question */
  constructor(page: Page, label: string) {
    this.box = page.getByRole('group', { name: label });
  }

  async measure(): Promise<void> {
    await this.box.getByRole('button', { name: /^(Đo vị trí|Đo lại|Thử lại)$/ }).click();
  }

  /** While it measures. @param accuracy metres, as it is written */
  async isMeasuring(accuracy: string): Promise<void> {
    await expect(this.box.getByText(`Đang đo: sai số ±${accuracy} m`)).toBeVisible();
  }

  async take(accuracy: string): Promise<void> {
    await this.box.getByRole('button', { name: `Lấy luôn ±${accuracy} m` }).click();
  }

  /** What was measured. */
  async holds(accuracy: string, quality: 'Tốt' | 'Còn lệch' | 'Lệch nhiều'): Promise<void> {
    await expect(this.box.getByText(`Sai số ±${accuracy} m`, { exact: true }).first()).toBeVisible();
    await expect(this.box.getByText(quality)).toBeVisible();
  }
}
