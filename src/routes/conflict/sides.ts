// The two people of a conflict in words: each by name, oneself as "you".
import { useSession } from '#lib/app/context.ts';
import { usePeople } from '#lib/app/people.svelte.ts';
import { useLanguage } from '#lib/ui/language.svelte.ts';

export interface Sides {
  /** Who made a version; '' when nobody knows. */
  who(account: string): string;
  /** That both changed the same record. */
  both(accounts: readonly [string, string]): string;
}

/** Only called while a component is made. */
export function useSides(): Sides {
  const lang = useLanguage();
  const { account } = useSession();
  const { nameOf } = usePeople();
  const who = (name: string): string =>
    name === '' ? lang.m.conflict.somebody : name === account.name ? lang.m.conflict.you : nameOf(name);
  return {
    who,
    both: ([first, second]) => {
      if (first === second) return lang.m.conflict.oneOnTwo({ who: who(first) });
      // Oneself comes first: "you and …".
      const [one, other] = second === account.name ? [second, first] : [first, second];
      return lang.m.conflict.both({ one: who(one), other: who(other) });
    }
  };
}
