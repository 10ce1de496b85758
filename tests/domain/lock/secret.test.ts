// What may be a PIN or a passphrase: those that a finder tries first may not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secretProblem } from '#lib/domain/lock/secret.ts';

describe('a PIN', () => {
  test.each(['000000', '123456', '012345', '567890', '654321', '098765', '121212', '123123', '797979'])(
    '%s is the first that a finder tries',
    (pin) => {
      expect(secretProblem('pin', pin)).toBe('trivial');
    }
  );

  test.each(['', '12345', '1234567', '12 456', '12a456', '１２３４５６', '-12345'])('"%s" is not six digits', (pin) => {
    expect(secretProblem('pin', pin)).toBe('length');
  });

  test('nearly every one will do: a rule that refuses many would tell a finder which ones to leave out', () => {
    const all = Array.from({ length: 1_000_000 }, (_, n) => String(n).padStart(6, '0'));
    const refused = all.filter((pin) => secretProblem('pin', pin) !== null);
    expect(refused.length).toBeLessThan(1_200);
    expect(secretProblem('pin', '274916')).toBeNull();
  });
});

describe('a passphrase', () => {
  test('has ten letters at least, blanks around it not counted', () => {
    expect(secretProblem('passphrase', 'lu mắm cũ')).toBe('length');
    expect(secretProblem('passphrase', '  lu mắm cũ ')).toBe('length');
    expect(secretProblem('passphrase', 'lu mắm cũ nhà bà')).toBeNull();
  });

  test.each(['aaaaaaaaaa', 'A a A a A a A', 'abababababab', 'ababcababcab'])('%s is hardly any', (text) => {
    expect(secretProblem('passphrase', text)).toBe('trivial');
  });

  test('any text gets an answer, and one that is long and various will do', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect([null, 'length', 'trivial']).toContain(secretProblem('passphrase', text));
        expect(secretProblem('passphrase', `bốn chữ khác${text}nhau`)).toBeNull();
      })
    );
  });
});
