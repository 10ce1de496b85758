// Runs suites one after the other on this terminal, and counts their tests in one line.
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RESULTS = 'test-results';
/** A suite that hangs must not hang the whole run; one on a slow machine must not be taken for it. */
const SUITE_MS = 60 * 60_000;

interface Count {
  readonly passed: number;
  readonly failed: number;
}

type Outcome = Count & { readonly failures: readonly string[]; readonly screens: readonly string[] };

export interface Suite {
  readonly name: string;
  readonly command: readonly string[];
  /** Where the suite leaves its numbers. */
  readonly report: string;
  readonly count: (report: unknown) => Count;
  /** Which tests failed, each with its file. */
  readonly failures: (report: unknown) => readonly string[];
  /** Files that tell what stood on the screen when a test failed. */
  readonly screens?: (report: unknown) => readonly string[];
}

/** The tests of a Vitest project, which leaves its report as JSON. */
export const vitest = (project: string): Suite => ({
  name: `vitest ${project}`,
  command: [
    ...['npx', 'vitest', 'run', '--project', project, '--reporter=default', '--reporter=json'],
    `--outputFile.json=${RESULTS}/${project}.json`
  ],
  report: `${RESULTS}/${project}.json`,
  count: (found) => ({ passed: numberAt(found, 'numPassedTests'), failed: numberAt(found, 'numFailedTests') }),
  failures: (found) =>
    listAt(found, 'testResults').flatMap((file) => {
      const failed = listAt(file, 'assertionResults').filter((test) => fieldAt(test, 'status') === 'failed');
      const told = failed.map(
        (test) => `${textAt(test, 'fullName')}: ${beginning(listAt(test, 'failureMessages')[0])}`
      );
      const asAWhole =
        failed.length === 0 && fieldAt(file, 'status') === 'failed' ? [beginning(fieldAt(file, 'message'))] : [];
      return [...told, ...asAWhole].map((what) => `${relative(ROOT, textAt(file, 'name'))} › ${what}`);
    })
});

/** The tests of a Playwright configuration, which leaves its report as JSON. */
export const playwright = (name: string, report: string, ...args: readonly string[]): Suite => ({
  name,
  command: ['npx', 'playwright', 'test', ...args],
  report: `${RESULTS}/${report}.json`,
  count: (found) => {
    const stats = fieldAt(found, 'stats');
    return { passed: numberAt(stats, 'expected'), failed: numberAt(stats, 'unexpected') + numberAt(stats, 'flaky') };
  },
  failures: (found) => [
    ...specsOf(found)
      .filter((spec) => fieldAt(spec, 'ok') === false)
      .map(failedSpec),
    ...listAt(found, 'errors').map(failureText)
  ],
  screens: (found) =>
    specsOf(found)
      .flatMap(resultsOf)
      .flatMap((result) => listAt(result, 'attachments'))
      .filter((attachment) => fieldAt(attachment, 'name') === 'error-context')
      .map((attachment) => textAt(attachment, 'path'))
});

/** The specs of a part of Playwright's report, and of the parts within it. */
const specsOf = (part: unknown): unknown[] => [...listAt(part, 'specs'), ...listAt(part, 'suites').flatMap(specsOf)];

const resultsOf = (spec: unknown): unknown[] => listAt(spec, 'tests').flatMap((test) => listAt(test, 'results'));

function failedSpec(spec: unknown): string {
  const results = resultsOf(spec);
  const error = results.flatMap((result) => listAt(result, 'errors'))[0];
  const where = [
    `${textAt(spec, 'file')}:${numberAt(spec, 'line')} › ${textAt(spec, 'title')}`,
    ...results.flatMap((result) => listAt(result, 'steps').flatMap(failedStep)),
    `line ${numberAt(fieldAt(error, 'location'), 'line')}`
  ];
  return `${where.join(' › ')}: ${failureText(error)}`;
}

/** The way through a step's titles down to what has failed in it; empty when nothing has. */
function failedStep(step: unknown): string[] {
  if (typeof fieldAt(step, 'error') !== 'object') return [];
  return [textAt(step, 'title'), ...listAt(step, 'steps').flatMap(failedStep)];
}

const failureText = (error: unknown): string => beginning(fieldAt(error, 'message'));

/**
 * Makes ready, runs all suites in the built app, and prints how many tests have passed and failed as the last line.
 * @param makeReady browsers and builds; when it gives false nothing can be tested, which is a failure
 * @returns the exit code
 */
export async function runSuites(makeReady: () => Promise<boolean>, suites: readonly Suite[]): Promise<number> {
  await mkdir(`${ROOT}/${RESULTS}`, { recursive: true });
  const ready = await makeReady();
  let total: Count = ready ? { passed: 0, failed: 0 } : { passed: 0, failed: 1 };
  const allFailures: string[] = [];
  const allScreens: string[] = [];
  if (ready) {
    for (const suite of suites) {
      const { passed, failed, failures, screens } = await runSuite(suite);
      total = { passed: total.passed + passed, failed: total.failed + failed };
      allFailures.push(...failures.map((failure) => `${suite.name}: ${failure}`));
      allScreens.push(...screens);
    }
  }
  // Of a run on another machine nothing but this terminal may be left.
  for (const screen of allScreens) console.log(await screenOf(screen));
  // Who reads only the end of a long run learns from it what has failed.
  for (const failure of allFailures) console.log(`FAILED ${failure}`);
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
async function runSuite({ name, command, report, count, failures, screens }: Suite): Promise<Outcome> {
  console.log(`\n=== ${name}\n`);
  await rm(`${ROOT}/${report}`, { force: true });
  const code = await run(command, { E2E_BUILT: '1' });
  const text = await readFile(`${ROOT}/${report}`, 'utf8').catch(() => 'null');
  const found: unknown = JSON.parse(text);
  const { passed, failed } = count(found);
  const outcome = { passed, failures: failures(found), screens: screens?.(found) ?? [] };
  if (passed + failed === 0) return { ...outcome, failed: 1, failures: [...outcome.failures, 'no test ran'] };
  if (code !== 0 && failed === 0)
    return { ...outcome, failed: 1, failures: [...outcome.failures, `ended with code ${code}, see above`] };
  return { ...outcome, failed };
}

/** What Playwright has written down of the screen of a test that failed: its accessible names and texts. */
async function screenOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const found = /^```yaml\n(?<screen>[^]*?)^```/m.exec(text)?.groups?.['screen'] ?? '(not written down)\n';
  return `\n=== The screen of ${relative(ROOT, path)}\n\n${found}`;
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

const listAt = (value: unknown, key: string): readonly unknown[] => {
  const found = fieldAt(value, key);
  return Array.isArray(found) ? found : [];
};

const textAt = (value: unknown, key: string): string => {
  const found = fieldAt(value, key);
  return typeof found === 'string' ? found : '';
};

/** So much of a message tells what was expected and what was there, and leaves room for the next failure. */
const BEGINNING = { lines: 5, characters: 500 };

/** The beginning of a message in one line, without the colours of a terminal and the way through the sources. */
function beginning(message: unknown): string {
  if (typeof message !== 'string') return '';
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('at '));
  return lines.slice(0, BEGINNING.lines).join(' | ').slice(0, BEGINNING.characters);
}

/** A number of a report, 0 when it is not there. */
function numberAt(value: unknown, key: string): number {
  const found = fieldAt(value, key);
  return typeof found === 'number' ? found : 0;
}
