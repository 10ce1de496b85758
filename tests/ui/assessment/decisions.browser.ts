// What the editor decides without a screen: edits, filters, cards, saving that fails and is tried again.
import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { type AssessmentStore, AssessmentEditor } from '#lib/app/assessment/editor.svelte.ts';
import {
  addEvidence,
  choose,
  chooseCase,
  clearChoice,
  removeEvidence,
  putBack,
  setDisqualified,
  setNote,
  submit
} from '#lib/app/assessment/edits.ts';
import { codesIn, targetOf } from '#lib/app/assessment/filter.ts';
import { NONE_GONE } from '#lib/domain/scoring/coverage.ts';
import { openAssessment } from '#lib/app/assessment/open.ts';
import { startAssessment } from '#lib/app/assessment/start.ts';
import { steady } from '#lib/app/assessment/steady.ts';
import { loadSet } from '#lib/domain/criteria/load.ts';
import { type CriteriaSet, criteriaOf } from '#lib/domain/criteria/set.ts';
import { err } from '#lib/domain/result.ts';
import { scoreAssessment } from '#lib/domain/scoring/score.ts';
import { blocksOf } from '../../../src/routes/assessment/[id]/blocks.ts';
import { COMMUNE, aProduct, anAssessment } from '../../support/documents.ts';
import { fishSauceChoices } from '../../support/fish-sauce.ts';
import { aDesk } from './session.ts';

async function set(number: string): Promise<CriteriaSet> {
  const loaded = await loadSet(`qd26-${number}`, 1);
  if (!loaded.ok) throw new Error(loaded.error.kind);
  return loaded.value;
}

const sample = anAssessment({ choiceByCriterion: fishSauceChoices() });

describe('an edit', () => {
  it('changes its own place and nothing else', () => {
    const edited = choose('1.4', 2)(sample);
    expect(edited).toEqual({ ...sample, choiceByCriterion: { ...sample.choiceByCriterion, '1.4': { option: 2 } } });
    expect(sample.choiceByCriterion['1.4']).toEqual({ option: 1 });
  });

  it('keeps evidence when another option is chosen, and gives all back when clearing is undone', () => {
    const choice = { option: 1, note: 'n' };
    const doc = anAssessment({ choiceByCriterion: { '1.4': choice } });
    expect(choose('1.4', null)(doc).choiceByCriterion['1.4']).toEqual({ option: null, note: 'n' });
    expect(putBack('1.4', choice, undefined)(clearChoice('1.4')(doc))).toEqual(doc);
  });

  it('takes an empty note away, and writes nothing when nothing changed', () => {
    const noted = setNote('1.4', 'Có hợp đồng')(sample);
    expect(noted.noteByCriterion).toEqual({ '1.4': 'Có hợp đồng' });
    expect(setNote('1.4', 'Có hợp đồng')(noted)).toBe(noted);
    expect(setNote('1.4', '')(noted).noteByCriterion).toEqual({});
  });

  it('attaches evidence once, behind the rest or at its place, and takes it off again', () => {
    const doc = anAssessment({ evidenceByCriterion: { '1.4': ['photo:a'], '2.1': ['paper:p'] } });
    const attached = addEvidence('1.4', 'paper:p')(doc);
    expect(attached).toEqual({
      ...doc,
      evidenceByCriterion: { '1.4': ['photo:a', 'paper:p'], '2.1': ['paper:p'] }
    });
    expect(addEvidence('1.4', 'photo:b', 1)(attached).evidenceByCriterion?.['1.4']).toEqual([
      'photo:a',
      'photo:b',
      'paper:p'
    ]);
    expect(addEvidence('1.4', 'photo:a', 1)(attached)).toBe(attached);
    expect(removeEvidence('1.4', 'paper:p')(attached)).toEqual(doc);
    expect(removeEvidence('1.4', 'photo:z')(doc)).toBe(doc);
    // A photo that is ready late changes nothing of what was handed in.
    const handedIn = anAssessment({ status: 'submitted' });
    expect(addEvidence('1.4', 'photo:a')(handedIn)).toBe(handedIn);
    expect(removeEvidence('2.1', 'paper:p')(doc).evidenceByCriterion).toEqual({ '1.4': ['photo:a'] });
  });

  it('attaches the first evidence of an assessment, and at a place that is past the end behind all', () => {
    const first = addEvidence('5.1', 'photo:a', 3)(sample);
    expect(first).toEqual({ ...sample, evidenceByCriterion: { '5.1': ['photo:a'] } });
    expect(removeEvidence('5.1', 'photo:a')(first).evidenceByCriterion).toEqual({});
  });

  it('ticks a disqualifier once and unticks it', () => {
    const ticked = setDisqualified('1.1:0', true)(setDisqualified('1.1:0', true)(sample));
    expect(ticked.disqualified).toEqual(['1.1:0']);
    expect(setDisqualified('1.1:0', false)(ticked).disqualified).toEqual([]);
  });

  it('of the case takes back an option of the other one only', async () => {
    const tourism = await set('26');
    const doc = anAssessment({ choiceByCriterion: { '8': { option: 1 } } });
    expect(chooseCase(tourism, '8', 'a')(doc).choiceByCriterion).toEqual({ '8': { option: 1 } });
    expect(chooseCase(tourism, '8', 'b')(doc)).toMatchObject({ choiceByCriterion: {}, caseByCriterion: { '8': 'b' } });
  });

  it('that hands in freezes the totals of what is stored then, and tells who and when', async () => {
    const at = '2026-11-23T03:42:00.000Z';
    const edited = submit(await set('09'), at, 'canbo.a')(choose('11', 2)(sample));
    expect(edited).toMatchObject({ status: 'submitted', totals: { total: 74 }, progress: { done: 30, of: 31 } });
    expect(edited.trail.at(-1)).toEqual({ status: 'submitted', at, by: 'canbo.a' });
  });
});

