// The suite of `sealing.suite.ts` in a real browser, on its own IndexedDB.
import './sealing.suite.ts';
