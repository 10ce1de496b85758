// Who may write what, asked of the real validation function in a running CouchDB (embedded, or COUCHDB_URL).
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Document } from '#lib/domain/document/document.ts';
import { refusalRule, type RefusalRule } from '#lib/domain/refusal.ts';
import { uploadPhoto } from '#lib/sync/couchdb/photo.ts';
import { Fixtures } from '../../support/couch-fixtures.ts';
import { type Login, freshName } from '../../support/couch-request.ts';
import { type CouchServer, contractServer } from '../../support/couch-server.ts';
import {
  aConflict,
  aPaper,
  aPhoto,
  aProducer,
  aProduct,
  aReview,
  aSurvey,
  anAssessment
} from '../../support/documents.ts';

let server: CouchServer;
let fixtures: Fixtures;
let code: string;
let database: string;
let officer: Login;
let colleague: Login;
let reviewer: Login;
let council: Login;
let manager: Login;

beforeAll(async () => {
  server = await contractServer();
  fixtures = new Fixtures(server);
  ({ code, database } = await fixtures.commune());
  const commune = `commune:${code}`;
  officer = await fixtures.account(['officer', commune]);
  colleague = await fixtures.account(['officer', commune]);
  reviewer = await fixtures.account(['reviewer', commune]);
  council = await fixtures.account(['council', commune]);
  manager = await fixtures.account(['admin', commune]);
});

afterAll(async () => {
  await fixtures.remove();
  await server.stop();
});

type Changes = Record<string, unknown>;

/** A document of this commune with a fresh id, made and last changed by someone. */
const madeBy = (who: Login, document: Document, changes: Changes = {}): Changes => ({
  ...document,
  _id: `${document.kind}:${freshName('T')}`,
  commune: code,
  createdBy: who.name,
  updatedBy: who.name,
  ...changes
});

const step = (status: string, who: Login): Changes => ({ status, at: '2026-11-20T03:00:00.000Z', by: who.name });

const basic = ({ name, password }: Login) => ({ authorization: `Basic ${btoa(`${name}:${password}`)}` });

/** Sends a document as someone; gives `ok` or the rule that refused it. */
async function send(who: Login, document: Changes): Promise<'ok' | RefusalRule | string> {
  const { status, json, text } = await fixtures.admin.as(who).put(`/${database}/${String(document._id)}`, document);
  if (status === 201) return 'ok';
  const reason = typeof json === 'object' && json !== null && 'reason' in json ? String(json.reason) : text;
  expect(status).toBe(403);
  return refusalRule(reason) ?? reason;
}

/** Sends and reads back, ready for the next edit by someone. */
async function stored(who: Login, document: Changes): Promise<(editor: Login, changes?: Changes) => Changes> {
  expect(await send(who, document)).toBe('ok');
  const { json } = await fixtures.admin.get(`/${database}/${String(document._id)}`);
  return (editor, changes = {}) => ({
    ...(json as Changes),
    updatedBy: editor.name,
    editId: freshName('e'),
    ...changes
  });
}

const submitted = (who: Login): Changes => ({
  status: 'submitted',
  trail: [step('draft', who), step('submitted', who)]
});

describe('authors', () => {
  test('an officer writes under the own name only', async () => {
    expect(await send(officer, madeBy(officer, aProducer()))).toBe('ok');
    expect(await send(officer, madeBy(officer, aProducer(), { updatedBy: colleague.name }))).toBe('author');
    expect(await send(officer, madeBy(officer, aProducer(), { createdBy: colleague.name }))).toBe('author');
  });

  test('a document stays in its commune', async () => {
    expect(await send(officer, madeBy(officer, aProducer(), { commune: '22972' }))).toBe('commune');
  });

  test('a colleague keeps producers and products up to date', async () => {
    const producer = await stored(officer, madeBy(officer, aProducer()));
    expect(await send(colleague, producer(colleague, { phone: '0252 000 0009' }))).toBe('ok');
    const product = await stored(officer, madeBy(officer, aProduct()));
    expect(await send(colleague, product(colleague, { name: 'Nước mắm mẫu 02', deleted: true }))).toBe('ok');
  });

  test('reviewers and council members do not', async () => {
    expect(await send(reviewer, madeBy(reviewer, aProducer()))).toBe('role');
    expect(await send(council, madeBy(council, aProduct()))).toBe('role');
  });

  test('an administrator of the office writes everything, also drafts of others', async () => {
    const survey = await stored(officer, madeBy(officer, aSurvey()));
    expect(await send(manager, survey(manager, { answers: { workers: 3 } }))).toBe('ok');
  });
});

