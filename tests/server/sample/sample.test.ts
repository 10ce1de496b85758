// The demonstration: its documents are good, it shows everything there is to show, and it loads once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSet } from '#lib/domain/criteria/load.ts';
import { validityOf } from '#lib/domain/deadline/validity.ts';
import type { Document, DocumentOf, Kind } from '#lib/domain/document/document.ts';
import { parseDocument } from '#lib/domain/document/parse.ts';
import { STATUSES } from '#lib/domain/document/status.ts';
import { loadForm } from '#lib/domain/form/load.ts';
import { problems } from '#lib/domain/form/progress.ts';
import { FormState } from '#lib/domain/form/state.ts';
import { paperDoubts } from '#lib/domain/paper/doubts.ts';
import { papersNotTaken } from '#lib/domain/paper/fromSurvey.ts';
import { communeByCode } from '#lib/domain/place/commune.ts';
import { scoreAssessment } from '#lib/domain/scoring/score.ts';
import { REFERENCE_DATABASE, communeDatabase } from '#lib/domain/scope.ts';
import { DEMO_ACCOUNTS, SAMPLE_PEOPLE } from '#server/sample/accounts.ts';
import { sampleDocuments } from '#server/sample/documents.ts';
import { loadSample } from '#server/sample/load.ts';
import { asAdmin } from '../../support/couch-request.ts';
import { type CouchServer, startServer } from '../../support/couch-server.ts';

const NOW = new Date('2026-11-23T18:30:00Z'); // Already the 24th in Vietnam.
const TODAY = '2026-11-24';
let documents: Document[];

beforeAll(async () => {
  documents = await sampleDocuments(NOW);
});

const ofKind = <K extends Kind>(kind: K): DocumentOf<K>[] =>
  documents.filter((document): document is DocumentOf<K> => document.kind === kind);

describe('the documents', () => {
  test('are good ones, each with its own id', () => {
    for (const document of documents) expect(parseDocument(document)).toMatchObject({ ok: true });
    expect(new Set(documents.map(({ _id }) => _id)).size).toBe(documents.length);
  });

  test('are always the same but for their dates', async () => {
    const later = await sampleDocuments(new Date('2027-03-01T02:00:00Z'));
    expect(later.map(({ _id }) => _id)).toEqual(documents.map(({ _id }) => _id));
  });

  test('are fictional people and products in real communes', () => {
    expect(ofKind('producer')).toHaveLength(15);
    expect(ofKind('product')).toHaveLength(25);
    for (const { name } of [...ofKind('producer'), ...ofKind('product')]) expect(name).toMatch(/mẫu \d\d$/);
    for (const { commune } of documents) expect(communeByCode(commune)).toBeDefined();
    expect(new Set(ofKind('product').map(({ setId }) => setId)).size).toBeGreaterThanOrEqual(8);
  });

  test('hang together within their commune', () => {
    const byId = new Map(documents.map((document) => [document._id, document]));
    for (const document of documents) {
      const { producerId, productId, subjectId } = {
        producerId: undefined,
        productId: undefined,
        subjectId: undefined,
        ...document
      };
      for (const id of [producerId, productId, subjectId]) {
        if (typeof id === 'string') expect(byId.get(id)?.commune).toBe(document.commune);
      }
    }
  });

  test('show surveys and assessments in every state, a planned visit, a certificate that runs out', () => {
    for (const kind of ['survey', 'assessment'] as const) {
      expect(new Set(ofKind(kind).map(({ status }) => status))).toEqual(new Set(STATUSES));
    }
    expect(ofKind('producer').some(({ plannedVisit }) => (plannedVisit?.at ?? '') > TODAY)).toBe(true);
    const ends = ofKind('product').flatMap(({ recognition }) => recognition?.validUntil ?? []);
    expect(ends.some((day) => day < TODAY)).toBe(true);
    expect(ends.some((day) => day > TODAY && day < '2027-01-31')).toBe(true);
  });

  test('show papers in every state, those of survey and product alike, and evidence that is there', () => {
    const papers = ofKind('paper');
    expect(new Set(papers.map(({ validUntil }) => validityOf(validUntil, TODAY).state))).toEqual(
      new Set(['endless', 'valid', 'soon', 'expired'])
    );
    for (const { issuedOn = '', validUntil = '' } of papers) {
      expect(paperDoubts(issuedOn, validUntil, TODAY)).toEqual({ issuedOn: null, validUntil: null });
    }
    const named = ofKind('assessment').flatMap((assessment) =>
      Object.entries(assessment.evidenceByCriterion ?? {}).flatMap(([code, ids]) =>
        ids.map((id) => ({ assessment, code, paper: papers.find(({ _id }) => _id === id) }))
      )
    );
    expect(named.length).toBeGreaterThan(3);
    for (const { assessment, code, paper } of named) {
      expect(paper?.productId).toBe(assessment.productId);
      expect([code, assessment.choiceByCriterion[code]]).not.toEqual([code, undefined]);
    }
    const fishSauce = ofKind('product').find(({ name }) => name === 'Nước mắm mẫu 01')?._id;
    const survey = ofKind('survey').find(({ productId }) => productId === fishSauce);
    if (survey === undefined) throw new Error('no survey');
    expect(papersNotTaken(survey, [])).toHaveLength(1);
    expect(
      papersNotTaken(
        survey,
        papers.filter(({ productId }) => productId === fishSauce)
      )
    ).toEqual([]);
  });

  test('happened before now', () => {
    for (const { createdAt, updatedAt } of documents) {
      expect(createdAt <= updatedAt).toBe(true);
      expect(updatedAt < NOW.toISOString()).toBe(true);
    }
  });

  test('that were handed in have no open question', async () => {
    const form = await loadForm('product-survey', 1);
    if (!form.ok) throw new Error('no form');
    for (const { status, answers, _id } of ofKind('survey')) {
      const state = new FormState(form.value, answers, TODAY);
      const open = problems(state).map(({ item }) => item.name);
      if (status !== 'draft') expect([_id, open]).toEqual([_id, []]);
    }
  });

  test('of assessments choose options that exist, and add up', async () => {
    for (const assessment of ofKind('assessment')) {
      const set = await loadSet(assessment.setId, assessment.setVersion);
      if (!set.ok) throw new Error(assessment.setId);
      const score = scoreAssessment(set.value, assessment);
      expect(score.progress).toEqual(assessment.progress);
      if (assessment.status !== 'draft') expect(assessment.totals?.total).toBe(score.got);
    }
    const fishSauce = ofKind('product').find(({ name }) => name === 'Nước mắm mẫu 01');
    const known = ofKind('assessment').find(({ productId }) => productId === fishSauce?._id);
    expect(known).toMatchObject({
      status: 'returned',
      totals: { total: 71, byPart: { A: 28, B: 16, C: 27 }, rankByPoints: 4, rankByMinimums: 3, estimate: 3 }
    });
    expect(ofKind('review').find(({ subjectId }) => subjectId === known?._id)?.remarks).toHaveLength(3);
  });
});

