// Who holds a survey or a self-assessment, and who may hand it on.

/** draft and returned: the officer's; submitted: the reviewer's; accepted: nobody's any more. */
export const STATUSES = ['draft', 'submitted', 'returned', 'accepted'] as const;
export type Status = (typeof STATUSES)[number];

export const ROLES = ['officer', 'reviewer', 'council', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Legal transitions. The same table feeds the screen, the domain and the server's validate_doc_update.
 * from → to: the roles that may do it
 */
export const TRANSITIONS: Readonly<Record<Status, Partial<Record<Status, readonly Role[]>>>> = {
  draft: { submitted: ['officer', 'admin'] },
  submitted: { returned: ['reviewer', 'admin'], accepted: ['reviewer', 'admin'] },
  returned: { submitted: ['officer', 'admin'] },
  accepted: {}
};

/** Who may change the contents of a document that stays in this status. */
export const EDITORS: Readonly<Record<Status, readonly Role[]>> = {
  draft: ['officer', 'admin'],
  submitted: ['reviewer', 'admin'],
  returned: ['officer', 'admin'],
  accepted: []
};

/** Whether someone with these roles may move a document from one status to another. */
export function canMove(from: Status, to: Status, roles: readonly string[]): boolean {
  return (TRANSITIONS[from][to] ?? []).some((role) => roles.includes(role));
}

/** Whether someone with these roles may edit a document in this status. */
export function canEdit(status: Status, roles: readonly string[]): boolean {
  return EDITORS[status].some((role) => roles.includes(role));
}