describe('conflicts', () => {
  const end = (who: Login) => ({ resolved: { at: '2026-11-20T03:00:00.000Z', by: who.name, editId: 'e' } });

  test('are ended by any officer of the commune, under the own name, once', async () => {
    const conflict = await stored(officer, madeBy(officer, aConflict()));
    expect(await send(colleague, conflict(colleague, end(officer)))).toBe('author');
    expect(await send(colleague, conflict(colleague, { ...end(colleague), mine: aProducer() }))).toBe('owner');
    expect(await send(council, conflict(council, end(council)))).toBe('role');
    expect(await send(colleague, conflict(colleague, end(colleague)))).toBe('ok');
    const compared = await stored(officer, madeBy(officer, aConflict()));
    expect(await send(colleague, compared(colleague, { ...end(colleague), theirs: aProducer() }))).toBe('ok');
    const over = await stored(officer, madeBy(officer, aConflict(), end(officer)));
    expect(await send(officer, over(officer, end(officer)))).toBe('locked');
  });

  test('stay about the document that they are about', async () => {
    const conflict = await stored(officer, madeBy(officer, aConflict()));
    expect(await send(officer, conflict(officer, { subjectId: 'producer:other' }))).toBe('immutable');
    expect(await send(officer, conflict(officer, { theirs: null }))).toBe('ok');
  });
});

describe('what never changes', () => {
  test.each([
    ['createdBy', { createdBy: 'someone' }],
    ['createdAt', { createdAt: '2020-01-01T00:00:00.000Z' }],
    ['setId', { setId: 'qd26-01' }],
    ['setVersion', { setVersion: 2 }],
    ['productId', { productId: 'product:other' }]
  ])('%s of an assessment', async (_name, changes) => {
    const assessment = await stored(officer, madeBy(officer, anAssessment()));
    expect(await send(officer, assessment(officer, changes))).toBe('immutable');
  });

  test('a newer document is not written back by an older phone', async () => {
    const producer = await stored(officer, madeBy(officer, aProducer(), { schema: 2 }));
    expect(await send(officer, producer(officer, { schema: 1 }))).toBe('immutable');
    expect(await send(officer, producer(officer, { schema: 2, note: 'x' }))).toBe('ok');
  });
});

describe('drafts', () => {
  test('belong to whoever made them', async () => {
    const survey = await stored(officer, madeBy(officer, aSurvey()));
    expect(await send(colleague, survey(colleague, { answers: { workers: 1 } }))).toBe('owner');
    expect(await send(colleague, survey(colleague, { deleted: true }))).toBe('owner');
    expect(await send(officer, survey(officer, { answers: { workers: 2 } }))).toBe('ok');
  });

  test('are made by officers', async () => {
    expect(await send(reviewer, madeBy(reviewer, anAssessment()))).toBe('role');
  });

  test('a newer schema does not open a colleague’s draft', async () => {
    const survey = await stored(officer, madeBy(officer, aSurvey()));
    expect(await send(colleague, survey(colleague, { schema: 2 }))).toBe('owner');
  });

  test('are deleted by mark, not for good', async () => {
    const survey = await stored(officer, madeBy(officer, aSurvey()));
    expect(await send(officer, { _id: survey(officer)._id, _rev: survey(officer)._rev, _deleted: true })).toBe(
      'delete'
    );
    expect(await send(officer, survey(officer, { deleted: true }))).toBe('ok');
  });
});

