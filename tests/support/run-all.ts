// `npm test`: makes sure that there is a browser, builds the app, runs every suite, and counts them all in one line.
import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildApp } from './build-app.ts';
import { chromiumLaunchOptions } from './chromium.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RESULTS = 'test-results';
/** A suite that hangs must not hang the whole run. */
const SUITE_MS = 15 * 60_000;

interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Suite {
  readonly name: string;
  readonly command: readonly string[];
  /** Where the suite leaves its numbers. */
  readonly report: string;
  readonly count: (report: unknown) => Count;
}

const vitest = (project: string): Suite => ({
  name: `vitest ${project}`,
  command: [
    ...['npx', 'vitest', 'run', '--project', project, '--reporter=default', '--reporter=json'],
    `--outputFile.json=${RESULTS}/${project}.json`
  ],
  report: `${RESULTS}/${project}.json`,
  count: (report) => ({ passed: numberAt(report, 'numPassedTests'), failed: numberAt(report, 'numFailedTests') })
});

const SUITES: readonly Suite[] = [
  vitest('unit'),
  vitest('browser'),
  {
    name: 'playwright',
    command: ['npx', 'playwright', 'test'],
    report: `${RESULTS}/e2e.json`,
    count: (report) => {
      const stats = fieldAt(report, 'stats');
      return { passed: numberAt(stats, 'expected'), failed: numberAt(stats, 'unexpected') + numberAt(stats, 'flaky') };
    }
  }
];

process.exitCode = await runAll();

async function runAll(): Promise<number> {
  await mkdir(`${ROOT}/${RESULTS}`, { recursive: true });
  const ready = (await provideBrowser()) && (await build());
  let total: Count = ready ? { passed: 0, failed: 0 } : { passed: 0, failed: 1 };
  if (ready) {
    for (const suite of SUITES) {
      const { passed, failed } = await runSuite(suite);
      total = { passed: total.passed + passed, failed: total.failed + failed };
    }
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/** Debian's browser where we may install it (its libraries come with it), else the one that Playwright brings. */
async function provideBrowser(): Promise<boolean> {
  const hasBrowser = () => existsSync(chromiumLaunchOptions().executablePath ?? chromium.executablePath());
  if (hasBrowser()) return true;
  console.log('\n=== No Chromium here: installing one\n');
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    await run(['apt-get', 'update', '-qq'], {});
    await run(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'], {});
    if (hasBrowser()) return true;
  }
  await run(['npx', 'playwright', 'install', 'chromium'], {});
  return hasBrowser();
}

async function build(): Promise<boolean> {
  console.log('\n=== Building the app\n');
  try {
    await buildApp();
    return true;
  } catch (thrown) {
    console.error(thrown);
    return false;
  }
}

/** Runs a suite and reads its numbers; one that fails as a whole, or in which nothing ran, counts as one failure. */
async function runSuite({ name, command, report, count }: Suite): Promise<Count> {
  console.log(`\n=== ${name}\n`);
  await rm(`${ROOT}/${report}`, { force: true });
  const code = await run(command, { E2E_BUILT: '1' });
  const text = await readFile(`${ROOT}/${report}`, 'utf8').catch(() => 'null');
  const counted = count(JSON.parse(text));
  const ranNothing = counted.passed + counted.failed === 0;
  const failedAsAWhole = code !== 0 && counted.failed === 0;
  if (ranNothing) console.error(`${name}: no test ran.`);
  return ranNothing || failedAsAWhole ? { ...counted, failed: counted.failed + 1 } : counted;
}

/** Runs a command on this terminal. @returns its exit code, 1 when it was killed or could not start */
function run([command = '', ...args]: readonly string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    const timer = setTimeout(() => child.kill('SIGKILL'), SUITE_MS);
    const end = (code: number) => {
      clearTimeout(timer);
      resolve(code);
    };
    child.once('error', () => end(1));
    child.once('exit', (code) => end(code ?? 1));
  });
}

function fieldAt(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : null;
}

function numberAt(value: unknown, key: string): number {
  const found = fieldAt(value, key);
  return typeof found === 'number' ? found : 0;
}
