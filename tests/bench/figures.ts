// The arithmetic and the table of the bench: medians, percentiles, ratios to a yardstick of the same run.

/** One measured figure. */
export interface Figure {
  /** What was measured, in the words of the goal. */
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'KB' | 'MB' | 'ratio' | 'points' | 'count';
  /** The same figure of the yardstick, measured in the same run. */
  readonly yardstick?: { readonly name: string; readonly value: number };
  /** The goal in words, and whether it is met. */
  readonly goal: string;
  readonly isMet: boolean;
  /** The single runs, in the order they were made. */
  readonly runs?: readonly number[];
}

/** Whether a goal of the form `≤` is met; of NaN it is not. */
export const atMost = (value: number, limit: number): boolean => value <= limit;

/** The middle of the values (the mean of the two middle ones when their count is even); NaN of none. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/**
 * A percentile by linear interpolation between the closest ranks.
 * @param share 0 … 1
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)];
  const high = sorted[Math.ceil(position)];
  if (low === undefined || high === undefined) return NaN;
  return low + (high - low) * (position - Math.floor(position));
}

/** The figures as a table for the terminal. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.isMet ? 'ok' : 'MISSED',
    figure.name,
    quantity(figure.value, figure.unit),
    figure.yardstick === undefined
      ? ''
      : `${(figure.value / figure.yardstick.value).toFixed(2)} × ${figure.yardstick.name} (${quantity(figure.yardstick.value, figure.unit)})`,
    figure.goal
  ]);
  const head = ['', 'figure', 'measured', 'against', 'goal'];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function quantity(value: number, unit: Figure['unit']): string {
  const digits = unit === 'count' || unit === 'points' ? 0 : value < 10 ? 2 : 1;
  return unit === 'ratio' || unit === 'count' || unit === 'points'
    ? value.toFixed(digits)
    : `${value.toFixed(digits)} ${unit}`;
}