describe('steps', () => {
  test('a dossier that was filled in and submitted with no network arrives as it is', async () => {
    expect(await send(officer, madeBy(officer, aSurvey(), submitted(officer)))).toBe('ok');
  });

  test('draft → submitted → returned → submitted → accepted', async () => {
    const id = { _id: `survey:${freshName('T')}` };
    const drafted = await stored(officer, madeBy(officer, aSurvey(), { ...id, trail: [step('draft', officer)] }));
    const handedIn = await stored(officer, drafted(officer, submitted(officer)));
    const trail = [step('draft', officer), step('submitted', officer), step('returned', reviewer)];
    const returned = await stored(reviewer, handedIn(reviewer, { status: 'returned', trail }));
    const again = [...trail, step('submitted', officer)];
    const mended = { status: 'submitted', trail: again, answers: { workers: 4 } };
    const resubmitted = await stored(officer, returned(officer, mended));
    const end = { status: 'accepted', trail: [...again, step('accepted', reviewer)] };
    const accepted = await stored(reviewer, resubmitted(reviewer, end));
    expect(await send(officer, accepted(officer, { answers: {} }))).toBe('locked');
    expect(await send(reviewer, accepted(reviewer, { status: 'returned' }))).toBe('locked');
    expect(await send(manager, accepted(manager, { deleted: true }))).toBe('locked');
  });

  test('nobody skips a step', async () => {
    const survey = await stored(officer, madeBy(officer, aSurvey()));
    const leap = { status: 'accepted', trail: [step('accepted', officer)] };
    expect(await send(officer, survey(officer, leap))).toBe('transition');
    expect(await send(officer, madeBy(officer, aSurvey(), leap))).toBe('transition');
    expect(await send(reviewer, survey(reviewer, { status: 'accepted', trail: [step('accepted', reviewer)] }))).toBe(
      'transition'
    );
  });

  test('a submitted dossier is the reviewer’s: to hand on, not to rewrite', async () => {
    const dossier = await stored(officer, madeBy(officer, aSurvey(), submitted(officer)));
    expect(await send(officer, dossier(officer, { answers: { workers: 9 } }))).toBe('transition');
    const trail = [step('draft', officer), step('submitted', officer), step('returned', reviewer)];
    const rewritten = { status: 'returned', trail, answers: { workers: 9 } };
    expect(await send(reviewer, dossier(reviewer, rewritten))).toBe('content');
    expect(await send(reviewer, dossier(reviewer, { status: 'returned', trail }))).toBe('ok');
  });

  test('the trail tells every step, under the name of whoever took it', async () => {
    const survey = await stored(officer, madeBy(officer, aSurvey()));
    expect(await send(officer, survey(officer, { status: 'submitted' }))).toBe('trail');
    expect(await send(officer, survey(officer, { status: 'submitted', trail: [step('submitted', colleague)] }))).toBe(
      'trail'
    );
    const dossier = await stored(
      officer,
      survey(officer, { status: 'submitted', trail: [step('submitted', officer)] })
    );
    const forged = { status: 'returned', trail: [step('draft', officer), step('returned', reviewer)] };
    expect(await send(reviewer, dossier(reviewer, forged))).toBe('trail');
  });
});

describe('reviews', () => {
  test('are written by reviewers, each under the own name', async () => {
    const remarks = [{ at: '2026-11-20T03:00:00.000Z', by: reviewer.name, text: 'Ghi rõ.' }];
    const review = await stored(reviewer, madeBy(reviewer, aReview(), { remarks }));
    expect(await send(officer, madeBy(officer, aReview(), { remarks: [] }))).toBe('role');
    const forged = [...remarks, { ...remarks[0], by: officer.name }];
    expect(await send(reviewer, review(reviewer, { remarks: forged }))).toBe('author');
  });
});

describe('papers', () => {
  test("are the commune's, as its products are", async () => {
    const paper = await stored(officer, madeBy(officer, aPaper()));
    expect(await send(colleague, paper(colleague, { number: '12/KN' }))).toBe('ok');
    expect(await send(reviewer, madeBy(reviewer, aPaper()))).toBe('role');
  });

  test('stay with their product', async () => {
    const paper = await stored(officer, madeBy(officer, aPaper()));
    expect(await send(officer, paper(officer, { productId: 'product:other' }))).toBe('immutable');
  });
});

