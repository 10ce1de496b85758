// Measures the screens of an officer at work: opening, tapping, typing, searching, adding, on a throttled processor.
import type { Page } from '@playwright/test';
import { anId } from '../support/documents.ts';
import type { Phone } from '../e2e/phone.ts';
import { THROTTLE, rawPut, teach, throttle, untilCommitted, untilPainted } from './browser.ts';

/** The criteria of set 9 are all in the list when its last one stands there. */
const LAST_CRITERION = '[id="criterion-11"]';
/** Not the link that opens what is missing for a rank. */
const ASSESSMENT_LINK = 'a[href^="/assessment/"]:not([href*="gap"])';
/** The large number of the score bar. */
const TOTAL = 'b.text-figure';

/** The survey editor's pause, see its `TYPING_MS`. */
const TYPING_PAUSE_MS = 600;

/** From a tap on the product's screen to the self-assessment with all its criteria, milliseconds each. */
export async function openAssessment(phone: Phone, product: number, times: number): Promise<number[]> {
  const { page } = phone;
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    await phone.open(`/product/${anId('product', product)}`);
    await page.locator(ASSESSMENT_LINK).first().waitFor();
    await settle(page);
    await throttle(page, THROTTLE);
    taken.push(
      await untilPainted(page, ASSESSMENT_LINK, { kind: 'click' }, { kind: 'comes', selector: LAST_CRITERION })
    );
    await throttle(page, 1);
  }
  return taken;
}

/** From a tap on the only button of *bare* to its new number on the screen, milliseconds each. */
export async function tapBare(phone: Phone, times: number): Promise<number[]> {
  const { page } = phone;
  await teach(page);
  await phone.open('/');
  await page.locator('[data-ready]').waitFor();
  await settle(page);
  await throttle(page, THROTTLE);
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    taken.push(await untilPainted(page, 'button', { kind: 'click' }, { kind: 'changes', selector: 'button' }));
  }
  await throttle(page, 1);
  return taken;
}

/** From a tap on an option to the new total on the screen, milliseconds each; the open screen is an assessment. */
export async function tapOptions(page: Page, times: number): Promise<number[]> {
  const head = page.locator('[id="criterion-1.1"] button').first();
  if ((await head.getAttribute('aria-expanded')) !== 'true') await head.tap();
  const options = page.locator('[id="criterion-1.1"] input[type=radio]');
  await options.first().waitFor();
  const count = await options.count();
  await throttle(page, THROTTLE);
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const option = `[id="criterion-1.1"] [role=radiogroup] label:nth-of-type(${String((i % count) + 1)}) input`;
    taken.push(await untilPainted(page, option, { kind: 'click' }, { kind: 'changes', selector: TOTAL }));
  }
  await throttle(page, 1);
  return taken;
}

/** From a key to its letter in IndexedDB without the typing pause, and a raw strict put after each, milliseconds. */
export async function commitFields(
  phone: Phone,
  survey: number,
  times: number
): Promise<{ app: number[]; idb: number[] }> {
  const { page } = phone;
  await phone.open(`/survey/${anId('survey', survey)}`);
  const field = '[id="q-registration_number"]';
  await page.locator(field).waitFor();
  await settle(page);
  await throttle(page, THROTTLE);
  const app: number[] = [];
  const idb: number[] = [];
  // In turns, at the pace of a person: a put in a tight loop is quicker than any that comes after a pause.
  for (let i = 0; i < times; i++) {
    app.push(await untilCommitted(page, field, `48A8${String(100_000 + i)}`, TYPING_PAUSE_MS));
    idb.push(await rawPut(page));
  }
  await throttle(page, 1);
  return { app, idb };
}

/** Per keystroke in the search of Sản phẩm, from the key to the new count on the screen, milliseconds each. */
export async function searchProducts(phone: Phone, rounds: number): Promise<number[]> {
  const { page } = phone;
  await phone.open('/products');
  await page.locator('[role=search] input').waitFor();
  await page.locator('p[role=status]').filter({ hasText: /\d/ }).first().waitFor();
  await settle(page);
  await throttle(page, THROTTLE);
  const taken: number[] = [];
  // Each of these finds another number of rows than the one before.
  const keys = [
    'nước',
    'nước mắm mẫu 1',
    'nước mắm mẫu 15',
    'nước mắm mẫu 150',
    'thành lòng',
    'muối',
    'muối 2',
    'không có'
  ];
  for (let round = 0; round < rounds; round++) {
    for (const text of keys) {
      taken.push(
        await untilPainted(
          page,
          '[role=search] input',
          { kind: 'type', text },
          { kind: 'changes', selector: 'p[role=status]' }
        )
      );
    }
  }
  await throttle(page, 1);
  return taken;
}

/** Adding a row to the linkage contracts of a survey, from the tap to the new row on the screen, milliseconds. */
export async function addRow(phone: Phone, survey: number): Promise<number> {
  const { page } = phone;
  await phone.open(`/survey/${anId('survey', survey)}`);
  await page.getByRole('button', { name: 'Mở danh sách mục' }).tap();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Liên kết/ })
    .click();
  await page.locator('[id="q-linkages"]').waitFor();
  await settle(page);
  await throttle(page, THROTTLE);
  const taken = await untilPainted(
    page,
    '[id="q-linkages"] > button',
    { kind: 'click' },
    { kind: 'grows', selector: '[id="q-linkages"] button[aria-expanded]' }
  );
  await throttle(page, 1);
  return taken;
}

/** Lets what the page does by itself after opening (sync, fonts, idle work) come to rest. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
}
