// What may be a PIN or a passphrase: long enough, and none of those that a finder tries first.

export type SecretKind = 'pin' | 'passphrase';

/**
 * | problem   | the secret                                                     |
 * |-----------|----------------------------------------------------------------|
 * | `length`  | is not six digits, or a passphrase of fewer than ten letters    |
 * | `trivial` | is one digit or letter repeated, a row up or down, a short repeat |
 */
export type SecretProblem = 'length' | 'trivial';

export const PIN_DIGITS = 6;
export const PASSPHRASE_LETTERS = 10;

const DIGITS_UP = '01234567890';
const DIGITS_DOWN = [...DIGITS_UP].reverse().join('');

/** @returns null when it will do */
export function secretProblem(kind: SecretKind, secret: string): SecretProblem | null {
  if (kind === 'pin') {
    if (!/^\d{6}$/.test(secret)) return 'length';
    return DIGITS_UP.includes(secret) || DIGITS_DOWN.includes(secret) || repeats(secret) ? 'trivial' : null;
  }
  const plain = secret.trim();
  if ([...plain].length < PASSPHRASE_LETTERS) return 'length';
  return new Set(plain.toLowerCase().replaceAll(' ', '')).size < 4 ? 'trivial' : null;
}

/** Whether it is one, two or three digits over and over. */
function repeats(pin: string): boolean {
  return [1, 2, 3].some((length) => pin.slice(0, length).repeat(PIN_DIGITS / length) === pin);
}
