// English sentences: place (communes and how they are chosen).
import type { place as source } from '../vi/place.ts';
import type { Translation } from '../locale.ts';

export const place: Translation<typeof source> = {
  commune: 'Commune',
  chooseCommune: 'Choose a commune',
  searchCommune: 'Search communes',
  type: { xa: 'Commune', phuong: 'Ward', dac_khu: 'Special zone' },
  formerBinhThuan: 'Former Bình Thuận',
  others: 'Elsewhere in the province',
  province: 'Lâm Đồng province',
  unknown: (p) => `Unknown commune (code ${p.code})`
};
