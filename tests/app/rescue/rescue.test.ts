// The suite of `rescue.suite.ts` in node, on an IndexedDB in memory.
import 'fake-indexeddb/auto';
import './rescue.suite.ts';
