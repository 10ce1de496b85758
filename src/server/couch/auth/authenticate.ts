// Finds out who sends a request: by password in the header or by session cookie.
import { unauthorized } from '../couch-error.ts';
import type { Exchange } from '../http/exchange.ts';
import { NOBODY, type Who } from '../security.ts';
import type { Accounts, Identity } from './accounts.ts';
import { SESSION_SECONDS, makeCookie, readCookie, setCookie } from './cookie.ts';

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

export class Authentication {
  /** @param secret the server's own; signs the cookies */
  constructor(
    readonly accounts: Accounts,
    readonly secret: string
  ) {}

  /**
   * @throws 401 when a password is wrong or a cookie forged; an old cookie only means nobody in particular
   */
  async who(exchange: Exchange): Promise<Who> {
    const authorization = exchange.header('authorization');
    if (authorization?.startsWith('Basic ')) return this.#byPassword(authorization.slice('Basic '.length));
    const cookie = /(?:^|;\s*)AuthSession=([^;]*)/.exec(exchange.header('cookie') ?? '')?.[1];
    return cookie ? this.#byCookie(cookie, exchange) : NOBODY;
  }

  async #byPassword(credentials: string): Promise<Who> {
    const [name = '', password = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(/:(.*)/s, 2);
    const identity = await this.accounts.signIn(name, password);
    if (!identity) throw unauthorized('Name or password is incorrect.');
    return { name, roles: identity.roles, by: 'default' };
  }

  async #byCookie(value: string, exchange: Exchange): Promise<Who> {
    const claim = readCookie(value);
    const identity = claim && (await this.accounts.find(claim.session.name));
    if (!claim || !identity || !claim.proves(this.#key(identity))) return NOBODY;
    const ageSeconds = nowSeconds() - claim.session.signedAtSeconds;
    if (ageSeconds > SESSION_SECONDS) return NOBODY;
    // Like CouchDB: use prolongs a session, but not every answer carries a cookie.
    if (ageSeconds > SESSION_SECONDS / 10) exchange.response.setHeader('Set-Cookie', this.newCookie(identity));
    return { name: identity.name, roles: identity.roles, by: 'cookie' };
  }

  newCookie(identity: Identity): string {
    return setCookie(makeCookie({ name: identity.name, signedAtSeconds: nowSeconds() }, this.#key(identity)));
  }

  #key(identity: Identity): string {
    return this.secret + identity.password.salt;
  }
}
