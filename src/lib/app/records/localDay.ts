// The calendar day that it is where the phone is.

/** The local day of an instant as `yyyy-mm-dd`. */
export function localDay(at: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
