// Opens the survey of a product: the officer's own open one, else a new one.
import type { Session } from '#lib/app/context.ts';
import { openSurveyOf } from '#lib/app/records/openSurvey.ts';
import { startSurvey } from '#lib/app/records/startSurvey.ts';

/** The address of the survey to fill in, or null when none could be made. */
export async function beginSurvey({ store, account }: Session, productId: string): Promise<string | null> {
  const open = await openSurveyOf(store, productId);
  if (open !== undefined) return `/survey/${open._id}`;
  const product = await store.get('product', productId);
  if (product === undefined) return null;
  const made = await startSurvey(store, product.doc, account, new Date().toISOString());
  return made.ok ? `/survey/${made.value._id}` : null;
}
