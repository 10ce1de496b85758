// Runs suites one after the other on this terminal, and counts their tests in one line.
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const RESULTS = 'test-results';
/** A suite that hangs must not hang the whole run. */
const SUITE_MS = 25 * 60_000;

interface Count {
  readonly passed: number;
  readonly failed: number;
}

export interface Suite {
  readonly name: string;
  readonly command: readonly string[];
  /** Where the suite leaves its numbers. */
  readonly report: string;
  readonly count: (report: unknown) => Count;
}

/** The tests of a Playwright configuration, which leaves its report as JSON. */
export const playwright = (name: string, report: string, ...args: readonly string[]): Suite => ({
  name,
  command: ['npx', 'playwright', 'test', ...args],
  report: `${RESULTS}/${report}.json`,
  count: (found) => {
    const stats = fieldAt(found, 'stats');
    return { passed: numberAt(stats, 'expected'), failed: numberAt(stats, 'unexpected') + numberAt(stats, 'flaky') };
  }
});

/**
 * Makes ready, runs all suites in the built app, and prints how many tests have passed and failed as the last line.
 * @param makeReady browsers and builds; when it gives false nothing can be tested, which is a failure
 * @returns the exit code
 */
export async function runSuites(makeReady: () => Promise<boolean>, suites: readonly Suite[]): Promise<number> {
  await mkdir(`${ROOT}/${RESULTS}`, { recursive: true });
  const ready = await makeReady();
  let total: Count = ready ? { passed: 0, failed: 0 } : { passed: 0, failed: 1 };
  if (ready) {
    for (const suite of suites) {
      const { passed, failed } = await runSuite(suite);
      total = { passed: total.passed + passed, failed: total.failed + failed };
    }
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/** Builds the app, with a headline and the compiler's words when it does not build. */
export async function build(buildApp: () => Promise<void>): Promise<boolean> {
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
export function run([command = '', ...args]: readonly string[], env: Record<string, string> = {}): Promise<number> {
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

/** A number of a report, 0 when it is not there. */
export function numberAt(value: unknown, key: string): number {
  const found = fieldAt(value, key);
  return typeof found === 'number' ? found : 0;
}
