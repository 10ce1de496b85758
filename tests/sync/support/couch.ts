// Databases and accounts of a CouchDB for the tests of replication, made through its own API as any office would.
import { type CouchServer, contractServer } from '../../support/couch-server.ts';

/** A CouchDB with databases and an officer who may use them; other tests may use the same server at the same time. */
export interface Couch {
  readonly url: string;
  /** Sends a request as the administrator. */
  admin(path: string, init?: RequestInit): Promise<{ status: number; body: unknown }>;
  /** A new database that members with the role `officer` may use; gives its name. */
  database(validate?: string): Promise<string>;
  /** `fetch` with the cookie of an officer who has just signed in. */
  signedIn(): Promise<(url: string, init: RequestInit) => Promise<Response>>;
  close(): Promise<void>;
}

const PASSWORD = 'mat-khau-thu';

/** Names that no other test run uses, on a CouchDB that outlives this one. */
const run = `${process.pid.toString(36)}${Date.now().toString(36)}`;
let count = 0;

export async function aCouch(): Promise<Couch> {
  const server: CouchServer = await contractServer();
  const credentials = Buffer.from(`${server.admin.name}:${server.admin.password}`).toString('base64');
  const made: string[] = [];

  const admin: Couch['admin'] = async (path, init = {}) => {
    const response = await fetch(`${server.url}${path}`, {
      ...init,
      headers: { Authorization: `Basic ${credentials}`, 'Content-Type': 'application/json', Accept: 'application/json' }
    });
    return { status: response.status, body: await response.json() };
  };

  const user = `canbo.${run}`;
  const userPath = `/_users/${encodeURIComponent(`org.couchdb.user:${user}`)}`;
  await admin('/_users', { method: 'PUT' });
  await admin(userPath, {
    method: 'PUT',
    body: JSON.stringify({ name: user, password: PASSWORD, type: 'user', roles: ['officer'] })
  });

  return {
    url: server.url,
    admin,
    database: async (validate) => {
      const name = `test-${run}-${++count}`;
      made.push(name);
      await admin(`/${name}`, { method: 'PUT' });
      await admin(`/${name}/_security`, {
        method: 'PUT',
        body: JSON.stringify({ admins: { roles: ['_admin'] }, members: { roles: ['officer'] } })
      });
      if (validate !== undefined) {
        const design = { language: 'javascript', validate_doc_update: validate };
        await admin(`/${name}/_design/test`, { method: 'PUT', body: JSON.stringify(design) });
      }
      return name;
    },
    signedIn: async () => {
      const response = await fetch(`${server.url}/_session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: user, password: PASSWORD })
      });
      const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
      return (url, init) => {
        const headers = new Headers(init.headers);
        headers.set('Cookie', cookie);
        return fetch(url, { ...init, headers });
      };
    },
    close: async () => {
      for (const name of made) await admin(`/${name}`, { method: 'DELETE' });
      await admin(`${userPath}?rev=${await revOf(admin, userPath)}`, { method: 'DELETE' });
      await server.stop();
    }
  };
}

async function revOf(admin: Couch['admin'], path: string): Promise<string> {
  const { body } = await admin(path);
  return typeof body === 'object' && body !== null && '_rev' in body ? String(body._rev) : '';
}
