// The rescue file as a person makes and opens it.
import { type Locator, type Page, expect } from '@playwright/test';

export class RescuePage {
  readonly dialog: Locator;

  constructor(readonly page: Page) {
    this.dialog = page.getByRole('dialog').last();
  }

  /** Makes a file of what is unsent, and saves it. @returns the name that it was given */
  async write(passphrase: string, path: string): Promise<string> {
    await this.page.getByRole('button', { name: 'Lưu tệp cứu hộ' }).first().click();
    await this.dialog.getByLabel('Mật khẩu của tệp', { exact: true }).fill(passphrase);
    await this.dialog.getByLabel('Gõ lại mật khẩu').fill(passphrase);
    await this.dialog.getByRole('button', { name: 'Tạo tệp' }).click();
    const saving = this.page.waitForEvent('download');
    await this.dialog.getByRole('button', { name: 'Lưu tệp' }).click();
    const download = await saving;
    await download.saveAs(path);
    return download.suggestedFilename();
  }

  /**
   * Gives this page a share sheet, which Chromium has on phones only: it takes files of endings that it knows, as theirs
   * does, and saves what it is handed.
   */
  async bringShareSheet(): Promise<void> {
    await this.page.evaluate(() => {
      const canShare = ({ files = [] }: ShareData = {}) => files.every(({ name }) => name.endsWith('.txt'));
      const share = async ({ files: [file] = [] }: ShareData = {}) => {
        const link = document.createElement('a');
        link.href = file === undefined ? '' : URL.createObjectURL(file);
        link.download = file?.name ?? '';
        link.click();
      };
      Object.assign(navigator, { canShare, share });
    });
  }

  /** Shares the file that was made. @returns the name that it was given */
  async share(path: string): Promise<string> {
    const sharing = this.page.waitForEvent('download');
    await this.dialog.getByRole('button', { name: 'Gửi tệp' }).click();
    const handed = await sharing;
    await handed.saveAs(path);
    return handed.suggestedFilename();
  }

  /** Chooses a file and looks into it. */
  async lookInto(path: string, passphrase: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Mở tệp cứu hộ' }).click();
    const picking = this.page.waitForEvent('filechooser');
    await this.dialog.getByRole('button', { name: 'Chọn tệp' }).click();
    await (await picking).setFiles(path);
    await this.tryPassphrase(passphrase);
  }

  async tryPassphrase(passphrase: string): Promise<void> {
    await this.dialog.getByLabel('Mật khẩu của tệp').fill(passphrase);
    await this.dialog.getByRole('button', { name: 'Xem trong tệp' }).click();
  }

  /** Takes in what was looked at, and puts the summary away. @returns its sentences */
  async take(): Promise<string> {
    await this.dialog.getByRole('button', { name: 'Nhận vào máy này' }).click();
    const done = this.dialog.getByRole('status').filter({ hasText: 'Đã nhận xong' });
    await expect(done).toBeVisible();
    const told = await done.innerText();
    await this.dialog.getByRole('button', { name: 'Xong' }).click();
    return told;
  }
}
