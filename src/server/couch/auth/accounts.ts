// Who has an account here: the server's administrator and the documents of `_users`.
import { type Databases, USERS } from '../databases.ts';
import { isObject, isStringList } from '../json.ts';
import type { Pouch } from '../pouch.ts';
import { type PasswordHash, hashPassword, isPassword, readPasswordHash } from './passwords.ts';

export interface Identity {
  readonly name: string;
  readonly roles: readonly string[];
  readonly password: PasswordHash;
}

export const USER_ID_PREFIX = 'org.couchdb.user:';

export class Accounts {
  private constructor(
    readonly databases: Databases,
    readonly administrator: Identity
  ) {}

  /**
   * @param admin name and password of the administrator; hashed anew only when the password is another one than
   * before, so that sessions survive a restart
   */
  static async load(
    databases: Databases,
    registry: Pouch,
    admin: { name: string; password: string }
  ): Promise<Accounts> {
    const stored: unknown = await registry.get('administrator').catch(() => null);
    const known = isObject(stored) && stored.name === admin.name ? readPasswordHash(stored) : null;
    const same = known !== null && (await isPassword(admin.password, known));
    const password = same ? known : await hashPassword(admin.password);
    if (!same) {
      const revision = isObject(stored) && typeof stored._rev === 'string' ? { _rev: stored._rev } : {};
      await registry.put({ _id: 'administrator', ...revision, name: admin.name, ...password });
    }
    return new Accounts(databases, { name: admin.name, roles: ['_admin'], password });
  }

  /** The account of this name, or null. */
  async find(name: string): Promise<Identity | null> {
    if (name === this.administrator.name) return this.administrator;
    const user: unknown = await this.databases
      .get(USERS)
      .pouch.get(USER_ID_PREFIX + name)
      .catch(() => null);
    if (!isObject(user)) return null;
    const password = readPasswordHash(user);
    return password ? { name, roles: isStringList(user.roles) ? user.roles : [], password } : null;
  }

  /** The account, when the password is its own. */
  async signIn(name: string, password: string): Promise<Identity | null> {
    const identity = await this.find(name);
    return identity && (await isPassword(password, identity.password)) ? identity : null;
  }
}