describe('the filters', () => {
  it('speak of the next rank', async () => {
    const score = scoreAssessment(await set('09'), sample);
    expect(targetOf(score)).toBe(4);
    expect(codesIn('unseen', sample, score, NONE_GONE)).toEqual(['3.4', '11']);
    expect(codesIn('missed', sample, score, NONE_GONE)).toEqual(['1.4', '2.3', '3.4', '3.5', '5.1']);
    expect(codesIn('noEvidence', sample, score, NONE_GONE)).not.toContain('2.4');
  });

  it('do not call 5.2 unseen where there is no story', async () => {
    const doc = anAssessment({ choiceByCriterion: { '5.1': { option: 0 } } });
    expect(codesIn('unseen', doc, scoreAssessment(await set('09'), doc), NONE_GONE)).not.toContain('5.2');
  });
});

describe('a new score', () => {
  it('keeps every object that a tap did not change', async () => {
    const fishSauce = await set('09');
    const before = scoreAssessment(fishSauce, sample);
    const after = steady(before, scoreAssessment(fishSauce, choose('1.4', 2)(sample)));
    const changed = [...after.byCriterion].filter(([code, score]) => before.byCriterion.get(code) !== score);
    expect(changed.map(([code]) => code)).toEqual(['1.4']);
    expect([...after.bySection].filter(([code, score]) => before.bySection.get(code) !== score)).toHaveLength(1);
    expect(after).toEqual(scoreAssessment(fishSauce, choose('1.4', 2)(sample)));
  });
});

