// The signature field: strokes by pointer kept as vector, undo and clear, the typed name, not signed, every size and theme.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { type Signature, type Stroke, signatureToText } from '#lib/domain/signature/signature.ts';
import { SCRIBBLE } from '#server/sample/scribble.ts';
import { violations } from '../axe.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import Sign from './scenes/Sign.svelte';
import { onWholeStage, smallTargets } from './stage.ts';

failOnConsoleError();

let given: (Signature | null)[];
beforeEach(async () => {
  await page.viewport(360, 740);
  given = [];
  // A pointer that a test has made up cannot be captured: the browser throws.
  vi.spyOn(Element.prototype, 'setPointerCapture').mockImplementation(() => undefined);
});
afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

async function show(first: Signature | null = null, locked = false): Promise<void> {
  await render(Sign, { first, locked, oncommit: (value) => given.push(value) }, onWholeStage());
  await expect.element(page.getByText('Chữ ký người đã gặp')).toBeVisible();
}

const pad = (): SVGSVGElement => {
  const found = document.querySelector<SVGSVGElement>('svg.signature-pad');
  if (found === null) throw new Error('There is no pad.');
  return found;
};
const drawn = () => pad().querySelectorAll('path').length;
const button = (name: string) => page.getByRole('button', { name });

/** Draws through points of the pad's own units. */
function draw(points: Stroke, over: Partial<PointerEventInit> = {}, last: 'pointerup' | 'pointercancel' = 'pointerup') {
  const { left, top, width, height } = pad().getBoundingClientRect();
  const send = (type: string, [x, y]: readonly [number, number]): void => {
    const at = { clientX: left + (x / 1000) * width, clientY: top + (y / 400) * height };
    pad().dispatchEvent(
      new PointerEvent(type, { pointerId: 1, pointerType: 'pen', bubbles: true, cancelable: true, ...at, ...over })
    );
  };
  const [start = [0, 0] as const, ...rest] = points;
  send('pointerdown', start);
  for (const point of rest) send('pointermove', point);
  send(last, rest.at(-1) ?? start);
}
const LINE: Stroke = [
  [100, 100],
  [300, 200],
  [500, 100]
];

test('each stroke is handed on as vector when the pen is lifted', async () => {
  await show();
  draw(LINE);
  await expect.poll(() => given.length).toBe(1);
  expect(given[0]?.tag === 'drawn' ? given[0].strokes[0] : null).toEqual(LINE);
  await expect.poll(drawn).toBe(1);
  draw([[700, 300]]);
  await expect.poll(drawn).toBe(2);
  expect(given.at(-1)).toMatchObject({ tag: 'drawn', strokes: [LINE, [[700, 300]]] });
});

test('a real mouse draws too', async () => {
  await show();
  vi.mocked(Element.prototype.setPointerCapture).mockRestore();
  await userEvent.dragAndDrop(pad(), pad(), {
    sourcePosition: { x: 40, y: 40 },
    targetPosition: { x: 200, y: 90 }
  });
  await expect.poll(drawn).toBe(1);
});

test('a second finger, the right button and another pointer draw nothing', async () => {
  await show();
  draw(LINE, { button: 2 });
  const { left, top } = pad().getBoundingClientRect();
  const at = { bubbles: true, cancelable: true, clientX: left + 20, clientY: top + 20 };
  pad().dispatchEvent(new PointerEvent('pointerdown', { ...at, pointerId: 1 }));
  pad().dispatchEvent(new PointerEvent('pointerdown', { ...at, pointerId: 2 }));
  pad().dispatchEvent(new PointerEvent('pointerup', { ...at, pointerId: 2 }));
  expect(given).toEqual([]);
  pad().dispatchEvent(new PointerEvent('pointerup', { ...at, pointerId: 1 }));
  expect(given).toHaveLength(1);
});

test('a touch that the system takes away keeps what was drawn', async () => {
  await show();
  draw(LINE, {}, 'pointercancel');
  await expect.poll(drawn).toBe(1);
  expect(given).toHaveLength(1);
});

