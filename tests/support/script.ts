// A script of the project as a process of its own, and what it says on the terminal; it does not outlive its test.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

export type Script = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Starts a script.
 * @param script its path from the project's root
 * @param environment beside what this process has
 */
export function startScript(
  script: string,
  args: readonly string[] = [],
  environment: Record<string, string> = {}
): Script {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  });
  // What should have failed and runs would go on for ever.
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Waits for the end of a script. @returns its exit code, and what it has said to whom */
export async function endOf(child: Script): Promise<{ code: unknown; said: string; complained: string }> {
  let [said, complained] = ['', ''];
  child.stdout.on('data', (chunk) => (said += String(chunk)));
  child.stderr.on('data', (chunk) => (complained += String(chunk)));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, said, complained };
}