describe('the cards', () => {
  const codesOf = (criteria: CriteriaSet) => new Set(criteriaOf(criteria).map(({ code }) => code));

  it('hold every criterion once, whatever the filter', async () => {
    for (const number of ['01', '09', '11', '13', '26']) {
      const criteria = await set(number);
      for (const visible of [codesOf(criteria), new Set(['2.1', '5.2'])]) {
        const listed = blocksOf(criteria, visible).flatMap((block) => block.criteria.map(({ code }) => code));
        expect(listed).toEqual(criteriaOf(criteria).flatMap(({ code }) => (visible.has(code) ? [code] : [])));
      }
    }
  });

  it('join sections that are their own criterion, and part the middle level of set 13', async () => {
    const fishSauce = await set('09');
    expect(
      blocksOf(fishSauce, codesOf(fishSauce)).map(({ section, criteria }) => [section?.code, criteria.length])
    ).toEqual([
      ['1', 6],
      ['2', 4],
      ['3', 5],
      ['4', 3],
      ['5', 3],
      ['6', 5],
      [undefined, 5]
    ]);
    const coffee = await set('13');
    expect(blocksOf(coffee, codesOf(coffee)).flatMap(({ parent }) => parent?.code ?? [])).toEqual(['6.1', '6.2']);
  });
});

/** An editor whose phone takes nothing, until the test makes room. */
async function onAFullPhone() {
  const desk = await aDesk({ choiceByCriterion: fishSauceChoices() });
  const opened = await openAssessment(desk.store, desk.id);
  if (!opened.ok) throw new Error(opened.error.kind);
  const phone = { isFull: true };
  const store: AssessmentStore = {
    get: (kind, id) => desk.store.get(kind, id),
    update: (kind, id, change) =>
      phone.isFull
        ? Promise.resolve(err({ tag: 'write', cause: 'quota', message: 'full' }))
        : desk.store.update(kind, id, change)
  };
  const editor = new AssessmentEditor(store, desk.session.account, opened.value.set, opened.value.stored);
  return { desk, editor, phone };
}

