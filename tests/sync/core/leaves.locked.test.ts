// Losing leaves once more on devices whose accounts have a lock.
import 'fake-indexeddb/auto';
import '../../storage/locked.ts';
import './leaves.test.ts';
