// Where wrong tries are noted while the database takes nothing: `localStorage`, whose room is its own.
import * as v from 'valibot';
import { NO_TRIES, type Tries } from '#lib/domain/lock/tries.ts';

const schema = v.object({
  wrong: v.pipe(v.number(), v.integer(), v.minValue(0)),
  lastAt: v.nullable(v.pipe(v.string(), v.isoTimestamp()))
});

const nameOf = (account: string): string => `tries/${account}`;

/** What is noted there; a note that cannot be read counts as none. */
export function spareTries(account: string): Tries {
  try {
    const parsed = v.safeParse(schema, JSON.parse(localStorage.getItem(nameOf(account)) ?? 'null'));
    return parsed.success ? parsed.output : NO_TRIES;
  } catch {
    return NO_TRIES;
  }
}

/** Notes them. Where even that is full they are forgotten with the page: nobody is shut out of his work for it. */
export function keepSpareTries(account: string, tries: Tries): void {
  try {
    if (tries.wrong === 0) localStorage.removeItem(nameOf(account));
    else localStorage.setItem(nameOf(account), JSON.stringify(tries));
  } catch {
    // See above.
  }
}
