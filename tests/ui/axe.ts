// What axe finds wrong on a stage that has come to rest.
import axe from 'axe-core';

/** What is wrong by WCAG 2.2 AA and good practice, each with its rule and its element. */
export async function violations(): Promise<string[]> {
  await atRest();
  const { violations: found } = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  });
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

/** What fades in is half-transparent, and has no contrast to measure. */
async function atRest(): Promise<void> {
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
}
