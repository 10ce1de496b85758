// Loads a language's dictionary: the Vietnamese words of the first screens at once, everything else when it is needed.
import type { Locale, Translation } from './locale.ts';
import { first } from './vi/first.ts';
import type { later } from './vi/later.ts';

/** The words that the first screens need. A key that is missing in a translation does not compile. */
type First = Translation<typeof first>;
/** The words of all other screens. */
type Later = Translation<typeof later>;

export type Messages = First & Later;

/** The dictionary that the app starts with; reading a word of a later screen from it is a bug and throws. */
export const SOURCE: Messages = beforeLater(first);

/** The words of a language that the first screens need, and no others. */
export async function firstMessages(locale: Locale): Promise<Messages> {
  return locale === 'vi' ? SOURCE : beforeLater((await import('./en/first.ts')).first);
}

/** The whole dictionary of a language. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  if (locale === 'vi') return { ...first, ...(await import('./vi/later.ts')).later };
  const [en, rest] = await Promise.all([import('./en/first.ts'), import('./en/later.ts')]);
  return { ...en.first, ...rest.later };
}

function beforeLater(words: First): Messages {
  return {
    ...words,
    get product(): never {
      return tooEarly('product');
    },
    get products(): never {
      return tooEarly('products');
    },
    get producer(): never {
      return tooEarly('producer');
    },
    get survey(): never {
      return tooEarly('survey');
    },
    get assessment(): never {
      return tooEarly('assessment');
    },
    get conflict(): never {
      return tooEarly('conflict');
    },
    get paper(): never {
      return tooEarly('paper');
    },
    get evidence(): never {
      return tooEarly('evidence');
    },
    get photo(): never {
      return tooEarly('photo');
    },
    get place(): never {
      return tooEarly('place');
    },
    get signature(): never {
      return tooEarly('signature');
    },
    get code(): never {
      return tooEarly('code');
    },
    get lock(): never {
      return tooEarly('lock');
    },
    get settings(): never {
      return tooEarly('settings');
    },
    get space(): never {
      return tooEarly('space');
    },
    get rescue(): never {
      return tooEarly('rescue');
    },
    get refusal(): never {
      return tooEarly('refusal');
    },
    get handover(): never {
      return tooEarly('handover');
    }
  };
}

function tooEarly(area: keyof Later): never {
  throw new Error(`The words of "${area}" are read before they are loaded: see Language.use.`);
}
