// The suite of `sealing.suite.ts` in node, on an IndexedDB in memory.
import 'fake-indexeddb/auto';
import './sealing.suite.ts';
