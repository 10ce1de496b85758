// Installs what the tests need from Debian, where that is allowed.
import { existsSync } from 'node:fs';
import { run } from './suites.ts';

/** Installs packages by apt when this is Debian (or of its kind) and we are root; does nothing elsewhere. */
export async function installFromDebian(packages: readonly string[]): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  await run(['apt-get', 'update', '-qq']);
  await run(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages]);
}
