// Fails a test during which the page complained on the console.
import { afterEach, beforeEach, expect, vi } from 'vitest';

/** To be called once at the top of a test file. */
export function failOnConsoleError(): void {
  const complaints: string[] = [];
  beforeEach(() => {
    complaints.length = 0;
    const note = (...words: unknown[]): void => void complaints.push(words.map(String).join(' '));
    vi.spyOn(console, 'error').mockImplementation(note);
    vi.spyOn(console, 'warn').mockImplementation(note);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    expect(complaints).toEqual([]);
  });
}
