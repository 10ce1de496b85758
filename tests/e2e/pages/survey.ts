// The survey editor: sections, fields by their labels, rows, handing in.
import { type Locator, type Page, expect } from '@playwright/test';

/** What is done in a section, in words of the screen. */
export type Step =
  | { readonly type: readonly [label: string, text: string] }
  | { readonly choose: readonly [question: string, option: string] }
  | { readonly tick: readonly [question: string, ...options: string[]] }
  | { readonly pick: readonly [question: string, option: string] }
  | { readonly day: readonly [label: string, day: string] }
  | { readonly noPlace: readonly [question: string, reason: string] }
  | { readonly add: string };

export class SurveyPage {
  readonly saved: Locator;
  readonly problems: Locator;

  constructor(readonly page: Page) {
    this.saved = page.getByText(/^Đã lưu trên máy \d\d:\d\d$/);
    this.problems = page.getByRole('dialog', { name: /chỗ phải sửa$/ });
  }

  /** The open section. */
  async isAt(section: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: section })).toBeVisible();
  }

  async goTo(section: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Mở danh sách mục' }).click();
    await this.page
      .getByRole('navigation', { name: 'Các mục của phiếu' })
      .getByRole('button', { name: new RegExp(`^\\d+\\. ${section}`) })
      .click();
    await this.isAt(section);
  }

  async next(section: string): Promise<void> {
    await this.page.getByRole('button', { name: `Tiếp: ${section}` }).click();
    await this.isAt(section);
  }

  /** A text or number field by the beginning of its label. */
  field(label: string): Locator {
    return this.page.getByRole('textbox', { name: startingWith(label) });
  }

  question(label: string): Locator {
    return this.page
      .getByRole('radiogroup', { name: startingWith(label) })
      .or(this.page.getByRole('group', { name: startingWith(label) }));
  }

  /** Signs on the pad: a wave from left to right, with the mouse. */
  async sign(): Promise<void> {
    const pad = this.page.getByRole('img', { name: /^Ô ký tên/ });
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    if (box === null) throw new Error('The pad is not on the screen.');
    const at = (part: number): readonly [number, number] => [
      box.x + box.width * (0.1 + 0.8 * part),
      box.y + box.height * (0.5 + 0.3 * Math.sin(part * 9))
    ];
    await this.page.mouse.move(...at(0));
    await this.page.mouse.down();
    for (let step = 1; step <= 30; step++) await this.page.mouse.move(...at(step / 30));
    await this.page.mouse.up();
  }

  /** What is drawn on the pad, or shown of it, stroke by stroke. */
  async strokes(): Promise<(string | null)[]> {
    const paths = this.page.getByRole('img', { name: /nét$/ }).locator('path');
    await paths.first().waitFor();
    return paths.evaluateAll((found) => found.map((path) => path.getAttribute('d')));
  }

  async do(step: Step): Promise<void> {
    if ('type' in step) {
      await this.field(step.type[0]).fill(step.type[1]);
    } else if ('choose' in step) {
      await this.question(step.choose[0]).getByRole('radio', { name: step.choose[1], exact: true }).check();
    } else if ('tick' in step) {
      const [question, ...options] = step.tick;
      for (const name of options) await this.question(question).getByRole('checkbox', { name, exact: true }).check();
    } else if ('noPlace' in step) {
      const place = this.question(step.noPlace[0]);
      await place.getByRole('button', { name: 'Không có GPS' }).click();
      await place.getByRole('radio', { name: step.noPlace[1] }).check();
    } else if ('pick' in step) {
      await this.page.getByRole('button', { name: startingWith(step.pick[0]) }).click();
      const sheet = this.page.getByRole('dialog');
      await sheet.getByRole('combobox').fill(step.pick[1]);
      await sheet.getByRole('option').first().click();
    } else if ('day' in step) {
      await this.page.getByLabel(startingWith(step.day[0])).fill(step.day[1]);
    } else {
      await this.page.getByRole('button', { name: step.add }).click();
    }
  }

  /** Goes through all sections in order, beginning at the first. */
  async fillIn(sections: readonly (readonly [section: string, ...steps: Step[]])[]): Promise<void> {
    for (const [index, [section, ...steps]] of sections.entries()) {
      if (index === 0) await this.isAt(section);
      else await this.next(section);
      for (const step of steps) await this.do(step);
    }
  }

  /** Hands in from the last section. */
  async handIn(): Promise<void> {
    await this.page.getByRole('button', { name: 'Nộp phiếu' }).click();
    await this.page
      .getByRole('dialog', { name: 'Nộp phiếu khảo sát' })
      .getByRole('button', { name: 'Nộp phiếu' })
      .click();
    await expect(this.page.getByText('Đã nộp. Phiếu được gửi khi có mạng.')).toBeVisible();
  }
}

