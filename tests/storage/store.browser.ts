// The suite of `store.suite.ts` in a real browser, on its own IndexedDB.
import './store.suite.ts';
