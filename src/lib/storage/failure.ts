// What a thrown error means for the storage: Dexie hides the browser's own reason inside its errors.

/** The names of an error and of the errors inside it: Dexie hides a full disk inside an `AbortError`. */
export function namesOf(thrown: unknown): string[] {
  const names: string[] = [];
  let error = thrown;
  for (let depth = 0; error instanceof Error && depth < 5; depth++) {
    names.push(error.name);
    error = 'inner' in error ? error.inner : undefined;
  }
  return names;
}

/** The browser gives no more room. */
export const isFull = (thrown: unknown): boolean => namesOf(thrown).includes('QuotaExceededError');
