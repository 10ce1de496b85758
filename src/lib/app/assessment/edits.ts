// Every change that the self-assessment editor makes, as pure functions from one document to the next.
import { criteriaOf, type CriteriaSet } from '#lib/domain/criteria/set.ts';
import type { Assessment, Choice } from '#lib/domain/document/document.ts';
import { kindOfId } from '#lib/domain/document/id.ts';
import { moved, withId, withInstead, withoutId } from '#lib/domain/photo/order.ts';
import { freezeTotals } from '#lib/domain/scoring/freeze.ts';
import { scoreAssessment } from '#lib/domain/scoring/score.ts';

/** Applied to what is on screen at once, and again to what is stored: another tab may have written in between. */
export type Edit = (doc: Assessment) => Assessment;

/** Chooses an option; null: looked at, no option reached. Evidence stays with the criterion. */
export function choose(code: string, option: number | null): Edit {
  return (doc) => withChoice(doc, code, { ...doc.choiceByCriterion[code], option });
}

/** Takes the choice back: the criterion counts as not looked at again. */
export function clearChoice(code: string): Edit {
  return (doc) => withChoice(doc, code, undefined);
}

/** Puts a choice and its case back as they were: the undo of clearing and of changing the case. */
export function putBack(code: string, choice: Choice | undefined, chosenCase: string | undefined): Edit {
  return (doc) => withCase(withChoice(doc, code, choice), code, chosenCase);
}

/** Chooses the alternative case at a criterion (set 26); an option of the other case is taken back. */
export function chooseCase(set: CriteriaSet, code: string, chosenCase: string): Edit {
  const options = criteriaOf(set).find((criterion) => criterion.code === code)?.options ?? [];
  return (doc) => {
    const option = doc.choiceByCriterion[code]?.option ?? null;
    const isOther = option !== null && options[option]?.case?.code !== chosenCase;
    return withCase(isOther ? withChoice(doc, code, undefined) : doc, code, chosenCase);
  };
}

/** Writes the note of a criterion; an empty one goes. */
export function setNote(code: string, note: string): Edit {
  return (doc) => {
    if ((doc.noteByCriterion?.[code] ?? '') === note) return doc;
    const { [code]: _before, ...others } = doc.noteByCriterion ?? {};
    return { ...doc, noteByCriterion: note === '' ? others : { ...others, [code]: note } };
  };
}

/** Adds a photo or a paper to the evidence of a criterion, at an index or at the end. It needs no choice there. */
export function addEvidence(code: string, id: string, index?: number): Edit {
  return withEvidence(code, (ids) => withId(ids, id, index));
}

/** Takes a photo or a paper off the evidence of a criterion. */
export function removeEvidence(code: string, id: string): Edit {
  return withEvidence(code, (ids) => withoutId(ids, id));
}

/** Puts a photo in the place of one that was taken again. */
export function replaceEvidence(code: string, old: string, id: string): Edit {
  return withEvidence(code, (ids) => withInstead(ids, old, id));
}

/** Moves a photo past the next one, a paper past the next one: 1 later, -1 earlier. */
export function moveEvidence(code: string, id: string, by: 1 | -1): Edit {
  return withEvidence(code, (ids) => moved(ids, id, by, (other) => kindOfId(other) === kindOfId(id)));
}

/** Ticks a disqualifier, or takes the tick away; `key` as scoring names it. */
export function setDisqualified(key: string, applies: boolean): Edit {
  return (doc) => {
    const others = (doc.disqualified ?? []).filter((each) => each !== key);
    return { ...doc, disqualified: applies ? [...others, key] : others };
  };
}

/** Keeps the count that lists show in step with the choices. */
export function countProgress(set: CriteriaSet): Edit {
  return (doc) => ({ ...doc, progress: scoreAssessment(set, doc).progress });
}

/** Hands the assessment to the reviewer with its totals frozen; whether that is legal is the caller's question. */
export function submit(set: CriteriaSet, at: string, by: string): Edit {
  return (doc) => {
    const score = scoreAssessment(set, doc);
    return {
      ...doc,
      status: 'submitted',
      trail: [...doc.trail, { status: 'submitted', at, by }],
      totals: freezeTotals(score),
      progress: score.progress
    };
  };
}

function withEvidence(code: string, change: (ids: readonly string[]) => readonly string[]): Edit {
  return (doc) => {
    // A photo that is ready after the dossier was handed in stays with the product, unplaced.
    if (doc.status === 'submitted' || doc.status === 'accepted') return doc;
    const before = doc.evidenceByCriterion?.[code] ?? [];
    const after = change(before);
    if (after === before) return doc;
    const { [code]: _before, ...others } = doc.evidenceByCriterion ?? {};
    return { ...doc, evidenceByCriterion: after.length === 0 ? others : { ...others, [code]: [...after] } };
  };
}

function withChoice(doc: Assessment, code: string, choice: Choice | undefined): Assessment {
  const { [code]: _before, ...others } = doc.choiceByCriterion;
  return { ...doc, choiceByCriterion: choice === undefined ? others : { ...others, [code]: choice } };
}

function withCase(doc: Assessment, code: string, chosenCase: string | undefined): Assessment {
  if (doc.caseByCriterion?.[code] === chosenCase) return doc;
  const { [code]: _before, ...others } = doc.caseByCriterion ?? {};
  return { ...doc, caseByCriterion: chosenCase === undefined ? others : { ...others, [code]: chosenCase } };
}