/**
 * A whole survey of a product: what the producer's and the product's own forms have asked already (names, type, set) is
 * prefilled and not typed again.
 */
export const WHOLE_SURVEY = [
  [
    'Chủ thể',
    { type: ['Địa chỉ sản xuất', 'Thôn mẫu, xã mẫu'] },
    { choose: ['Loại hình', 'Hộ có đăng ký kinh doanh'] },
    { type: ['Họ và tên', 'Người mẫu A'] },
    { type: ['Điện thoại', '0912345678'] }
  ],
  ['Lao động', { type: ['Tổng số lao động', '12'] }, { type: ['Trong đó, người của xã', '9'] }],
  ['Sản phẩm', { choose: ['Lần này chủ thể muốn', 'Đăng ký lần đầu'] }],
  [
    'Nguyên liệu',
    { type: ['Nơi lấy nguyên liệu chính', 'Phan Thiết'] },
    { choose: ['Nguyên liệu từ trong tỉnh chiếm', 'Từ 75% đến 100%'] },
    { tick: ['Vùng nguyên liệu có chứng nhận nào?', 'Chưa có chứng nhận'] }
  ],
  [
    'Sản xuất',
    { type: ['Quy trình sản xuất', 'Ủ chượp 12 tháng'] },
    { choose: ['Đơn vị tính sản lượng', 'lít'] },
    { type: ['Sản lượng một năm', '8000'] },
    { choose: ['Có kế hoạch kiểm soát chất lượng', 'Không'] }
  ],
  ['Liên kết', { choose: ['Có liên kết sản xuất, tiêu thụ với bên khác', 'Không'] }],
  ['Doanh thu', { add: 'Thêm một năm' }, { type: ['Năm', '2025'] }, { type: ['Doanh thu', '1850,5'] }],
  ['Giấy tờ', { choose: ['Có giấy tờ, chứng nhận nào không', 'Không'] }],
  ['Bao bì, nhãn', { tick: ['Loại bao bì', 'Chai, lọ thủy tinh'] }, { choose: ['Sản phẩm có nhãn', 'Không'] }],
  [
    'Thị trường',
    { tick: ['Sản phẩm đang bán ở đâu', 'Trong xã', 'Ngoài xã, trong tỉnh'] },
    { choose: ['Có bán trên sàn thương mại điện tử', 'Không'] }
  ],
  ['Quảng bá', { choose: ['Trong năm có dự hội chợ, triển lãm', 'Không'] }],
  ['Câu chuyện', { choose: ['Có câu chuyện sản phẩm', 'Không'] }],
  ['Khó khăn, hỗ trợ', { tick: ['Khó khăn hiện nay', 'Thiếu vốn'] }, { tick: ['Cần hỗ trợ gì', 'Tập huấn'] }],
  [
    'Chuyến khảo sát',
    { day: ['Ngày khảo sát', '2026-11-20'] },
    { type: ['Cán bộ khảo sát', 'Cán bộ mẫu A'] },
    { type: ['Người đã gặp', 'Người mẫu A'] },
    { noPlace: ['Vị trí nơi khảo sát', 'Máy không có GPS'] }
  ]
] as const satisfies readonly (readonly [section: string, ...steps: Step[]])[];

const startingWith = (text: string): RegExp => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
