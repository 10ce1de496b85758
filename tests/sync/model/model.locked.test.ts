// The model once more on phones whose accounts have a lock: everything lies sealed, whatever dies.
import 'fake-indexeddb/auto';
import '../../storage/locked.ts';
import './model.test.ts';
