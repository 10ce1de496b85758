// Hôm nay as a person sees it.
import type { Locator, Page } from '@playwright/test';

export class TodayPage {
  readonly newSurvey: Locator;
  readonly newSurveySheet: Locator;

  constructor(readonly page: Page) {
    this.newSurvey = page.getByRole('button', { name: 'Khảo sát mới' });
    this.newSurveySheet = page.getByRole('dialog', { name: 'Khảo sát mới' });
  }

  /** The rows of a section: "Làm tiếp", "Đã hẹn". */
  section(title: string): Locator {
    return this.page.getByRole('group', { name: title });
  }

  /** Begins the survey of a product, or goes on with the own draft of it. */
  async survey(product: string): Promise<void> {
    await this.newSurvey.click();
    await this.newSurveySheet.getByRole('textbox').fill(product);
    await this.newSurveySheet.getByRole('button', { name: product }).click();
  }

  /** Begins with a product that is not there yet. */
  async surveyNewProduct(): Promise<void> {
    await this.newSurvey.click();
    await this.newSurveySheet.getByRole('button', { name: 'Sản phẩm mới' }).click();
  }
}
