// Makes one document of two that started from the same: the three-way merge of law 5.
import type { Stamp } from '../document/document.ts';
import { parsePath, pathOf } from '../form/path.ts';
import { type Path, keyOf, mapOf, own, valueAt, withValueAt } from './place.ts';
import { ATTACHMENTS, type AnyDocument, UNSAID, isEqual, isSameContent } from './rival.ts';
import { type Clash, type Side, ThreeWay } from './threeWay.ts';

/** What only one side says, by side; for the record of who contributed what. */
export type Contributions = Readonly<Record<Side, readonly Path[]>>;

/**
 * | tag      | means                                                                                     |
 * |----------|-------------------------------------------------------------------------------------------|
 * | `mine`   | theirs says nothing that mine does not                                                    |
 * | `theirs` | mine says nothing that theirs does not                                                    |
 * | `both`   | each contributed: `doc` is the merged one, its stamps still to be made (`withMergeNote`)  |
 * | `clash`  | a person has to choose at `clashes`; `doc` is merged everywhere else and mine there       |
 */
export type Merged =
  | { readonly tag: 'mine' }
  | { readonly tag: 'theirs' }
  | { readonly tag: 'both'; readonly doc: AnyDocument; readonly changed: Contributions }
  | {
      readonly tag: 'clash';
      readonly doc: AnyDocument;
      readonly changed: Contributions;
      readonly clashes: readonly Clash[];
    };

/** Merged entry by entry: by question, by criterion, by fact of a person. */
const MAPS = ['answers', 'overrides', 'prefilled', 'noteByCriterion', 'caseByCriterion', 'representative'];
const SETS = ['disqualified', 'photos'];
/** Each entry is a set. */
const MAPS_OF_SETS = ['evidenceByCriterion'];
const ROWS = ['remarks'];

/** What a step in the life of a document brings along. */
const OF_STEPS = ['status', 'trail', 'totals'];

/** Not merged as places: they say who saved, or follow from the rest, or are looked at by rules of their own. */
const APART: ReadonlySet<string> = new Set([...UNSAID, ...OF_STEPS, 'deleted']);

/**
 * Merges two versions of a document.
 *
 * Contents go place by place, see `ThreeWay`. Then two questions concern the document as a whole:
 *
 * | one side                     | the other side since the base | result                                      |
 * |------------------------------|-------------------------------|---------------------------------------------|
 * | deleted it                   | changed nothing               | deleted                                     |
 * | deleted it                   | changed anything, moved it on | clash at `deleted`                          |
 * | brought it back              | anything                      | it is back, contents merged                 |
 * | moved it on (submitted, …)   | changed nothing               | moved on                                    |
 * | moved it on                  | moved it less far, no change  | the one that is further on                  |
 * | moved it on                  | changed contents              | clash at `status`: what was handed in stays what was handed in |
 * | moved it on                  | moved it elsewhere            | clash at `status`, unless both say the same |
 *
 * So a status and its trail are always those of one side, and the trail of the result begins with the one of `theirs`
 * or is a clash: no merge makes a step that nobody has made.
 *
 * @param base what both started from; null when it is not known: then every difference is a clash
 */
export function merge(base: AnyDocument | null, mine: AnyDocument, theirs: AnyDocument): Merged {
  if (base !== null && isSameContent(theirs, base)) return { tag: 'mine' };
  if (isSameContent(mine, theirs) || (base !== null && isSameContent(mine, base))) return { tag: 'theirs' };

  const three = new ThreeWay(base !== null);
  const contents = mergeContents(three, base, mine, theirs);
  for (const clash of togetherWith(three, contents, base, mine, theirs)) {
    const within = [clash.path, ...companionsOf(clash.path)];
    for (const path of within) unsay(three, path);
    three.clashes.push(clash);
  }
  const { changed } = three;
  const clashes = [...three.clashes];

  // The other side has changed something, or one of the first two lines had been the answer.
  if (isNewlyDeleted(base, mine, theirs)) clashes.push(clashAt(['deleted'], base, mine, theirs));

  if (!isEqual(stepsOf(mine), stepsOf(theirs))) {
    const ahead: Side | null = isAhead('mine', mine, theirs)
      ? 'mine'
      : isAhead('theirs', mine, theirs)
        ? 'theirs'
        : null;
    const isSame = clashes.length === 0 && changed.mine.length === 0 && changed.theirs.length === 0;
    if (ahead === null && isSame && mine['status'] === theirs['status']) return { tag: 'theirs' };
    const isUntouched = ahead !== null && clashes.length === 0 && changed[otherThan(ahead)].length === 0;
    if (ahead !== null && isUntouched) return { tag: ahead };
    // Handed in or handed on, it is chosen as a whole.
    const clash = clashAt(['status'], base, mine, theirs);
    return { tag: 'clash', doc: mine, changed: { mine: [], theirs: [] }, clashes: [clash] };
  }

  const doc = { ...contents, ...derived(base, mine, theirs) };
  if (clashes.length > 0)
    return { tag: 'clash', doc: clashes.reduce(withClashing('mine', mine), doc), changed, clashes };
  if (isSameContent(doc, theirs)) return { tag: 'theirs' };
  return isSameContent(doc, mine) ? { tag: 'mine' } : { tag: 'both', doc, changed };
}

