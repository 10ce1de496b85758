// `/config.json`: what one build must learn at run time, so that it serves every province.

/** An account that the sign-in screen of a demonstration offers. */
export interface DemoAccount {
  readonly name: string;
  readonly password: string;
  /** What the sign-in screen writes on the account: who it is and where. */
  readonly title: string;
  readonly displayName: string;
  readonly role: string;
}

export interface AppConfig {
  /** Where the CouchDB is, seen from the app. */
  readonly couch: string;
  /** What the sign-in screen calls the province, and its code in decision 19/2025/QĐ-TTg. */
  readonly province: string;
  readonly provinceCode: string;
  /** Only where the data are fictional and nothing is to be protected. */
  readonly demo?: readonly DemoAccount[];
}

export const PROVINCE = { code: '68', name: 'Lâm Đồng' } as const;
export const COUCH_PATH = '/couch';
