// Brings a CouchDB to what the app needs: settings, databases, rules, accounts, people's names. Run again, it changes nothing.
import { type Person, SCHEMA } from '#lib/domain/document/document.ts';
import { personId } from '#lib/domain/document/id.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { NO_COMMUNE, REFERENCE_DATABASE, communeDatabase, communesOf } from '#lib/domain/scope.ts';
import { COMMUNE_CODES } from '#lib/domain/place/commune.ts';
import { ROLES } from '#lib/domain/document/status.ts';
import { isObject } from '../couch/json.ts';
import { DESIGN_ID, type DesignDocument, communeDesign, referenceDesign } from '../design/documents.ts';
import type { AccountRow } from './accounts.ts';
import type { CouchClient } from './couch-client.ts';
import { wantedSettings } from './settings.ts';

export interface Plan {
  readonly accounts: readonly AccountRow[];
  /** Communes to have a database, besides those that the accounts name. */
  readonly communes: readonly string[];
  /** Where the app is, if not behind the same address as the CouchDB. */
  readonly origin: string | null;
  /** Gives existing accounts the password of the file. */
  readonly resetPasswords: boolean;
  /** Looks at everything and writes nothing. */
  readonly dryRun: boolean;
}

/** One thing that provisioning looked after. */
export interface Change {
  readonly what: string;
  readonly action: 'created' | 'updated' | 'unchanged' | 'skipped';
  readonly detail?: string;
}

/**
 * @returns what was done, or would be done in a dry run
 * @throws when the CouchDB does not answer or refuses; what was done until then stays, and a second run goes on
 */
export async function provision(client: CouchClient, plan: Plan): Promise<Change[]> {
  const step = new Provisioning(client, plan.dryRun);
  await step.settings(plan.origin);
  await step.usersDatabase();
  await step.database(REFERENCE_DATABASE, ROLES, referenceDesign());
  const design = await communeDesign();
  const named = plan.accounts.flatMap(({ roles }) => communesOf(roles, COMMUNE_CODES));
  for (const code of [...new Set([...plan.communes, ...named])].sort()) {
    await step.database(communeDatabase(code), [`commune:${code}`, 'province'], design);
  }
  for (const account of plan.accounts) {
    await step.account(account, plan.resetPasswords);
    await step.person(account);
  }
  return step.changes;
}

/** Stands as author in the documents that provisioning makes. Capitalised, as no account's name is. */
const AUTHOR = 'Provisioning';

class Provisioning {
  readonly changes: Change[] = [];

  constructor(
    readonly client: CouchClient,
    readonly dryRun: boolean
  ) {}

  async settings(origin: string | null): Promise<void> {
    for (const [section, keys] of Object.entries(wantedSettings(origin))) {
      for (const [key, wanted] of Object.entries(keys)) await this.#setting(section, key, wanted);
    }
  }

