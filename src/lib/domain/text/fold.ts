// Accent-insensitive text for search: "Nước mắm" and "nuoc mam" become the same.

/**
 * Folds Vietnamese text: NFD without marks, d for đ, lower case, single spaces.
 * @param text any text, NFC or NFD
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}
