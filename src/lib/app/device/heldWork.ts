// What each account holds on this phone, noted beside IndexedDB: so that nobody is left in the dark when a browser throws that
// away, as Chromium does with a database that is damaged.
import * as v from 'valibot';
import type { Account } from '#lib/domain/scope.ts';

const HELD = 'held-work';
const LOST = 'lost-work';

const schema = v.array(
  v.object({
    /** The account. */
    name: v.string(),
    displayName: v.string(),
    /** Records and photos that the server had not. */
    unsent: v.number(),
    /** When that was so, device clock. */
    at: v.string()
  })
);
/** What an account held when it was open last. */
export type HeldWork = v.InferOutput<typeof schema>[number];

/**
 * What was held here and is not any more, those losses included that nobody has taken note of.
 * @param known the accounts that this phone knows: they lie where the work lies, and go with it
 */
export function lostWork(known: readonly string[]): readonly HeldWork[] {
  const held = read(HELD);
  const gone = held.filter(({ name }) => !known.includes(name));
  if (gone.length > 0) {
    write(LOST, [...read(LOST), ...gone]);
    write(
      HELD,
      held.filter(({ name }) => known.includes(name))
    );
  }
  return read(LOST);
}

/** The loss was taken note of. */
export function forgetLoss(): void {
  write(LOST, []);
}

/** Notes what an account holds now. @param unsent records and photos that the server has not */
export function noteHeld({ name, displayName }: Account, unsent: number): void {
  const others = read(HELD).filter((held) => held.name !== name);
  write(HELD, [...others, { name, displayName, unsent, at: new Date().toISOString() }]);
}

/** Notes that a save was made: its account holds something, how much is counted later (`noteHeld`). */
export function noteSaved(account: Account): void {
  const held = read(HELD).find(({ name }) => name === account.name);
  if (held === undefined || held.unsent === 0) noteHeld(account, 1);
}

function read(key: string): readonly HeldWork[] {
  try {
    const parsed = v.safeParse(schema, JSON.parse(localStorage.getItem(key) ?? '[]'));
    return parsed.success ? parsed.output : [];
  } catch {
    return [];
  }
}

function write(key: string, held: readonly HeldWork[]): void {
  try {
    if (held.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(held));
  } catch {
    // No room, or a browser that keeps nothing: then no loss is told either.
  }
}
