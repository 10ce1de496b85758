// The interface's languages and the shape of their dictionaries.

export const LOCALES = ['vi', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** A text in both languages, as criteria sets and forms carry it. */
export type Bilingual = { readonly vi: string; readonly en: string };

/** A dictionary with the same keys and parameters as the source, other words. */
export type Translation<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : Translation<T[K]>;
};
