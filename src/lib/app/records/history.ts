// Who did what to a product and its papers, and when: read from what every document tells of itself, and of its conflicts.
import type { Conflict, Document, Kind, Person } from '#lib/domain/document/document.ts';
import { kindOfId } from '#lib/domain/document/id.ts';
import type { Status } from '#lib/domain/document/status.ts';
import type { Sending } from '#lib/domain/sending.ts';
import type { KeptVersion, Past } from '#lib/storage/recordedConflicts.ts';
import { conflictHref, keptHref } from './elsewhere.ts';

/** What has a history that people are shown. */
type Told = Exclude<Document, Person | Conflict>;

export interface HistoryEvent {
  /** Unique in a history. */
  readonly key: string;
  /** clashed: a conflict waits for a person; decided: one has chosen; kept: a version did not stand. */
  readonly what: 'created' | 'updated' | 'clashed' | 'decided' | 'kept' | Status;
  readonly documentId: string;
  readonly kind: Kind;
  readonly at: string;
  readonly by: string;
  /** Where the bytes are, at a document's newest event only: older ones are in it. */
  readonly sending: Sending | null;
  /** Where both versions can be read, of a conflict and of a version that did not stand. */
  readonly href: string | null;
}

/** The events of some documents and of what became of their other versions, the newest first. */
export function historyOf(
  stored: readonly { readonly doc: Told; readonly sending: Sending }[],
  { records, kept }: Past
): HistoryEvent[] {
  return [...stored.flatMap(eventsOf), ...records.map(conflictEvent), ...kept.map(keptEvent)].sort((a, b) =>
    a.at === b.at ? 0 : a.at < b.at ? 1 : -1
  );
}

function conflictEvent({ _id, subjectId, createdAt, createdBy, resolved }: Conflict): HistoryEvent {
  const event = { key: _id, documentId: subjectId, kind: knownKind(subjectId), sending: null, href: conflictHref(_id) };
  return resolved === undefined
    ? { ...event, what: 'clashed', at: createdAt, by: createdBy }
    : { ...event, what: 'decided', at: resolved.at, by: resolved.by };
}

const keptEvent = (version: KeptVersion): HistoryEvent => ({
  key: keptHref(version),
  what: 'kept',
  documentId: version.doc._id,
  kind: version.doc.kind,
  at: version.at,
  by: version.doc.updatedBy,
  sending: null,
  href: keptHref(version)
});

const KINDS = ['producer', 'product', 'survey', 'assessment', 'review', 'paper'] as const;
const knownKind = (id: string): Kind => KINDS.find((kind) => kind === kindOfId(id)) ?? 'product';

function eventsOf({ doc, sending }: { readonly doc: Told; readonly sending: Sending }): HistoryEvent[] {
  const event = (what: HistoryEvent['what'], at: string, by: string): HistoryEvent => ({
    key: `${doc._id}/${what}/${at}`,
    what,
    documentId: doc._id,
    kind: doc.kind,
    at,
    by,
    sending: null,
    href: null
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
