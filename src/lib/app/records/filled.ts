// Turns an empty text into an absent property, as documents keep it.

/** A property that is there only when the text says something. */
export function filled<K extends string>(key: K, text: string): Partial<Record<K, string>> {
  const trimmed = text.trim();
  const property: Partial<Record<K, string>> = {};
  if (trimmed !== '') property[key] = trimmed;
  return property;
}
