// Icons of Lucide as this app draws them: the library's shapes, silent unless they are named, in the size and ink asked for.
import Camera from '@lucide/svelte/icons/camera';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';

const SVG = 'http://www.w3.org/2000/svg';

test('the shapes of the library, as SVG, hidden from those who cannot see them', async () => {
  const { container } = await render(Camera, { size: 20, class: 'text-bad-ink' });
  const svg = container.querySelector('svg');
  expect(svg).toMatchObject({ namespaceURI: SVG, ariaHidden: 'true' });
  expect(svg?.getAttribute('class')).toBe('lucide-icon text-bad-ink');
  expect(svg?.getBoundingClientRect()).toMatchObject({ width: 20, height: 20 });
  const shapes = [...(svg?.children ?? [])];
  expect(shapes.map(({ tagName, namespaceURI }) => [tagName, namespaceURI])).toEqual([
    ['path', SVG],
    ['circle', SVG]
  ]);
  expect(shapes[1]?.getAttribute('r')).toBe('3');
  expect(shapes[0]?.getAttribute('d')).toMatch(/^M13\.997/);
});

test('one that is named is an image of that name', async () => {
  await render(Camera, { 'aria-label': 'Chụp ảnh' });
  await expect.element(page.getByRole('img', { name: 'Chụp ảnh' })).toBeVisible();
});

test('what it would not draw is refused while the app is being made', () => {
  expect(() => render(Camera, { strokeWidth: 3 })).toThrow('no icon takes strokeWidth');
});
