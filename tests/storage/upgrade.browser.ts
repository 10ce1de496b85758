// The suite of `upgrade.suite.ts` in a real browser, on its own IndexedDB.
import './upgrade.suite.ts';
