// A survey form as data: XLSForm's columns as a tree, parsed by a schema.
import * as v from 'valibot';

/** Question types of XLSForm that this app knows. */
export const QUESTION_TYPES = [
  'text',
  'integer',
  'decimal',
  'date',
  'select_one',
  'select_multiple',
  'note',
  'calculate',
  'geopoint',
  'image',
  'signature',
  'barcode'
] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

/** How a question looks, and by which real-world format a text is checked (a soft warning). */
export const APPEARANCES = [
  'multiline',
  'search',
  'money',
  'signed',
  'year',
  'phone',
  'email',
  'url',
  'tax_code',
  'registration'
] as const;
export type Appearance = (typeof APPEARANCES)[number];

const name = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_]*$/), v.maxLength(60));
const expression = v.pipe(v.string(), v.minLength(1));
const bilingualSchema = v.strictObject({
  vi: v.pipe(v.string(), v.minLength(1)),
  en: v.pipe(v.string(), v.minLength(1))
});

/** A text in both languages; `${name}` in it stands for the answer of a question. */
export type Bilingual = v.InferOutput<typeof bilingualSchema>;

const shared = { name, relevant: v.optional(expression), hint: v.optional(bilingualSchema) };

const questionSchema = v.strictObject({
  ...shared,
  type: v.picklist(QUESTION_TYPES),
  /** A `calculate` without a label is not shown. */
  label: v.optional(bilingualSchema),
  required: v.optional(v.union([v.boolean(), expression])),
  required_message: v.optional(bilingualSchema),
  /** Must be true of an answer that is given. */
  constraint: v.optional(expression),
  constraint_message: v.optional(bilingualSchema),
  /** Ours, not XLSForm's: where it is true the person is asked, and may keep the answer with a reason. */
  warning: v.optional(expression),
  warning_message: v.optional(bilingualSchema),
  calculation: v.optional(expression),
  /** Name of the list of choices. */
  choices: v.optional(name),
  choice_filter: v.optional(expression),
  /** Adds the choice `other` and the text question `<name>_other`, as XLSForm's `or_other` does. */
  or_other: v.optional(v.literal(true)),
  appearance: v.optional(v.picklist(APPEARANCES)),
  unit: v.optional(bilingualSchema),
  /** `last`, `lastOfProducer`, or a path into producer, product or account: `producer.representative.name`. */
  prefill: v.optional(v.pipe(v.string(), v.regex(/^(last|lastOfProducer|(producer|product|account)(\.[A-Za-z]+)+)$/)))
});

export type QuestionData = v.InferOutput<typeof questionSchema>;

export interface GroupData {
  type: 'group';
  name: string;
  label?: Bilingual | undefined;
  hint?: Bilingual | undefined;
  relevant?: string | undefined;
  children: ItemData[];
}

export interface RepeatData {
  type: 'repeat';
  name: string;
  label: Bilingual;
  hint?: Bilingual | undefined;
  relevant?: string | undefined;
  /** At least one row. */
  required?: boolean | undefined;
  required_message?: Bilingual | undefined;
  /** The words of the button that adds a row. */
  add_label: Bilingual;
  /** The question whose answer heads a closed row. */
  title: string;
  /** Questions whose answers stand under it. */
  summary?: string[] | undefined;
  prefill?: 'last' | 'lastOfProducer' | undefined;
  children: ItemData[];
}

export type ItemData = QuestionData | GroupData | RepeatData;

const groupSchema: v.GenericSchema<unknown, GroupData> = v.strictObject({
  ...shared,
  type: v.literal('group'),
  label: v.optional(bilingualSchema),
  children: v.array(v.lazy(() => itemSchema))
});

const repeatSchema: v.GenericSchema<unknown, RepeatData> = v.strictObject({
  ...shared,
  type: v.literal('repeat'),
  label: bilingualSchema,
  required: v.optional(v.boolean()),
  required_message: v.optional(bilingualSchema),
  add_label: bilingualSchema,
  title: name,
  summary: v.optional(v.array(name)),
  prefill: v.optional(v.picklist(['last', 'lastOfProducer'])),
  children: v.array(v.lazy(() => itemSchema))
});

/** Chosen by `type`, so that an issue names the place inside the item and not the whole union. */
const itemSchema: v.GenericSchema<unknown, ItemData> = v.lazy((input) => {
  const type = typeof input === 'object' && input !== null && 'type' in input ? input.type : undefined;
  if (type === 'group') return groupSchema;
  return type === 'repeat' ? repeatSchema : questionSchema;
});

const choiceSchema = v.objectWithRest(
  { name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/)), label: bilingualSchema },
  v.union([v.string(), v.number(), bilingualSchema])
);

export const formSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  title: bilingualSchema,
  /** The words of `or_other`: of the choice, and of the question what it is. */
  other: v.strictObject({ label: bilingualSchema, specify: bilingualSchema }),
  choices: v.record(name, v.array(choiceSchema)),
  /** The pages, in order. */
  sections: v.pipe(v.array(groupSchema), v.minLength(1))
});

export type ChoiceData = v.InferOutput<typeof choiceSchema>;
export type FormData = v.InferOutput<typeof formSchema>;
