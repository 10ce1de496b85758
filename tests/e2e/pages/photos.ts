// The photos of one place (a criterion, a question, a product) and their viewer, as a person sees them.
import { type Locator, type Page, expect } from '@playwright/test';
import type { PictureFile } from '../pictures.ts';

export class PhotosPage {
  /** The tiles with a picture in them. */
  readonly tiles: Locator;
  readonly viewer: Locator;
  readonly caption: Locator;

  /** @param place the criterion, question or section that the photos stand in */
  constructor(
    readonly page: Page,
    readonly place: Locator
  ) {
    this.tiles = place.getByRole('button', { name: /^Ảnh \d+ trên \d+/ });
    this.viewer = page.getByRole('dialog', { name: /^Ảnh \d+ trên \d+/ });
    this.caption = this.viewer.getByLabel('Chú thích');
  }

  /** Chooses files in the gallery, and waits for none of them. */
  async choose(files: PictureFile | PictureFile[]): Promise<void> {
    await this.place.getByLabel('Chọn ảnh').setInputFiles(files);
  }

  /** Takes one with the camera. */
  async take(file: PictureFile): Promise<void> {
    await this.place.getByLabel('Chụp').setInputFiles(file);
  }

  /** So many photos are there, each with its picture. */
  async areThere(count: number): Promise<void> {
    await expect(this.tiles).toHaveCount(count);
    await this.arePainted(this.tiles.locator('img'), count);
  }

  async open(number: number): Promise<void> {
    await this.tiles.nth(number - 1).click();
    await expect(this.viewer).toBeVisible();
  }

  async close(): Promise<void> {
    await this.viewer.getByRole('button', { name: 'Đóng' }).click();
    await expect(this.viewer).toBeHidden();
  }

  /** The pictures have pixels: an address of bytes that are gone has none. */
  async arePainted(images: Locator, count: number): Promise<void> {
    await expect
      .poll(() =>
        images.evaluateAll((all) => all.filter((one) => one instanceof HTMLImageElement && one.naturalWidth > 0).length)
      )
      .toBe(count);
  }
}
