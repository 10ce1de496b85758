// The tabs of a product's page, as its address names them.

export const PRODUCT_TABS = ['assessments', 'surveys', 'evidence', 'history'] as const;
export type ProductTab = (typeof PRODUCT_TABS)[number];
