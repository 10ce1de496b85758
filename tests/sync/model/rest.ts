// How a history comes to rest: everything arrives, everybody syncs, people decide, until nothing changes any more.
import { isDeepStrictEqual } from 'node:util';
import { finish, syncWell } from './commands.ts';
import { checkAllSent, checkAsked, checkEqual, checkServer, checkNothingWaits, checkPhone } from './truth.ts';
import { DB, OTHER, type World } from './world.ts';

/** Rounds of everybody's syncing after which there must be nothing left to tell. */
const ROUNDS = 12;

/** Everything arrives and everybody syncs, then people clear up, then everybody syncs again. */
export async function comeToRest(world: World, how: number): Promise<void> {
  world.calm();
  for (const phone of world.phones) await finish(phone);
  while (world.strays.length > 0) await world.arrive(how);
  await settle(world);
  await isAtRest(world);
  world.isShaken = false;
  world.passADay();
  await settle(world);
  await isAtRest(world);
  for (const [i, contents] of (await world.all()).entries()) checkAsked(world, world.phone(i), contents);
  await nothingChangesTwice(world);

  world.healPoison();
  for (const phone of world.phones) await world.retryAll(phone);
  let round = 0;
  do {
    if (round > ROUNDS) throw new Error('conflicts without end');
    await settle(world);
    await isAtRest(world);
  } while (await decideAll(world, how + round++));
  await nothingIsOpen(world);
}

/** Everybody syncs until a whole round has changed nothing anywhere. */
async function settle(world: World): Promise<void> {
  let before = await picture(world);
  for (let round = 0; round < ROUNDS; round++) {
    for (const phone of world.phones) await syncWell(world, phone);
    const after = await picture(world);
    if (isDeepStrictEqual(before, after)) return;
    before = after;
  }
  throw new Error('it does not come to rest');
}

async function isAtRest(world: World): Promise<void> {
  const all = await world.all();
  for (const [i, contents] of all.entries()) {
    const phone = world.phone(i);
    checkPhone(world, phone, contents);
    checkNothingWaits(world, phone, contents);
    checkEqual(world, phone, contents);
    await checkAllSent(world, phone, contents);
  }
  checkServer(world, all, true);
}

/** Syncing again writes nothing, and neither does a replay of everything the server has. */
async function nothingChangesTwice(world: World): Promise<void> {
  const before = await world.all();
  for (const phone of world.phones) for (const database of phone.databases) await world.replay(phone, database);
  const after = await world.all();
  for (const [i, { rows, outbox, kept }] of before.entries()) {
    const again = after[i];
    if (isDeepStrictEqual([rows, outbox, kept], [again?.rows, again?.outbox, again?.kept])) continue;
    throw new Error(`${world.phone(i).name}: a replay changed something`);
  }
}

/** People decide every conflict. @returns whether there was one */
async function decideAll(world: World, how: number): Promise<boolean> {
  let isBusy = false;
  for (const phone of world.phones) {
    for (let i = 0; await world.decide(phone, 0, 0, how + i); i++) isBusy = true;
    for (let i = 0; await world.decideElsewhere(phone, 0, 0, how + i); i++) isBusy = true;
  }
  return isBusy;
}

/**
 * Only refusals by the rules may be left: a server without rules takes everything in the end. What a server has lost may
 * be nobody's to bring back: it stays on the phones that have it.
 */
async function nothingIsOpen(world: World): Promise<void> {
  for (const { outbox } of await world.all()) {
    for (const waiting of outbox.values()) {
      if (waiting.state === 'lost') continue;
      if (!world.hasRules || waiting.state !== 'refused') throw new Error(`still open: ${JSON.stringify(waiting)}`);
    }
  }
}

async function picture(world: World): Promise<unknown> {
  const all = await world.all();
  const heads = [DB, OTHER].map((database) => world.server.heads(database).map(({ rev, clash }) => [rev, clash]));
  return [heads, all.map(({ rows, outbox, checkpoints }) => [rows, outbox, checkpoints])];
}
