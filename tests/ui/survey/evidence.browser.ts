// Place, signature and code in the survey editor: stored at once, taken away with a way back, asked for at handing in.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { signatureToText } from '#lib/domain/signature/signature.ts';
import { SCRIBBLE } from '#server/sample/scribble.ts';
import { whole } from '../../support/whole-survey.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import Scene from './Scene.svelte';
import { type Desk, aDesk } from './desk.ts';

failOnConsoleError();

const PLACE = '11.1702 108.5713 4.2 42';
const SIGNED = signatureToText({ tag: 'drawn', strokes: SCRIBBLE });

let leave: (() => PromiseLike<void>) | undefined;
beforeEach(async () => {
  await page.viewport(360, 740);
  history.replaceState(null, '');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await leave?.();
  leave = undefined;
});

async function open(desk: Desk, section: string): Promise<void> {
  await desk.store.remember(`resume/${desk.id}`, { section, rows: {}, scrollY: 0 });
  const screen = await render(Scene, { session: desk.session, id: desk.id, locale: 'vi' as const });
  leave = () => screen.unmount();
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const answerIn = (desk: Desk, name: string) => async () => (await desk.stored()).answers[name];

test('a reason why there is no place is stored at once, with its outbox row', async () => {
  const desk = await aDesk();
  await open(desk, 'visit');
  await button('Không có GPS').click();
  await page.getByRole('radio', { name: 'Máy không có GPS' }).click();
  await expect.poll(answerIn(desk, 'visit_place')).toBe('no-gps noReceiver');
  expect(await desk.store.tables.outbox.get(desk.id)).toMatchObject({ state: 'waiting' });
});

test('a place that is taken away comes back by Undo', async () => {
  const desk = await aDesk({ visit_place: PLACE });
  await open(desk, 'visit');
  await button('Xóa vị trí').click();
  await expect.poll(answerIn(desk, 'visit_place')).toBeUndefined();
  await button('Hoàn tác').click();
  await expect.poll(answerIn(desk, 'visit_place')).toBe(PLACE);
});

test('a place that something else has replaced comes back by Undo', async () => {
  const desk = await aDesk({ visit_place: PLACE });
  await open(desk, 'visit');
  vi.spyOn(navigator.geolocation, 'watchPosition').mockImplementation((found) => {
    const coords = { latitude: 11.18, longitude: 108.58, altitude: null, accuracy: 9 };
    setTimeout(() => found({ coords, timestamp: 0 } as unknown as GeolocationPosition));
    return 1;
  });
  await button('Đo lại').click();
  await expect.poll(answerIn(desk, 'visit_place')).toBe('11.18 108.58 0 9');
  await expect.element(page.getByText('Đã thay vị trí trước')).toBeVisible();
  await button('Hoàn tác').click();
  await expect.poll(answerIn(desk, 'visit_place')).toBe(PLACE);
});

test('a stroke is stored when the pen is lifted', async () => {
  const desk = await aDesk();
  await open(desk, 'visit');
  const pad = page.getByRole('img', { name: 'Ô ký tên' });
  await userEvent.dragAndDrop(pad, pad, { sourcePosition: { x: 40, y: 40 }, targetPosition: { x: 200, y: 90 } });
  await expect.poll(answerIn(desk, 'met_signature')).toMatch(/^drawn 1000x400 \d+ \d+( -?\d+)+$/);
});

test('a cleared signature comes back by Undo, and so does one that a name has replaced', async () => {
  const desk = await aDesk({ met_signature: SIGNED });
  await open(desk, 'visit');
  await button('Xóa chữ ký').click();
  await expect.poll(answerIn(desk, 'met_signature')).toBeUndefined();
  await button('Hoàn tác').click();
  await expect.poll(answerIn(desk, 'met_signature')).toBe(SIGNED);
  await page.getByRole('radio', { name: 'Gõ tên' }).click();
  await page.getByRole('textbox', { name: 'Họ tên người xác nhận' }).fill('Người mẫu A');
  await userEvent.tab();
  await expect.poll(answerIn(desk, 'met_signature')).toBe('typed Người mẫu A');
  await button('Hoàn tác').click();
  await expect.poll(answerIn(desk, 'met_signature')).toBe(SIGNED);
});

test('a survey without its place is not handed in; the jump leads to the question', async () => {
  const desk = await aDesk({ ...whole, visit_place: '' });
  await open(desk, 'visit');
  await button('Nộp phiếu').click();
  await expect.element(page.getByText(/Đo vị trí, hoặc chọn “Không có GPS”/).first()).toBeVisible();
  await button('Đến chỗ đầu tiên').click();
  await expect.element(page.getByRole('group', { name: 'Vị trí nơi khảo sát' })).toHaveFocus();
  await button('Không có GPS').click();
  await page.getByRole('radio', { name: 'Khảo sát ở nơi khác' }).click();
  await button('Nộp phiếu').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Nộp phiếu' }).click();
  await expect.poll(async () => (await desk.stored()).status).toBe('submitted');
  expect(await answerIn(desk, 'visit_place')()).toBe('no-gps elsewhere');
});

test('what another build has written and this one cannot read stays, and is said', async () => {
  const desk = await aDesk({ ...whole, visit_place: 'plus-code 7P28+QG' });
  await open(desk, 'visit');
  await expect.element(page.getByText('Vị trí này không đọc được. Đo lại.')).toBeVisible();
  expect(await answerIn(desk, 'visit_place')()).toBe('plus-code 7P28+QG');
});

test('a finger that signs does not turn the page', async () => {
  const desk = await aDesk();
  await open(desk, 'visit');
  const pad = document.querySelector('.signature-pad');
  if (pad === null) throw new Error('no pad');
  const touch = (clientX: number) => new Touch({ identifier: 1, target: pad, clientX, clientY: 400 });
  pad.dispatchEvent(new TouchEvent('touchstart', { bubbles: true, touches: [touch(80)], changedTouches: [touch(80)] }));
  pad.dispatchEvent(new TouchEvent('touchend', { bubbles: true, touches: [], changedTouches: [touch(280)] }));
  await expect.element(page.getByRole('heading', { level: 1, name: 'Chuyến khảo sát' })).toBeVisible();
});
