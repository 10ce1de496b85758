// Photos as tiles and over the whole screen: every state in words, looking closely, turning over, closing, accessibility.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type ComponentProps } from 'svelte';
import { render } from 'vitest-browser-svelte';
import type { Sending } from '#lib/domain/sending.ts';
import type { PhotoFacts, PhotoLook, ShownPhoto } from '#lib/ui/photo.ts';
import { violations } from '../axe.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { aPicture } from '../../app/photos/pictures.ts';
import Album from './Album.svelte';

failOnConsoleError();

const LOCAL: Sending = { state: 'local', since: '2026-11-23T03:42:00.000Z' };
const facts = (over: Partial<PhotoFacts> = {}): PhotoFacts => ({
  caption: '',
  sha256: '5e1f'.repeat(16),
  sending: LOCAL,
  by: 'Cán bộ mẫu A',
  takenAt: '2026-11-20T02:30:00.000Z',
  place: { lat: 11.17021, lon: 108.57133, accuracy: 8 },
  bytes: 301_234,
  width: 800,
  height: 600,
  isOwn: true,
  ...over
});

let shown: PhotoLook;
const note = vi.fn();
let leave: (() => PromiseLike<void>) | undefined;

beforeEach(async () => {
  await page.viewport(360, 740);
  note.mockClear();
  const blob = new Blob([await aPicture({ width: 800, height: 600 })], { type: 'image/jpeg' });
  shown = { state: 'shown', src: URL.createObjectURL(blob) };
});
afterEach(async () => {
  await leave?.();
  leave = undefined;
  if (shown.state === 'shown') URL.revokeObjectURL(shown.src);
  delete document.documentElement.dataset['theme'];
});

const photo = (id: string, over: Partial<PhotoFacts> = {}, look = shown): ShownPhoto => ({
  id,
  look,
  facts: facts(over)
});

async function show(props: Omit<ComponentProps<typeof Album>, 'note'>) {
  const screen = await render(Album, { note, large: shown, ...props });
  leave = () => screen.unmount();
  await expect.element(page.getByRole('group', { name: 'Minh chứng của tiêu chí 1.4' })).toBeVisible();
  return screen;
}

const tile = (name: string | RegExp) => page.getByRole('button', { name });
const viewer = page.getByRole('dialog', { name: /^Ảnh \d trên \d$/ });
const button = (name: string) => viewer.getByRole('button', { name });
const stage = (): HTMLElement => {
  const found = document.querySelector<HTMLElement>('[data-scale]');
  if (found === null) throw new Error('no picture is shown');
  return found;
};
const scale = () => Number(stage().dataset['scale']);

/** A finger on the stage, measured from its middle. */
function finger(type: 'pointerdown' | 'pointermove' | 'pointerup', x: number, y: number, pointerId = 1): void {
  const box = stage().getBoundingClientRect();
  const at = { clientX: box.left + box.width / 2 + x, clientY: box.top + box.height / 2 + y };
  stage().dispatchEvent(new PointerEvent(type, { ...at, pointerId, pointerType: 'touch', bubbles: true }));
}