/** So many notes of merges tell every place; of older ones it stays who merged what of whom, and of which conflict. */
const NOTES_WHOLE = 20;

/**
 * The merged document with its own stamps and a note of who contributed what: the head's stamps name one person only.
 * @param stamp of the save that the merge is
 */
export function withMergeNote(
  { doc, changed }: Extract<Merged, { tag: 'both' }>,
  mine: AnyDocument,
  theirs: AnyDocument,
  stamp: Stamp
): AnyDocument {
  const parts = [partOf(mine, changed.mine), partOf(theirs, changed.theirs)];
  return { ...withNote(doc, [doc], { at: stamp.updatedAt, by: stamp.updatedBy, parts }), ...stamp };
}

/** A version as it is brought back by somebody else than who wrote it, with a note that tells of him. */
export const withAuthorNote = (doc: AnyDocument, stamp: Stamp): AnyDocument => ({
  ...withNote(doc, [doc], { at: stamp.updatedAt, by: stamp.updatedBy, parts: [partOf(doc, [])] }),
  ...stamp
});

/** What a version contributes to a merge. */
const partOf = ({ updatedBy, updatedAt }: AnyDocument, places: readonly Path[]) => ({
  by: String(updatedBy ?? ''),
  at: updatedAt,
  places: places.map((path) => path.join('/'))
});

/** @param from the versions whose earlier notes it carries on */
const withNote = (doc: AnyDocument, from: readonly AnyDocument[], note: object): AnyDocument => ({
  ...doc,
  merges: thinned([...mergeNotes(...from), note])
});

/** Whether a version comes from the decision of that conflict. */
export const isDecided = (doc: AnyDocument | null, conflict: string): boolean =>
  doc !== null && mergeNotes(doc).some((note) => own(note, 'conflict') === conflict);

/**
 * A version that a person has made of two, with a note of whose values stand where.
 * @param outcome what came of it, with the stamps of the save that it is
 * @param conflict the id of the record
 */
export function withDecisionNote(
  outcome: AnyDocument,
  {
    base,
    mine,
    theirs
  }: { readonly base: AnyDocument | null; readonly mine: AnyDocument; readonly theirs: AnyDocument },
  conflict: string,
  stamp: Stamp
): AnyDocument {
  const merged = merge(base, mine, theirs);
  const changed = merged.tag === 'clash' || merged.tag === 'both' ? merged.changed : { mine: [], theirs: [] };
  const clashes = merged.tag === 'clash' ? merged.clashes : [];
  const part = (side: Side, from: AnyDocument) => {
    const stands = clashes.filter(({ path }) => isEqual(valueAt(outcome, path), valueAt(from, path)));
    return partOf(from, [...changed[side], ...stands.map(({ path }) => path)]);
  };
  const parts = [part('mine', mine), part('theirs', theirs)];
  return withNote(outcome, [mine, theirs], { at: stamp.updatedAt, by: stamp.updatedBy, parts, conflict });
}

/** Whether a version has taken in what that losing leaf says. */
export const isOfLeaf = (doc: AnyDocument, leaf: string): boolean =>
  mergeNotes(doc).some((note) => own(note, 'leaf') === leaf);

/**
 * The version that won with what a losing leaf says, as an edit of it, with a note that tells of the leaf.
 * @param leaf its revision
 */
export function withLeafNote(
  merged: Extract<Merged, { tag: 'mine' | 'both' }>,
  mine: AnyDocument,
  theirs: AnyDocument,
  leaf: string,
  stamp: Stamp
): AnyDocument {
  const isBoth = merged.tag === 'both';
  const changed = isBoth ? merged.changed : { mine: [], theirs: [] };
  const parts = [partOf(mine, changed.mine), partOf(theirs, changed.theirs)];
  const note = { at: stamp.updatedAt, by: stamp.updatedBy, parts, leaf };
  return { ...withNote(isBoth ? merged.doc : mine, [mine, theirs], note), ...stamp };
}

