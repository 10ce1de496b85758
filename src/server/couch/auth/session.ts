// `/_session`: sign in, who am I, sign out.
import { badRequest, notAllowed, unauthorized } from '../couch-error.ts';
import type { Exchange } from '../http/exchange.ts';
import { type Reply, json } from '../http/reply.ts';
import { type JsonObject, isObject } from '../json.ts';
import type { Who } from '../security.ts';
import type { Authentication } from './authenticate.ts';
import { CLEAR_COOKIE } from './cookie.ts';

export async function session(exchange: Exchange, who: Who, authentication: Authentication): Promise<Reply> {
  switch (exchange.method) {
    case 'GET':
    case 'HEAD':
      return json({
        ok: true,
        userCtx: { name: who.name, roles: who.roles },
        info: {
          authentication_handlers: ['cookie', 'default'],
          ...(who.by === null ? {} : { authenticated: who.by })
        }
      });
    case 'POST':
      return signIn(exchange, authentication);
    case 'DELETE':
      return json({ ok: true }, 200, { 'Set-Cookie': CLEAR_COOKIE });
    default:
      throw notAllowed('GET', 'POST', 'DELETE');
  }
}

async function signIn(exchange: Exchange, authentication: Authentication): Promise<Reply> {
  const { name, username = name, password } = await readCredentials(exchange);
  if (typeof username !== 'string' || typeof password !== 'string') throw badRequest('Name and password are needed.');
  const identity = await authentication.accounts.signIn(username, password);
  if (!identity) throw unauthorized('Name or password is incorrect.');
  const cookie = authentication.newCookie(identity);
  return json({ ok: true, name: identity.name, roles: identity.roles }, 200, { 'Set-Cookie': cookie });
}

async function readCredentials(exchange: Exchange): Promise<JsonObject> {
  const type = exchange.header('content-type') ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams((await exchange.body()).toString('utf8')));
  }
  const value = await exchange.jsonBody();
  if (!isObject(value)) throw badRequest('Request body must be a JSON object');
  return value;
}
