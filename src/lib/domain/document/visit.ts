// When the producer was visited for a survey.
import type { Survey } from './document.ts';

/** The form's question for the day of the visit. */
const VISITED_ON = 'visited_on';

/** The day of a survey's visit, `yyyy-mm-dd`: as its form says, else the day on which it was begun. */
export function visitOf({ answers, createdAt }: Pick<Survey, 'answers' | 'createdAt'>): string {
  const said = answers[VISITED_ON];
  return typeof said === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(said) ? said : createdAt.slice(0, 10);
}
