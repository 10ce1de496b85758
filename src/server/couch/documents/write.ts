// Stores documents: finds what each one follows, asks the validation functions, then writes what may be written.
import { CouchError, conflict, notFound, toCouchError } from '../couch-error.ts';
import { type Database, USERS } from '../databases.ts';
import { type JsonObject, isObject } from '../json.ts';
import { type Security, type Who, isDatabaseAdmin } from '../security.ts';
import { Validation } from '../validation.ts';
import { prepareUserDocument } from '../auth/user-documents.ts';
import { keepKnownAttachments } from './stubs.ts';
import { type Incoming, isDesignId, isLocalId } from './incoming.ts';
import { findStep } from './predecessor.ts';

/** What became of one document. */
export type Written = { readonly id: string } & (
  { readonly ok: true; readonly rev: string } | { readonly ok: false; readonly refusal: CouchError }
);

export interface Writer {
  readonly who: Who;
  readonly security: Security;
  /** False for replicated documents, which bring their own revision. */
  readonly newEdits: boolean;
}

/** A document on its way: to be stored, known already, or refused. */
type Candidate = { readonly incoming: Incoming } & (
  | { readonly state: 'fine'; readonly fields: JsonObject; readonly old: JsonObject | null }
  | { readonly state: 'known' }
  | { readonly state: 'refused'; readonly refusal: CouchError }
);

/**
 * Stores a batch; one refusal delays nobody else.
 * @returns one row per document, in the order given
 */
export function writeDocuments(database: Database, batch: readonly Incoming[], writer: Writer): Promise<Written[]> {
  return database.exclusively(async () => {
    const prepared: Candidate[] = [];
    for (const incoming of batch) prepared.push(await prepare(database, incoming, writer));
    const candidates = await validate(database, prepared, writer);
    const written = await store(database, candidates, writer);
    if (batch.some(({ id }) => isDesignId(id))) database.forgetValidation();
    if (written.some(({ ok }) => ok)) database.announceWrite();
    return written;
  });
}

async function prepare(database: Database, incoming: Incoming, writer: Writer): Promise<Candidate> {
  try {
    const { id } = incoming;
    if (isLocalId(id)) return { incoming, state: 'fine', fields: incoming.fields, old: null };
    if (isDesignId(id)) requireDesignRights(incoming, writer);
    const found = await findStep(database.pouch, incoming, writer.newEdits);
    if (found.step === 'conflict') throw conflict();
    if (found.step === 'known') return { incoming, state: 'known' };
    const { old } = found;
    const kept = keepKnownAttachments(incoming, old, writer.newEdits);
    const fields = database.name === USERS ? await prepareUserDocument(kept, old, writer.who) : kept;
    return { incoming, state: 'fine', fields, old };
  } catch (thrown) {
    return { incoming, state: 'refused', refusal: toCouchError(thrown) };
  }
}

function requireDesignRights({ fields }: Incoming, { who, security }: Writer): void {
  if (!isDatabaseAdmin(who, security)) {
    throw new CouchError(who.name === null ? 401 : 403, 'forbidden', 'You are not a db or server admin.');
  }
  const source = fields.validate_doc_update;
  if (typeof source === 'string') new Validation([source]); // Refuses what does not compile.
}

async function validate(database: Database, candidates: Candidate[], writer: Writer): Promise<Candidate[]> {
  const validation = await database.validation();
  const judged = candidates.filter(
    (candidate) => candidate.state === 'fine' && !isLocalId(candidate.incoming.id) && !isDesignId(candidate.incoming.id)
  );
  const updates = judged.flatMap((candidate) =>
    candidate.state === 'fine' ? [{ newDoc: withoutBytes(candidate.fields), oldDoc: candidate.old }] : []
  );
  const verdicts = validation.judge(updates, writer.who, database.name, writer.security);
  const refusalOf = new Map(judged.map((candidate, index) => [candidate, verdicts[index] ?? null]));
  return candidates.map((candidate) => {
    const refusal = refusalOf.get(candidate) ?? null;
    return refusal ? { incoming: candidate.incoming, state: 'refused', refusal } : candidate;
  });
}

/** Validation functions see what attachments there are, not their bytes. */
function withoutBytes(fields: JsonObject): JsonObject {
  if (!isObject(fields._attachments)) return fields;
  const stubs = Object.entries(fields._attachments).map(([name, attachment]) => {
    const { data, ...rest } = isObject(attachment) ? attachment : {};
    return [name, data === undefined ? rest : { ...rest, stub: true }];
  });
  return { ...fields, _attachments: Object.fromEntries(stubs) };
}

async function store(database: Database, candidates: readonly Candidate[], { newEdits }: Writer): Promise<Written[]> {
  const locals = candidates.map(({ incoming }) => isLocalId(incoming.id));
  const fine = candidates.flatMap((candidate, index) =>
    candidate.state === 'fine' && !locals[index] ? [{ index, id: candidate.incoming.id, fields: candidate.fields }] : []
  );
  // A copy: PouchDB sorts what it is given and writes into it.
  const rows =
    fine.length > 0
      ? await bulk(
          database,
          fine.map(({ fields }) => ({ ...fields })),
          newEdits
        )
      : [];
  const rowByIndex = new Map(fine.map(({ index }, at) => [index, rows[at]]));
  const written: Written[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const { id } = candidate.incoming;
    if (candidate.state === 'refused') written.push({ id, ok: false, refusal: candidate.refusal });
    else if (locals[index]) written.push(await storeLocal(database, candidate.incoming));
    else written.push(toWritten(candidate.incoming, rowByIndex.get(index)));
  }
  return written;
}

async function bulk(database: Database, documents: JsonObject[], newEdits: boolean): Promise<unknown[]> {
  const rows: unknown[] = await database.pouch.bulkDocs(documents, { new_edits: newEdits });
  return rows;
}

/** PouchDB answers replicated documents only where they failed. */
function toWritten({ id, rev }: Incoming, row: unknown): Written {
  if (isObject(row) && row.error) return { id, ok: false, refusal: toCouchError(row) };
  const stored = isObject(row) && typeof row.rev === 'string' ? row.rev : rev;
  return { id, ok: true, rev: stored ?? '' };
}

/** `_local` documents have no history and no conflicts: as in CouchDB, the last write is what stays. */
async function storeLocal(database: Database, { id, fields, isDeleted }: Incoming): Promise<Written> {
  try {
    const { _rev, ...rest } = fields;
    const found: unknown = await database.pouch.get(id).catch(() => null);
    const current = isObject(found) && typeof found._rev === 'string' ? found._rev : null;
    if (isDeleted) {
      if (current === null) throw notFound();
      return { id, ok: true, rev: (await database.pouch.remove({ _id: id, _rev: current })).rev };
    }
    const result = await database.pouch.put({ ...rest, _id: id, ...(current === null ? {} : { _rev: current }) });
    return { id, ok: true, rev: result.rev };
  } catch (thrown) {
    return { id, ok: false, refusal: toCouchError(thrown) };
  }
}
