// Keeps ranges such as "50% – <75%" on one line when they are shown; the data stay as they were printed.

/**
 * The text with the spaces inside ranges and after comparison signs made no-break, and a word joiner after the dash
 * (UAX 14 lets a line break between a dash and a no-break space).
 * @param text any text; only ranges between numbers and `<`, `>`, `≤`, `≥` before a number are touched
 */
export function keepRanges(text: string): string {
  return text
    .replace(/([\d%])( ?)([–-])( ?)(?=[<>≤≥]? ?\d)/g, (_, left: string, before: string, dash: string, after: string) =>
      [left, before && NO_BREAK_SPACE, dash, WORD_JOINER, after && NO_BREAK_SPACE].join('')
    )
    .replace(/([<>≤≥]) (?=\d)/g, `$1${NO_BREAK_SPACE}`);
}

const NO_BREAK_SPACE = '\u00a0';
const WORD_JOINER = '\u2060';
