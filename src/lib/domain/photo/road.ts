// Over which connections photos may go: they are large, and on many phones every megabyte is paid for.

/** What a browser tells of its connection; most tell only a part, and some nothing. */
export interface Connection {
  /** `wifi`, `cellular`, `ethernet` …; undefined: the browser does not tell. */
  readonly type: string | undefined;
  /** The person has asked the phone to save data. */
  readonly isSaving: boolean;
}

/**
 * | road      | photos                                                                              |
 * |-----------|-------------------------------------------------------------------------------------|
 * | `open`    | go                                                                                  |
 * | `wifi`    | wait: only Wi-Fi is wished for, and this is something else                          |
 * | `unknown` | wait: only Wi-Fi is wished for, and the browser does not tell what this is          |
 * | `saving`  | wait: the phone saves data, and this is not known to be Wi-Fi                       |
 */
export type Road = 'open' | 'wifi' | 'unknown' | 'saving';

const UNMETERED = ['wifi', 'ethernet'];

/** @param isWifiOnly the wish "only over Wi-Fi" */
export function roadFor({ type, isSaving }: Connection, isWifiOnly: boolean): Road {
  if (type !== undefined && UNMETERED.includes(type)) return 'open';
  if (isSaving) return 'saving';
  if (!isWifiOnly) return 'open';
  return type === undefined || type === 'unknown' ? 'unknown' : 'wifi';
}