test('the last stroke is undone, the last of all leaves nothing', async () => {
  await show({ tag: 'drawn', strokes: [LINE, [[1, 1]]] });
  await button('Bỏ nét cuối').click();
  expect(given).toEqual([{ tag: 'drawn', strokes: [LINE] }]);
  await button('Bỏ nét cuối').click();
  expect(given.at(-1)).toBeNull();
});

test('clearing gives nothing', async () => {
  await show({ tag: 'drawn', strokes: SCRIBBLE });
  await button('Xóa chữ ký').click();
  expect(given).toEqual([null]);
});

test('a name is typed by keyboard alone', async () => {
  await show();
  await userEvent.tab();
  await userEvent.keyboard('{ArrowRight}');
  await userEvent.tab();
  await userEvent.keyboard('Nguyễn Văn Mẫu');
  await userEvent.tab();
  expect(given).toEqual([{ tag: 'typed', name: 'Nguyễn Văn Mẫu' }]);
});

test('not signed is an answer at once, with a reason if there is one', async () => {
  await show();
  await page.getByRole('radio', { name: 'Không ký' }).click();
  expect(given).toEqual([{ tag: 'declined', reason: '' }]);
  await page.getByRole('textbox', { name: /^Lý do không ký/ }).fill('Không có thẩm quyền');
  await userEvent.tab();
  expect(given.at(-1)).toEqual({ tag: 'declined', reason: 'Không có thẩm quyền' });
});

test('looking at another way changes nothing that was signed', async () => {
  await show({ tag: 'drawn', strokes: SCRIBBLE });
  await page.getByRole('radio', { name: 'Gõ tên' }).click();
  await page.getByRole('radio', { name: 'Không ký' }).click();
  await page.getByRole('radio', { name: 'Ký tay' }).click();
  expect(given).toEqual([]);
  expect(drawn()).toBe(SCRIBBLE.length);
});

test('a pad that is full says so and keeps what it has', async () => {
  const scribble = Array.from({ length: 500 }, (_, i) => [(i * 37) % 1000, (i * 91) % 400] as const);
  const strokes: Stroke[] = [];
  while (signatureToText({ tag: 'drawn', strokes: [...strokes, scribble] }).length <= 20_000) strokes.push(scribble);
  await show({ tag: 'drawn', strokes });
  draw(scribble);
  await expect.element(page.getByText(/^Ô ký đã đầy/)).toBeVisible();
  expect(given).toEqual([]);
});

test('it grows with the screen and is drawn in the ink of the theme', async () => {
  await show({ tag: 'drawn', strokes: SCRIBBLE });
  const small = pad().getBoundingClientRect();
  await page.viewport(740, 360);
  await expect.poll(() => pad().getBoundingClientRect().width).toBeGreaterThan(small.width * 1.5);
  const large = pad().getBoundingClientRect();
  expect(large.width / large.height).toBeCloseTo(small.width / small.height, 1);
  const ink = () => getComputedStyle(pad().querySelector('path') ?? pad()).stroke;
  document.documentElement.dataset['theme'] = 'sotay';
  const light = ink();
  document.documentElement.dataset['theme'] = 'sotay-dark';
  expect(ink()).not.toBe(light);
  draw(LINE);
  expect(given.at(-1)).toMatchObject({ strokes: [...SCRIBBLE, LINE] });
});

test('locked, it shows what was signed', async () => {
  await show({ tag: 'drawn', strokes: SCRIBBLE }, true);
  await expect.element(page.getByRole('img', { name: 'Chữ ký tay, 3 nét' })).toBeVisible();
  expect(document.querySelector('.signature-pad')).toBeNull();
});

test.each(['sotay', 'sotay-dark'])('every way passes axe and the thumb: %s', async (theme) => {
  document.documentElement.dataset['theme'] = theme;
  await show({ tag: 'drawn', strokes: SCRIBBLE });
  for (const way of ['Ký tay', 'Gõ tên', 'Không ký']) {
    await page.getByRole('radio', { name: way }).click();
    expect(await violations(), way).toEqual([]);
    expect(smallTargets(), way).toEqual([]);
    expect(document.documentElement.scrollWidth, way).toBeLessThanOrEqual(360);
  }
});
