// The door through which every criteria set comes in.
import * as v from 'valibot';
import { type Result, err, ok } from '../result.ts';
import { type SetProblem, problemsOf } from './problems.ts';
import { type CriteriaSet, setSchema } from './set.ts';

/** A set that may not come in: where its shape is wrong, or what does not add up. */
export type InvalidSet = {
  readonly kind: 'invalidSet';
  /** Dotted paths into the data, at most ten. */
  readonly misshapen: readonly string[];
  readonly problems: readonly SetProblem[];
};

/**
 * Reads a criteria set from untrusted data.
 * @returns the set, or everything that is wrong with it: its shape, else its sums and references
 */
export function parseSet(data: unknown): Result<CriteriaSet, InvalidSet> {
  const parsed = v.safeParse(setSchema, data);
  if (!parsed.success) {
    const misshapen = parsed.issues.slice(0, 10).map((issue) => v.getDotPath(issue) ?? '');
    return err({ kind: 'invalidSet', misshapen, problems: [] });
  }
  const problems = problemsOf(parsed.output);
  return problems.length > 0 ? err({ kind: 'invalidSet', misshapen: [], problems }) : ok(parsed.output);
}
