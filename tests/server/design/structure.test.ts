// The server's structure rules judge documents exactly as the domain's parser does.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { ADMINS_ONLY, SYSTEM } from '#server/couch/security.ts';
import { Validation } from '#server/couch/validation.ts';
import { communeDesign } from '#server/design/documents.ts';
import { STRUCTURE_CASES, oneOfEach } from '../../support/documents.ts';

let source: string;
let validation: Validation;

beforeAll(async () => {
  source = (await communeDesign()).validate_doc_update;
  validation = new Validation([source]);
});

/** What the server says to an administrator's write into the document's own commune: structure, and nothing else. */
function serverSays(document: unknown): 'taken' | string {
  const newDoc = document as Record<string, unknown>;
  const [refusal] = validation.judge([{ newDoc, oldDoc: null }], SYSTEM, `ocop-${String(newDoc.commune)}`, ADMINS_ONLY);
  return refusal ? refusal.reason : 'taken';
}

const parserSays = (document: unknown): 'good' | 'later' | 'bad' => {
  const parsed = parseDocument(document);
  if (parsed.ok) return 'good';
  return parsed.error.tag === 'malformed' ? 'bad' : 'later';
};

describe.each(STRUCTURE_CASES)('$name', ({ document, verdict }) => {
  test(`is ${verdict} for the parser`, () => {
    expect(parserSays(document)).toBe(verdict);
  });

  test('is judged alike by the server', () => {
    const says = serverSays(document);
    if (verdict === 'bad') expect(says).toMatch(/^structure: /);
    else expect(says).toBe('taken');
  });
});

test('any field of any document replaced by anything is judged alike', () => {
  const anything = fc.oneof(
    fc.constantFrom<unknown>(null, '', 0, -1, 1, 1.5, 100, 101, true, false, [], {}, 'draft', 'female', '2026-11-20'),
    fc.string({ maxLength: 12 }),
    fc.jsonValue({ maxDepth: 2 })
  );
  const whole = STRUCTURE_CASES.filter(({ verdict }) => verdict === 'good').map(({ document }) => document as object);
  const verdicts = { good: 0, bad: 0 };
  fc.assert(
    fc.property(
      fc.constantFrom(...oneOfEach(), ...whole).chain((document) =>
        // The id's kind must fit on the server only; kind and schema decide whether a document is judged at all.
        fc.tuple(
          fc.constant(document),
          fc.constantFrom(...Object.keys(document).filter((field) => !['_id', 'kind', 'schema'].includes(field))),
          anything
        )
      ),
      ([document, field, value]) => {
        const changed = { ...document, [field]: value };
        const verdict = parserSays(changed);
        if (verdict === 'later') return;
        verdicts[verdict] += 1;
        expect(serverSays(changed) === 'taken').toBe(verdict === 'good');
      }
    ),
    { numRuns: process.env['LONG'] === undefined ? 1500 : 30_000 }
  );
  expect(verdicts.good).toBeGreaterThan(50);
  expect(verdicts.bad).toBeGreaterThan(500);
});

test('a document beyond all measure is refused by size', () => {
  const survey = oneOfEach().find(({ kind }) => kind === 'survey');
  const answers = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`q${i}`, 'a'.repeat(150_000)]));
  expect(serverSays({ ...survey, answers })).toMatch(/^size: /);
});

test('the function is written in the JavaScript that every CouchDB runs', () => {
  const code = source.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '""');
  expect(code).not.toMatch(/=>|`|\b(?:let|const|class|import|export|async)\b|\.\.\./);
  expect(code).not.toMatch(/\.(?:includes|startsWith|endsWith|flatMap|entries)\(/);
});
