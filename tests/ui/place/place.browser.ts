// The place field: live accuracy, the best within a time, 10 m at once, a poor place only by a person's choice, reasons.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { PlaceAnswer } from '#lib/domain/place/answer.ts';
import { MEASURE_MS, type Measured, type WatchPlace } from '#lib/domain/place/measuring.ts';
import { violations } from '../axe.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import Place from './scenes/Place.svelte';
import { onWholeStage, smallTargets } from './stage.ts';

failOnConsoleError();

/** A receiver in the test's hand. */
class Receiver {
  listening: ((event: Measured) => void) | null = null;
  readonly watch: WatchPlace = (listener) => {
    this.listening = listener;
    return () => {
      this.listening = null;
    };
  };
  tell(accuracy: number): void {
    this.listening?.({ tag: 'fix', fix: { lat: 11.17352, lon: 108.56721, accuracy } });
  }
  fail(why: 'denied' | 'unavailable'): void {
    this.listening?.({ tag: 'failed', why });
  }
}

let receiver: Receiver;
let given: (PlaceAnswer | null)[];
beforeEach(async () => {
  await page.viewport(360, 740);
  receiver = new Receiver();
  given = [];
});
afterEach(() => {
  vi.useRealTimers();
  delete document.documentElement.dataset['theme'];
});

async function show(first: PlaceAnswer | null = null, over: { reasons?: boolean; locked?: boolean } = {}) {
  const { watch } = receiver;
  const screen = await render(Place, { first, watch, oncommit: (value) => given.push(value), ...over }, onWholeStage());
  await expect.element(page.getByText('Vị trí nơi khảo sát')).toBeVisible();
  return screen;
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const ROUGH: PlaceAnswer = { tag: 'fix', fix: { lat: 11.17352, lon: 108.56721, accuracy: 42 } };

describe('measuring', () => {
  test('shows the accuracy live and takes 10 m at once', async () => {
    await show();
    await button('Đo vị trí').click();
    await expect.element(page.getByText('Đang tìm vị trí').first()).toBeVisible();
    receiver.tell(350);
    await expect.element(page.getByText('Đang đo: sai số ±350 m')).toBeVisible();
    receiver.tell(60);
    await expect.element(page.getByText('Đang đo: sai số ±60 m')).toBeVisible();
    receiver.tell(90);
    await expect.element(page.getByText('Đang đo: sai số ±60 m')).toBeVisible();
    expect(given).toEqual([]);
    receiver.tell(9.4);
    await expect.element(page.getByText('11.17352, 108.56721')).toBeVisible();
    expect(given).toEqual([{ tag: 'fix', fix: { lat: 11.17352, lon: 108.56721, accuracy: 9.4 } }]);
    await expect.element(page.getByText('Tốt')).toBeVisible();
    await expect.element(page.getByText('Địa giới: Xã Phan Rí Cửa')).toBeVisible();
    expect(receiver.listening).toBeNull();
  });

  test('keeps the best at the end of the time, and warns', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await show();
    await button('Đo vị trí').click();
    receiver.tell(42);
    receiver.tell(80);
    vi.advanceTimersByTime(MEASURE_MS);
    await expect.element(page.getByText(/^Sai số ±42\sm, còn lớn/)).toBeVisible();
    expect(given).toEqual([ROUGH]);
    expect(receiver.listening).toBeNull();
  });

  test('takes a poor place only when a person says so', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await show();
    await button('Đo vị trí').click();
    receiver.tell(350);
    await expect.element(button(/^Lấy luôn/)).not.toBeInTheDocument();
    vi.advanceTimersByTime(MEASURE_MS);
    await expect.element(page.getByText(/^Chỉ đo được sai số ±350\sm/)).toBeVisible();
    expect(given).toEqual([]);
    await button('Vẫn dùng ±350 m').click();
    expect(given).toMatchObject([{ tag: 'fix', fix: { accuracy: 350 } }]);
    await expect.element(page.getByText('Lệch nhiều')).toBeVisible();
  });

  test('a person may take what there is, up to 100 m', async () => {
    await show();
    await button('Đo vị trí').click();
    receiver.tell(42);
    await button('Lấy luôn ±42 m').click();
    expect(given).toEqual([ROUGH]);
  });

  test('cancelled, it leaves what was there and the receiver alone', async () => {
    await show(ROUGH);
    await button('Đo lại').click();
    receiver.tell(20);
    await button('Thôi').click();
    expect(given).toEqual([]);
    expect(receiver.listening).toBeNull();
    await expect.element(page.getByText('Sai số ±42 m', { exact: true }).first()).toBeVisible();
  });

  test('a field that goes away stops the receiver', async () => {
    const screen = await show();
    await button('Đo vị trí').click();
    expect(receiver.listening).not.toBeNull();
    await screen.unmount();
    expect(receiver.listening).toBeNull();
  });

  test('who goes on before the time is over keeps what was found so far, where it is good enough', async () => {
    const screen = await show();
    await button('Đo vị trí').click();
    receiver.tell(42);
    await expect.element(page.getByText('Đang đo: sai số ±42 m')).toBeVisible();
    await screen.unmount();
    expect(given).toEqual([ROUGH]);
  });

  test.each([
    ['a poor one', null, 350],
    ['one beside a place that stands', ROUGH, 20]
  ] as const)('who goes on leaves %s', async (_, first, accuracy) => {
    const screen = await show(first);
    await button(first === null ? 'Đo vị trí' : 'Đo lại').click();
    receiver.tell(accuracy);
    await expect.element(page.getByText(`Đang đo: sai số ±${String(accuracy)} m`)).toBeVisible();
    await screen.unmount();
    expect(given).toEqual([]);
  });

  test.each([
    ['denied', /^Máy chưa cho ứng dụng xem vị trí/],
    ['unavailable', /^Máy chưa cho biết vị trí/]
  ] as const)('%s is said in words, and can be tried again', async (why, words) => {
    await show();
    await button('Đo vị trí').click();
    receiver.fail(why);
    await expect.element(page.getByText(words)).toBeVisible();
    await button('Thử lại').click();
    receiver.tell(5);
    await expect.element(page.getByText('Tốt')).toBeVisible();
  });

  test('nothing in the time is said in words', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await show();
    await button('Đo vị trí').click();
    vi.advanceTimersByTime(MEASURE_MS);
    await expect.element(page.getByText(/^Chưa bắt được vệ tinh/)).toBeVisible();
    expect(receiver.listening).toBeNull();
  });

  test('by keyboard alone, the focus never falls off the field', async () => {
    await show();
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    receiver.tell(42);
    await expect.element(button('Lấy luôn ±42 m')).toBeVisible();
    await expect.poll(() => document.activeElement?.tagName).toBe('BUTTON');
    (button('Lấy luôn ±42 m').element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(button('Đo lại')).toHaveFocus();
  });
});