function drag(from: readonly [number, number], to: readonly [number, number]): void {
  finger('pointerdown', ...from);
  finger('pointermove', (from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  finger('pointermove', ...to);
  finger('pointerup', ...to);
}

beforeEach(() => {
  // Fingers that a test makes are none of the browser's own, and cannot be captured.
  vi.spyOn(HTMLElement.prototype, 'setPointerCapture').mockImplementation(() => undefined);
});

describe('tiles', () => {
  test('tell where the bytes are, and what stands in for a picture', async () => {
    await show({
      photos: [
        photo('a', { caption: 'Lu sành' }),
        photo('b', { sending: { state: 'sent', rev: '2-a', at: null } }),
        photo('c', { caption: 'Nhãn chai', isOwn: false }, { state: 'waiting' }),
        photo('d', {}, { state: 'offline' }),
        photo('e', {}, { state: 'failed' }),
        photo('f', {}, { state: 'deleted' }),
        { id: 'g', look: { state: 'unknown' }, facts: null }
      ]
    });
    await expect.element(tile('Ảnh 1 trên 7. Lu sành. Trên máy')).toBeVisible();
    await expect.element(tile('Ảnh 2 trên 7. Đã gửi')).toBeVisible();
    await expect.element(tile(/^Ảnh 3 trên 7/)).toHaveTextContent('Ảnh đang chờ gửi');
    await expect.element(tile(/^Ảnh 3 trên 7/)).toHaveTextContent('Nhãn chai · 5e1f5e1f');
    await expect.element(tile(/^Ảnh 4 trên 7/)).toHaveTextContent('Chưa có mạng để tải ảnh');
    await expect.element(tile(/^Ảnh 5 trên 7/)).toHaveTextContent('Chưa tải được ảnh');
    await expect.element(tile(/^Ảnh 6 trên 7/)).toHaveTextContent('Ảnh đã xóa');
    await expect.element(tile(/^Ảnh 7 trên 7/)).toHaveTextContent('Ảnh chưa về máy này');
  });

  test('files are taken from the gallery, several at once; the same one can be chosen again', async () => {
    await show({ photos: [] });
    const input = page.getByLabelText('Chọn ảnh');
    const files = [new File(['a'], 'a.jpg'), new File(['b'], 'b.jpg')];
    await userEvent.upload(input, files);
    await userEvent.upload(input, files[0] ?? []);
    expect(note.mock.calls).toEqual([
      ['files', 'a.jpg', 'b.jpg'],
      ['files', 'a.jpg']
    ]);
    const [camera] = [...document.querySelectorAll('input')];
    expect([camera?.getAttribute('capture'), camera?.multiple, camera?.accept]).toEqual([
      'environment',
      false,
      'image/*'
    ]);
  });

  test('what is being stored is counted and can be stopped; what was not is told by file', async () => {
    await show({
      photos: [photo('a')],
      progress: { done: 2, of: 5 },
      failures: [{ names: ['IMG_1.jpg', 'IMG_2.jpg'], text: 'Ảnh bị hỏng.' }]
    });
    await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuetext', '2 trong 5');
    await page.getByRole('button', { name: 'Dừng' }).click();
    await expect.element(page.getByText('2 ảnh chưa lưu được')).toBeVisible();
    await expect.element(page.getByText('IMG_1.jpg, IMG_2.jpg:')).toBeVisible();
    await page.getByRole('button', { name: 'Đã hiểu' }).click();
    expect(note.mock.calls).toEqual([['stop'], ['dismiss']]);
  });

  test('of a frozen dossier are to be looked at only', async () => {
    await show({ photos: [photo('a', { caption: 'Lu sành' })], locked: true });
    expect(document.querySelectorAll('input')).toHaveLength(0);
    await tile(/^Ảnh 1/).click();
    await expect.element(viewer).toHaveTextContent('Lu sành');
    for (const name of ['Xóa ảnh này', 'Chụp lại']) await expect.element(button(name)).not.toBeInTheDocument();
    expect(document.querySelectorAll('textarea')).toHaveLength(0);
  });
});

describe('the viewer', () => {
  const three = () => [photo('a'), photo('b', { caption: 'Nhãn' }), photo('c')];

  test('says its number first, and all that is known', async () => {
    await show({ photos: three() });
    await tile(/^Ảnh 2/).click();
    await expect.element(viewer.getByRole('heading', { name: 'Ảnh 2 trên 3' })).toHaveFocus();
    for (const words of [
      /Chụp 20\/11\/2026 \d\d:\d\d · Cán bộ mẫu A/,
      '11,17021; 108,57133',
      '±8 m',
      '294,2 KB',
      '800 × 600'
    ]) {
      await expect.element(viewer).toHaveTextContent(words);
    }
    await expect.element(viewer.getByRole('img', { name: 'Nhãn' })).toBeVisible();
  });

  test('arrow keys, buttons and a swipe turn over, and stop at the ends', async () => {
    await show({ photos: three() });
    await tile(/^Ảnh 2/).click();
    const heading = viewer.getByRole('heading');
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(heading).toHaveTextContent('Ảnh 3 trên 3');
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(heading).toHaveTextContent('Ảnh 3 trên 3');
    await button('Ảnh trước').click();
    await expect.element(heading).toHaveTextContent('Ảnh 2 trên 3');
    drag([80, 0], [-60, 6]);
    await expect.element(heading).toHaveTextContent('Ảnh 3 trên 3');
    drag([-60, 0], [90, 0]);
    await expect.element(heading).toHaveTextContent('Ảnh 2 trên 3');
    // A finger that trembles leads nowhere.
    drag([0, 0], [30, 10]);
    await expect.element(heading).toHaveTextContent('Ảnh 2 trên 3');
  });

  test('arrow keys in the caption are the caret’s', async () => {
    await show({ photos: three() });
    await tile(/^Ảnh 2/).click();
    await viewer.getByLabelText('Chú thích').click();
    await userEvent.keyboard('{ArrowLeft}{ArrowRight}');
    await expect.element(viewer.getByRole('heading')).toHaveTextContent('Ảnh 2 trên 3');
  });

  test('a pinch, a double tap, the wheel and keys look closely; a finger then moves the picture', async () => {
    await show({ photos: three() });
    await tile(/^Ảnh 1/).click();
    await expect.poll(scale).toBe(1);
    finger('pointerdown', -40, 0, 1);
    finger('pointerdown', 40, 0, 2);
    finger('pointermove', -80, 0, 1);
    finger('pointermove', 80, 0, 2);
    finger('pointerup', -80, 0, 1);
    finger('pointerup', 80, 0, 2);
    await expect.poll(scale).toBe(2);
    drag([0, 0], [-200, 0]);
    await expect.element(viewer.getByRole('heading')).toHaveTextContent('Ảnh 1 trên 3');
    expect(scale()).toBe(2);
    const picture = viewer.getByRole('img').element();
    await expect.poll(() => picture.getAttribute('style')).toMatch(/translate\(-1\d\d(\.\d+)?px/);
    finger('pointerdown', 5, 5);
    finger('pointerup', 5, 5);
    finger('pointerdown', 6, 5);
    finger('pointerup', 6, 5);
    await expect.poll(scale).toBe(1);
    stage().dispatchEvent(new WheelEvent('wheel', { deltaY: -500, bubbles: true, cancelable: true }));
    await expect.poll(scale).toBeGreaterThan(2);
    await userEvent.keyboard('0');
    await expect.poll(scale).toBe(1);
    await userEvent.keyboard('++-');
    await expect.poll(scale).toBe(1.5);
    // Another photo is seen whole.
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(scale).toBe(1);
  });

  test('Back, Escape and the cross close it, and the focus is where it was', async () => {
    history.replaceState({ 'sveltekit:history': 7 }, '');
    await show({ photos: three() });
    for (const close of [() => history.back(), () => userEvent.keyboard('{Escape}'), () => button('Đóng').click()]) {
      await tile(/^Ảnh 2/).click();
      await expect.element(viewer).toBeVisible();
      await close();
      await expect.element(viewer).not.toBeInTheDocument();
      await expect.element(tile(/^Ảnh 2/)).toHaveFocus();
      await vi.waitFor(() => expect(history.state).toEqual({ 'sveltekit:history': 7 }));
    }
  });

  test('asks for caption, order, another shot, deletion', async () => {
    await show({ photos: three() });
    await tile(/^Ảnh 2/).click();
    await viewer.getByLabelText('Chú thích').fill('Nhãn mới');
    await button('Lên trước').click();
    await expect.element(viewer.getByRole('heading')).toHaveTextContent('Ảnh 1 trên 3');
    await expect.element(button('Lên trước')).not.toBeInTheDocument();
    await userEvent.upload(viewer.getByLabelText('Chụp lại'), new File(['x'], 'lai.jpg'));
    await button('Xóa ảnh này').click();
    expect(note.mock.calls).toEqual([
      ['typing', 'b', 'Nhãn mới'],
      ['caption', 'b', 'Nhãn mới'],
      ['move', 'b', -1],
      ['retake', 'a', 'lai.jpg'],
      ['remove', 'a']
    ]);
  });

  test('closes with the last photo', async () => {
    const screen = await show({ photos: [photo('a')] });
    await tile(/^Ảnh 1/).click();
    await expect.element(viewer).toBeVisible();
    await screen.rerender({ photos: [] });
    await expect.element(viewer).not.toBeInTheDocument();
  });

  test('a colleague’s photo that has not arrived is told with its caption and hash; its caption is not mine to write', async () => {
    const waiting = photo('a', { caption: 'Nhãn chai', isOwn: false, by: 'Cán bộ mẫu B' }, { state: 'waiting' });
    await show({ photos: [waiting], large: { state: 'waiting' } });
    await tile(/^Ảnh 1/).click();
    for (const words of ['Ảnh đang chờ gửi', 'Nhãn chai', '5e1f5e1f', 'Cán bộ mẫu B']) {
      await expect.element(viewer).toHaveTextContent(words);
    }
    expect(document.querySelectorAll('textarea')).toHaveLength(0);
    expect(viewer.getByText('Trên máy').elements()).toHaveLength(0);
  });

  test('offline the small picture stands in, and says so; one that did not come is asked for again', async () => {
    const screen = await show({ photos: [photo('a')], large: { state: 'offline' } });
    await tile(/^Ảnh 1/).click();
    await expect.element(viewer.getByRole('img')).toBeVisible();
    await expect.element(viewer).toHaveTextContent('Chưa có mạng nên chỉ xem được bản nhỏ.');
    await screen.rerender({ photos: [photo('a')], large: { state: 'failed' } });
    await button('Tải lại').click();
    const refused = {
      state: 'refused',
      reason: { code: 'tooLarge', message: '' },
      at: '2026-11-23T03:42:00.000Z'
    } as const;
    await screen.rerender({ photos: [photo('a', { sending: refused })], large: shown });
    await expect.element(viewer).toHaveTextContent('Bị từ chối');
    await button('Gửi lại').click();
    expect(note.mock.calls).toEqual([
      ['retry', 'a'],
      ['retry', 'a']
    ]);
  });
});

describe.each(['sotay', 'sotay-dark'])('in %s', (theme) => {
  test.each(['vi', 'en'] as const)('axe finds nothing in strip and viewer, %s', async (locale) => {
    document.documentElement.dataset['theme'] = theme;
    const screen = await render(Album, {
      note,
      locale,
      large: shown,
      photos: [
        photo('a', { caption: 'Lu sành' }),
        photo('b', { isOwn: false }, { state: 'waiting' }),
        photo('c', {}, { state: 'offline' })
      ],
      progress: { done: 1, of: 3 },
      failures: [{ names: ['IMG_1.jpg'], text: 'Ảnh bị hỏng.' }]
    });
    leave = () => screen.unmount();
    await expect.element(page.getByRole('progressbar')).toBeVisible();
    expect(await violations()).toEqual([]);
    document.querySelector<HTMLElement>('ul button')?.click();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});
