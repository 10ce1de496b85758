// What must hold after every step, and what must hold when everything has come to rest.
import { isDeepStrictEqual } from 'node:util';
import { editIdOf } from '#lib/domain/merge/rival.ts';
import type { WireDocument } from '#lib/sync/core/ports.ts';
import { outboxCounts } from '#lib/storage/outbox.ts';
import type { OutboxRow, Row } from '#lib/storage/row.ts';
import { fieldOf } from '#lib/storage/row.ts';
import { holds, type Saved, versionsIn } from './ledger.ts';
import type { Contents, Phone } from './phone.ts';
import { type World, isHeld, isSafe } from './world.ts';

const fail = (phone: Phone | null, what: string, ...more: unknown[]): never => {
  throw new Error([phone?.name, what, ...more.map((one) => JSON.stringify(one))].join(' '));
};

/** After every step, of the phone that has moved: what it says of the server is true (laws 1, 3, 8, 12). */
export function checkPhone(world: World, phone: Phone, contents: Contents): void {
  const { rows, outbox, checkpoints } = contents;
  for (const [id, waiting] of outbox) {
    const row = rows.get(id) ?? fail(phone, 'waits to send what is not there', id);
    checkUnsent(world, phone, row, waiting);
  }
  for (const row of rows.values()) if (!outbox.has(row.id)) checkSent(world, phone, row);
  for (const { database, since, identity } of checkpoints.values()) {
    const isThisLife = identity === world.server.lifeOf(database);
    if (isThisLife) checkCheckpoint(world, phone, contents, database, world.server.place(database, since));
  }
}

/** No outbox row: "sent". The server must have had exactly this content under this revision. */
function checkSent({ server }: World, phone: Phone, { id, database, rev, doc }: Row): void {
  if (rev === null) return fail(phone, 'calls sent what no server has answered for', id);
  const stored = server.archived(database, id, rev);
  if (!isDeepStrictEqual(stored, doc)) fail(phone, 'calls sent what the server never had', { id, rev, stored, doc });
}

function checkUnsent({ server }: World, phone: Phone, row: Row, waiting: OutboxRow): void {
  const { id, database } = row;
  const { base, theirs, state } = waiting;
  if (waiting.database !== database) fail(phone, 'would send to another database', waiting);
  if (waiting.editId !== editIdOf(row.doc)) fail(phone, 'outbox and document are not of one save', waiting, row);
  const wasThere = ({ rev, doc }: NonNullable<OutboxRow['base']>) => {
    const stored = server.archived(database, id, rev);
    return stored === null ? fieldOf(doc, '_deleted') === true : isDeepStrictEqual(stored, doc);
  };
  if (base !== null && !wasThere(base)) {
    fail(phone, 'has a base that the server never had', waiting);
  }
  if (base !== null && base.rev !== row.rev) fail(phone, 'has a base other than what it builds on', row, waiting);
  if (base === null && row.rev !== null && waiting.isLost !== true) fail(phone, 'has lost its base', row, waiting);
  if (state === 'conflict' && theirs === undefined) fail(phone, 'is in conflict with nothing', waiting);
  // Clean, and not this account's to bring back as it is, or the server knows nothing of it that could be built on.
  if (state === 'lost') checkLost(phone, row, waiting);
  if (state === 'refused' && (waiting.reason === undefined || waiting.at === undefined)) {
    fail(phone, 'is refused without a reason', waiting);
  }
  if (theirs === undefined) return;
  if (state !== 'conflict') fail(phone, 'has a rival without being in conflict', waiting);
  if (!wasThere(theirs)) fail(phone, 'shows a rival that the server never had', waiting);
}

/** Left to others by right: it was clean here, and somebody else has made it or written it last. */
function checkLost(phone: Phone, { doc }: Row, waiting: OutboxRow): void {
  const { name } = phone.asker;
  const isOwn = fieldOf(doc, 'createdBy') === name && fieldOf(doc, 'updatedBy') === name;
  if (waiting.putBack === undefined || isOwn) fail(phone, 'leaves to others what is its own', doc, waiting);
}

/** What stands up to the checkpoint has been met here. */
function checkCheckpoint({ server }: World, phone: Phone, { rows, outbox }: Contents, database: string, since: number) {
  for (const { id, rev, doc, seq } of server.heads(database)) {
    if (seq > since) return;
    const row = rows.get(id);
    const waiting = outbox.get(id);
    const isMet = row === undefined ? doc === null : row.rev === rev || waiting?.theirs?.rev === rev;
    if (!isMet) fail(phone, 'is ahead of what it has applied', { id, rev, seq, since, row, waiting });
  }
}