  async #setting(section: string, key: string, wanted: string): Promise<void> {
    const what = `setting ${section}/${key}`;
    const path = `/_node/_local/_config/${section}/${key}`;
    const { status, body } = await this.client.ask('GET', path);
    if (status === 501) return this.#note(what, 'skipped', 'the embedded server has no settings');
    if (status !== 200 && status !== 404) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    if (body === wanted) return this.#note(what, 'unchanged');
    await this.#write('PUT', path, wanted);
    this.#note(what, status === 404 ? 'created' : 'updated', wanted);
  }

  /**
   * `_users`: members read their own document and change their own password. CouchDB leaves it to administrators,
   * and takes another `_security` only while a setting allows it.
   */
  async usersDatabase(): Promise<void> {
    const { status } = await this.client.ask('GET', '/_users');
    if (status === 404) await this.#write('PUT', '/_users');
    if (status === 404 && this.dryRun) return this.#note('database _users', 'created');
    const editable = '/_node/_local/_config/couchdb/users_db_security_editable';
    const wanted = securityFor(ROLES);
    const current = (await this.client.ask('GET', '/_users/_security')).body;
    if (isSame(current, wanted)) return this.#note('security of _users', 'unchanged');
    const before = await this.client.ask('GET', editable);
    const hasSetting = before.status === 200 || before.status === 404;
    if (hasSetting) await this.#write('PUT', editable, 'true');
    await this.#write('PUT', '/_users/_security', wanted);
    if (hasSetting) await this.#write('PUT', editable, before.status === 200 ? before.body : 'false');
    this.#note('security of _users', 'updated', `members: ${ROLES.join(', ')}`);
  }

  async database(name: string, memberRoles: readonly string[], design: DesignDocument): Promise<void> {
    const { status } = await this.client.ask('GET', `/${name}`);
    // One shard: a commune has some thousand documents, a province more than a hundred databases.
    if (status === 404) await this.#write('PUT', `/${name}?q=1`);
    this.#note(`database ${name}`, status === 404 ? 'created' : 'unchanged');
    if (status === 404 && this.dryRun) return;
    const wanted = securityFor(memberRoles);
    const current = (await this.client.ask('GET', `/${name}/_security`)).body;
    if (!isSame(current, wanted)) {
      await this.#write('PUT', `/${name}/_security`, wanted);
      this.#note(`security of ${name}`, 'updated', `members: ${memberRoles.join(', ')}`);
    }
    await this.#design(name, design);
  }

  async #design(name: string, wanted: DesignDocument): Promise<void> {
    const path = `/${name}/${DESIGN_ID}`;
    const { status, body } = await this.client.ask('GET', path);
    const { _rev, ...current } = status === 200 && isObject(body) ? body : {};
    if (isSame(current, wanted)) return;
    await this.#write('PUT', path, { ...wanted, ...(_rev === undefined ? {} : { _rev }) });
    this.#note(`rules of ${name}`, status === 200 ? 'updated' : 'created');
  }

  async account({ user, name, roles, password }: AccountRow, resetPasswords: boolean): Promise<void> {
    const id = `org.couchdb.user:${user}`;
    const path = `/_users/${encodeURIComponent(id)}`;
    const { status, body } = await this.client.ask('GET', path);
    const what = `account ${user}`;
    if (status !== 200 || !isObject(body)) {
      await this.#write('PUT', path, { _id: id, type: 'user', name: user, displayName: name, roles, password });
      return this.#note(what, 'created', roles.join(' '));
    }
    const isCurrent = isSame(body.roles, roles) && body.displayName === name;
    if (isCurrent && !resetPasswords) return this.#note(what, 'unchanged');
    await this.#write('PUT', path, { ...body, displayName: name, roles, ...(resetPasswords ? { password } : {}) });
    this.#note(what, 'updated', `${roles.join(' ')}${resetPasswords ? ', new password' : ''}`);
  }

  /** The name that colleagues see: they cannot read each other's `_users` documents. It says nothing but the name. */
  async person({ user, name }: AccountRow): Promise<void> {
    const path = `/${REFERENCE_DATABASE}/${encodeURIComponent(personId(user))}`;
    const { status, body } = await this.client.ask('GET', path);
    const what = `person ${user}`;
    const isThere = status === 200 && isObject(body);
    const read = parseDocument(body);
    const before = isThere && read.ok && read.value.kind === 'person' ? read.value : null;
    if (before !== null && before.displayName === name && before.deleted !== true) return this.#note(what, 'unchanged');
    const at = new Date().toISOString();
    const wanted: Person = {
      _id: personId(user),
      kind: 'person',
      commune: NO_COMMUNE,
      schema: SCHEMA,
      createdAt: before?.createdAt ?? at,
      createdBy: before?.createdBy ?? AUTHOR,
      updatedAt: at,
      updatedBy: AUTHOR,
      device: AUTHOR,
      editId: `${AUTHOR}-${at}`,
      account: user,
      displayName: name
    };
    await this.#write('PUT', path, { ...wanted, ...(isThere ? { _rev: body._rev } : {}) });
    this.#note(what, isThere ? 'updated' : 'created', name);
  }

  async #write(method: 'PUT' | 'POST', path: string, body?: unknown): Promise<void> {
    if (!this.dryRun) await this.client.write(method, path, body);
  }

  #note(what: string, action: Change['action'], detail?: string): void {
    this.changes.push({ what, action, ...(detail === undefined ? {} : { detail }) });
  }
}

const securityFor = (memberRoles: readonly string[]): unknown => ({
  admins: { names: [], roles: ['_admin'] },
  members: { names: [], roles: [...memberRoles] }
});

/** Whether two JSON values say the same; the order of an object's fields means nothing. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.keys(value)
    .sort()
    .map((key) => [key, sorted(value[key])]);
}