describe('the people', () => {
  test('are two officers of one commune, one of others, a reviewer and an administrator', () => {
    const [a, b, c] = ['canbo.a', 'canbo.b', 'canbo.c'].map(
      (name) => SAMPLE_PEOPLE.find(({ user }) => user === name)?.roles ?? []
    );
    const shared = (x: readonly string[] = [], y: readonly string[] = []) =>
      x.filter((role) => role.startsWith('commune:') && y.includes(role));
    expect(shared(a, b)).toEqual(['commune:22972']);
    expect([...shared(a, c), ...shared(b, c)]).toEqual([]);
    expect(DEMO_ACCOUNTS.map(({ role }) => role)).toEqual(['officer', 'officer', 'officer', 'reviewer', 'admin']);
  });
});

describe('loaded into a server', () => {
  let server: CouchServer;

  beforeAll(async () => {
    server = await startServer({ sample: true });
  });

  afterAll(() => server.stop());

  test('everyone sees the own communes and no others', async () => {
    const login = (user: string) => ({ name: user, password: DEMO_ACCOUNTS[0]?.password ?? '' });
    const statusFor = async (user: string) =>
      (
        await asAdmin(server)
          .as(login(user))
          .get(`/${communeDatabase('22972')}/_all_docs`)
      ).status;
    expect(await statusFor('canbo.a')).toBe(200);
    expect(await statusFor('canbo.b')).toBe(200);
    expect(await statusFor('canbo.c')).toBe(403);
    expect(await statusFor('tuvan.t')).toBe(200);
  });

  test('everyone knows what the others are called', async () => {
    const asOfficer = asAdmin(server).as({ name: 'canbo.a', password: DEMO_ACCOUNTS[0]?.password ?? '' });
    const { json } = await asOfficer.get(`/${REFERENCE_DATABASE}/_all_docs?include_docs=true`);
    const { rows } = json as { rows: { doc: { account?: string; displayName?: string } }[] };
    const names = rows.flatMap(({ doc }) => (doc.account === undefined ? [] : [[doc.account, doc.displayName]]));
    expect(new Map(names as [string, string][])).toEqual(new Map(SAMPLE_PEOPLE.map(({ user, name }) => [user, name])));
  });

  test('every document is there', async () => {
    const communes = [...new Set(documents.map(({ commune }) => commune))];
    const counts = await Promise.all(
      communes.map(async (commune) => {
        const { json } = await asAdmin(server).get(`/${communeDatabase(commune)}`);
        return (json as { doc_count: number }).doc_count - 1; // The design document.
      })
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(documents.length);
  });

  test('a second start changes nothing, whatever has been done to the sample', async () => {
    const database = communeDatabase('22972');
    const before = (await asAdmin(server).get(`/${database}`)).json;
    await loadSample(server.url, server.admin, new Date('2027-03-01T02:00:00Z'));
    expect((await asAdmin(server).get(`/${database}`)).json).toEqual(before);
  });
});
