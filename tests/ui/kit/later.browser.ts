// What follows a value a frame later: there at once with the screen, then one frame behind, and never stuck there.
import { flushSync } from 'svelte';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { afterPaint } from '#lib/ui/afterPaint.ts';
import { failOnConsoleError } from './quiet.ts';
import Following from './scenes/Following.svelte';

failOnConsoleError();

const button = () => {
  const found = document.querySelector('button');
  if (found === null) throw new Error('no button');
  return found;
};

test('comes with the screen, stays behind for one frame, and follows the last of several changes', async () => {
  await render(Following);
  expect(button().textContent).toBe('1/1');
  button().click();
  flushSync();
  button().click();
  flushSync();
  // No frame can have come in between: all of this is one task.
  expect(button().textContent).toBe('3/1');
  await expect.element(page.getByText('3/3')).toBeVisible();
});

test('is called off with its screen, and nothing comes after that', async () => {
  const { unmount } = await render(Following);
  const calledOff = vi.spyOn(window, 'cancelAnimationFrame');
  button().click();
  flushSync();
  await unmount();
  expect(calledOff).toHaveBeenCalled();

  const call = vi.fn();
  afterPaint(call)();
  const inTheTask = afterPaint(call);
  requestAnimationFrame(inTheTask);
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20)));
  expect(call).not.toHaveBeenCalled();
});
