// Reads an unknown value as a document, telling apart what is wrong from what is merely newer than this build.
import * as v from 'valibot';
import { type Result, err, ok } from '../result.ts';
import { type Document, SCHEMA, documentSchema } from './document.ts';

/** Why a value is not a document of this build. `newer` and `unknownKind` are kept and passed on untouched (law 17). */
export type ParseError =
  | { readonly tag: 'newer'; readonly schema: number }
  | { readonly tag: 'unknownKind'; readonly kind: string }
  | { readonly tag: 'malformed'; readonly path: string; readonly message: string };

const KINDS: ReadonlySet<string> = new Set(documentSchema.options.map((option) => option.entries.kind.literal));

/**
 * Parses a document from the wire, a row or a file.
 * @param value anything
 * @returns the document with all its fields (unknown ones included), or why it is none
 */
export function parseDocument(value: unknown): Result<Document, ParseError> {
  if (typeof value !== 'object' || value === null) {
    return err({ tag: 'malformed', path: '', message: 'not an object' });
  }
  const { kind, schema } = value as { kind?: unknown; schema?: unknown };
  if (typeof schema === 'number' && schema > SCHEMA) return err({ tag: 'newer', schema });
  if (typeof kind !== 'string' || !KINDS.has(kind)) return err({ tag: 'unknownKind', kind: String(kind) });
  const parsed = v.safeParse(documentSchema, value, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  return err({ tag: 'malformed', path: v.getDotPath(issue) ?? '', message: issue.message });
}
