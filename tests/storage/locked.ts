// Imported before a suite: it runs with a lock, and everything has to lie sealed after each of its tests.
import { lockSuites } from './vaults.ts';

lockSuites();
