// Vite's plugin for the criteria sets: what several of the 26 say alike is built once, into a chunk that they share.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const FOLDER = new URL('./src/lib/domain/criteria/sets/', import.meta.url);
const SET = /\/sets\/([\w-]+)\.json$/;
/** Marks modules that lie in no file. */
const VIRTUAL = '\0criteria-sets/';
const SHARED = `${VIRTUAL}shared`;
/** Without the ending: nobody is to take it for JSON. */
const moduleOf = (set: string): string => `${VIRTUAL}of/${set}`;
/** Characters of JSON; to name a shorter value takes as many bytes as to say it. */
const WORTH_SHARING = 24;

/** The sets stay whole in the source, as the decision prints them; only what is built is folded. */
export function foldedCriteriaSets(): Plugin {
  const modules = new Map<string, string>();
  let isUsed = false;
  return {
    name: 'folded-criteria-sets',
    apply: 'build',
    enforce: 'pre',
    buildStart() {
      const files = readdirSync(FOLDER)
        .filter((file) => file.endsWith('.json'))
        .sort();
      for (const file of files) this.addWatchFile(fileURLToPath(new URL(file, FOLDER)));
      const folded = fold(files.map((file): unknown => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))));
      modules.set(SHARED, `export const shared = [];\n${folded.shared}`);
      for (const [at, file] of files.entries()) {
        const code = `import { shared } from '${SHARED}';\nexport default ${folded.wholes[at] ?? ''};`;
        modules.set(moduleOf(file.replace('.json', '')), code);
      }
    },
    resolveId(source) {
      if (source === SHARED) return SHARED;
      const [, name] = SET.exec(source) ?? [];
      return name === undefined ? null : moduleOf(name);
    },
    load(id) {
      const code = modules.get(id);
      isUsed ||= code !== undefined;
      return code;
    },
    buildEnd(failure) {
      // Whoever moves the sets learns of it here, and not from a bigger download.
      if (failure === undefined && !isUsed) this.error('No criteria set was folded: do they lie elsewhere?');
    }
  };
}

/**
 * Writes JSON values as JavaScript, each part that lies in more than one place once.
 * @returns statements that fill the array `shared`, and per value an expression that reads it. Parts are the same objects
 *   wherever they lie: for who only reads
 */
export function fold(values: readonly unknown[]): { readonly shared: string; readonly wholes: readonly string[] } {
  const places = new Map<string, number>();
  for (const value of values) countPlaces(value, places);
  const numbers = new Map<string, number>();
  const statements: string[] = [];
  const expression = (value: unknown): string => {
    const json = JSON.stringify(value);
    if (json.length < WORTH_SHARING || (places.get(json) ?? 0) < 2) return written(value, json, expression);
    let number = numbers.get(json);
    if (number === undefined) {
      // What lies in it comes first.
      const code = written(value, json, expression);
      number = statements.push(`shared.push(${code});`) - 1;
      numbers.set(json, number);
    }
    return `shared[${String(number)}]`;
  };
  const wholes = values.map(expression);
  return { shared: statements.join('\n'), wholes };
}

/** Counts in how many different things each part lies; what lies in a part is counted with its first place only. */
function countPlaces(value: unknown, places: Map<string, number>): void {
  const json = JSON.stringify(value);
  const before = places.get(json) ?? 0;
  places.set(json, before + 1);
  if (before > 0 || typeof value !== 'object' || value === null) return;
  for (const part of Object.values(value)) countPlaces(part, places);
}

function written(value: unknown, json: string, expression: (part: unknown) => string): string {
  if (Array.isArray(value)) return `[${value.map(expression).join(',')}]`;
  if (typeof value !== 'object' || value === null) return json;
  const fields = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}:${expression(part)}`);
  return `{${fields.join(',')}}`;
}
