// A criteria set of the decision as data: its shape.
import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));
const points = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100));
const bilingual = v.object({ vi: text, en: text });
/** Code of a criterion or section as the sheet numbers it: `3`, `5.2`, `6.1.3`. */
const code = v.pipe(v.string(), v.regex(/^\d+(\.\d+)*$/));

/** A rank that can carry minimums; 1 and 2 stars carry none (note under the sheets, annex II). */
export const MARKED_STARS = [3, 4, 5] as const;
export type MarkedStar = (typeof MARKED_STARS)[number];

const optionSchema = v.object({
  points,
  label: bilingual,
  /** This option, or one with more points, is the least that the rank demands at this criterion. */
  minimumForStar: v.optional(v.picklist(MARKED_STARS)),
  /** The alternative case that the option belongs to (set 26): one case per criterion at a time. */
  case: v.optional(v.object({ code: text, vi: text, en: text }))
});

/**
 * What else the sheet says at a criterion.
 * disqualify: the file is rejected · stop: nothing further is assessed · not_eligible: the product is not assessed ·
 * requirement, evidence: what must be so, what must be shown · choose_case: one of the cases below ·
 * depends: counts only where the criterion `on` has points.
 */
const ruleSchema = v.variant('type', [
  v.object({ type: v.literal('depends'), on: code, text: bilingual }),
  v.object({
    type: v.picklist(['disqualify', 'stop', 'not_eligible', 'requirement', 'evidence', 'choose_case']),
    text: bilingual
  })
]);

const criterionSchema = v.object({
  code,
  title: bilingual,
  max: points,
  /** The section itself is the criterion: its options stand directly under it. */
  isSection: v.optional(v.literal(true)),
  /** The middle level between section and criterion (sets 11 and 13). */
  parent: v.optional(v.object({ code, title: bilingual, max: points })),
  note: v.optional(bilingual),
  rules: v.optional(v.array(ruleSchema)),
  /** Whether the sheet prints an option of 0 points; where it does not, "no option reached" stands in its place. */
  zeroPrinted: v.boolean(),
  options: v.pipe(v.array(optionSchema), v.minLength(1))
});

const sectionSchema = v.object({
  code,
  title: bilingual,
  max: points,
  criteria: v.pipe(v.array(criterionSchema), v.minLength(1))
});

const partSchema = v.object({
  code: v.picklist(['A', 'B', 'C']),
  title: bilingual,
  max: points,
  sections: v.pipe(v.array(sectionSchema), v.minLength(1))
});

export const setSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  decision: text,
  annex: text,
  number: v.pipe(v.number(), v.integer(), v.minValue(1)),
  effectiveFrom: v.pipe(v.string(), v.isoDate()),
  line: v.object({ code: text, vi: text, en: text }),
  group: bilingual,
  name: bilingual,
  ministry: text,
  needsSamples: v.boolean(),
  /** Printed above the sheet: what rejects the whole file. */
  disqualifiers: v.array(bilingual),
  /** Where the printed sheet looks like a misprint; kept as printed, and said so at the criterion. */
  doubts: v.array(v.object({ criterion: code, vi: text, en: text })),
  parts: v.pipe(v.array(partSchema), v.length(3))
});

/** A text in both languages of the interface. */
export type Bilingual = Readonly<v.InferOutput<typeof bilingual>>;
export type CriteriaSet = v.InferOutput<typeof setSchema>;
export type Part = v.InferOutput<typeof partSchema>;
export type Section = v.InferOutput<typeof sectionSchema>;
export type Criterion = v.InferOutput<typeof criterionSchema>;
export type CriterionOption = v.InferOutput<typeof optionSchema>;
export type CriterionRule = v.InferOutput<typeof ruleSchema>;

/** All criteria of a set in the order of the sheet. */
export function criteriaOf(set: CriteriaSet): readonly Criterion[] {
  const known = flattened.get(set);
  if (known !== undefined) return known;
  const criteria = set.parts.flatMap((part) => part.sections.flatMap((section) => section.criteria));
  flattened.set(set, criteria);
  return criteria;
}

/** A set never changes, and scoring asks for its criteria at every tap. */
const flattened = new WeakMap<CriteriaSet, readonly Criterion[]>();
