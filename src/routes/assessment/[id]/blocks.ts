// Cuts the visible criteria of a set into the cards of the list.
import type { CriteriaSet, Criterion, Part, Section } from '#lib/domain/criteria/set.ts';

/** One card: what stands above it, and its criteria. */
export interface Block {
  readonly key: string;
  /** Set on the first card of a part. */
  readonly part: Part | null;
  /** The section that begins here; null where it goes on, or where the criteria are sections themselves. */
  readonly section: Section | null;
  /** The middle level of sets 11 and 13 that begins here. */
  readonly parent: NonNullable<Criterion['parent']> | null;
  readonly criteria: readonly Criterion[];
}

/**
 * The cards in the order of the sheet. Sections that are their own criterion follow each other in one card: a heading
 * of their own would say the same words twice.
 * @param visible codes that the filter shows
 */
export function blocksOf(set: CriteriaSet, visible: ReadonlySet<string>): Block[] {
  const blocks: (Block & { criteria: Criterion[] })[] = [];
  for (const part of set.parts) {
    let isFirst = true;
    let before: Criterion | null = null;
    for (const section of part.sections) {
      let isNewSection = true;
      for (const criterion of section.criteria) {
        if (!visible.has(criterion.code)) continue;
        const last = blocks.at(-1);
        const goesOn = isNewSection
          ? before?.isSection === true && criterion.isSection === true
          : before?.parent?.code === criterion.parent?.code;
        if (last !== undefined && before !== null && goesOn) {
          last.criteria.push(criterion);
        } else {
          blocks.push({
            key: criterion.code,
            part: isFirst ? part : null,
            section: isNewSection && criterion.isSection !== true ? section : null,
            parent: criterion.parent ?? null,
            criteria: [criterion]
          });
        }
        isFirst = false;
        isNewSection = false;
        before = criterion;
      }
    }
  }
  return blocks;
}
