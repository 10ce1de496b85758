// The laws of sync once more on devices whose accounts have a lock: everything lies sealed.
import 'fake-indexeddb/auto';
import '../../storage/locked.ts';
import './laws.test.ts';
