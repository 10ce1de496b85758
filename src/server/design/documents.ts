// The design documents of our databases: validation functions, put together from their source files.
import { readFile } from 'node:fs/promises';
import { CONSTANTS } from './constants.ts';

export const DESIGN_ID = '_design/ocop';

/** A design document as it is stored. */
export interface DesignDocument {
  readonly _id: string;
  readonly language: 'javascript';
  readonly validate_doc_update: string;
}

/** The design document of a commune's database. */
export async function communeDesign(): Promise<DesignDocument> {
  return design(`function (newDoc, oldDoc, userCtx) {
var CONSTANTS = ${JSON.stringify(CONSTANTS)};
${await functionsOf('validate-structure.js')}
${await functionsOf('validate-authority.js')}
var isAdmin = userCtx.roles.indexOf('_admin') >= 0;
var old = oldDoc && !oldDoc._deleted ? oldDoc : null;
if (newDoc._deleted) {
  if (isAdmin) return;
  validateClosing(newDoc, old);
}
validateStructure(newDoc);
validateAuthority(newDoc, old, userCtx);
}`);
}

/** The design document of the reference database: everyone's to read, administrators' to write. */
export function referenceDesign(): DesignDocument {
  return design(`function (newDoc, oldDoc, userCtx) {
var isAdmin = userCtx.roles.indexOf('_admin') >= 0 || userCtx.roles.indexOf('admin') >= 0;
if (!isAdmin) throw { forbidden: 'role: reference' };
}`);
}

const design = (source: string): DesignDocument => ({
  _id: DESIGN_ID,
  language: 'javascript',
  validate_doc_update: source
});

/**
 * The functions of a module as plain text. Read from the file and not by `toString()`, because every tool that runs
 * TypeScript rewrites functions in its own way, and provisioning compares the text with what the server has.
 */
async function functionsOf(module: string): Promise<string> {
  const text = await readFile(new URL(module, import.meta.url), 'utf8');
  return text
    .replace(/^import [\s\S]*?;$/gm, '')
    .replace(/^export /gm, '')
    .replace(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    .replace(/\n\s*\n+/g, '\n')
    .trim();
}
