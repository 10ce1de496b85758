// The suite of `full.suite.ts` once more in node, with everything sealed.
import 'fake-indexeddb/auto';
import './locked.ts';
import './full.suite.ts';
