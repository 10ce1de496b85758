// Codes: the app's own QR is read by the reader it brings along, from a picture and from a camera; and what is said otherwise.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { readCodeFrom } from '#lib/app/device/codes.ts';
import { recordAddress } from '#lib/domain/code/recordCode.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import QrCode from '#lib/ui/QrCode.svelte';
import type { Scanner } from '#lib/ui/scanner.ts';
import { anId } from '../../support/documents.ts';
import { violations } from '../axe.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import Scan from './scenes/Scan.svelte';
import { onWholeStage, smallTargets } from './stage.ts';

failOnConsoleError();

const ADDRESS = recordAddress('https://sotay.example.vn', 'product', anId('product', 7));

beforeEach(async () => {
  await page.viewport(360, 740);
});
afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

/** The app's own drawing of a code, on a canvas as large as a photo of it. */
async function drawnCode(text: string): Promise<HTMLCanvasElement> {
  const screen = await render(QrCode, { text, label: 'Mã QR' });
  const svg = page.getByRole('img', { name: 'Mã QR' });
  await expect.element(svg).toBeInTheDocument();
  const source = new XMLSerializer().serializeToString(svg.element());
  await screen.unmount();
  const image = new Image(480, 480);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No canvas.');
  context.fillStyle = '#b9a27c';
  context.fillRect(0, 0, 640, 480);
  context.drawImage(image, 160, 80, 320, 320);
  return canvas;
}

const pictureOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('No picture.')) : resolve(blob)), 'image/jpeg', 0.8);
  });

test('this browser has no reader of its own, so ours is what reads here', () => {
  expect('BarcodeDetector' in globalThis).toBe(false);
});

test('a picture that the phone could not bear is refused before it is opened', async () => {
  // A PNG's beginning and end: 30,000 pixels square would take 3.6 GB.
  const head = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
  const size = [0, 0, 0x75, 0x30];
  const png = new Uint8Array([...head, ...size, ...size, 8, 2, 0, 0, 0, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44]);
  expect(await readCodeFrom(new Blob([png], { type: 'image/png' }))).toEqual(err('tooLarge'));
});

test.each([ADDRESS, 'https://truyxuat.example.vn/8938501234567', 'Nước mắm nhĩ: 35 độ đạm', 'x'.repeat(300)])(
  'reads its own drawing: %s',
  async (text) => {
    expect(await readCodeFrom(await pictureOf(await drawnCode(text)))).toEqual(ok(text));
  }
);

test('a picture without a code, and a file that is no picture', async () => {
  const blank = document.createElement('canvas');
  expect(await readCodeFrom(await pictureOf(blank))).toEqual(ok(null));
  expect(await readCodeFrom(new Blob(['not a picture'], { type: 'image/jpeg' }))).toEqual(err('noPicture'));
});

test('the code is black on white in the dark theme too', async () => {
  document.documentElement.dataset['theme'] = 'sotay-dark';
  const canvas = await drawnCode(ADDRESS);
  expect([...(canvas.getContext('2d')?.getImageData(162, 82, 1, 1).data ?? [])]).toEqual([255, 255, 255, 255]);
});

describe('the field', () => {
  let given: string[];
  beforeEach(() => {
    given = [];
  });

  const show = async (openCamera: Scanner['openCamera'], read: Scanner['readCodeFrom'] = readCodeFrom) => {
    const scanner: Scanner = { openCamera, readCodeFrom: read };
    await render(Scan, { scanner, oncommit: (value) => given.push(value) }, onWholeStage());
    await page.getByRole('button', { name: 'Quét mã' }).click();
    await expect.element(page.getByRole('dialog')).toBeVisible();
  };
  const noCamera = async (): Promise<Result<MediaStream, 'denied' | 'absent'>> => err('absent');
  const choose = (file: File) => userEvent.upload(page.getByLabelText('Chọn ảnh có mã'), file);
  const field = () => page.getByRole('textbox', { name: /^Mã truy xuất trên nhãn/ });

  test('reads a code from the running camera, closes, and leaves the camera off', async () => {
    const canvas = await drawnCode(ADDRESS);
    const stream = canvas.captureStream(10);
    // A canvas sends a picture only when it is drawn upon.
    const timer = setInterval(() => canvas.getContext('2d')?.fillRect(0, 0, 1, 1), 50);
    await show(async () => ok(stream));
    await expect.poll(() => given).toEqual([ADDRESS]);
    clearInterval(timer);
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
    await expect.element(field()).toHaveValue(ADDRESS);
  });

  test('a sheet that is closed while the camera starts leaves it off', async () => {
    const canvas = document.createElement('canvas');
    const stream = canvas.captureStream(10);
    let start: (opened: Result<MediaStream, 'denied' | 'absent'>) => void = () => undefined;
    await show(() => new Promise((resolve) => (start = resolve)));
    await expect.element(page.getByText('Đang mở máy ảnh')).toBeVisible();
    await page.getByRole('button', { name: 'Đóng' }).click();
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    start(ok(stream));
    await expect.poll(() => stream.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
  });

  test('without a camera a picture of the code does', async () => {
    await show(noCamera);
    await expect.element(page.getByText(/^Máy này không có máy ảnh/)).toBeVisible();
    await choose(new File(['no picture'], 'hong.jpg', { type: 'image/jpeg' }));
    await expect.element(page.getByText(/^Tệp này không phải ảnh/)).toBeVisible();
    await choose(new File([await pictureOf(document.createElement('canvas'))], 'trang.jpg', { type: 'image/jpeg' }));
    await expect.element(page.getByText(/^Không thấy mã trong ảnh này/)).toBeVisible();
    await choose(new File([await pictureOf(await drawnCode(ADDRESS))], 'ma.jpg', { type: 'image/jpeg' }));
    await expect.poll(() => given).toEqual([ADDRESS]);
  });

  test('a camera that is forbidden is told, and the code is typed', async () => {
    await show(async () => err('denied'));
    await expect.element(page.getByText(/^Máy chưa cho ứng dụng dùng máy ảnh/)).toBeVisible();
    await page.getByRole('button', { name: 'Dùng mã này' }).click();
    await expect.element(page.getByText('Gõ mã vào ô trên.')).toBeVisible();
    await page.getByRole('textbox', { name: 'Gõ mã' }).fill(' 8938501234567 ');
    await page.getByRole('button', { name: 'Dùng mã này' }).click();
    expect(given).toEqual(['8938501234567']);
  });

  test('a reader that could not be fetched is told', async () => {
    const stream = document.createElement('canvas').captureStream(10);
    await show(
      async () => ok(stream),
      async () => err('noReader')
    );
    await expect.element(page.getByText(/^Chưa có bộ đọc mã trên máy/)).toBeVisible();
    expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
  });

  test.each(['sotay', 'sotay-dark'])('the sheet passes axe and the thumb: %s', async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    const canvas = document.createElement('canvas');
    await show(async () => ok(canvas.captureStream(10)));
    await expect.element(page.getByText('Đưa mã vào trong khung. Máy tự đọc.')).toBeVisible();
    expect(await violations(), 'camera').toEqual([]);
    expect(smallTargets()).toEqual([]);
    await page.getByRole('button', { name: 'Đóng' }).click();
  });
});
