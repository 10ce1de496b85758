// The self-assessment editor as a person sees it, on a phone, in Vietnamese.
import { type Locator, type Page, expect } from '@playwright/test';
import { FISH_SAUCE_POINTS } from '../../support/fish-sauce.ts';

/** What the score bar says. */
export interface ShownScore {
  readonly total: number;
  readonly byPart: Readonly<Record<string, number>>;
  /** Null while something ended the estimate. */
  readonly estimate: number | null;
  readonly byPoints: number;
  readonly byMinimums: number;
}

export class AssessmentPage {
  readonly score: Locator;
  readonly gapButton: Locator;
  readonly unseenButton: Locator;

  constructor(readonly page: Page) {
    this.score = page.getByRole('region', { name: 'Điểm và hạng sao' });
    this.gapButton = page.getByRole('button', { name: /^Thiếu gì lên [345] sao\?$/ });
    this.unseenButton = page.getByRole('button', { name: /^Chưa xem \d+$/ }).last();
  }

  /** The id of the document that is open. */
  id(): string {
    return decodeURIComponent(new URL(this.page.url()).pathname.split('/').at(-1) ?? '');
  }

  /** The row of a criterion, open or closed. */
  criterion(code: string): Locator {
    return this.page.locator(`[id="criterion-${code}"]`);
  }

  /** Opens a criterion unless it is open. */
  async open(code: string): Promise<void> {
    const head = this.criterion(code).getByRole('button').first();
    if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
    await expect(head).toHaveAttribute('aria-expanded', 'true');
  }

  /** Opens a criterion with its photos and papers, which stay folded while it has neither points nor any of them. */
  async openEvidence(code: string): Promise<void> {
    await this.open(code);
    const unfold = this.criterion(code).getByRole('button', { name: 'Minh chứng', exact: true });
    if (await unfold.isVisible()) await unfold.click();
  }

  /** To the product, wherever the person has come from. */
  async up(): Promise<void> {
    const product = await this.page.getByRole('link', { name: 'Quay lại' }).getAttribute('href');
    await this.page.goto(new URL(product ?? '', this.page.url()).href);
  }

  /** The papers that show for a criterion. */
  papersFor(code: string): Locator {
    return this.criterion(code)
      .getByRole('list', { name: /^Giấy tờ minh chứng/ })
      .getByRole('listitem');
  }

  /** Chooses the first option of so many points at a criterion; null: no option reached. */
  async choose(code: string, points: number | null): Promise<void> {
    await this.open(code);
    const name = points === null ? /^Không đạt mức nào/ : new RegExp(`(^|\\s)${String(points)} điểm$`);
    const option = this.criterion(code).getByRole('radio', { name }).first();
    await option.click();
    await expect(option).toBeChecked();
  }

  /** Fills the sheet of set 9 with the countable sample: A 28, B 16, C 27 = 71; 3.4 and 11 are not looked at. */
  async fillFishSauce(): Promise<void> {
    for (const [code, points] of Object.entries(FISH_SAUCE_POINTS)) await this.choose(code, points);
  }

  /** The field for a criterion's note, opened. */
  async note(code: string): Promise<Locator> {
    await this.open(code);
    const add = this.criterion(code).getByRole('button', { name: 'Ghi chú' });
    if (await add.isVisible()) await add.click();
    return this.criterion(code).getByLabel('Ghi chú');
  }

  async writeNote(code: string, text: string): Promise<void> {
    await (await this.note(code)).fill(text);
  }

  /** What the score bar says now. */
  async shown(): Promise<ShownScore> {
    const text = (await this.score.innerText()).replaceAll(/\s+/g, ' ');
    const number = (pattern: RegExp): number => Number(pattern.exec(text)?.[1]);
    const estimate = /Ước tính (\d) sao/.exec(text)?.[1];
    return {
      total: number(/^(\d+) ?\/100/),
      byPart: Object.fromEntries(['A', 'B', 'C'].map((code) => [code, number(new RegExp(`${code} (\\d+)/`))])),
      estimate: estimate === undefined ? null : Number(estimate),
      byPoints: number(/Theo điểm (\d) sao/),
      byMinimums: number(/Theo mức tối thiểu (\d) sao/)
    };
  }

  /** Opens the gap and reads the codes it lists, in order; closes it again. */
  async missing(): Promise<string[]> {
    await this.gapButton.click();
    const sheet = this.page.getByRole('dialog', { name: 'Còn thiếu gì?' });
    await expect(sheet).toBeVisible();
    const codes = await sheet.getByRole('listitem').locator('.code').allInnerTexts();
    await sheet.getByRole('button', { name: 'Đóng', exact: true }).click();
    await expect(sheet).toBeHidden();
    return codes;
  }

  /** Hands it in by the menu and waits until the screen says so. */
  async submit(): Promise<void> {
    await this.page.getByRole('button', { name: 'Việc khác' }).click();
    await this.page.getByRole('button', { name: /^Nộp tự đánh giá/ }).click();
    await this.page
      .getByRole('dialog', { name: 'Nộp tự đánh giá' })
      .getByRole('button', { name: 'Nộp', exact: true })
      .click();
    await expect(this.page.getByText('Đã nộp, đang chờ tổ tư vấn. Chỉ đọc.')).toBeVisible();
  }
}
