// What this browser tells of its connection (Network Information), on a page and in workers.
import type { Connection } from '#lib/domain/photo/road.ts';

/** Chromium's `NetworkInformation`, which TypeScript does not know: Safari and Firefox have none. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
  readonly saveData?: boolean;
}

/** The connection as far as it is told. */
export function connection(): Connection {
  const told = information();
  return { type: told?.type, isSaving: told?.saveData === true };
}

/** Calls back when the connection has changed. @returns the way to stop it */
export function watchConnection(onChange: () => void): () => void {
  const told = information();
  told?.addEventListener('change', onChange);
  return () => told?.removeEventListener('change', onChange);
}

const information = (): NetworkInformation | undefined =>
  'connection' in navigator && navigator.connection instanceof EventTarget ? navigator.connection : undefined;
