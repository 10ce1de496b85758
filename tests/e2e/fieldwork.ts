// An officer's work on one product by seeded chance, typed on the keyboard, with a ledger of everything that was typed.
import type { Locator, Page } from '@playwright/test';
import type { Chance } from '../support/chance.ts';
import { FISH_SAUCE_POINTS, fishSauceChoices } from '../support/fish-sauce.ts';
import { AssessmentPage } from './pages/assessment.ts';
import { ProducerPage } from './pages/producer.ts';
import { ProductPage } from './pages/product.ts';
import { ProductsPage } from './pages/products.ts';
import { Shell } from './pages/shell.ts';
import { SurveyPage } from './pages/survey.ts';
import { OFFICER_B } from './people.ts';

/** The contents of a document without who, when and how far: what a person has typed or chosen. */
export type Contents = Readonly<Record<string, unknown>>;

/** What happens between two fields: chance of the road, a look at another screen. */
export type Between = () => Promise<void>;

const PRODUCER_TEXTS = [
  ['phone', 'Số điện thoại', 'phone'],
  ['address', 'Địa chỉ', 'producer_address'],
  ['email', 'Thư điện tử', 'email'],
  ['website', 'Trang mạng', 'website'],
  ['note', 'Ghi chú', null]
] as const;

/** Questions of the survey by their sections: what is typed, and under which name the answer is kept. */
const QUESTIONS = [
  ['Lao động', 'Tổng số lao động', 'workers', 'number'],
  ['Lao động', 'Trong đó, phụ nữ', 'workers_women', 'number'],
  ['Nguyên liệu', 'Nơi lấy nguyên liệu chính', 'material_source', 'text'],
  ['Nguyên liệu', 'Mùa vụ', 'season', 'text'],
  ['Sản xuất', 'Quy trình sản xuất', 'process', 'text'],
  ['Sản xuất', 'Máy móc, thiết bị', 'machines', 'text'],
  ['Thị trường', 'Các siêu thị đang bán', 'supermarkets', 'text'],
  ['Khó khăn, hỗ trợ', 'Ghi thêm về khó khăn và hỗ trợ', 'needs_note', 'text'],
  ['Chuyến khảo sát', 'Người đã gặp', 'met', 'text'],
  ['Chuyến khảo sát', 'Nhận xét của cán bộ', 'remarks', 'text']
] as const;

const CHOICES = [
  ['Nguyên liệu', 'Nguyên liệu từ trong tỉnh chiếm', 'province_share', 'Từ 75% đến 100%', 'from_75'],
  ['Nguyên liệu', 'Nguyên liệu từ trong tỉnh chiếm', 'province_share', 'Dưới 50%', 'under_50'],
  ['Sản xuất', 'Có kế hoạch kiểm soát chất lượng', 'quality_plan', 'Không', 'no'],
  ['Giấy tờ', 'Có giấy tờ, chứng nhận nào không', 'has_papers', 'Không', 'no'],
  ['Câu chuyện', 'Có câu chuyện sản phẩm', 'has_story', 'Không', 'no']
] as const;

const WORDS =
  'nước mắm cá cơm than ủ chượp mười hai tháng trong lu sành phơi nắng rút nỏ đóng chai Phan Rí Cửa vụ tháng tư mẻ đầu';

export class Fieldwork {
  readonly #page: Page;
  readonly #chance: Chance;
  readonly #between: Between;
  readonly #producer: Record<string, unknown>;
  readonly #product: Record<string, unknown>;
  #answers: Record<string, unknown> | null = null;
  #choices: Record<string, unknown> | null = null;
  #notes: Record<string, string> = {};

  /** @param between called after each field that was left */
  constructor(page: Page, chance: Chance, label: string, between: Between = () => Promise.resolve()) {
    this.#page = page;
    this.#chance = chance;
    this.#between = between;
    this.#producer = { name: `Cơ sở mẫu ${label}` };
    this.#product = { name: `Nước mắm mẫu ${label}`, setId: 'qd26-09' };
  }

