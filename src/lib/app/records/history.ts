// Who did what to a product and its papers, and when: read from what every document tells of itself.
import type { Conflict, Document, Person } from '#lib/domain/document/document.ts';
import type { Status } from '#lib/domain/document/status.ts';
import type { Sending } from '#lib/domain/sending.ts';

/** What has a history that people are shown. */
type Told = Exclude<Document, Person | Conflict>;

export interface HistoryEvent {
  /** Unique in a history. */
  readonly key: string;
  readonly what: 'created' | 'updated' | Status;
  readonly documentId: string;
  readonly kind: Told['kind'];
  readonly at: string;
  readonly by: string;
  /** Where the bytes are, at a document's newest event only: older ones are in it. */
  readonly sending: Sending | null;
}

/** The events of some documents, the newest first. */
export function historyOf(stored: readonly { readonly doc: Told; readonly sending: Sending }[]): HistoryEvent[] {
  return stored.flatMap(eventsOf).sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1));
}

function eventsOf({ doc, sending }: { readonly doc: Told; readonly sending: Sending }): HistoryEvent[] {
  const event = (what: HistoryEvent['what'], at: string, by: string): HistoryEvent => ({
    key: `${doc._id}/${what}/${at}`,
    what,
    documentId: doc._id,
    kind: doc.kind,
    at,
    by,
    sending: null
  });
  const events = [event('created', doc.createdAt, doc.createdBy)];
  if (doc.kind === 'survey' || doc.kind === 'assessment') {
    // The step into the draft is the making itself.
    const steps = doc.trail[0]?.status === 'draft' ? doc.trail.slice(1) : doc.trail;
    events.push(...steps.map(({ status, at, by }) => event(status, at, by)));
  }
  // A step or the creation is itself the last save; only a later one is an edit.
  const isTold = events.some(({ at }) => at >= doc.updatedAt);
  if (!isTold) events.push(event('updated', doc.updatedAt, doc.updatedBy));
  const newest = events.reduce((a, b) => (b.at >= a.at ? b : a));
  return events.map((one) => (one === newest ? { ...one, sending } : one));
}
