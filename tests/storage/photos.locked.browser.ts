// The suite of `photos.suite.ts` once more in a real browser, with everything sealed.
import './locked.ts';
import './photos.suite.ts';
