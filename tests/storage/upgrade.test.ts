// The suite of `upgrade.suite.ts` in node, on an IndexedDB in memory.
import 'fake-indexeddb/auto';
import './upgrade.suite.ts';
