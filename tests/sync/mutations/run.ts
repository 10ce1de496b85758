// `npm run test:mutations`: breaks the laws one by one in a copy of the tree, and fails unless the tests notice each.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { PATCHES, type Patch } from './patches.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const COPIED = [
  'src',
  'tests',
  'static',
  '.svelte-kit',
  'package.json',
  'vite.config.ts',
  'svelte.config.js',
  'tsconfig.json'
];
/** The first failure tells enough: no smaller one is looked for. */
const MODEL = JSON.stringify({ endOnFailure: true });

/** Numbers of patches to try (from 1); none = all. */
const wanted = process.argv.slice(2).map(Number);

const copy = await mkdtemp(`${tmpdir()}/ocop-mutations-`);
try {
  process.exitCode = (await allNoticed()) ? 0 : 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}

async function allNoticed(): Promise<boolean> {
  for (const name of COPIED) await cp(`${ROOT}/${name}`, `${copy}/${name}`, { recursive: true });
  await symlink(`${ROOT}/node_modules`, `${copy}/node_modules`);
  let survivors = 0;
  for (const [i, patch] of PATCHES.entries()) {
    if (wanted.length > 0 && !wanted.includes(i + 1)) continue;
    const isNoticed = await withPatch(patch, async () => !(await isGreen(patch.tests)));
    if (!isNoticed) survivors++;
    process.stdout.write(`${isNoticed ? 'noticed ' : 'SURVIVED'} ${i + 1}. law ${patch.law}: ${patch.what}\n`);
  }
  // A copy that is red by itself would notice everything.
  const isSound = await isGreen([...new Set(PATCHES.flatMap(({ tests }) => tests))]);
  process.stdout.write(`${isSound ? 'green' : 'RED'} without any patch; ${survivors} survived\n`);
  return isSound && survivors === 0;
}

async function withPatch<T>({ file, find, replace, what }: Patch, work: () => Promise<T>): Promise<T> {
  const path = `${copy}/${file}`;
  const source = await readFile(path, 'utf8');
  if (source.split(find).length !== 2) throw new Error(`"${what}" does not fit ${file} any more`);
  await writeFile(
    path,
    source.replace(find, () => replace)
  );
  try {
    return await work();
  } finally {
    await writeFile(path, source);
  }
}

function isGreen(tests: readonly string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'npx',
      ['vitest', 'run', '--project', 'unit', '--project', 'browser', '--bail', '1', ...tests],
      {
        cwd: copy,
        stdio: 'ignore',
        env: { ...process.env, MODEL }
      }
    );
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0));
  });
}
