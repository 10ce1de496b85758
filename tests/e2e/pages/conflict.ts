// Hai bản khác nhau as a person sees it.
import type { Locator, Page } from '@playwright/test';

export class ConflictPage {
  readonly merge: Locator;
  readonly next: Locator;

  constructor(readonly page: Page) {
    this.merge = page.getByRole('button', { name: 'Ghép thành một bản' });
    this.next = page.getByRole('button', { name: 'Đến chỗ chưa chọn' });
  }

  /** The card of a field. */
  field(name: string): Locator {
    return this.page.getByRole('region', { name });
  }

  async choose(field: string, value: string): Promise<void> {
    await this.field(field).getByRole('radio', { name: value }).check();
  }
}
