// A place at which two versions differ, in words: where it is, what it is called, what each side says.
import type { Clash, ConflictFile } from '#lib/app/records/conflict.ts';
import { newestSet } from '#lib/domain/criteria/catalogue.ts';
import { criteriaOf } from '#lib/domain/criteria/set.ts';
import type { Kind } from '#lib/domain/document/document.ts';
import { kindOfId } from '#lib/domain/document/id.ts';
import { STATUSES } from '#lib/domain/document/status.ts';
import { parsePath } from '#lib/domain/form/path.ts';
import { textToPlace } from '#lib/domain/place/answer.ts';
import { isFix } from '#lib/domain/place/fix.ts';
import { type Signature, type Stroke, textToSignature } from '#lib/domain/signature/signature.ts';
import { valueAt } from '#lib/domain/merge/place.ts';
import { endingsOf } from '#lib/domain/scoring/ending.ts';
import type { Language } from '#lib/ui/language.svelte.ts';
import { sayFix, sayPlace } from '#lib/ui/sayPlace.ts';
import { saySignature } from '#lib/ui/saySignature.ts';
import { countEvidence } from '../photos/count.ts';

export interface PlaceWords {
  /** "Tiêu chí 1.4", "Chủ thể Cơ sở mẫu 12". */
  readonly where: string;
  readonly name: string;
  /** What a value says. */
  readonly say: (value: unknown) => string;
  /** How it can be rewritten: as text, as a number, or not at all (a choice is made by choosing). */
  readonly rewrite: 'text' | 'number' | null;
  /** The strokes of a value that is a drawn signature; null for any other. */
  readonly strokes?: (value: unknown) => readonly Stroke[] | null;
}

/** The words of a place. */
export function placeWords(clash: Clash, file: ConflictFile, lang: Language): PlaceWords {
  const [field, entry = '', row, cell] = clash.path;
  switch (field) {
    case 'choiceByCriterion':
      if (row === 'note') return criterionNote(entry, file, lang);
      return criterionChoice(entry, row === 'option', file, lang);
    case 'evidenceByCriterion':
      return {
        where: lang.m.conflict.where.evidence({ code: entry }),
        name: criterionTitle(entry, file, lang),
        say: evidence(clash, lang),
        rewrite: null
      };
    case 'noteByCriterion':
      return criterionNote(entry, file, lang);
    case 'answers':
      if (row === undefined) return answer(entry, clash, file, lang);
      return { ...rowWords(entry, row, cell, clash, file, lang), where: rowName(entry, row, file, lang) };
    case 'overrides':
      return {
        ...answer(parsePath(entry).name, clash, file, lang),
        where: lang.m.conflict.where.reason,
        say: plain(lang),
        rewrite: 'text'
      };
    default:
      return plainField(field ?? '', entry, clash, file, lang);
  }
}

const criterionNote = (code: string, file: ConflictFile, lang: Language): PlaceWords => ({
  where: lang.m.conflict.where.note({ code }),
  name: criterionTitle(code, file, lang),
  say: plain(lang),
  rewrite: 'text'
});

/** Lists of photos and papers in words: how many, and how many of them the other version has not. */
const evidence =
  ({ mine, theirs }: Clash, lang: Language) =>
  (value: unknown): string => {
    const ids = textsOf(value);
    const other = textsOf(value === mine ? theirs : mine);
    if (ids.length === 0) return lang.m.conflict.noEvidence;
    const only = ids.filter((id) => !other.includes(id));
    const all = lang.m.evidence.count(countEvidence(ids));
    return only.length === 0 || other.length === 0
      ? all
      : lang.m.conflict.onlyHere({ all, only: lang.number(only.length) });
  };

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

const isEvidence = (value: unknown): boolean =>
  textsOf(value).some((id) => kindOfId(id) === 'photo' || kindOfId(id) === 'paper');

/** @param isOption whether the values are options, and not choices with their evidence */
function criterionChoice(code: string, isOption: boolean, file: ConflictFile, lang: Language): PlaceWords {
  const m = lang.m.conflict;
  const criterion = file.set === null ? undefined : criteriaOf(file.set).find((one) => one.code === code);
  const say = (value: unknown): string => {
    const option = isOption ? value : property(value, 'option');
    if (value === undefined) return m.unseen;
    if (typeof option !== 'number') return m.notReached;
    const chosen = criterion?.options[option];
    return chosen === undefined
      ? m.option({ n: lang.number(option + 1) })
      : m.points({ points: lang.number(chosen.points), text: lang.pick(chosen.label) });
  };
  return { where: m.where.criterion({ code }), name: criterionTitle(code, file, lang), say, rewrite: null };
}

