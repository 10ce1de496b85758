// The suite of `full.suite.ts` once more in a real browser, with everything sealed.
import './locked.ts';
import './full.suite.ts';
