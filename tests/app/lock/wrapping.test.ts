// The data key under what a PIN makes: the right one opens it, anything else does not, however it is damaged.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wrapSecret } from '#lib/app/lock/newSecret.ts';
import { KEY_BYTES, freshKdf, keyOfSecret, randomBytes, unwrapKey, wrapKey } from '#lib/app/lock/wrapping.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('the key of a PIN', () => {
  // The vectors of Argon2's own reference: https://github.com/P-H-C/phc-winner-argon2/blob/master/src/test.c
  test.each([
    [65_536, '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7'],
    [256, '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe']
  ])('is Argon2id, with %i KiB and two passes', async (memoryKiB, wanted) => {
    const salt = new Uint8Array(Buffer.from('somesalt'));
    expect(hex(await keyOfSecret('password', { name: 'argon2id', memoryKiB, passes: 2, salt }))).toBe(wanted);
  });

  test('takes at least what OWASP advises, and another salt each time', () => {
    const [one, other] = [freshKdf(), freshKdf()];
    expect(one.memoryKiB).toBeGreaterThanOrEqual(19 * 1_024);
    expect(one.passes).toBeGreaterThanOrEqual(2);
    expect(one.salt.length).toBeGreaterThanOrEqual(16);
    expect(hex(one.salt)).not.toBe(hex(other.salt));
  });

  test('is the same however a keyboard spells a letter', async () => {
    const kdf = freshKdf();
    const phrase = 'Nhà bà Sáu ở Phước Thể';
    expect(phrase.normalize('NFD')).not.toBe(phrase.normalize('NFC'));
    expect(hex(await keyOfSecret(phrase.normalize('NFD'), kdf))).toBe(
      hex(await keyOfSecret(phrase.normalize('NFC'), kdf))
    );
  });
});

describe('the data key', () => {
  test('opens with its PIN and with no other', async () => {
    const key = randomBytes(KEY_BYTES);
    const row = await wrapSecret({ kind: 'pin', text: '274916' }, key);
    expect(row.tries).toEqual({ wrong: 0, lastAt: null });
    expect(hex((await unwrapKey(row.wrapped, await keyOfSecret('274916', row.kdf))) ?? new Uint8Array())).toBe(
      hex(key)
    );
    for (const wrong of ['274917', '0274916', '27491', '274916 ']) {
      expect(await unwrapKey(row.wrapped, await keyOfSecret(wrong, row.kdf)), wrong).toBeNull();
    }
  });

  test('lies nowhere in what is stored, nor does the PIN', async () => {
    const key = randomBytes(KEY_BYTES);
    const { kdf, wrapped } = await wrapSecret({ kind: 'pin', text: '274916' }, key);
    const stored = Buffer.concat([wrapped, kdf.salt]);
    expect(stored.includes(Buffer.from(key.slice(0, 4)))).toBe(false);
    expect(stored.includes(Buffer.from('274916'))).toBe(false);
  });

  test('that was damaged at any byte, or cut off anywhere, does not open and throws nothing', async () => {
    const key = randomBytes(KEY_BYTES);
    const under = randomBytes(KEY_BYTES);
    const whole = await wrapKey(key, under);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = whole.slice();
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        expect(await unwrapKey(damaged, under)).toBeNull();
        expect(await unwrapKey(whole.slice(0, at), under)).toBeNull();
      })
    );
    expect(await unwrapKey(whole, under)).toEqual(key);
  });

  test('that is shorter than a key is none', async () => {
    const under = randomBytes(KEY_BYTES);
    expect(await unwrapKey(await wrapKey(randomBytes(16), under), under)).toBeNull();
  });
});
