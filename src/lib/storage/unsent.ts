// Which documents have an edit that has not arrived: the outbox but for what only lies in it because a server lost it.
import type { Database } from './database.ts';
import type { OutboxRow } from './row.ts';

const UNSENT: readonly OutboxRow['state'][] = ['waiting', 'refused', 'conflict'];

/** Whether the row holds somebody's unsent work. */
export const isUnsent = ({ state }: OutboxRow): boolean => UNSENT.includes(state);

/** Ids of all documents with an edit that has not arrived, whatever keeps it. */
export const unsentIds = ({ outbox }: Database): Promise<string[]> => outbox.where('state').anyOf(UNSENT).primaryKeys();
