// Tells which Chromium the tests launch: Debian's where it is installed, else Playwright's own.
import { existsSync } from 'node:fs';

/**
 * | kind    | is                                                                                                |
 * |---------|---------------------------------------------------------------------------------------------------|
 * | `whole` | the browser that people have, without its window                                                  |
 * | `shell` | the same engine and the same stores with no browser around them: no notifications, no wake-ups, no |
 * |         | installation on the home screen; it starts in half the time                                        |
 */
export type ChromiumKind = 'whole' | 'shell';

/** Where Debian's packages have them. */
export const DEBIAN_CHROMIUM = {
  whole: { package: 'chromium', path: '/usr/bin/chromium' },
  shell: { package: 'chromium-headless-shell', path: '/usr/bin/chromium-headless-shell' }
} as const satisfies Record<ChromiumKind, { package: string; path: string }>;

/** Flags that keep a test browser from talking to anything but the tests' own servers. */
const QUIET = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run'
];

/**
 * One process fewer, as Android's Chromium has it on a phone with little memory. Not for the browser that people have,
 * which the bench measures. The network keeps a process of its own: within the browser's (`NetworkServiceInProcess2`), 6 of
 * 80 closed in good order had not written a cookie that was set just before; apart from it, none of 80.
 */
const SMALL = ['--in-process-gpu'];

/**
 * Launch options for Playwright's `chromium`.
 * @param kind `shell` where that is enough; where Debian's is not installed, it is the whole browser all the same
 * @returns `executablePath` of Debian's browser when there is one, else Playwright's `channel`, and the quiet flags
 */
export function chromiumLaunchOptions(kind: ChromiumKind = 'whole'): {
  executablePath?: string;
  channel?: string;
  args: string[];
} {
  const { whole, shell } = DEBIAN_CHROMIUM;
  const args = kind === 'shell' ? [...QUIET, ...SMALL] : QUIET;
  if (kind === 'shell' && existsSync(shell.path)) return { args, executablePath: shell.path };
  if (existsSync(whole.path)) return { args, executablePath: whole.path };
  // Playwright's own has both; without a channel and a window it launches the shell.
  return kind === 'whole' ? { args, channel: 'chromium' } : { args };
}