describe('saving', () => {
  it('keeps what could not be written on screen, and writes it with the next edit', async () => {
    const { desk, editor, phone } = await onAFullPhone();
    editor.choose('1.4', 3);
    await editor.flush();
    flushSync();
    expect(editor.failure).toMatchObject({ tag: 'write', cause: 'quota' });
    expect(editor.score.got).toBe(73);
    expect((await desk.stored()).choiceByCriterion['1.4']).toEqual({ option: 1 });

    phone.isFull = false;
    editor.choose('11', 0);
    await editor.flush();
    expect(editor.failure).toBeNull();
    expect((await desk.stored()).choiceByCriterion).toMatchObject({ '1.4': { option: 3 }, '11': { option: 0 } });
  });

  it('goes on trying by itself, also after the screen is left, and saves once there is room', async () => {
    const desk = await aDesk({ choiceByCriterion: fishSauceChoices() });
    const opened = await openAssessment(desk.store, desk.id);
    if (!opened.ok) throw new Error(opened.error.kind);
    let tries = 0;
    const store: AssessmentStore = {
      get: (kind, id) => desk.store.get(kind, id),
      update: (kind, id, change) =>
        ++tries < 3
          ? Promise.resolve(err({ tag: 'write', cause: 'quota', message: 'full' }))
          : desk.store.update(kind, id, change)
    };
    const editor = new AssessmentEditor(store, desk.session.account, opened.value.set, opened.value.stored);
    const leave = editor.follow();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      editor.choose('1.4', 3);
      leave();
      await editor.flush();
      expect(editor.failure).not.toBeNull();
      await vi.advanceTimersByTimeAsync(5_000);
      expect(tries).toBe(2);
      await vi.advanceTimersByTimeAsync(5_000);
      expect(tries).toBe(3);
    } finally {
      vi.useRealTimers();
    }
    await expect.poll(async () => (await desk.stored()).choiceByCriterion['1.4']).toEqual({ option: 3 });
    expect(editor.failure).toBeNull();
  });

  it('calls nothing handed in that could not be written, hands nothing in later by itself, and does when asked again', async () => {
    const { desk, editor, phone } = await onAFullPhone();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      expect(await editor.submit(new Date())).toBe(false);
      expect(editor.doc.status).toBe('draft');
      expect(editor.isEditable).toBe(true);
      // Nothing that was entered is unsaved.
      expect(editor.failure).toBeNull();
      phone.isFull = false;
      await vi.advanceTimersByTimeAsync(60_000);
    } finally {
      vi.useRealTimers();
    }
    expect((await desk.stored()).status).toBe('draft');

    // A second tap while it is on its way hands nothing in twice.
    expect(await Promise.all([editor.submit(new Date()), editor.submit(new Date())])).toEqual([true, false]);
    expect(editor.doc.status).toBe('submitted');
    const { status, trail } = await desk.stored();
    expect([status, trail.length]).toEqual(['submitted', 1]);
  });

  it('writes quick taps in their order', async () => {
    const desk = await aDesk();
    const opened = await openAssessment(desk.store, desk.id);
    if (!opened.ok) throw new Error(opened.error.kind);
    const editor = new AssessmentEditor(desk.store, desk.session.account, opened.value.set, opened.value.stored);
    for (const option of [0, 1, 2, 3, 2]) editor.choose('1.4', option);
    await editor.flush();
    expect((await desk.stored()).choiceByCriterion['1.4']).toEqual({ option: 2 });
  });

  it('puts evidence that was taken off back where it was, also among what came meanwhile', async () => {
    const desk = await aDesk();
    const opened = await openAssessment(desk.store, desk.id);
    if (!opened.ok) throw new Error(opened.error.kind);
    const editor = new AssessmentEditor(desk.store, desk.session.account, opened.value.set, opened.value.stored);
    for (const id of ['photo:a', 'photo:b', 'paper:p']) editor.addEvidence('1.4', id);
    editor.removeEvidence('1.4', 'photo:b');
    editor.addEvidence('1.4', 'photo:c');
    await editor.flush();
    expect((await desk.stored()).evidenceByCriterion).toEqual({ '1.4': ['photo:a', 'paper:p', 'photo:c'] });
    editor.addEvidence('1.4', 'photo:b', 1);
    await editor.flush();
    expect((await desk.stored()).evidenceByCriterion).toEqual({ '1.4': ['photo:a', 'photo:b', 'paper:p', 'photo:c'] });
  });

  it('hands in only what is the officer’s now', async () => {
    const desk = await aDesk({ status: 'submitted' });
    const opened = await openAssessment(desk.store, desk.id);
    if (!opened.ok) throw new Error(opened.error.kind);
    const editor = new AssessmentEditor(desk.store, desk.session.account, opened.value.set, opened.value.stored);
    editor.choose('1.4', 2);
    expect(await editor.submit(new Date())).toBe(false);
    expect((await desk.stored()).choiceByCriterion).toEqual({});
  });
});

describe('opening', () => {
  it('says what is missing: the document, or its version of the set', async () => {
    const desk = await aDesk();
    expect(await openAssessment(desk.store, 'assessment:none')).toEqual({ ok: false, error: { kind: 'missing' } });
    await desk.store.update('assessment', desk.id, (doc) => ({ ...doc, setVersion: 7 }));
    expect(await openAssessment(desk.store, desk.id)).toEqual({
      ok: false,
      error: { kind: 'unknownSet', id: 'qd26-09', version: 7 }
    });
  });

  it('begins a new one with the newest version of the product’s set', async () => {
    const desk = await aDesk();
    const started = await startAssessment(desk.store, aProduct({ setId: 'qd26-13' }), '2026-11-23T03:42:00.000Z');
    expect(started).toMatchObject({
      ok: true,
      value: { setId: 'qd26-13', setVersion: 1, commune: COMMUNE, status: 'draft', progress: { done: 0, of: 34 } }
    });
    expect(await startAssessment(desk.store, aProduct({ setId: 'qd30-01' }), '2026-11-23T03:42:00.000Z')).toEqual({
      ok: false,
      error: { tag: 'unknownSet', id: 'qd30-01' }
    });
  });
});