describe('photos', () => {
  const bytes = Buffer.from('not much of a photo');
  const small = Buffer.from('less');
  const aSmallPhoto = () => aPhoto({ bytes: bytes.length, thumbBytes: small.length });
  const attachments = (over: Changes = {}) => ({
    _attachments: {
      'photo.jpg': { content_type: 'image/jpeg', data: bytes.toString('base64') },
      'thumb.jpg': { content_type: 'image/jpeg', data: small.toString('base64') },
      ...over
    }
  });

  test("are their maker's: caption, bytes, deletion", async () => {
    const photo = await stored(officer, madeBy(officer, aSmallPhoto()));
    expect(await send(colleague, photo(colleague, { caption: 'Nhãn' }))).toBe('owner');
    expect(await send(colleague, photo(colleague, attachments()))).toBe('owner');
    expect(await send(officer, photo(officer, attachments()))).toBe('ok');
    expect(await send(reviewer, madeBy(reviewer, aSmallPhoto()))).toBe('role');
  });

  test('never change what they show', async () => {
    const photo = await stored(officer, madeBy(officer, aSmallPhoto(), attachments()));
    expect(await send(officer, photo(officer, { sha256: '0'.repeat(64) }))).toBe('immutable');
    expect(await send(officer, photo(officer, { _attachments: undefined }))).toBe('immutable');
    expect(await send(officer, photo(officer, { caption: 'Nhãn' }))).toBe('ok');
  });

  describe('whose bytes the server has', () => {
    const others = Buffer.from('not quite a picture');
    const md5 = (of: Buffer) => createHash('md5').update(of).digest('base64');

    /** Sends both sizes beside the document as the app does. */
    const upload = async (who: Login, doc: Changes, photo: Buffer): Promise<string> => {
      const { _id, _rev, _attachments, ...rest } = doc;
      const answer = await uploadPhoto(
        { fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, ...basic(who) } }), now: () => '' },
        server.url,
        {
          id: String(_id),
          database,
          rev: String(_rev),
          doc: { _id: String(_id), ...rest },
          digests: { photo: md5(photo), thumb: md5(small) },
          bytes: photo.length + small.length,
          mayBeThere: false
        },
        { photo: new Uint8Array(photo).buffer, thumb: new Uint8Array(small).buffer }
      );
      if (!answer.ok) return answer.error.tag;
      return answer.value.tag === 'refused' ? (refusalRule(answer.value.reason) ?? '') : answer.value.tag;
    };

    test('are given no others, in whatever way they come', async () => {
      expect(others.length).toBe(bytes.length);
      const photo = await stored(officer, madeBy(officer, aSmallPhoto(), attachments()));
      expect(await upload(officer, photo(officer), others)).toBe('immutable');
      const inline = { 'photo.jpg': { content_type: 'image/jpeg', data: others.toString('base64') } };
      expect(await send(officer, photo(officer, attachments(inline)))).toBe('immutable');
      const alone = `/${database}/${String(photo(officer)._id)}/photo.jpg?rev=${String(photo(officer)._rev)}`;
      const headers = { 'content-type': 'image/jpeg' };
      expect((await fixtures.admin.as(officer).put(alone, others, { headers })).status).toBe(403);
    });

    test('may be sent them once more', async () => {
      const photo = await stored(officer, madeBy(officer, aSmallPhoto(), attachments()));
      expect(await upload(officer, photo(officer), bytes)).toBe('stored');
    });

    test('and lost, may be sent what is lacking', async () => {
      const { 'photo.jpg': lost, ...left } = attachments()._attachments;
      expect(lost).toBeDefined();
      const photo = await stored(officer, madeBy(officer, aSmallPhoto(), { _attachments: left }));
      expect(await upload(officer, photo(officer), bytes)).toBe('stored');
    });
  });

  test('have two attachments, both of them pictures; nothing else has any', async () => {
    const text = { 'notes.txt': { content_type: 'text/plain', data: 'AA==' } };
    expect(await send(officer, madeBy(officer, aSmallPhoto(), attachments(text)))).toBe('structure');
    const page = { 'photo.jpg': { content_type: 'text/html', data: 'AA==' } };
    expect(await send(officer, madeBy(officer, aSmallPhoto(), attachments(page)))).toBe('structure');
    expect(await send(officer, madeBy(officer, aProducer(), attachments()))).toBe('structure');
  });
});

describe('what this build does not know', () => {
  test('a kind of tomorrow is kept for its author', async () => {
    const report = { ...madeBy(officer, aProducer()), _id: `report:${freshName('T')}`, kind: 'report', sha: 'x' };
    expect(await send(officer, report)).toBe('ok');
    expect(await send(officer, { ...report, _id: `report:${freshName('T')}`, updatedBy: 'x' })).toBe('author');
  });
});

describe('replication', () => {
  const replicate = (who: Login, document: Changes): Promise<{ text: string }> =>
    fixtures.admin.as(who).post(`/${database}/_bulk_docs`, { new_edits: false, docs: [document] });

  test('is held to the same rules, against the revision that it follows', async () => {
    const survey = await stored(officer, madeBy(officer, aSurvey()));
    const [, parent = ''] = String(survey(officer)._rev).split('-');
    const history = (own: string): Changes => ({
      _rev: `2-${own}`,
      _revisions: { start: 2, ids: [own, parent] }
    });
    const foreign = survey(colleague, { ...history('a'.repeat(32)), answers: { workers: 7 } });
    expect((await replicate(colleague, foreign)).text).toContain('owner:');
    const own = survey(officer, { ...history('b'.repeat(32)), answers: { workers: 8 } });
    expect((await replicate(officer, own)).text.trim()).toBe('[]');
    const { json } = await fixtures.admin.get(`/${database}/${String(own._id)}?conflicts=true`);
    expect(json).toMatchObject({ _rev: `2-${'b'.repeat(32)}`, answers: { workers: 8 } });
    expect(json).not.toHaveProperty('_conflicts');
  });
});
