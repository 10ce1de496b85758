// `npm run provision`: prepares any CouchDB for the app and says what it changed.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { COMMUNE_CODES, communeByCode } from '#lib/domain/place/commune.ts';
import { type AccountRow, parseAccounts } from './accounts.ts';
import { type Admin, couchClient } from './couch-client.ts';
import { type Change, provision } from './provision.ts';

const USAGE = `Usage: npm run provision -- --url http://admin:password@host:5984 [options]
  --accounts FILE     CSV with the heading user,name,roles,communes,password
  --communes CODES    five-digit codes, separated by commas, that get a database
  --all-communes      a database for every commune of the province
  --origin URL        where the app is, if it is not served from the CouchDB's own address
  --reset-passwords   give existing accounts the password of the file
  --dry-run           show what would change, change nothing
The password may also be given as COUCHDB_PASSWORD (user: COUCHDB_USER, else admin).`;

class UsageError extends Error {}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      accounts: { type: 'string' },
      communes: { type: 'string', default: '' },
      'all-communes': { type: 'boolean', default: false },
      origin: { type: 'string' },
      'reset-passwords': { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  });
  if (values.help) return console.log(USAGE);
  if (values.url === undefined) throw new UsageError('--url is missing');
  const { url, admin } = readUrl(values.url);
  const dryRun = values['dry-run'];
  const changes = await provision(couchClient(url, admin), {
    accounts: values.accounts === undefined ? [] : await readAccounts(values.accounts),
    communes: values['all-communes'] ? COMMUNE_CODES : readCommunes(values.communes),
    origin: values.origin ?? null,
    resetPasswords: values['reset-passwords'],
    dryRun
  });
  report(changes, dryRun);
}

/** Takes the credentials out of the address: fetch refuses it with them, and they should not appear in messages. */
function readUrl(text: string): { url: string; admin: Admin } {
  if (!URL.canParse(text)) throw new UsageError(`"${text}" is no address`);
  const url = new URL(text);
  const name = decodeURIComponent(url.username) || (process.env['COUCHDB_USER'] ?? 'admin');
  const password = decodeURIComponent(url.password) || (process.env['COUCHDB_PASSWORD'] ?? '');
  if (password === '') throw new UsageError('The password of the administrator is missing');
  url.username = '';
  url.password = '';
  return { url: url.href.replace(/\/$/, ''), admin: { name, password } };
}

function readCommunes(text: string): string[] {
  const codes = text.split(/[\s,]+/).filter((code) => code !== '');
  const unknown = codes.filter((code) => !communeByCode(code));
  if (unknown.length > 0) throw new UsageError(`No commune has the code ${unknown.join(', ')}`);
  return codes;
}

async function readAccounts(file: string): Promise<AccountRow[]> {
  const parsed = await parseAccounts(await readFile(file, 'utf8'));
  if (parsed.ok) return parsed.value;
  const lines = parsed.error.map(({ line, message }) => (line === 0 ? message : `line ${line}: ${message}`));
  throw new UsageError(`${file} was not read:\n  ${lines.join('\n  ')}`);
}

function report(changes: readonly Change[], dryRun: boolean): void {
  const done = changes.filter(({ action }) => action === 'created' || action === 'updated');
  for (const { what, action, detail } of changes.filter(({ action }) => action !== 'unchanged')) {
    console.log(`${action.padEnd(9)} ${what}${detail === undefined ? '' : `: ${detail}`}`);
  }
  const rest = `${changes.length - done.length} as they should be`;
  console.log(dryRun ? `Dry run: ${done.length} would change, ${rest}.` : `${done.length} changed, ${rest}.`);
}

try {
  await main();
} catch (thrown) {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const isUsage = thrown instanceof UsageError || (thrown instanceof TypeError && 'code' in thrown); // `parseArgs`
  console.error(isUsage ? `${message}\n\n${USAGE}` : message);
  process.exitCode = 1;
}
