// What the roles of an account let it do on the record screens; the server has the last word.

/** Whether it registers producers and products, surveys and assesses. */
export const mayRegister = (roles: readonly string[]): boolean =>
  roles.some((role) => role === 'officer' || role === 'admin' || role === '_admin');

/** Whether submitted files come to it. */
export const mayReview = (roles: readonly string[]): boolean =>
  roles.some((role) => role === 'reviewer' || role === 'admin' || role === '_admin');
