// Where a tap on a place would meet it.
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { type Browser, PATIENCE_MS, type Place } from './browser.ts';

const point = v.nullable(v.object({ x: v.number(), y: v.number() }));
/** In pixels of the viewport; null: a tap would not meet it now. */
type Point = v.InferOutput<typeof point>;

/** How long a place has to lie still: lists grow and shrink, sheets slide in. */
const STILL_MS = 100;

/** Brings a place into sight, and waits until it lies still with nothing above it. */
export async function aim(browser: Pick<Browser, 'evaluate'>, { words, xpath }: Place): Promise<NonNullable<Point>> {
  const deadline = Date.now() + PATIENCE_MS;
  let last: Point = null;
  for (;;) {
    const found = v.parse(point, await browser.evaluate(middleOf, xpath));
    if (found !== null && found.x === last?.x && found.y === last.y) return found;
    if (Date.now() > deadline) throw new Error(`${words} cannot be tapped.`);
    last = found;
    await sleep(STILL_MS);
  }
}

/** Runs in the page. */
function middleOf(xpath: string): Point {
  const { singleNodeValue } = document.evaluate(xpath, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE);
  if (!(singleNodeValue instanceof HTMLElement)) return null;
  singleNodeValue.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { x, y, width, height } = singleNodeValue.getBoundingClientRect();
  const middle = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
  return singleNodeValue.contains(document.elementFromPoint(middle.x, middle.y)) ? middle : null;
}
