// What may happen in the model's world, as plain data that fast-check makes and shrinks, and how each of it is done.
import fc from 'fast-check';
import type { Passage } from '../support/gates.ts';
import type { Phone } from './phone.ts';
import { DB, OTHER, POISONS, type World } from './world.ts';

const PROBLEMS = [
  { tag: 'offline' },
  { tag: 'timeout' },
  { tag: 'signedOut' },
  { tag: 'busy', status: 503, retryAfterMs: null },
  { tag: 'server', status: 502 },
  { tag: 'broken', detail: '' },
  { tag: 'notCouch' }
] as const;

const pick = fc.nat({ max: 59 });
const who = fc.nat({ max: 3 });
const tab = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) });
const at = { phone: who, tab };
const database = fc.constantFrom(DB, DB, DB, OTHER);
const is = <T extends string>(tag: T) => fc.constant(tag);

const people = fc.oneof(
  { weight: 12, arbitrary: fc.record({ tag: is('edit'), ...at, doc: pick, place: pick }) },
  { weight: 3, arbitrary: fc.record({ tag: is('create'), ...at, pick }) },
  { weight: 3, arbitrary: fc.record({ tag: is('handOn'), ...at, doc: pick }) },
  { weight: 2, arbitrary: fc.record({ tag: is('remove'), ...at, doc: pick }) },
  { weight: 2, arbitrary: fc.record({ tag: is('undo'), ...at }) },
  { weight: 4, arbitrary: fc.record({ tag: is('decide'), ...at, pick, how: pick }) },
  { weight: 4, arbitrary: fc.record({ tag: is('decideElsewhere'), ...at, pick, how: pick }) },
  { weight: 2, arbitrary: fc.record({ tag: is('retry'), ...at, pick }) },
  {
    weight: 3,
    arbitrary: fc.record({ tag: is('poison'), ...at, doc: pick, kind: fc.constantFrom(...POISONS, null) })
  }
);

const network = fc.oneof(
  { weight: 2, arbitrary: fc.record({ tag: is('online'), phone: who, isOnline: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ tag: is('sync'), phone: who }) },
  { weight: 4, arbitrary: fc.record({ tag: is('start'), ...at, work: fc.constantFrom('both', 'push') }) },
  { weight: 10, arbitrary: fc.record({ tag: is('step'), phone: who, pick, times: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 3, arbitrary: fc.record({ tag: is('fail'), phone: who, pick, problem: fc.constantFrom(...PROBLEMS) }) },
  { weight: 4, arbitrary: fc.record({ tag: is('loseAnswer'), phone: who, problem: fc.constantFrom(...PROBLEMS) }) },
  { weight: 2, arbitrary: fc.record({ tag: is('late'), phone: who }) },
  { weight: 2, arbitrary: fc.record({ tag: is('copy'), phone: who }) },
  { weight: 3, arbitrary: fc.record({ tag: is('arrive'), pick }) },
  { weight: 2, arbitrary: fc.record({ tag: is('applyTwice'), phone: who }) }
);

const device = fc.oneof(
  { weight: 4, arbitrary: fc.record({ tag: is('kill'), ...at, after: fc.integer({ min: 0, max: 14 }) }) },
  { weight: 1, arbitrary: fc.record({ tag: is('stop'), phone: who }) },
  { weight: 1, arbitrary: fc.record({ tag: is('disconnect'), ...at }) },
  { weight: 1, arbitrary: fc.record({ tag: is('clock'), phone: who, minutes: fc.integer({ min: -9000, max: 9000 }) }) },
  { weight: 1, arbitrary: fc.record({ tag: is('pace'), phone: who, ms: fc.constantFrom(10, 2000, 6000) }) },
  { weight: 1, arbitrary: fc.record({ tag: is('upgrade'), phone: who }) }
);

const office = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      tag: is('office'),
      database,
      doc: pick,
      place: pick,
      act: fc.constantFrom('edit', 'edit', 'edit', 'newer', 'purge', 'clash')
    })
  },
  { weight: 2, arbitrary: fc.record({ tag: is('role'), phone: who, database, has: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ tag: is('backUp') }) },
  { weight: 1, arbitrary: fc.record({ tag: is('restore'), pick }) },
  { weight: 1, arbitrary: fc.record({ tag: is('recreate'), pick }) }
);

/** One thing that happens. */
export const command = fc.oneof(
  { weight: 10, arbitrary: people },
  { weight: 12, arbitrary: network },
  { weight: 3, arbitrary: device },
  { weight: 3, arbitrary: office }
);
export type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

const THROUGH: Passage = { tag: 'through' };
/** More gates than any run has; one that needs more does not end. */
const ENDLESS = 3000;