function criterionTitle(code: string, { set }: ConflictFile, lang: Language): string {
  const criterion = set === null ? undefined : criteriaOf(set).find((one) => one.code === code);
  return criterion === undefined ? code : lang.pick(criterion.title);
}

/** A row of a repeat, or one cell of it. */
function rowWords(
  repeat: string,
  row: string,
  cell: string | undefined,
  clash: Clash,
  file: ConflictFile,
  lang: Language
): PlaceWords {
  if (cell !== undefined) return answer(cell, clash, file, lang);
  const say = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return lang.m.conflict.rowGone;
    const cells = Object.entries(value).filter(([name]) => name !== '_id');
    return cells.map(([name, one]) => answer(name, clash, file, lang).say(one)).join(' · ') || lang.m.conflict.empty;
  };
  return { ...answer(repeat, clash, file, lang), name: rowName(repeat, row, file, lang), say, rewrite: null };
}

/** "Doanh thu các năm: 2025": the repeat, and what heads the row. */
function rowName(repeat: string, row: string, file: ConflictFile, lang: Language): string {
  const item = file.form?.itemByName.get(repeat);
  const label = item?.label ? lang.pick(item.label) : lang.m.conflict.field.other({ name: repeat });
  if (item?.kind !== 'repeat') return label;
  const versions = [file.conflict.mine, file.conflict.theirs, file.conflict.base];
  const titles = versions.map((doc) => doc && valueAt(doc, ['answers', repeat, row, item.title]));
  const title = titles.find((value) => typeof value === 'string' || typeof value === 'number');
  return title === undefined ? label : `${label}: ${String(title)}`;
}

function answer(question: string, clash: Clash, { form, name }: ConflictFile, lang: Language): PlaceWords {
  const item = form?.itemByName.get(question);
  const section = item === undefined ? undefined : form?.sections[item.section];
  const named = {
    where: section?.label ? lang.pick(section.label) : lang.m.sync.record.survey({ name }),
    name: item?.label ? lang.pick(item.label) : lang.m.conflict.field.other({ name: question })
  };
  const choices = item?.kind === 'question' ? item.choices : [];
  const type = item?.kind === 'question' ? item.type : null;
  const isImage = item?.kind === 'question' && item.type === 'image';
  if (isImage || isEvidence(clash.mine) || isEvidence(clash.theirs)) {
    return { ...named, say: evidence(clash, lang), rewrite: null };
  }
  const word = (value: unknown): string => {
    const place = type === 'geopoint' && typeof value === 'string' ? textToPlace(value) : null;
    if (place !== null) return sayPlace(lang, place);
    const signature = type === 'signature' ? signatureOf(value) : null;
    if (signature !== null) return saySignature(lang, signature);
    const choice = choices.find((one) => one.name === value);
    return choice === undefined ? plain(lang)(value) : lang.pick(choice.label);
  };
  const isChoice = choices.length > 0 || item?.kind === 'repeat';
  return {
    ...named,
    say: (value) => (Array.isArray(value) && choices.length > 0 ? value.map(word).join(', ') : word(value)),
    // A place and a signature are made on the spot, not typed.
    rewrite: isChoice || type === 'geopoint' || type === 'signature' ? null : rewriteOf(clash),
    ...(type === 'signature' ? { strokes: strokesOf } : {})
  };
}

const signatureOf = (value: unknown): Signature | null => (typeof value === 'string' ? textToSignature(value) : null);

function strokesOf(value: unknown): readonly Stroke[] | null {
  const signature = signatureOf(value);
  return signature?.tag === 'drawn' ? signature.strokes : null;
}

