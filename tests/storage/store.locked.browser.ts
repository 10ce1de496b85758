// The suite of `store.suite.ts` once more in a real browser, with everything sealed.
import './locked.ts';
import './store.suite.ts';
