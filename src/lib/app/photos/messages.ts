// What the page and the worker that prepares photos say to each other: parsed where it arrives.
import * as v from 'valibot';
import { preparedSchema, problemSchema } from './outcome.ts';

const request = v.number();

/** A file to be prepared; the worker is asked for one at a time. */
const toWorker = v.object({ type: v.literal('prepare'), request, file: v.instance(Blob) });
export type ToWorker = v.InferOutput<typeof toWorker>;

const fromWorker = v.variant('type', [
  v.object({ type: v.literal('prepared'), request, photo: preparedSchema }),
  v.object({ type: v.literal('refused'), request, problem: problemSchema })
]);
export type FromWorker = v.InferOutput<typeof fromWorker>;

/** Each gives undefined for a message that is none of ours. */
export const readToWorker = (message: unknown): ToWorker | undefined => output(toWorker, message);
export const readFromWorker = (message: unknown): FromWorker | undefined => output(fromWorker, message);

function output<T>(schema: v.GenericSchema<unknown, T>, message: unknown): T | undefined {
  const parsed = v.safeParse(schema, message);
  return parsed.success ? parsed.output : undefined;
}
