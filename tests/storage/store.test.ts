// The suite of `store.suite.ts` in node, on an IndexedDB in memory.
import 'fake-indexeddb/auto';
import './store.suite.ts';
