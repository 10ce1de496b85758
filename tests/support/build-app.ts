// Builds the app for the browser suites: the version under test and, for the update journey, the one after it.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The version under test. */
export const BUILD = fileURLToPath(new URL('../../build', import.meta.url));
/** The next version: the same sources under another version name. */
export const NEXT_BUILD = fileURLToPath(new URL('../../test-results/next-build', import.meta.url));

/** Set by whoever has built both already (`npm test`), or who wants to test the build that lies there. */
export const isBuilt = (): boolean => process.env['E2E_BUILT'] === '1';

const NEXT_WORKING = fileURLToPath(new URL('../../test-results/next-working', import.meta.url));

/** Builds both versions at once: a build keeps one processor busy. @throws with the compiler's words when one does not build */
export async function buildApp(): Promise<void> {
  await Promise.all([
    buildVersionUnderTest(),
    build({ BUILD_DIR: NEXT_BUILD, WORKING_DIR: NEXT_WORKING, APP_VERSION: 'next' })
  ]);
}

/** Builds the version under test alone. @throws with the compiler's words when the app does not build */
export const buildVersionUnderTest = (): Promise<void> => build({});

async function build(env: Record<string, string>): Promise<void> {
  const vite = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', ...env },
    maxBuffer: 64 * 1024 * 1024
  });
}
