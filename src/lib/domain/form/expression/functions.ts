// The functions that expressions may call, with the number of arguments that each takes.

interface Signature {
  readonly least: number;
  readonly most: number;
  /** Takes a question of a repeat (or the repeat itself) and looks at all its rows. */
  readonly aggregate?: true;
}

const signatures = {
  not: { least: 1, most: 1 },
  true: { least: 0, most: 0 },
  false: { least: 0, most: 0 },
  selected: { least: 2, most: 2 },
  'count-selected': { least: 1, most: 1 },
  if: { least: 3, most: 3 },
  coalesce: { least: 2, most: 20 },
  sum: { least: 1, most: 1, aggregate: true },
  count: { least: 1, most: 1, aggregate: true },
  today: { least: 0, most: 0 },
  regex: { least: 2, most: 2 },
  'string-length': { least: 1, most: 1 },
  number: { least: 1, most: 1 },
  round: { least: 1, most: 2 },
  'format-date': { least: 2, most: 2 }
} as const satisfies Record<string, Signature>;

export type FunctionName = keyof typeof signatures;

export const FUNCTIONS: Readonly<Record<FunctionName, Signature>> = signatures;

/** Whether a name is one of the functions. */
export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(signatures, name);
