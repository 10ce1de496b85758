// The 124 communes of Lâm Đồng (code 68) since 1 July 2025, decision 19/2025/QĐ-TTg.
import communes from './communes.json' with { type: 'json' };

/** A commune-level unit: xã, phường or đặc khu. */
export interface Commune {
  /** Five digits; means something only with its date, for old codes were reused. */
  readonly code: string;
  readonly name: string;
  readonly type: 'xa' | 'phuong' | 'dac_khu';
  /** Whether it lies in the area of the former province Bình Thuận. */
  readonly binhThuan?: boolean;
}

/** All communes, the 45 of the former Bình Thuận first. */
export const COMMUNES: readonly Commune[] = communes as Commune[];

export const COMMUNE_CODES: readonly string[] = COMMUNES.map(({ code }) => code);

const byCode = new Map(COMMUNES.map((commune) => [commune.code, commune]));

/** A commune by its code, or undefined when the list does not know it. */
export const communeByCode = (code: string): Commune | undefined => byCode.get(code);
