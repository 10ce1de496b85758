// Firefox, driven over WebDriver BiDi.
import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer, { type Browser as Puppet, type ElementHandle, type Page } from 'puppeteer-core';
import { aim } from './aim.ts';
import { type Browser, type Engine, PATIENCE_MS, PHONE, type Place, expressionOf } from './browser.ts';

const FIREFOX = '/usr/bin/firefox-esr';

export const firefox: Engine = {
  name: 'Firefox',
  needs: [{ file: FIREFOX, debian: 'firefox-esr' }],
  scheme: 'http',
  unpack: (origin, profile) => new Firefox(origin, profile)
};

class Firefox implements Browser {
  readonly #origin: string;
  readonly #profile: string;
  readonly #complaints: string[] = [];
  #running: { readonly browser: Puppet; readonly page: Page } | null = null;

  constructor(origin: string, profile: string) {
    this.#origin = origin;
    this.#profile = profile;
  }

  async start(): Promise<void> {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: FIREFOX,
      userDataDir: this.#profile,
      defaultViewport: null,
      env: { ...process.env, TZ: 'Asia/Ho_Chi_Minh' },
      extraPrefsFirefox: { 'intl.accept_languages': 'vi' }
    });
    const page = (await browser.pages())[0] ?? (await browser.newPage());
    await page.setViewport(PHONE);
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('console', (message) => {
      if (message.type() === 'error') this.#complaints.push(`${message.text()} (${message.location().url ?? ''})`);
    });
    page.on('pageerror', (error) => this.#complaints.push(String(error)));
    this.#running = { browser, page };
  }

  async open(path: string): Promise<void> {
    await this.#page.goto(this.#origin + path);
  }

  async tap(place: Place): Promise<void> {
    const { x, y } = await aim(this, place);
    await this.#page.mouse.click(x, y);
  }

  async type(place: Place, text: string): Promise<void> {
    await this.tap(place);
    const { keyboard } = this.#page;
    await keyboard.down('Control');
    await keyboard.press('a');
    await keyboard.up('Control');
    await keyboard.type(text);
  }

  async choose({ words, xpath }: Place, paths: readonly string[]): Promise<void> {
    const input = await this.#page.waitForSelector(`::-p-xpath(${xpath})`);
    if (input === null) throw new Error(`${words} is not there.`);
    await (input as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  }

  evaluate<A>(question: (about: A) => unknown, about: A): Promise<unknown> {
    return this.#page.evaluate(expressionOf(question, about));
  }

  async picture(): Promise<Buffer> {
    return Buffer.from(await this.#page.screenshot());
  }

  async close(): Promise<void> {
    await this.#running?.browser.close();
    this.#running = null;
  }

  async kill(): Promise<void> {
    const child = this.#running?.browser.process();
    this.#running = null;
    if (child?.pid === undefined || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    // Its whole group: the content processes belong to it.
    process.kill(-child.pid, 'SIGKILL');
    await gone;
    await this.#untilPreferencesAreBack();
  }

  complaints(): readonly string[] {
    return this.#complaints;
  }

  get #page(): Page {
    if (this.#running === null) throw new Error('The browser is not running.');
    return this.#running.page;
  }

  /** Puppeteer lays its own preferences over a profile, and puts the former ones back when the process has ended. */
  async #untilPreferencesAreBack(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while ((await readdir(this.#profile)).some((file) => file.endsWith('.puppeteer'))) {
      if (Date.now() > deadline) throw new Error('The profile is not given back.');
      await sleep(20);
    }
  }
}
