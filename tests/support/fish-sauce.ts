// The countable sample assessment (set 9, fish sauce): A 28, B 16, C 27 = 71; by points 4★, by minimums 3★.
import type { Answers } from '#lib/domain/scoring/score.ts';

/** The set that the sample is scored with. */
export const FISH_SAUCE_SET = { id: 'qd26-09', version: 1 } as const;

/** Points per criterion; null: looked at, no option reached; 3.4 and 11 are not looked at. */
export const FISH_SAUCE_POINTS: Readonly<Record<string, number | null>> = {
  '1.1': 5,
  '1.2': 3,
  '1.3': 2,
  '1.4': 1,
  '1.5': 1,
  '1.6': 1,
  '2.1': 3,
  '2.2': 2,
  '2.3': 2,
  '2.4': null,
  '3.1': 3,
  '3.2': 1,
  '3.3': 3,
  '3.5': 1,
  '4.1': 3,
  '4.2': 2,
  '4.3': 3,
  '5.1': 3,
  '5.2': 2,
  '5.3': 3,
  '6.1': 2,
  '6.2': 3,
  '6.3': 3,
  '6.4': 3,
  '6.5': 4,
  '7': 3,
  '8': 4,
  '9': 3,
  '10': 2
};

/** The printed points of every option of set 9, in the order of the sheet: what an option's index stands for. */
const OPTION_POINTS: Readonly<Record<string, readonly number[]>> = {
  '1.1': [1, 3, 5],
  '1.2': [1, 2, 3],
  '1.3': [1, 2, 3],
  '1.4': [0, 1, 2, 3],
  '1.5': [1, 2, 3],
  '1.6': [0, 1],
  '2.1': [0, 1, 2, 3],
  '2.2': [0, 1, 2, 3],
  '2.3': [1, 2, 3],
  '2.4': [1],
  '3.1': [1, 2, 3],
  '3.2': [0, 1],
  '3.3': [1, 2, 3],
  '3.5': [1, 2, 3],
  '4.1': [1, 2, 3, 5],
  '4.2': [0, 1, 2, 3],
  '4.3': [0, 1, 2, 3, 5],
  '5.1': [0, 1, 2, 3, 5],
  '5.2': [0, 1, 2],
  '5.3': [0, 1, 3, 5],
  '6.1': [0, 1, 2],
  '6.2': [0, 1, 2, 3],
  '6.3': [0, 1, 2, 3],
  '6.4': [0, 1, 2, 3],
  '6.5': [0, 1, 2, 4],
  '7': [0, 1, 3, 5],
  '8': [2, 4, 5],
  '9': [1, 3, 5],
  '10': [1, 2]
};

/** The sample's choices as the document keeps them; a new object every time. */
export function fishSauceChoices(): Answers['choiceByCriterion'] {
  return Object.fromEntries(
    Object.entries(FISH_SAUCE_POINTS).map(([code, points]) => {
      if (points === null) return [code, { option: null }];
      const option = OPTION_POINTS[code]?.indexOf(points) ?? -1;
      if (option < 0) throw new Error(`No option of ${String(points)} points at ${code}`);
      return [code, { option }];
    })
  );
}
