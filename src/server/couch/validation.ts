// Runs the `validate_doc_update` functions of a database's design documents, apart from this process's own world.
import vm from 'node:vm';
import { CouchError } from './couch-error.ts';
import { isObject, type JsonObject } from './json.ts';
import type { Security, Who } from './security.ts';

/** An update as the functions see it. */
export interface Update {
  readonly newDoc: JsonObject;
  readonly oldDoc: JsonObject | null;
}

/** Room for a batch: a second, and a little for each document. CouchDB gives its query server five seconds. */
const timeoutMs = (updates: number): number => 1000 + 20 * updates;

/** What CouchDB's query server offers to a function, and the loop that judges a batch in one call. */
const PRELUDE = `
  function isArray(value) { return Array.isArray(value); }
  function toJSON(value) { return JSON.stringify(value); }
  function log() {}
  function judge(rules, batch) {
    return JSON.stringify(batch.updates.map(function (update) {
      try {
        rules.forEach(function (rule) { rule(update.newDoc, update.oldDoc, batch.userCtx, batch.security); });
        return null;
      } catch (thrown) {
        if (thrown && thrown.forbidden !== undefined) return { status: 403, error: 'forbidden', reason: String(thrown.forbidden) };
        if (thrown && thrown.unauthorized !== undefined) return { status: 401, error: 'unauthorized', reason: String(thrown.unauthorized) };
        return { status: 500, error: 'unknown_error', reason: String(thrown) };
      }
    }));
  }
`;

/** The validation functions of one database, compiled. */
export class Validation {
  readonly #context = vm.createContext(Object.create(null));
  readonly isEmpty: boolean;

  /**
   * @param sources the functions' source texts
   * @throws 400 `compilation_error` for one that is no function
   */
  constructor(sources: readonly string[]) {
    this.isEmpty = sources.length === 0;
    vm.runInContext(PRELUDE, this.#context);
    vm.runInContext('var rules = [];', this.#context);
    for (const source of sources) {
      try {
        const expression = source.trim().replace(/;+$/, '');
        vm.runInContext(`rules.push((${expression}\n));`, this.#context, { timeout: 1000 });
        vm.runInContext(
          'if (typeof rules[rules.length - 1] !== "function") throw new Error("not a function");',
          this.#context
        );
      } catch (thrown) {
        throw new CouchError(
          400,
          'compilation_error',
          `Compilation of the validate_doc_update function failed: ${String(thrown)}`
        );
      }
    }
  }

  /**
   * Asks every function about every update.
   * @returns per update null (allowed) or the refusal
   * @throws 500 when a function does not come to an end
   */
  judge(updates: readonly Update[], who: Who, database: string, security: Security): (CouchError | null)[] {
    if (this.isEmpty || updates.length === 0) return updates.map(() => null);
    const userCtx = { db: database, name: who.name, roles: who.roles };
    // Only text crosses the border, so that a function can reach nothing of this process.
    const batch = JSON.stringify(JSON.stringify({ updates, userCtx, security }));
    let answer: unknown;
    try {
      answer = vm.runInContext(`judge(rules, JSON.parse(${batch}))`, this.#context, {
        timeout: timeoutMs(updates.length)
      });
    } catch (thrown) {
      throw new CouchError(500, 'os_process_error', `validate_doc_update: ${String(thrown)}`);
    }
    const verdicts: unknown = typeof answer === 'string' ? JSON.parse(answer) : [];
    return updates.map((_, index) => toRefusal(Array.isArray(verdicts) ? verdicts[index] : undefined));
  }
}

function toRefusal(verdict: unknown): CouchError | null {
  if (verdict === null) return null;
  const { status, error, reason } = isObject(verdict) ? verdict : {};
  return new CouchError(typeof status === 'number' ? status : 500, String(error), String(reason));
}
