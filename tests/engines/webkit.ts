// WebKitGTK, driven over W3C WebDriver on a display of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { aim } from './aim.ts';
import { type Browser, type Engine, PATIENCE_MS, PHONE, type Place, expressionOf } from './browser.ts';

const GJS = '/usr/bin/gjs';
const DRIVER = '/usr/bin/WebKitWebDriver';
const XVFB = '/usr/bin/Xvfb';
const BROWSER = fileURLToPath(new URL('./webkit-browser.gjs', import.meta.url));

export const webkit: Engine = {
  name: 'WebKitGTK',
  needs: [
    { file: DRIVER, debian: 'webkit2gtk-driver' },
    { file: XVFB, debian: 'xvfb' },
    { file: GJS, debian: 'gjs' },
    // The engine for gjs; the files themselves lie in another place on every architecture.
    { file: '/usr/share/doc/gir1.2-webkit2-4.1', debian: 'gir1.2-webkit2-4.1' },
    { file: '/usr/bin/openssl', debian: 'openssl' }
  ],
  // Only then it heeds what the app says about the way back to a page (`neverFrozen` in the service worker).
  scheme: 'https',
  unpack: (origin, profile) => new WebKit(origin, profile)
};

/** Keys by their code points in the WebDriver standard. */
const CONTROL = '\uE009';
/** The name under which WebDriver hands out an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

class WebKit implements Browser {
  readonly #origin: string;
  readonly #profile: string;
  readonly #complaints: string[] = [];
  /** What is to be killed, the first one first. */
  #running: ChildProcess[] = [];
  #session = '';

  constructor(origin: string, profile: string) {
    this.#origin = origin;
    this.#profile = profile;
  }

  async start(): Promise<void> {
    const display = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe']
    });
    this.#own(display);
    const number = await displayNumber(display);
    const port = await freePort();
    const driver = spawn(DRIVER, [`--port=${String(port)}`], {
      // The browser belongs to its group.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, DISPLAY: `:${number}`, TZ: 'Asia/Ho_Chi_Minh', NO_AT_BRIDGE: '1' }
    });
    this.#own(driver);
    this.#listen(driver);
    const base = `http://127.0.0.1:${String(port)}`;
    await untilReady(base);
    const args = ['-m', BROWSER, this.#profile, String(PHONE.width), String(PHONE.height)];
    const begun = await ask('POST', `${base}/session`, {
      capabilities: {
        alwaysMatch: { acceptInsecureCerts: true, 'webkitgtk:browserOptions': { binary: GJS, args } }
      }
    });
    this.#session = `${base}/session/${v.parse(v.object({ sessionId: v.string() }), begun).sessionId}`;
  }

  async open(path: string): Promise<void> {
    await this.#ask('POST', '/url', { url: this.#origin + path });
  }

  async tap(place: Place): Promise<void> {
    const { x, y } = await aim(this, place);
    const actions = [
      { type: 'pointerMove', x, y },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 }
    ];
    await this.#ask('POST', '/actions', { actions: [{ type: 'pointer', id: 'finger', actions }] });
  }

  async type(place: Place, text: string): Promise<void> {
    await this.tap(place);
    const element = await this.#find(place);
    // Two calls: at its end a call lets go of Control.
    await this.#ask('POST', `/element/${element}/value`, { text: `${CONTROL}a` });
    await this.#ask('POST', `/element/${element}/value`, { text });
  }

  async choose(place: Place, paths: readonly string[]): Promise<void> {
    await this.#ask('POST', `/element/${await this.#find(place)}/value`, { text: paths.join('\n') });
  }

  async evaluate<A>(question: (about: A) => unknown, about: A): Promise<unknown> {
    const script = `const done = arguments[0];
      Promise.resolve().then(() => ${expressionOf(question, about)})
        .then((answer) => done({ answer }), (error) => done({ error: String(error) }));`;
    const said = v.parse(outcome, await this.#ask('POST', '/execute/async', { script, args: [] }));
    if (said.error !== undefined) throw new Error(said.error);
    return said.answer;
  }

  async picture(): Promise<Buffer> {
    return Buffer.from(v.parse(v.string(), await this.#ask('GET', '/screenshot')), 'base64');
  }

  async close(): Promise<void> {
    await this.#ask('DELETE', '');
    await this.kill();
  }

  async kill(): Promise<void> {
    for (const child of this.#running) await killGroup(child);
    this.#running = [];
  }

  complaints(): readonly string[] {
    return this.#complaints;
  }

  #own(child: ChildProcess): void {
    this.#running.unshift(child);
    // A test run that is itself killed should leave no browser behind.
    const leaveNone = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
    process.once('exit', leaveNone);
    child.once('exit', () => process.off('exit', leaveNone));
  }

  /** The browser writes its console where the driver writes. */
  #listen(driver: ChildProcess): void {
    if (driver.stderr === null) throw new Error('The driver cannot be heard.');
    createInterface({ input: driver.stderr }).on('line', (line) => {
      if (/CONSOLE (\w+ )?ERROR/.test(line)) this.#complaints.push(line);
    });
  }

  async #find({ xpath }: Place): Promise<string> {
    return v.parse(reference, await this.#ask('POST', '/element', { using: 'xpath', value: xpath }))[ELEMENT];
  }

  #ask(method: string, path: string, body?: object): Promise<unknown> {
    return ask(method, this.#session + path, body);
  }
}

/** An element as the driver hands it out. */
const reference = v.object({ [ELEMENT]: v.string() });
/** What a question to the page came to. */
const outcome = v.object({ answer: v.optional(v.unknown()), error: v.optional(v.string()) });

const answer = v.object({ value: v.unknown() });
/** The driver's own word for what went wrong. */
const refusal = v.object({ value: v.object({ error: v.string(), message: v.string() }) });

async function ask(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const said: unknown = await response.json();
  if (response.ok) return v.parse(answer, said).value;
  const { value } = v.parse(refusal, said);
  throw new Error(`${value.error}: ${value.message}`);
}

async function untilReady(base: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await ask('GET', `${base}/status`);
      return;
    } catch (thrown) {
      if (Date.now() > deadline) throw thrown;
      await sleep(50);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

/** The number of the display, which the server writes when it is ready. */
async function displayNumber({ stdio }: ChildProcess): Promise<string> {
  const written = stdio[3];
  if (!written) throw new Error('The display cannot be asked for its number.');
  const [data]: unknown[] = await once(written, 'data');
  return String(data).trim();
}

/** SIGKILL of a process and all that it has started; resolves when it is over. */
async function killGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await gone;
}
