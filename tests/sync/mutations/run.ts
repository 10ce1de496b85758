// `npm run test:mutations`: breaks the laws one by one in a copy of the tree, and fails unless the tests notice each.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { LAWS, PATCHES, type Patch } from './patches.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const COPIED = [
  'src',
  'tests',
  'static',
  'package.json',
  'vite.config.ts',
  'criteria.config.ts',
  'svelte.config.js',
  'tsconfig.json'
];
/** The first failure tells enough: no smaller one is looked for. */
const MODEL = JSON.stringify({ endOnFailure: true });

/** What vitest's JSON reporter writes, as far as it is read here. */
const report = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      assertionResults: v.array(
        v.object({ fullName: v.string(), status: v.string(), failureMessages: v.array(v.string()) })
      )
    })
  )
});

/** Numbers of patches to try (from 1), or laws as `law5`; none = all. */
const wanted = process.argv.slice(2);

const copy = await mkdtemp(`${tmpdir()}/ocop-mutations-`);
try {
  process.exitCode = (await allNoticed()) ? 0 : 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}

async function allNoticed(): Promise<boolean> {
  for (const name of COPIED) await cp(`${ROOT}/${name}`, `${copy}/${name}`, { recursive: true });
  await symlink(`${ROOT}/node_modules`, `${copy}/node_modules`);
  const chosen = PATCHES.map((patch, i) => ({ patch, no: i + 1 })).filter(
    ({ patch, no }) => wanted.length === 0 || wanted.includes(String(no)) || wanted.includes(`law${patch.law}`)
  );
  // Known before the first minute is spent on tests.
  for (const { patch } of chosen) await broken(patch);

  const lines: string[] = [];
  let survivors = 0;
  for (const { patch, no } of chosen) {
    const noticedBy = await withPatch(patch, () => firstFailure(patch.tests));
    if (noticedBy === null) survivors++;
    process.stdout.write(`${noticedBy === null ? 'SURVIVED' : 'noticed '} ${no}. law ${patch.law}: ${patch.what}\n`);
    lines.push(`| ${patch.law} | ${patch.what} | ${noticedBy ?? '**nobody**'} |`);
  }
  // A copy that is red by itself would notice everything.
  const red = await firstFailure([...new Set(chosen.flatMap(({ patch }) => patch.tests))]);
  const bare = LAWS.filter((law) => !PATCHES.some((patch) => patch.law === law));
  process.stdout.write(
    [
      '\n| law | broken so | noticed by |\n|---|---|---|',
      ...lines,
      '',
      red === null ? 'green without any patch' : `RED without any patch: ${red}`,
      `${survivors} survived; ${bare.length === 0 ? 'no law' : `law ${bare.join(', ')}`} without a patch\n`
    ].join('\n')
  );
  return red === null && survivors === 0 && bare.length === 0;
}

async function withPatch<T>(patch: Patch, work: () => Promise<T>): Promise<T> {
  const path = `${copy}/${patch.file}`;
  const source = await readFile(path, 'utf8');
  await writeFile(path, await broken(patch));
  try {
    return await work();
  } finally {
    await writeFile(path, source);
  }
}

/** The source with its mistake in it. */
async function broken({ file, find, replace, what }: Patch): Promise<string> {
  const source = await readFile(`${copy}/${file}`, 'utf8');
  if (source.split(find).length !== 2) throw new Error(`"${what}" does not fit ${file} any more`);
  return source.replace(find, () => replace);
}

/** Runs tests up to the first that fails. @returns its file and name, or null when all are green */
async function firstFailure(tests: readonly string[]): Promise<string | null> {
  const isInBrowser = (test: string) => test.endsWith('.browser.ts');
  return (
    (await firstFailureIn(
      'unit',
      tests.filter((test) => !isInBrowser(test))
    )) ?? (await firstFailureIn('browser', tests.filter(isInBrowser)))
  );
}

async function firstFailureIn(project: string, tests: readonly string[]): Promise<string | null> {
  if (tests.length === 0) return null;
  const results = `${copy}/results.json`;
  await rm(results, { force: true });
  const options = ['--project', project, '--bail', '1', '--reporter', 'json', '--outputFile', results];
  const isGreen = await new Promise<boolean>((resolve, reject) => {
    const child = spawn('npx', ['vitest', 'run', ...options, ...tests], {
      cwd: copy,
      stdio: 'ignore',
      env: { ...process.env, MODEL }
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve(code === 0);
    });
  });
  if (isGreen) return null;
  const { testResults } = v.parse(report, JSON.parse(await readFile(results, 'utf8')));
  for (const { name, status, assertionResults } of testResults) {
    const failed = assertionResults.find((one) => one.status === 'failed');
    const file = name.replace(`${copy}/`, '');
    if (failed !== undefined) {
      // The model's only test says by its error which of its laws it saw broken.
      const [, said] = /Got error: ([^{[\n]*)/.exec(failed.failureMessages.join()) ?? [];
      return `${file}: ${said?.trim() ?? failed.fullName.trim()}`;
    }
    // A file that cannot even be loaded is a slip in the patch, not a law that is broken.
    if (status === 'failed') throw new Error(`${file} does not run`);
  }
  throw new Error(`no test of ${tests.join(', ')} has failed, and yet vitest did`);
}
