// The suite of `store.suite.ts` once more in node, with everything sealed.
import 'fake-indexeddb/auto';
import './locked.ts';
import './store.suite.ts';