/** After every step: nothing that was saved is lost, nothing is there twice (law 4). */
export function checkServer(world: World, all: readonly Contents[], isQuiet: boolean): void {
  // Two phones that put the same document back may both be taken: the same revision is the other's base again.
  if (!world.wasShaken && world.server.doubled.length > 0) fail(null, 'stored an edit twice', world.server.doubled);
  const heads = headsOf(world);
  // Both versions of a conflict stay in its record, wherever that is on its way.
  const recorded = [...heads.values(), ...all.flatMap(({ rows }) => [...rows.values()].map(({ doc }) => doc))].flatMap(
    (doc) => (doc?.['kind'] === 'conflict' ? [doc] : [])
  );
  const isThere = (saved: Saved) =>
    holds(heads.get(saved.docId) ?? null, saved) ||
    leavesOf(world, saved.docId).some((doc) => holds(doc, saved)) ||
    recorded.some((record) => record['subjectId'] === saved.docId && isRecorded(record, saved)) ||
    all.some((contents) => (!isQuiet && world.isShaken ? isHeld(contents, saved) : isSafe(contents, saved)));
  const lost = world.ledger.lost(isThere);
  if (lost.length > 0) fail(null, 'lost what was saved', lost);
}

/**
 * A phone says that all is sent exactly when its outbox is empty (law 12): then each of its saves has been on the server,
 * or was decided away.
 */
export async function checkAllSent(world: World, phone: Phone, { outbox, kept }: Contents): Promise<void> {
  const { waiting, refused, conflict } = await phone.look(outboxCounts);
  const unsent = [...outbox.values()].filter(({ state }) => state !== 'lost').length;
  if (waiting + refused + conflict !== unsent) fail(phone, 'counts its outbox wrongly', [...outbox.values()]);
  if (unsent > 0) return;
  const lost = world.ledger.lost(
    (saved) =>
      world.server.everHeld(saved.docId, (doc) => holds(doc, saved)) ||
      kept.some(({ docId, doc }) => docId === saved.docId && holds(doc, saved)),
    ({ by }) => by === phone.name
  );
  if (lost.length > 0) fail(phone, 'calls all sent what never arrived', lost);
}

/** At rest: every phone has what the server has, but for what waits for a person. */
export function checkEqual(world: World, phone: Phone, { rows, outbox }: Contents): void {
  for (const database of phone.databases) {
    const heads = world.server.heads(database);
    const known = new Set(heads.map(({ id }) => id));
    for (const { id, rev, doc, clash } of heads) {
      const [row, waiting] = [rows.get(id), outbox.get(id)];
      if (waiting === undefined && doc === null && row === undefined) continue;
      if (row === undefined) return fail(phone, 'lacks', { id, rev });
      if (waiting === undefined) {
        if (row.rev !== rev || !isDeepStrictEqual(row.doc, doc))
          fail(phone, 'differs from the server', row, { rev, doc });
      } else if (waiting.state === 'conflict') {
        if (waiting.theirs?.rev !== rev) fail(phone, 'shows an old rival', row, waiting, { rev });
      } else if (row.rev !== rev) fail(phone, 'builds on an old version', row, waiting, { rev });
      if (!isDeepStrictEqual([...(row.clash ?? [])].sort(), doc === null ? [] : [...clash].sort())) {
        fail(phone, 'does not know of the losing revisions', row, clash);
      }
    }
    for (const row of rows.values()) {
      const waiting = outbox.get(row.id);
      if (row.database !== database || known.has(row.id) || waiting?.state === 'refused') continue;
      if (waiting?.state === 'lost') continue;
      // A server that was made anew may tell the very changes that were the last ones: known a day later at the latest.
      if (world.isShaken && waiting === undefined) continue;
      if (waiting === undefined || !world.isStumble(row.doc)) fail(phone, 'has what the server has not', row, waiting);
    }
  }
}

/** A day later: every phone has asked which server this is. */
export function checkAsked({ server }: World, phone: Phone, { checkpoints }: Contents): void {
  for (const database of phone.databases) {
    if (checkpoints.get(database)?.identity !== server.lifeOf(database)) fail(phone, 'has an old checkpoint');
  }
}

/** Nothing waits but what the server stumbles over. */
export function checkNothingWaits(world: World, phone: Phone, { rows, outbox }: Contents): void {
  for (const { id, state } of outbox.values()) {
    const doc: WireDocument | undefined = rows.get(id)?.doc;
    if (state === 'waiting' && (doc === undefined || !world.isStumble(doc))) fail(phone, 'has not sent', doc);
  }
}

/** Whether one of a conflict's versions holds what was saved; a record of a newer app has them as well. */
const isRecorded = (record: WireDocument, saved: Saved): boolean =>
  versionsIn(record).some((version) => holds(version, saved));

const leavesOf = ({ server, phones }: World, id: string): WireDocument[] =>
  [...new Set(phones.flatMap(({ databases }) => databases))].flatMap((database) => server.leaves(database, id));

function headsOf({ server, phones }: World): Map<string, WireDocument | null> {
  const databases = new Set(phones.flatMap(({ databases }) => databases));
  return new Map([...databases].flatMap((name) => server.heads(name).map(({ id, doc }) => [id, doc] as const)));
}