/** Does one command; one that does not fit the moment does nothing. */
export async function perform(world: World, one: Command): Promise<void> {
  const phone = world.phone('phone' in one ? one.phone : 0);
  switch (one.tag) {
    case 'edit':
      return world.edit(phone, one.tab, one.doc, one.place);
    case 'create':
      return world.create(phone, one.tab, one.pick);
    case 'handOn':
      return world.handOn(phone, one.tab, one.doc);
    case 'remove':
      return world.remove(phone, one.tab, one.doc);
    case 'undo':
      return world.undo(phone, one.tab);
    case 'decide':
      await world.decide(phone, one.tab, one.pick, one.how);
      return;
    case 'decideElsewhere':
      await world.decideElsewhere(phone, one.tab, one.pick, one.how);
      return;
    case 'retry':
      return world.retry(phone, one.tab, one.pick);
    case 'poison':
      return world.poison(phone, one.tab, one.doc, one.kind);
    case 'online':
      phone.isOnline = one.isOnline;
      return;
    case 'sync':
      return syncWell(world, phone);
    case 'start':
      if (!(await phone.start(one.tab, one.work)) && phone.running?.tab !== one.tab) world.count('second tab waits');
      return;
    case 'step':
      for (let i = 0; i < one.times; i++) await phone.step(one.pick, THROUGH);
      return;
    case 'fail':
      await phone.start(0, 'both');
      if ((await until(phone, 'request', null, { tag: 'fail', problem: one.problem })) && phone.isOnline) {
        world.count(`problem ${one.problem.tag}`);
      }
      return;
    case 'loseAnswer':
      await phone.start(0, 'push');
      if (await until(phone, 'answer', 'write', { tag: 'fail', problem: one.problem })) world.count('answer lost');
      return;
    case 'late':
      await phone.start(0, 'push');
      if (await until(phone, 'request', 'write', { tag: 'late' })) world.count('late');
      return;
    case 'copy':
      await phone.start(0, 'push');
      if (await until(phone, 'request', 'write', { tag: 'copied' })) world.count('copied');
      return;
    case 'arrive':
      return world.arrive(one.pick);
    case 'applyTwice':
      await phone.start(0, 'both');
      if (await until(phone, 'local', 'apply', { tag: 'twice' })) world.count('applied twice');
      return;
    case 'kill': {
      const running = phone.running;
      const tab = running?.tab ?? one.tab;
      phone.arm(tab, one.after);
      if (one.after === 0) await phone.kill(tab);
      else for (let i = 0; i < 8 && phone.running === running && running !== null; i++) await phone.step(0, THROUGH);
      if (running !== null && phone.running !== running && running.outcome === null) world.count('killed in a run');
      return;
    }
    case 'stop':
      if (phone.running === null) return;
      world.count('stopped');
      phone.running.stop.abort();
      return;
    case 'disconnect':
      world.count('disconnected');
      phone.disconnect(one.tab);
      return;
    case 'clock':
      world.count('clock set');
      phone.setClockBy(one.minutes * 60_000);
      return;
    case 'pace':
      phone.pace = one.ms;
      return;
    case 'upgrade':
      return world.upgrade(phone);
    case 'office':
      world.office(one.database, one.doc, one.place, one.act);
      return;
    case 'role':
      world.setRole(phone, one.database, one.has);
      return;
    case 'backUp':
      world.backUp();
      return;
    case 'restore':
      return world.shake(one.pick, 'restore');
    case 'recreate':
      return world.shake(one.pick, 'recreate');
  }
}

/** Lets everything through until a call of that kind waits, and gives that one the passage. */
async function until(
  phone: Phone,
  kind: 'local' | 'request' | 'answer',
  method: string | null,
  passage: Passage
): Promise<boolean> {
  const running = phone.running;
  if (running === null) return false;
  const isIt = (gate: { kind: string; method: string }) =>
    gate.kind === kind && gate.method === (method ?? gate.method);
  for (let i = 0; i < 60 && phone.running === running; i++) {
    if (running.gates.waiting.some(isIt)) return (await phone.step(0, passage, isIt)) !== null;
    await phone.step(0, THROUGH);
  }
  return false;
}

/** A run from its start to its end on a good network; in it, no bad document may delay a good one (law 6). */
export async function syncWell(world: World, phone: Phone): Promise<void> {
  await finish(phone);
  await phone.start(0, 'both');
  const before = await phone.contents();
  await finish(phone);
  const outcome = phone.lastOutcome;
  if (outcome === null) return;
  const { rows, outbox } = await phone.contents();
  for (const { id, database, state, editId } of outbox.values()) {
    const was = before.outbox.get(id);
    const row = rows.get(id);
    if (state !== 'waiting' || was?.state !== 'waiting' || was.editId !== editId || row === undefined) continue;
    const problem = outcome.problems.get(database);
    // 500 of one document is told as the database's problem; any other one ended the work on this database.
    if (world.isPoisoned(row.doc) || (problem !== undefined && problem.tag !== 'server')) continue;
    throw new Error(`${phone.name} has left waiting what it could have sent: ${JSON.stringify({ row, problem })}`);
  }
}

/** Lets everything through until nothing runs any more. */
export async function finish(phone: Phone): Promise<void> {
  for (let i = 0; phone.running !== null; i++) {
    if ((await phone.step(0, THROUGH)) === null && phone.running !== null) throw new Error('a run waits for nothing');
    if (i > ENDLESS) throw new Error(`${phone.name}: a run that does not end`);
  }
}
