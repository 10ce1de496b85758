// The faulty road does to a request what its plan says: what the server hears, and what the caller gets.
import { type Server, createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Chance } from './chance.ts';
import { FAULTS, type Fault, FaultyProxy } from './faulty-proxy.ts';

const BODY = 'x'.repeat(2_000);
const WHOLE = JSON.stringify({ ok: true });

let server: Server;
let road: FaultyProxy;
/** The bodies of the requests that have reached the server whole. */
let heard: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      heard.push(body);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(WHOLE);
    });
    request.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  road = await FaultyProxy.open(`http://127.0.0.1:${String(address.port)}`);
});

afterAll(async () => {
  await road.close();
  server.close();
});

beforeEach(() => {
  heard = [];
});

/** What a caller gets: status and text, or `broken` where the connection breaks. */
async function ask(fault: Fault | null): Promise<string> {
  road.trouble(() => fault, new Chance(String(fault)));
  try {
    const response = await fetch(`${road.origin}/couch/db/_bulk_docs`, { method: 'POST', body: BODY });
    return `${String(response.status)} ${await response.text()}`;
  } catch {
    return 'broken';
  }
}

const GATEWAY = '<h1>Gateway</h1>';
const CASES: Record<Exclude<Fault, 'unanswered' | 'truncated'>, readonly [answer: string | RegExp, heard: number]> = {
  cutRequest: ['broken', 0],
  cutAnswer: ['broken', 1],
  swallowed: ['broken', 1],
  duplicated: [`200 ${WHOLE}`, 2],
  delayed: [`200 ${WHOLE}`, 1],
  portal: [/^200 <!doctype html>/, 0],
  late500: [`500 ${GATEWAY}`, 1],
  late503: [`503 ${GATEWAY}`, 1],
  status401: [/^401 {"error":"unauthorized"/, 0],
  status403: [/^403 {"error":"forbidden"/, 0],
  status413: [/^413 <h1>/, 0],
  status429: [`429 ${GATEWAY}`, 0],
  status500: [`500 ${GATEWAY}`, 0],
  status503: [`503 ${GATEWAY}`, 0]
};

for (const [fault, [answer, times]] of Object.entries(CASES)) {
  test(fault, async () => {
    expect(await ask(faultOf(fault))).toMatch(answer);
    expect(heard).toEqual(Array.from({ length: times }, () => BODY));
  });
}

test('truncated: the answer ends in good order before its JSON does', async () => {
  const answer = await ask('truncated');
  expect(`200 ${WHOLE}`.startsWith(answer)).toBe(true);
  expect(answer.length).toBeLessThan(`200 ${WHOLE}`.length);
  expect(heard).toEqual([BODY]);
});

test('unanswered: the server has heard it, and the caller waits until somebody hangs up', async () => {
  const asked = ask('unanswered');
  await expect.poll(() => road.struck.get('unanswered')).toBe(1);
  expect(heard).toEqual([BODY]);
  road.hangUp();
  expect(await asked).toBe('broken');
});

test('healed, everything passes; each fault was counted once', async () => {
  road.heal();
  const response = await fetch(`${road.origin}/couch/db`, { method: 'POST', body: BODY });
  expect(await response.text()).toBe(WHOLE);
  expect(FAULTS.map((fault) => road.struck.get(fault))).toEqual(FAULTS.map(() => 1));
});

const faultOf = (name: string): Fault => FAULTS.find((fault) => fault === name) ?? raise(name);

function raise(name: string): never {
  throw new Error(`No fault is called ${name}.`);
}
