// Databases and accounts that a test makes on a CouchDB and takes away again.
import { communeDatabase } from '#lib/domain/scope.ts';
import { couchClient } from '#server/provision/couch-client.ts';
import { provision } from '#server/provision/provision.ts';
import type { CouchRequests } from './couch-request.ts';
import { type Login, asAdmin, freshName } from './couch-request.ts';
import type { CouchServer } from './couch-server.ts';

/** What to take away when the tests are over. */
export class Fixtures {
  readonly admin: CouchRequests;
  readonly #made: string[] = [];

  constructor(readonly server: CouchServer) {
    this.admin = asAdmin(server);
  }

  /** An empty database for members with one of these roles. */
  async database(memberRoles: readonly string[]): Promise<string> {
    const name = freshName('t');
    await this.admin.put(`/${name}`);
    this.#made.push(`/${name}`);
    await this.admin.put(`/${name}/_security`, {
      admins: { names: [], roles: ['_admin'] },
      members: { names: [], roles: memberRoles }
    });
    return name;
  }

  /** An account that signs in with `login`. */
  async account(roles: readonly string[], name = freshName('u')): Promise<Login> {
    const id = `org.couchdb.user:${name}`;
    const path = `/_users/${encodeURIComponent(id)}`;
    await this.admin.put(path, { _id: id, type: 'user', name, roles, password: 'secret-1' });
    this.#made.push(path);
    return { name, password: 'secret-1' };
  }

  /** Provisions the database of a commune that does not exist, and gives its code and name. */
  async commune(): Promise<{ code: string; database: string }> {
    const code = `9${String(Math.floor(Math.random() * 10_000)).padStart(4, '0')}`;
    const client = couchClient(this.server.url, this.server.admin);
    await provision(client, { accounts: [], communes: [code], origin: null, resetPasswords: false, dryRun: false });
    const database = communeDatabase(code);
    this.#made.push(`/${database}`);
    return { code, database };
  }

  async remove(): Promise<void> {
    for (const path of this.#made.reverse()) {
      const found = await this.admin.get(path);
      const isDocument = path.startsWith('/_users/');
      const rev = /"_rev":"([^"]+)"/.exec(found.text)?.[1] ?? '';
      await this.admin.delete(isDocument ? `${path}?rev=${rev}` : path);
    }
  }
}
