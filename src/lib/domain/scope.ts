// What an account may see: from its CouchDB roles to communes and database names.

/** Reference data (criteria sets, forms, help) that every account reads. */
export const REFERENCE_DATABASE = 'ocop-reference';

/** What a document of the reference database carries as its commune: it belongs to none. No commune has this code. */
export const NO_COMMUNE = '00000';

/** The name of a commune's database. */
export const communeDatabase = (code: string): string => `ocop-${code}`;

/** An account as the app knows it, from `_session` and its `_users` document. */
export interface Account {
  /** The CouchDB user name; also names the local database. */
  readonly name: string;
  /** What people call the person; the user name where the server does not tell. */
  readonly displayName: string;
  /** All CouchDB roles: `officer`, `commune:22918`, `province`, … */
  readonly roles: readonly string[];
}

const COMMUNE_ROLE = /^commune:(\d{5})$/;

/**
 * The communes that roles name.
 * @param allCommunes every commune code of the province, for the role `province`
 */
export function communesOf(roles: readonly string[], allCommunes: readonly string[]): string[] {
  if (roles.includes('province') || roles.includes('_admin')) return [...allCommunes];
  return roles.flatMap((role) => COMMUNE_ROLE.exec(role)?.[1] ?? []);
}

/** The databases of an account: reference data first, then its communes. */
export const databasesOf = (roles: readonly string[], allCommunes: readonly string[]): string[] => [
  REFERENCE_DATABASE,
  ...communesOf(roles, allCommunes).map(communeDatabase)
];
