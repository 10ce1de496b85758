// The app's own rules for a server in memory: who may write what, by the validation function that offices install.
import { validateAuthority, validateClosing } from '#server/design/validate-authority.js';
import type { MemoryServer } from './memory-server.ts';

export const officeRules: MemoryServer['validate'] = (doc, old, asker, db) => {
  try {
    if (doc['_deleted'] === true) validateClosing(doc, old);
    validateAuthority(doc, old, { db, ...asker });
    return null;
  } catch (thrown) {
    if (typeof thrown === 'object' && thrown !== null && 'forbidden' in thrown) return String(thrown.forbidden);
    throw thrown;
  }
};
