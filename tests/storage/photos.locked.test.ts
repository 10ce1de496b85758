// The suite of `photos.suite.ts` once more in node, with everything sealed.
import 'fake-indexeddb/auto';
import './locked.ts';
import './photos.suite.ts';
