// Which dossiers of a product an account goes on with, and which it only reads.
import { canEdit } from '#lib/domain/document/status.ts';
import type { Filed } from '#lib/domain/document/document.ts';
import type { Account } from '#lib/domain/scope.ts';
import type { Stored } from './product.ts';

/** The newest dossier that is the account's own to fill in: draft or returned. */
export const toGoOnWith = <D extends Filed>(dossiers: readonly Stored<D>[], account: Account): D | undefined =>
  dossiers.find(
    ({ doc }) =>
      (doc.status === 'draft' || doc.status === 'returned') &&
      doc.createdBy === account.name &&
      canEdit(doc.status, account.roles)
  )?.doc;
