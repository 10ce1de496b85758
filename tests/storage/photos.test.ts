// The suite of `photos.suite.ts` in node, on an IndexedDB in memory.
import 'fake-indexeddb/auto';
import './photos.suite.ts';
