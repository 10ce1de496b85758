// Settings of the phone that are changed in quick succession.
import { expect, test } from 'vitest';
import { Device } from '#lib/app/device/device.svelte.ts';

test('the second of two quick choices stands while the first is being kept, and both are kept', async () => {
  const device = await Device.load();
  const first = device.set({ theme: 'dark' });
  const second = device.set({ language: 'en' });
  const both = { theme: 'dark', language: 'en' };
  await first;
  expect(device.settings).toMatchObject(both);
  await second;
  expect(device.settings).toMatchObject(both);
  expect((await Device.load()).settings).toMatchObject(both);
});
