// Tells which Chromium the tests launch: Debian's where it is installed, else Playwright's own.
import { existsSync } from 'node:fs';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

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
 * Launch options for Playwright's `chromium`.
 * @returns `executablePath` of Debian's browser when there is one, and the quiet flags.
 */
export function chromiumLaunchOptions(): { executablePath?: string; args: string[] } {
  const options = { args: QUIET };
  return existsSync(DEBIAN_CHROMIUM) ? { ...options, executablePath: DEBIAN_CHROMIUM } : options;
}