/** What a person chose for a clash. */
export type Choice = Side | { readonly value: unknown };

/**
 * Makes one document of a merge with clashes.
 * @param choose the choice for each clash; stamps are the caller's
 */
export function resolve(
  merged: Extract<Merged, { tag: 'clash' }>,
  mine: AnyDocument,
  theirs: AnyDocument,
  choose: (clash: Clash) => Choice
): AnyDocument {
  let doc = merged.doc;
  for (const clash of merged.clashes) {
    const choice = choose(clash);
    if (clash.path[0] === 'status' && typeof choice === 'string') return choice === 'mine' ? mine : theirs;
    if (choice === 'mine') continue;
    if (choice === 'theirs') doc = withClashing('theirs', theirs)(doc, clash);
    // What belonged to the former value does not belong to one that is written anew.
    else doc = withCompanions(withValueAt(doc, clash.path, choice.value), clash.path, null);
  }
  return doc;
}

/** Places that mean something only together with this one, and go the way that it goes. */
function companionsOf(path: Path): Path[] {
  const [field, entry = '', row, cell] = path;
  // An option belongs to the case that it was chosen in (set 26).
  if (field === 'choiceByCriterion' && path.length === 2) return [['caseByCriterion', entry]];
  if (field !== 'answers' || path.length === 3) return [];
  // A reason why an answer stays: beside another answer it would lie.
  return [['overrides', row === undefined || cell === undefined ? entry : pathOf(cell, entry, row)]];
}

/** Takes what clashes, with its companions, from one side. */
const withClashing =
  (side: Side, from: AnyDocument) =>
  (doc: AnyDocument, clash: Clash): AnyDocument =>
    withCompanions(withValueAt(doc, clash.path, clash[side]), clash.path, from);

/** Takes the companions of a place from one version; null: takes them away. */
const withCompanions = (doc: AnyDocument, path: Path, from: AnyDocument | null): AnyDocument =>
  companionsOf(path).reduce(
    (whole, place) => withValueAt(whole, place, from === null ? undefined : valueAt(from, place)),
    doc
  );

function mergeContents(three: ThreeWay, base: AnyDocument | null, mine: AnyDocument, theirs: AnyDocument): AnyDocument {
  const contents = three.map(
    [],
    { base: without(base), mine: without(mine), theirs: without(theirs) },
    (path, field) => {
      const [name = ''] = path;
      if (name === 'choiceByCriterion') return three.map(path, field, three.choice);
      if (MAPS_OF_SETS.includes(name)) return three.map(path, field, three.set);
      if (MAPS.includes(name)) return three.map(path, field, name === 'answers' ? three.answer : three.plain);
      if (SETS.includes(name)) return three.set(path, field);
      return ROWS.includes(name) ? three.rows(path, field) : three.plain(path, field);
    }
  );
  return { ...mapOf(contents), _id: mine._id };
}

const without = (doc: AnyDocument | null): object =>
  Object.fromEntries(Object.entries(doc ?? {}).filter(([name]) => !APART.has(name)));

/** Clashes that arise only because two places belong together: each side changed another one of them. */
function togetherWith(
  { changed, clashes }: ThreeWay,
  merged: AnyDocument,
  base: AnyDocument | null,
  mine: AnyDocument,
  theirs: AnyDocument
): Clash[] {
  const found: Clash[] = [];
  for (const [side, doc] of [
    ['mine', mine],
    ['theirs', theirs]
  ] as const) {
    for (const path of [...changed[side], ...clashes.map((clash) => clash.path)]) {
      const [field, name = ''] = path;
      if (field === 'overrides' && valueAt(doc, path) !== undefined) {
        const place = answerOf(name, [merged, mine, theirs]);
        const isBeside = isEqual(valueAt(merged, place), valueAt(doc, place));
        if (!isBeside || clashes.some((clash) => isEqual(clash.path, place)))
          found.push(clashAt(place, base, mine, theirs));
      }
      const isCase = field === 'caseByCriterion';
      const isChosen = (one: Path) => one[0] === 'choiceByCriterion' && one[1] === name;
      if (isCase && [...changed[otherThan(side)], ...clashes.map((clash) => clash.path)].some(isChosen)) {
        found.push(clashAt(['choiceByCriterion', name], base, mine, theirs));
      }
    }
  }
  return found;
}

/** The place of the answer that a reason speaks of; where a version lacks its row, the row. */
function answerOf(path: string, docs: readonly AnyDocument[]): Path {
  const { name, row } = parsePath(path);
  if (row === null) return ['answers', name];
  const place = ['answers', row.repeat, row.id];
  return docs.some((doc) => valueAt(doc, place) === undefined) ? place : [...place, name];
}

