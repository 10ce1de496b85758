// The `AuthSession` cookie: name and time, signed with the server's secret and the account's salt.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long a sign-in lasts without use: an officer may be two weeks in the field. */
export const SESSION_SECONDS = 14 * 24 * 3600;

export interface Session {
  readonly name: string;
  readonly signedAtSeconds: number;
}

const sign = (text: string, key: string): string => createHmac('sha256', key).update(text).digest('hex');

/** @param key the server's secret and the account's salt: a new password ends all sessions */
export function makeCookie({ name, signedAtSeconds }: Session, key: string): string {
  const text = `${Buffer.from(name).toString('hex')}:${signedAtSeconds.toString(16)}`;
  return Buffer.from(`${text}:${sign(text, key)}`).toString('base64url');
}

/** What a cookie claims; nothing is proven yet, for the key depends on the name. */
export function readCookie(value: string): { session: Session; proves: (key: string) => boolean } | null {
  const [nameHex = '', time = '', mac = ''] = Buffer.from(value, 'base64url').toString('latin1').split(':');
  if (!/^([0-9a-f]{2})+$/.test(nameHex) || !/^[0-9a-f]+$/.test(time)) return null;
  const session = { name: Buffer.from(nameHex, 'hex').toString('utf8'), signedAtSeconds: parseInt(time, 16) };
  const proves = (key: string): boolean => {
    const right = Buffer.from(sign(`${nameHex}:${time}`, key));
    const given = Buffer.from(mac);
    return right.length === given.length && timingSafeEqual(right, given);
  };
  return { session, proves };
}

/** The header that gives a cookie to the browser, to keep beyond its own end. */
export const setCookie = (value: string): string =>
  `AuthSession=${value}; Version=1; Max-Age=${SESSION_SECONDS}; Path=/; SameSite=Lax; HttpOnly`;

export const CLEAR_COOKIE =
  'AuthSession=; Version=1; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; SameSite=Lax; HttpOnly';
