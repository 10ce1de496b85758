// Firefox, driven over WebDriver BiDi.
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer, { type Browser as Puppet, type Page } from 'puppeteer-core';
import { type Browser, type Engine, PATIENCE_MS, PHONE, type Place } from './browser.ts';

export const FIREFOX = '/usr/bin/firefox-esr';

export const firefox: Engine = {
  name: 'Firefox',
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
    const { x, y } = await this.#aim(place);
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

  evaluate<A, R>(question: (about: A) => R | Promise<R>, about: A): Promise<R> {
    // Puppeteer's own type of the function says less than ours.
    return this.#page.evaluate(question as (about: unknown) => R, about) as Promise<R>;
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
    // Its whole group.
    process.kill(-child.pid, 'SIGKILL');
    await gone;
  }

  complaints(): readonly string[] {
    return this.#complaints;
  }

  get #page(): Page {
    if (this.#running === null) throw new Error('The browser is not running.');
    return this.#running.page;
  }

  /** Brings a place into sight, and waits until it lies still with nothing above it. */
  async #aim({ words, xpath }: Place): Promise<Point> {
    const deadline = Date.now() + PATIENCE_MS;
    let last: Point | null = null;
    for (;;) {
      const found: Point | null = await this.evaluate(middleOf, xpath);
      if (found !== null && found.x === last?.x && found.y === last.y) return found;
      if (Date.now() > deadline) throw new Error(`${words} cannot be tapped.`);
      last = found;
      await sleep(50);
    }
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Runs in the page: the middle of a place, where a tap would meet it. */
function middleOf(xpath: string): Point | null {
  const { singleNodeValue } = document.evaluate(xpath, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE);
  if (!(singleNodeValue instanceof HTMLElement)) return null;
  singleNodeValue.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { x, y, width, height } = singleNodeValue.getBoundingClientRect();
  const middle = { x: x + width / 2, y: y + height / 2 };
  return singleNodeValue.contains(document.elementFromPoint(middle.x, middle.y)) ? middle : null;
}