  get producerName(): string {
    return String(this.#producer['name']);
  }

  get productName(): string {
    return String(this.#product['name']);
  }

  /** A new producer with some of its fields and a new product; ends in the product's form. Begins at a root. */
  async register(): Promise<void> {
    await new Shell(this.#page).go('Sản phẩm');
    await new ProductsPage(this.#page).add('Chủ thể mới');
    const producer = new ProducerPage(this.#page);
    await this.#type(this.#page.getByLabel('Tên chủ thể', { exact: true }), this.producerName);
    await producer.saved.waitFor();
    for (const [field, label] of this.#chance.shuffled(PRODUCER_TEXTS).slice(0, this.#chance.between(1, 3))) {
      const text = this.#text();
      this.#producer[field] = text;
      await this.#type(this.#page.getByLabel(label, { exact: true }), text);
    }
    await producer.toProduct();
    await this.#type(this.#page.getByLabel('Tên sản phẩm', { exact: true }), this.productName);
    const product = new ProductPage(this.#page);
    await product.chooseSet('nuoc mam');
    await product.saved.waitFor();
    if (this.#chance.says(0.5)) {
      const text = this.#text();
      this.#product['presentation'] = text;
      await this.#type(this.#page.getByLabel('Quy cách', { exact: true }), text);
    }
  }

  /** From the form of the new product: its survey, with what is known already. */
  async beginSurvey(): Promise<void> {
    await new ProductPage(this.#page).toSurvey();
    await new SurveyPage(this.#page).isAt('Chủ thể');
    this.#answers = {
      producer_name: this.producerName,
      product_name: this.productName,
      criteria_set: 'qd26-09',
      // Who is in on the phone of these journeys.
      officer: OFFICER_B.displayName,
      ...('presentation' in this.#product ? { presentation: this.#product['presentation'] } : {})
    };
    for (const [field, , question] of PRODUCER_TEXTS) {
      if (question !== null && field in this.#producer) this.#answers[question] = this.#producer[field];
    }
  }

  /** Answers so many questions of the open survey. */
  async answer(count: number): Promise<void> {
    const { survey, answers } = this.#survey();
    for (let done = 0; done < count; done++) {
      const way = this.#chance.next();
      if (way < 0.6) {
        const [section, label, name, type] = this.#chance.of(QUESTIONS);
        await this.#turnTo(survey, section);
        const value = type === 'number' ? this.#chance.between(1, 900) : this.#text();
        await this.#type(survey.field(label), String(value));
        answers[name] = value;
      } else if (way < 0.8) {
        const [section, label, name, option, kept] = this.#chance.of(CHOICES);
        await this.#turnTo(survey, section);
        await survey.do({ choose: [label, option] });
        answers[name] = kept;
        await this.#between();
      } else {
        await this.addYear();
      }
    }
  }

  /** Adds a row to the figures of the last years. */
  async addYear(): Promise<void> {
    const { survey, answers } = this.#survey();
    await this.#turnTo(survey, 'Doanh thu');
    const rows = Array.isArray(answers['years']) ? answers['years'] : [];
    const row = { year: this.#chance.between(2023, 2026), revenue: this.#chance.between(1, 9_000) + 0.5 };
    await survey.do({ add: 'Thêm một năm' });
    await this.#type(survey.field('Năm').last(), String(row.year));
    // Not the average, which the form works out once there are two rows.
    const revenue = this.#page.getByRole('textbox', { name: /^Doanh thu(?! trung bình)/ }).last();
    await this.#type(revenue, String(row.revenue).replace('.', ','));
    answers['years'] = [...rows, row];
  }

  /** Leaves the open record for the product's page. */
  async openProduct(): Promise<void> {
    await this.toRoot();
    await new Shell(this.#page).go('Sản phẩm');
    const products = new ProductsPage(this.#page);
    // The list draws only the rows in sight.
    await products.search.fill(this.productName);
    await products.open(this.productName);
    await new ProductPage(this.#page).name.filter({ hasText: this.productName }).waitFor();
  }

  /** From the product's page: its self-assessment. */
  async beginAssessment(): Promise<void> {
    await new ProductPage(this.#page).beginAssessment();
    await new AssessmentPage(this.#page).score.waitFor();
    this.#choices = {};
  }

  /** Chooses at so many criteria, with a note here and there. */
  async choose(count: number): Promise<void> {
    const assessment = new AssessmentPage(this.#page);
    const kept = fishSauceChoices();
    for (const [code, points] of this.#chance.shuffled(Object.entries(FISH_SAUCE_POINTS)).slice(0, count)) {
      await assessment.choose(code, points);
      this.#choices = { ...this.#choices, [code]: kept[code] };
      if (this.#chance.says(0.4)) {
        this.#notes[code] = this.#text();
        await this.#type(await assessment.note(code), this.#notes[code]);
      } else {
        await this.#between();
      }
    }
  }

  /** The phone's own Back until the screen has the four roots. */
  async toRoot(): Promise<void> {
    const { navigation } = new Shell(this.#page);
    while (!(await navigation.isVisible())) {
      // The address changes before the screen does: a second Back in between would leave the app.
      const left = await this.#page.locator('main').elementHandle();
      await this.#page.goBack();
      await this.#page.waitForFunction((main) => main?.isConnected !== true, left);
      await this.#page.locator('main').waitFor();
    }
  }

  /** What has to be on the server: every document of this work, as it was typed. */
  typed(): readonly Contents[] {
    const producer: Contents = { kind: 'producer', ...this.#producer };
    const product: Contents = { kind: 'product', ...this.#product };
    const survey: Contents[] = this.#answers === null ? [] : [{ kind: 'survey', answers: this.#answers }];
    const assessment: Contents[] =
      this.#choices === null
        ? []
        : [
            {
              kind: 'assessment',
              choiceByCriterion: this.#choices,
              ...(Object.keys(this.#notes).length === 0 ? {} : { noteByCriterion: this.#notes })
            }
          ];
    return [producer, product, ...survey, ...assessment];
  }

  #survey(): { survey: SurveyPage; answers: Record<string, unknown> } {
    if (this.#answers === null) throw new Error('No survey was begun.');
    return { survey: new SurveyPage(this.#page), answers: this.#answers };
  }

  async #turnTo(survey: SurveyPage, section: string): Promise<void> {
    const heading = this.#page.getByRole('heading', { level: 1, name: section });
    if (!(await heading.isVisible())) await survey.goTo(section);
  }

  /** Replaces what stands in a field, letter by letter, and leaves it. */
  async #type(field: Locator, text: string): Promise<void> {
    await field.click();
    await this.#page.keyboard.press('ControlOrMeta+a');
    await this.#page.keyboard.type(text, { delay: this.#chance.between(0, 5) });
    await this.#page.keyboard.press('Tab');
    await this.#between();
  }

  #text(): string {
    const words = this.#chance.shuffled(WORDS.split(' ')).slice(0, this.#chance.between(1, 4));
    return `${words.join(' ')} ${String(this.#chance.between(1, 999))}`;
  }
}

/** Bookkeeping of the app and of CouchDB: nobody types it. */
const BOOKKEEPING = new Set([
  ...['_id', '_rev', 'commune', 'schema', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'device', 'editId'],
  ...['producerId', 'productId', 'formId', 'formVersion', 'setVersion', 'status', 'trail', 'progress', 'prefilled']
]);

/** What a person has typed of a document; rows without their ids. A self-assessment's set is its product's. */
export function contentsOf(document: Contents): Contents {
  const own = Object.entries(document).filter(([name]) => !BOOKKEEPING.has(name));
  const isAssessment = document['kind'] === 'assessment';
  return Object.fromEntries(
    own.filter(([name]) => !(isAssessment && name === 'setId')).map(([name, value]) => [name, withoutRowIds(value)])
  );
}

function withoutRowIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRowIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (name === '_id' ? [] : [[name, withoutRowIds(inner)]]))
  );
}