function plainField(field: string, entry: string, clash: Clash, file: ConflictFile, lang: Language): PlaceWords {
  const m = lang.m.conflict;
  const { kind } = file.conflict.mine;
  const where = whereOf(kind, file.name, lang);
  const { other, ...ofConflicts } = m.field;
  const labels: Readonly<Record<string, string>> = {
    ...ofConflicts,
    ...fieldNames(kind, lang),
    setId: lang.m.product.field.set
  };
  const key = entry === 'name' ? 'representative' : entry === '' ? field : entry;
  const isText = ['type', 'application', 'setId', 'status', 'producerId', 'sex', 'paperKind'].includes(key);
  return {
    where: field === 'representative' && entry !== '' ? `${where} · ${lang.m.producer.section.representative}` : where,
    name: labels[key] ?? other({ name: key }),
    say: key === 'photos' ? evidence(clash, lang) : (value) => sayField(key, value, file, lang),
    rewrite: isText ? null : rewriteOf(clash)
  };
}

function whereOf(kind: Kind, name: string, lang: Language): string {
  if (kind === 'producer' || kind === 'product') return lang.m.conflict.where[kind]({ name });
  return kind === 'paper' ? lang.m.sync.record.paper({ name }) : lang.m.conflict.where.record;
}

function fieldNames(kind: Kind, lang: Language): Readonly<Record<string, string>> {
  if (kind === 'paper') return lang.m.paper.field;
  return kind === 'product' ? lang.m.product.field : lang.m.producer.field;
}

function sayField(key: string, value: unknown, file: ConflictFile, lang: Language): string {
  const m = lang.m.conflict;
  if (key === 'deleted') return value === true ? m.deletedHere : m.keptHere;
  if (key === 'setId' && typeof value === 'string') {
    const set = newestSet(value);
    return set === undefined
      ? value
      : lang.m.product.set({ number: String(set.number).padStart(2, '0'), name: lang.pick(set.name) });
  }
  const status = STATUSES.find((one) => key === 'status' && one === value);
  if (status !== undefined) return m.whole({ status: lang.m.common.status[status] });
  if (key === 'disqualified' && Array.isArray(value)) {
    const endings = file.set === null ? [] : endingsOf(file.set);
    const texts = endings.filter((ending) => value.includes(ending.key)).map(({ text }) => lang.pick(text));
    return texts.length === 0 ? m.empty : texts.join('; ');
  }
  if (key === 'recognition') {
    const stars = property(value, 'stars');
    const rest = ['decision', 'date', 'authority', 'validUntil'].map((name) => property(value, name));
    if (typeof stars !== 'number') return lang.m.common.noStars;
    return [lang.m.common.stars({ stars }), ...rest.map((part) => (part === undefined ? '' : plain(lang)(part)))]
      .filter(Boolean)
      .join(' · ');
  }
  if (key === 'place' && isFix(value)) return sayFix(lang, value);
  if (key === 'plannedVisit') {
    const [day = '', time = ''] = String(property(value, 'at') ?? '').split('T');
    const note = property(value, 'note');
    return day === ''
      ? m.empty
      : [lang.day(day), time.slice(0, 5), typeof note === 'string' ? note : ''].filter(Boolean).join(' · ');
  }
  const words: Readonly<Record<string, string>> = {
    ...lang.m.producer.type,
    ...lang.m.product.application,
    ...lang.m.producer.sex,
    ...lang.m.common.paperKind
  };
  if (['type', 'application', 'sex', 'paperKind'].includes(key) && typeof value === 'string')
    return words[value] ?? value;
  return plain(lang)(value);
}

/** A value that needs no dictionary. */
const plain =
  (lang: Language) =>
  (value: unknown): string => {
    const m = lang.m.conflict;
    if (value === undefined || value === null || value === '') return m.empty;
    if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? lang.day(value) : value;
    if (typeof value === 'number') return lang.number(value);
    if (typeof value === 'boolean') return value ? m.yes : m.no;
    if (Array.isArray(value)) {
      return value.every((one) => typeof one === 'string')
        ? value.join(', ')
        : m.rows({ n: lang.number(value.length) });
    }
    return JSON.stringify(value);
  };

/** Whatever is text or a number on a side that says something can be typed anew. */
function rewriteOf({ mine, theirs }: Clash): PlaceWords['rewrite'] {
  const said = [mine, theirs].filter((value) => value !== undefined && value !== null);
  if (said.length > 0 && said.every((value) => typeof value === 'string')) return 'text';
  return said.length > 0 && said.every((value) => typeof value === 'number') ? 'number' : null;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}
