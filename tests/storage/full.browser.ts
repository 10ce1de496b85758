// The suite of `full.suite.ts` in a real browser, on its own IndexedDB.
import './full.suite.ts';
