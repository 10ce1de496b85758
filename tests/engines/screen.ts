// Where the words of the screen are, and what stands there.
import * as v from 'valibot';
import type { Browser, Place } from './browser.ts';

/** A button or a link that acts like one, by the beginning of its words or by its name. */
export const button = (words: string): Place => ({
  words: `the button "${words}"`,
  xpath: `//*[self::button or self::a][starts-with(normalize-space(.), ${quoted(words)}) or @aria-label = ${quoted(words)}]`
});

/** A field by the beginning of its label. */
export const field = (label: string): Place => ({
  words: `the field "${label}"`,
  xpath: `//*[@id = //label[starts-with(normalize-space(.), ${quoted(label)})]/@for]`
});

/** A choice of a question. */
export const option = (question: string, words: string): Place => ({
  words: `"${words}" of "${question}"`,
  xpath: `//fieldset[legend[starts-with(normalize-space(.), ${quoted(question)})]]//label[normalize-space(.) = ${quoted(words)}]`
});

/** The file field under a tile with these words. */
export const fileField = (words: string): Place => ({
  words: `the files of "${words}"`,
  xpath: `//label[starts-with(normalize-space(.), ${quoted(words)})]/input[@type = "file"]`
});

/** A section in the list of a survey's sections: "4. Nguyên liệu". */
export const section = (title: string): Place => ({
  words: `the section "${title}"`,
  xpath: `//nav//button[contains(normalize-space(.), ${quoted(`. ${title}`)})]`
});

export const sheet: Place = { words: 'the open sheet', xpath: '//dialog' };

/** The box that a list is searched with, in an open sheet. */
export const searchBox: Place = { words: 'the search of the sheet', xpath: '//dialog//*[@role = "combobox"]' };

/** What was found with it first. */
export const firstFound: Place = { words: 'the first that was found', xpath: '(//dialog//*[@role = "option"])[1]' };

export const heading = (title: string): Place => ({
  words: `the heading "${title}"`,
  xpath: `//h1[normalize-space(.) = ${quoted(title)}]`
});

export const screen: Place = { words: 'the screen', xpath: '//main' };

/** What stands at a place: the value of a field, the words in sight elsewhere; null when the place is not in sight. */
export async function textAt(browser: Browser, { xpath }: Place): Promise<string | null> {
  const text = await browser.evaluate((path) => {
    const found = document.evaluate(path, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
    for (let at = 0; at < found.snapshotLength; at++) {
      const node = found.snapshotItem(at);
      if (!(node instanceof HTMLElement) || !node.checkVisibility()) continue;
      return node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement ? node.value : node.innerText;
    }
    return null;
  }, xpath);
  return v.parse(v.nullable(v.string()), text);
}

/** XPath has no escapes. */
function quoted(text: string): string {
  if (text.includes('"')) throw new Error(`No place can be named ${text}`);
  return `"${text}"`;
}
