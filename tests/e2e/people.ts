// The people of the journeys, and their office's CouchDB before the first day.
import { createHash } from 'node:crypto';
import { DESIGN_ID, communeDesign } from '#server/design/documents.ts';
import { provision } from '#server/provision/provision.ts';
import { type CouchClient, couchClient } from '#server/provision/couch-client.ts';
import { communeDatabase } from '#lib/domain/scope.ts';
import * as v from 'valibot';
import { COMMUNE, OTHER_COMMUNE } from '../support/documents.ts';
import type { CouchServer } from '../support/couch-server.ts';

/** Works in two communes. */
export const OFFICER_A = {
  name: 'canbo.a',
  displayName: 'Cán bộ mẫu A',
  password: 'mat-khau-a',
  roles: ['officer', `commune:${COMMUNE}`, `commune:${OTHER_COMMUNE}`]
} as const;
/** A's colleague in one of them. */
export const OFFICER_B = {
  name: 'canbo.b',
  displayName: 'Cán bộ mẫu B',
  password: 'mat-khau-b',
  roles: ['officer', `commune:${COMMUNE}`],
  commune: COMMUNE
} as const;
/** Works elsewhere: Mũi Né. */
export const OFFICER_C = {
  name: 'canbo.c',
  displayName: 'Cán bộ mẫu C',
  password: 'mat-khau-c',
  roles: ['officer', 'commune:22918']
} as const;

/** The officer A of the sample (`isSampled`), as `/config.json` offers them to everybody who tries the app. */
export const SAMPLE_OFFICER = { name: 'canbo.a', password: 'ocop-demo' } as const;

/** What is in the office's CouchDB, read past the app. */
export class Office {
  readonly #client: CouchClient;
  readonly #server: Pick<CouchServer, 'url' | 'admin'>;

  constructor(server: Pick<CouchServer, 'url' | 'admin'>) {
    this.#server = server;
    this.#client = couchClient(server.url, server.admin);
  }

  /** All documents of a commune as the server holds them. */
  async documentsIn(commune: string): Promise<Record<string, unknown>[]> {
    const { status, body } = await this.#client.ask('GET', `/${communeDatabase(commune)}/_all_docs?include_docs=true`);
    const { rows } = v.parse(listing, body, { message: `The database answers ${String(status)}.` });
    return rows.flatMap(({ doc }) => (doc._id.startsWith('_design/') ? [] : [doc]));
  }

  /** Those documents of a commune that the server has, by id. */
  async documentsById(ids: readonly string[], commune: string): Promise<Map<string, Record<string, unknown>>> {
    const path = `/${communeDatabase(commune)}/_all_docs?include_docs=true`;
    const { status, body } = await this.#client.ask('POST', path, { keys: ids });
    const { rows } = v.parse(answersToKeys, body, { message: `The database answers ${String(status)}.` });
    return new Map(rows.flatMap(({ doc }) => (doc ? [[doc._id, doc] as const] : [])));
  }

  /** The only document of a kind. @throws when there is none, or more than one */
  async oneOf(kind: string, commune: string): Promise<Record<string, unknown>> {
    const [only, ...more] = (await this.documentsIn(commune)).filter((document) => document['kind'] === kind);
    if (only === undefined || more.length > 0) throw new Error(`${String(more.length)} more or none: ${kind}`);
    return only;
  }

  /** Documents that have come from elsewhere. */
  async place(...docs: readonly { readonly _id: string; readonly commune: string }[]): Promise<void> {
    for (const doc of docs) {
      await this.#client.write('PUT', `/${communeDatabase(doc.commune)}/${encodeURIComponent(doc._id)}`, doc);
    }
  }

  /** SHA-256, in hexadecimal, of a photo's bytes as the server gives them. */
  async photoHash(id: string, commune: string): Promise<string> {
    const { admin, url } = this.#server;
    const authorization = `Basic ${Buffer.from(`${admin.name}:${admin.password}`).toString('base64')}`;
    const path = `/${communeDatabase(commune)}/${encodeURIComponent(id)}/photo.jpg`;
    const answer = await fetch(`${url}${path}`, { headers: { authorization } });
    if (!answer.ok) throw new Error(`${path}: ${String(answer.status)}`);
    return createHash('sha256')
      .update(await answer.bytes())
      .digest('hex');
  }

  /** The office gives an account another password, and knows nothing of what else its document holds. */
  async changePassword(name: string, password: string): Promise<void> {
    const path = `/_users/${encodeURIComponent(`org.couchdb.user:${name}`)}`;
    const { body } = await this.#client.ask('GET', path);
    await this.#client.write('PUT', path, { ...v.parse(v.looseObject({}), body), password });
  }

  /** Someone else's edit of a document, made on the server itself. */
  async edit(id: string, commune: string, changes: Record<string, unknown>): Promise<void> {
    const path = `/${communeDatabase(commune)}/${encodeURIComponent(id)}`;
    const { body } = await this.#client.ask('GET', path);
    const stamp = { updatedBy: OFFICER_B.name, updatedAt: new Date().toISOString(), editId: crypto.randomUUID() };
    await this.#client.write('PUT', path, { ...v.parse(v.looseObject({}), body), ...stamp, ...changes });
  }

  /** The HTTP status that a person gets who asks for a commune's documents past the app. */
  async statusFor({ name, password }: { name: string; password: string }, commune: string): Promise<number> {
    const client = couchClient(this.#server.url, { name, password });
    return (await client.ask('GET', `/${communeDatabase(commune)}/_all_docs`)).status;
  }

  /** The office tightens its rules: the commune's own validation function takes no document longer than this. */
  async keepAtMost(characters: number, commune: string): Promise<void> {
    const { validate_doc_update: rules } = await communeDesign();
    const stricter = rules.replace(/"LONGEST_DOCUMENT":\d+/, `"LONGEST_DOCUMENT":${String(characters)}`);
    if (stricter === rules) throw new Error('The rules name no longest document.');
    await this.#putRules(commune, stricter);
  }

  /** The office has the rules again that it was provisioned with. */
  async restoreRules(commune: string): Promise<void> {
    await this.#putRules(commune, (await communeDesign()).validate_doc_update);
  }

  async #putRules(commune: string, rules: string): Promise<void> {
    const path = `/${communeDatabase(commune)}/${DESIGN_ID}`;
    const { body } = await this.#client.ask('GET', path);
    await this.#client.write('PUT', path, { ...v.parse(v.looseObject({}), body), validate_doc_update: rules });
  }

  /** The names of its producers and products. */
  async namesIn(commune: string): Promise<unknown[]> {
    return (await this.documentsIn(commune)).map((document) => document['name']);
  }
}

const listing = v.object({ rows: v.array(v.object({ doc: v.looseObject({ _id: v.string() }) })) });

const answersToKeys = v.object({
  rows: v.array(v.looseObject({ doc: v.nullish(v.looseObject({ _id: v.string() })) }))
});

/** Databases, rules and accounts of the people above; no documents. */
export async function furnish({ url, admin }: CouchServer): Promise<void> {
  await provision(couchClient(url, admin), {
    accounts: [OFFICER_A, OFFICER_B, OFFICER_C].map(({ name, displayName, password, roles }) => ({
      user: name,
      name: displayName,
      roles,
      password
    })),
    communes: [],
    origin: null,
    resetPasswords: false,
    dryRun: false
  });
}
