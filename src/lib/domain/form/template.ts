// Texts of a form with `${name}` in them, as XLSForm has them in labels and messages.

const PLACE = /\$\{\s*([A-Za-z]\w*)\s*\}/g;

/** The names that a text speaks of. */
export const namesIn = (text: string): string[] => [...text.matchAll(PLACE)].map((match) => match[1] ?? '');

/**
 * Puts answers into a text.
 * @param wordFor how the screen writes the answer of a question
 */
export const fillIn = (text: string, wordFor: (name: string) => string): string =>
  text.replace(PLACE, (_, name: string) => wordFor(name));
