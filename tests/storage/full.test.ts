// The suite of `full.suite.ts` in node, on an IndexedDB in memory.
import 'fake-indexeddb/auto';
import './full.suite.ts';
