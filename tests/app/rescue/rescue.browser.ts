// The suite of `rescue.suite.ts` in a real browser, on its own IndexedDB.
import './rescue.suite.ts';
