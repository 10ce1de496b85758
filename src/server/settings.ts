// What `npm start` and `npm run dev` take from the environment.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Result, err, ok } from '#lib/domain/result.ts';

export interface Settings {
  readonly port: number;
  readonly hostname: string;
  readonly dataDir: string;
  readonly admin: { readonly name: string; readonly password: string };
}

const DEFAULT_PORT = 8060;

/**
 * Reads PORT, HOST, DATA_DIR and ADMIN_PASSWORD; makes the data folder.
 * @returns the settings, or a sentence that says what is wrong with which variable
 */
export function readSettings(environment: NodeJS.ProcessEnv): Result<Settings, string> {
  const { PORT = String(DEFAULT_PORT), HOST = '127.0.0.1', DATA_DIR = 'data', ADMIN_PASSWORD = '' } = environment;
  const port = Number(PORT);
  if (!/^\d+$/.test(PORT) || port > 65_535) return err(`PORT must be a number from 0 to 65535, not "${PORT}".`);
  const dataDir = resolve(DATA_DIR);
  try {
    mkdirSync(dataDir, { recursive: true });
    const password = ADMIN_PASSWORD === '' ? keptPassword(dataDir) : ADMIN_PASSWORD;
    return ok({ port, hostname: HOST, dataDir, admin: { name: 'admin', password } });
  } catch (thrown) {
    return err(unusable(dataDir, thrown instanceof Error ? thrown.message : String(thrown)));
  }
}

/** What to say of a data folder that cannot be written. */
export const unusable = (dataDir: string, why: string): string =>
  `The data folder ${dataDir} cannot be used: ${why}. Choose another folder: DATA_DIR=… npm start`;

/** The administrator's password made at the first start; readable by this account only. */
function keptPassword(dataDir: string): string {
  const file = join(dataDir, 'admin-password');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    const password = randomBytes(9).toString('base64url');
    writeFileSync(file, `${password}\n`, { mode: 0o600 });
    return password;
  }
}
