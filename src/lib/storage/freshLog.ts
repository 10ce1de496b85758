// Makes Chromium begin a new log for IndexedDB, so that a record torn by a kill never costs everything that is stored.

/** Holds nothing, and only for a moment. */
const NAME = 'ocop-fresh-log';

/**
 * To be called when a page or a service worker starts, before it writes. Chromium appends to the log of the last start, also
 * behind a record that a kill has left half written; when it reads that log once more it finds it corrupt, and deletes all
 * databases of the app (LevelDB's issue 1287). To delete a database makes it compact its files, for which it begins a new
 * log; the old one, with what is torn, is gone some ten milliseconds later.
 * @returns when the browser was asked; never rejects: on a phone that is full the old log stays
 */
export async function beginFreshLog(): Promise<void> {
  if (!deletesWhatIsCorrupt()) return;
  const opened = await settled(indexedDB.open(NAME));
  opened?.close();
  await settled(indexedDB.deleteDatabase(NAME));
}

/** Only of Chromium: it tells the next opening that everything was lost. */
const deletesWhatIsCorrupt = (): boolean => 'dataLoss' in IDBVersionChangeEvent.prototype;

const settled = <T>(request: IDBRequest<T>): Promise<T | null> =>
  new Promise((resolve) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      resolve(null);
    };
  });
