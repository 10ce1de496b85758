// The suite of `photos.suite.ts` in a real browser, on its own IndexedDB.
import './photos.suite.ts';
