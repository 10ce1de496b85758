// Takes the pictures of the manifest and the README anew: `npx tsx tests/support/take-screenshots.ts`, after a build.
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { signInFresh } from '../e2e/pages/shell.ts';
import { SAMPLE_OFFICER } from '../e2e/people.ts';
import { LAPTOP, Phone } from '../e2e/phone.ts';
import { BUILD } from './build-app.ts';
import { startServerProcess } from './couch-server.ts';

const fileOf = (name: string): string =>
  fileURLToPath(new URL(`../../static/screenshots/${name}.png`, import.meta.url));

const server = await startServerProcess({ serveApp: BUILD, sample: true });
const phone = await Phone.unpack(server.origin);
const laptop = await Phone.unpack(server.origin, { viewport: LAPTOP });
try {
  await arrive(phone);
  await take(phone.page, 'today-narrow');
  for (const kind of ['survey', 'assessment'] as const) {
    await phone.open('/');
    await phone.page.locator(`main a[href^="/${kind}/"]`).first().click();
    await phone.page
      .getByText(/Đã lưu trên máy|\/100/)
      .first()
      .waitFor();
    await take(phone.page, `${kind}-narrow`);
  }
  await phone.open('/products');
  await take(phone.page, 'products-narrow');
  await arrive(laptop);
  await take(laptop.page, 'today-wide');
  await laptop.page.locator('main a[href^="/assessment/"]').first().click();
  await laptop.page.getByText('/100').first().waitFor();
  await take(laptop.page, 'assessment-wide');
} finally {
  await phone.discard();
  await laptop.discard();
  await server.stop();
}

/** Signs in and waits until everything is on the device. */
async function arrive(device: Phone): Promise<void> {
  await signInFresh(device, SAMPLE_OFFICER);
  await device.open('/sync');
  await device.page.getByText(/^Đã gửi hết/).waitFor();
  await device.open('/');
  await device.page.locator('main a[href^="/assessment/"]').first().waitFor();
}

async function take(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.mouse.move(0, 0);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.screenshot({ path: fileOf(name) });
}
