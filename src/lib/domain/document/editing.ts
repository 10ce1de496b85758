// Who may change a document as it stands: what the server's validation function lets him do, asked before he tries.
import type { AnyDocument } from '../merge/rival.ts';
import type { Account } from '../scope.ts';
import type { Document } from './document.ts';
import { canEdit } from './status.ts';

const has = ({ roles }: Account, ...wanted: readonly string[]): boolean =>
  roles.includes('_admin') || wanted.some((role) => roles.includes(role));

/**
 * | kind               | may be changed by                                                        |
 * |--------------------|--------------------------------------------------------------------------|
 * | producer, product, paper | every officer of the commune                                       |
 * | survey, assessment | its maker, while it is a draft or returned; nobody else, and not later    |
 * | review             | its maker                                                                |
 * | photo              | its maker, an officer: its caption, and whether it is deleted            |
 * | anything else      | nobody                                                                   |
 *
 * Administrators may what its maker may.
 */
export function mayEdit(doc: Document, account: Account): boolean {
  const isOwn = doc.createdBy === account.name || has(account, 'admin');
  switch (doc.kind) {
    case 'producer':
    case 'product':
    case 'paper':
      return has(account, 'officer', 'admin');
    case 'survey':
    case 'assessment':
      return isOwn && (doc.status === 'draft' || doc.status === 'returned') && canEdit(doc.status, account.roles);
    case 'review':
      return isOwn && has(account, 'reviewer', 'admin');
    case 'photo':
      return isOwn && has(account, 'officer', 'admin');
    case 'conflict':
    case 'person':
      return false;
  }
}

/**
 * Whether somebody may decide a conflict: who may change the document, and whoever made the edit that waits, for it is
 * the maker's to let go.
 * @param current the document as it stands; null when it is deleted, or cannot be read
 * @param mine the edit that waits
 */
export const mayDecide = (current: Document | null, mine: Document, account: Account): boolean =>
  mine.updatedBy === account.name || (current !== null && mayEdit(current, account));

/** What every officer of a commune keeps up to date, whoever made it. */
const SHARED: ReadonlySet<unknown> = new Set(['producer', 'product', 'paper']);

/**
 * How an account brings back a version that a server has lost: the server asks that whoever sends an edit has made it, and
 * takes a document that it does not know from its maker only.
 *
 * | made by   | last written by | it goes                                                                     |
 * |-----------|-----------------|-----------------------------------------------------------------------------|
 * | anybody   | this account    | `asItIs`                                                                    |
 * | anybody   | it does not say | `asItIs`: a newer app's, of which nobody else knows more                     |
 * | this one  | a colleague     | `anew`, as an edit of this account's, where every officer may write the kind |
 * | otherwise |                 | not from here: null                                                         |
 */
export function bringingBack({ kind, createdBy, updatedBy }: AnyDocument, account: string): 'asItIs' | 'anew' | null {
  if (updatedBy === account || typeof updatedBy !== 'string') return 'asItIs';
  return createdBy === account && SHARED.has(kind) ? 'anew' : null;
}
