// Where the server is and which province this is: read at run time, so that one build serves every province.
import * as v from 'valibot';
import { Fact } from './device/fact.ts';

const configSchema = v.object({
  /** The CouchDB, absolute or from the root of the origin, without the slash at the end. */
  couch: v.pipe(
    v.string(),
    v.minLength(1),
    v.transform((url) => url.replace(/\/+$/, ''))
  ),
  /** What the province is called on the sign-in screen. */
  province: v.optional(v.string()),
  /** Logins of a demonstration server, offered to be tried. */
  demo: v.optional(v.array(v.object({ name: v.string(), password: v.string(), title: v.optional(v.string()) })))
});
export type Config = v.InferOutput<typeof configSchema>;

const configFact = new Fact<Config | null>('config', v.nullable(configSchema), null);

/** The configuration that this phone has seen last; null before the first start with a network. */
export const keptConfig = (): Promise<Config | null> => configFact.read();

/**
 * Asks the server for its configuration and keeps it.
 * @returns null when there is no network, or something else answers
 */
export async function fetchConfig(): Promise<Config | null> {
  try {
    const response = await fetch('/config.json', { cache: 'no-store', signal: AbortSignal.timeout(10_000) });
    const parsed = v.safeParse(configSchema, await response.json());
    return parsed.success ? await configFact.change(() => parsed.output) : null;
  } catch {
    return null;
  }
}
