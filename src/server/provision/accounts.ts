// Reads the accounts of an office from a CSV file: user, name, roles, communes, password.
import { parse } from 'csv-parse';
import { communeByCode } from '#lib/domain/place/commune.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { ROLES } from '#lib/domain/document/status.ts';
import { isObject } from '../couch/json.ts';

/** An account to be made or brought up to date. */
export interface AccountRow {
  readonly user: string;
  /** What people call the person. */
  readonly name: string;
  /** CouchDB roles: `officer`, `commune:22972`, `province`, … */
  readonly roles: readonly string[];
  /** The first password; an existing account keeps its own. */
  readonly password: string;
}

/** What is wrong with a line; line 1 is the heading. */
export interface AccountFault {
  readonly line: number;
  readonly message: string;
}

const COLUMNS = ['user', 'name', 'roles', 'communes', 'password'] as const;
const USER = /^[a-z][a-z0-9._-]{1,63}$/;
const SHORTEST_PASSWORD = 8;

/**
 * @param csv text with a heading line; roles and communes separated by spaces, `province` for all communes
 * @returns all accounts, or everything that is wrong with the file at once
 */
export async function parseAccounts(csv: string): Promise<Result<AccountRow[], AccountFault[]>> {
  const rows: unknown[] = [];
  try {
    for await (const row of parse(csv, { bom: true, columns: true, skip_empty_lines: true, trim: true }))
      rows.push(row);
  } catch (thrown) {
    return err([{ line: 0, message: thrown instanceof Error ? thrown.message : String(thrown) }]);
  }
  const faults: AccountFault[] = [];
  const accounts: AccountRow[] = [];
  for (const [index, row] of rows.entries()) {
    const read = readRow(row);
    if (read.ok) accounts.push(read.value);
    else faults.push(...read.error.map((message) => ({ line: index + 2, message })));
  }
  const seen = new Set<string>();
  for (const { user } of accounts) {
    if (seen.has(user)) faults.push({ line: 0, message: `user "${user}" stands twice in the file` });
    seen.add(user);
  }
  return faults.length > 0 ? err(faults) : ok(accounts);
}

function readRow(row: unknown): Result<AccountRow, string[]> {
  const cell = (column: (typeof COLUMNS)[number]): string | undefined => {
    const value = isObject(row) ? row[column] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const missing = COLUMNS.filter((column) => cell(column) === undefined);
  if (missing.length > 0) return err([`no column ${missing.join(', ')}; the heading must be ${COLUMNS.join(',')}`]);
  const [user = '', name = '', roles = '', communes = '', password = ''] = COLUMNS.map(cell);
  const wordsOf = (text: string): string[] => text.split(/[\s;]+/).filter((word) => word !== '');
  const faults: string[] = [];
  if (!USER.test(user)) faults.push(`user "${user}" must be 2 to 64 of a–z, 0–9, dot, dash, beginning with a letter`);
  if (name === '') faults.push('the name is empty');
  const known: readonly string[] = ROLES;
  const wrongRoles = wordsOf(roles).filter((role) => !known.includes(role));
  if (wrongRoles.length > 0) faults.push(`unknown role ${wrongRoles.join(' ')}; there are ${ROLES.join(', ')}`);
  if (wordsOf(roles).length === 0) faults.push('no role');
  const wrongCommunes = wordsOf(communes).filter((code) => code !== 'province' && !communeByCode(code));
  if (wrongCommunes.length > 0) faults.push(`no commune has the code ${wrongCommunes.join(' ')}`);
  if (password.length < SHORTEST_PASSWORD) faults.push(`the password has fewer than ${SHORTEST_PASSWORD} characters`);
  if (faults.length > 0) return err(faults);
  const places = wordsOf(communes).map((code) => (code === 'province' ? code : `commune:${code}`));
  return ok({ user, name: name.normalize('NFC'), roles: [...wordsOf(roles), ...places], password });
}