describe('no GPS', () => {
  test('gives the reason that is chosen', async () => {
    await show();
    await button('Không có GPS').click();
    await page.getByRole('radio', { name: 'Trong nhà' }).click();
    expect(given).toEqual([{ tag: 'none', reason: 'indoors', note: '' }]);
    await expect.element(page.getByRole('radio', { name: 'Trong nhà' })).toBeChecked();
  });

  test('another reason is given with its words only', async () => {
    await show();
    await button('Không có GPS').click();
    await page.getByRole('radio', { name: 'Lý do khác' }).click();
    expect(given).toEqual([]);
    await page.getByRole('textbox', { name: 'Ghi rõ lý do' }).fill('Hầm chượp');
    await userEvent.tab();
    expect(given).toEqual([{ tag: 'none', reason: 'other', note: 'Hầm chượp' }]);
  });

  test('a place that is measured after all replaces the reason', async () => {
    await show({ tag: 'none', reason: 'indoors', note: '' });
    await button('Đo vị trí').click();
    receiver.tell(6);
    await expect.element(page.getByText('Tốt')).toBeVisible();
    expect(given).toHaveLength(1);
  });

  test('is not offered where a place may simply be missing', async () => {
    await show(null, { reasons: false });
    await expect.element(button('Đo vị trí')).toBeVisible();
    await expect.element(button('Không có GPS')).not.toBeInTheDocument();
  });
});

test('locked, it only tells', async () => {
  await show({ tag: 'none', reason: 'other', note: 'Hầm chượp' }, { locked: true });
  await expect.element(page.getByText('Không có GPS: Hầm chượp')).toBeVisible();
  expect(document.querySelectorAll('button:not([aria-label]), input')).toHaveLength(0);
});

test.each(['sotay', 'sotay-dark'])('every state passes axe and the thumb: %s', async (theme) => {
  document.documentElement.dataset['theme'] = theme;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await show();
  const look = async (state: string): Promise<void> => {
    vi.useRealTimers();
    expect(await violations(), state).toEqual([]);
    expect(smallTargets(), state).toEqual([]);
    expect(document.documentElement.scrollWidth, state).toBeLessThanOrEqual(360);
  };
  await look('empty');
  await button('Đo vị trí').click();
  receiver.tell(42);
  await expect.element(button('Lấy luôn ±42 m')).toBeVisible();
  await look('measuring');
  await button('Lấy luôn ±42 m').click();
  await expect.element(button('Đo lại')).toBeVisible();
  await look('rough');
  await button('Đo lại').click();
  receiver.fail('denied');
  await expect.element(button('Thử lại')).toBeVisible();
  await look('denied');
  await button('Không có GPS').click();
  await page.getByRole('radio', { name: 'Lý do khác' }).click();
  await look('reasons');
});
