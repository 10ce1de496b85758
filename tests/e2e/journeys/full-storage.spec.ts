// Each kind of write on a browser storage that is really full, with no screen before it: see `inPage/writes.ts`.
import { bundlePageScript } from '../../support/page-script.ts';
import type { Phone } from '../phone.ts';
import { expect, test } from '../test.ts';
import type {} from '../inPage/writes.ts';

// The app, once it is there, would answer at this page's address.
test.use({ isInstalled: false });

const script = bundlePageScript(new URL('../inPage/writes.ts', import.meta.url));

/** A page of the app's origin with nothing but the storage in it, and so much room. */
async function withStorage(phone: Phone, bytes: number): Promise<void> {
  await phone.page.route('**/storage', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>storage</title>' })
  );
  await phone.open('/storage');
  await phone.limitStorage(bytes);
  await phone.page.evaluate(await script);
}

const MEGABYTE = 1_000_000;

test('at each kind of write: refused whole, nothing lost, and saved once there is room', async ({ phone }) => {
  await withStorage(phone, 20 * MEGABYTE);
  await phone.page.evaluate(() => full.prepare());
  const before = await phone.page.evaluate(() => full.everything());
  await phone.fillUp();
  const names = Object.entries(await phone.page.evaluate(() => full.tryAll()));
  expect(names).toHaveLength(11);
  expect(names.filter(([, outcome]) => outcome !== 'quota')).toEqual([]);
  expect(await phone.page.evaluate(() => full.everything())).toBe(before);

  await phone.clearUp();
  const after = Object.entries(await phone.page.evaluate(() => full.tryAll()));
  expect(after.filter(([, outcome]) => outcome !== 'saved')).toEqual([]);
  expect(await phone.page.evaluate(() => full.everything())).not.toBe(before);
});

test('the reserve lets hundreds of records in after the last photo', async ({ phone }) => {
  await withStorage(phone, 40 * MEGABYTE);
  await phone.page.evaluate(() => full.prepare());
  await phone.page.evaluate(() => full.holdReserve());
  await phone.fillUp();
  const { saves, reserve } = await phone.page.evaluate(() => full.typeOn());
  test.info().annotations.push({ type: 'saves after the reserve was given up', description: String(saves) });
  expect(reserve).toBe('spent');
  expect(saves).toBeGreaterThan(500);
});