/** What turned out to be a clash, or to lie within one, is nobody's contribution and no clash of its own. */
function unsay({ changed, clashes }: ThreeWay, place: Path): void {
  const isWithin = (path: Path) => place.every((step, i) => path[i] === step);
  for (const list of [changed.mine, changed.theirs]) {
    const kept = list.filter((path) => !isWithin(path));
    list.splice(0, list.length, ...kept);
  }
  const kept = clashes.filter(({ path }) => !isWithin(path));
  clashes.splice(0, clashes.length, ...kept);
}

const isNewlyDeleted = (base: AnyDocument | null, mine: AnyDocument, theirs: AnyDocument): boolean =>
  mine['deleted'] !== theirs['deleted'] && base?.['deleted'] !== true;

const stepsOf = (doc: AnyDocument): object => ({ status: doc['status'], trail: doc['trail'] });

/** Whether a side's trail is the other one's and more. */
function isAhead(side: Side, mine: AnyDocument, theirs: AnyDocument): boolean {
  const [long, short] = (side === 'mine' ? [mine, theirs] : [theirs, mine]).map((doc) => doc['trail']);
  if (!Array.isArray(long) || !Array.isArray(short)) return false;
  return long.length > short.length && isEqual(long.slice(0, short.length), short);
}

/** The fields beside the contents; where the two could differ here, steps and deletion are known to be level. */
function derived(base: AnyDocument | null, mine: AnyDocument, theirs: AnyDocument): Record<string, unknown> {
  const fields = Object.entries(mine).filter(
    ([name]) => APART.has(name) && !['progress', 'totals', 'merges', 'handed', 'deleted', ATTACHMENTS].includes(name)
  );
  const newer = base !== null && isEqual(mine['totals'], base['totals']) ? theirs : mine;
  const notes = mergeNotes(mine, theirs);
  const handed = listed('handed', [mine, theirs]);
  const isDeleted =
    base?.['deleted'] === true ? mine['deleted'] === true && theirs['deleted'] === true : mine['deleted'] === true;
  return Object.fromEntries([
    ...fields,
    // The bytes are where the server says that they are.
    ...(theirs[ATTACHMENTS] === undefined ? [] : [[ATTACHMENTS, theirs[ATTACHMENTS]] as const]),
    ...(notes.length === 0 ? [] : [['merges', notes] as const]),
    ...(handed.length === 0 ? [] : [['handed', handed] as const]),
    ...(isDeleted ? [['deleted', true] as const] : []),
    ...(newer['totals'] === undefined ? [] : [['totals', newer['totals']] as const]),
    // A count of which nobody knows whether it still holds is left out until the editor counts again.
    ...(mine['progress'] !== undefined && isEqual(mine['progress'], theirs['progress'])
      ? [['progress', mine['progress']] as const]
      : [])
  ]);
}

/** The notes of earlier merges on either side, oldest first. */
function mergeNotes(...docs: readonly AnyDocument[]): unknown[] {
  const byKey = new Map<string, unknown>();
  for (const note of listed('merges', docs)) {
    // One side may have thinned it.
    const thin = withoutPlaces(note);
    const key = JSON.stringify(thin);
    if (!byKey.has(key) || isEqual(note, thin)) byKey.set(key, note);
  }
  return thinned([...byKey.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)));
}

const thinned = (notes: readonly unknown[]): unknown[] =>
  notes.map((note, i) => (i < notes.length - NOTES_WHOLE ? withoutPlaces(note) : note));

function withoutPlaces(note: unknown): unknown {
  const parts = own(note, 'parts');
  if (!Array.isArray(parts)) return note;
  return { ...mapOf(note), parts: parts.map((part: unknown) => ({ ...mapOf(part), places: [] })) };
}

/** What the lists of a field hold in all versions together, each entry once. */
function listed(field: string, docs: readonly AnyDocument[]): unknown[] {
  const all: unknown[] = [];
  for (const entry of docs.flatMap((doc) => (Array.isArray(doc[field]) ? (doc[field] as unknown[]) : []))) {
    if (!all.some((one) => isEqual(one, entry))) all.push(entry);
  }
  return all;
}

const otherThan = (side: Side): Side => (side === 'mine' ? 'theirs' : 'mine');

const clashAt = (path: Path, base: AnyDocument | null, mine: AnyDocument, theirs: AnyDocument): Clash => ({
  path,
  base: base === null ? undefined : valueAt(base, path),
  mine: valueAt(mine, path),
  theirs: valueAt(theirs, path)
});
