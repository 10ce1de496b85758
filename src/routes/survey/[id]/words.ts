// Writes what the form engine says in the reader's language: answers, texts with answers in them, faults, doubts.
import type { Cell } from '#lib/domain/form/cell.ts';
import type { Bilingual } from '#lib/domain/form/data.ts';
import type { Question } from '#lib/domain/form/form.ts';
import { textToPlace } from '#lib/domain/place/answer.ts';
import { textToSignature } from '#lib/domain/signature/signature.ts';
import { fillIn } from '#lib/domain/form/template.ts';
import type { Language } from '#lib/ui/language.svelte.ts';
import { sayPlace } from '#lib/ui/sayPlace.ts';
import { saySignature } from '#lib/ui/saySignature.ts';

/** Finds the cell that `${name}` means from a row. */
export type Lookup = (name: string, rowId: string | null) => Cell | undefined;

export class Words {
  readonly #lang: Language;
  readonly #lookup: Lookup;

  constructor(lang: Language, lookup: Lookup) {
    this.#lang = lang;
    this.#lookup = lookup;
  }

  /** A text of the form at a place; `${name}` becomes the answer, without its unit. */
  text(text: Bilingual, rowId: string | null): string {
    return fillIn(this.#lang.pick(text), (name) => {
      const cell = this.#lookup(name, rowId);
      return cell === undefined ? this.#lang.m.survey.blank : this.answer(cell) || this.#lang.m.survey.blank;
    });
  }

  /** What a question is called. */
  label(cell: Cell): string {
    const { label } = cell.item;
    return label === null ? '' : this.text(label, cell.rowId);
  }

  /** An answer as people write it; '' when there is none. */
  answer(cell: Cell): string {
    const { answer, item } = cell;
    if (item.kind !== 'question' || answer === null) return '';
    if (typeof answer === 'number') return item.appearance === 'year' ? String(answer) : this.#lang.number(answer, 3);
    if (item.type === 'date' && cell.seen !== null) return this.#lang.day(String(answer));
    const place = item.type === 'geopoint' ? textToPlace(String(answer)) : null;
    if (place !== null) return sayPlace(this.#lang, place);
    const signature = item.type === 'signature' ? textToSignature(String(answer)) : null;
    if (signature !== null) return saySignature(this.#lang, signature);
    if (item.type === 'image' && Array.isArray(answer)) {
      return this.#lang.m.evidence.photos({ count: this.#lang.number(answer.length) });
    }
    const names = Array.isArray(answer) ? answer.filter((name) => typeof name === 'string') : [String(answer)];
    return names.map((name) => this.#choice(item, name)).join(', ');
  }

  /** An answer with its unit: "6 ha". */
  answerWithUnit(cell: Cell): string {
    const text = this.answer(cell);
    const unit = cell.item.kind === 'question' ? cell.item.unit : null;
    if (text === '' || unit === null) return text;
    const word = this.#lang.pick(unit);
    return word === '%' ? `${text}%` : `${text}\u00a0${word.replaceAll(' ', '\u00a0')}`;
  }

  /** What is wrong at a cell and how to mend it; undefined where nothing is. */
  fault(cell: Cell): string | undefined {
    const { fault } = cell;
    const { fault: words } = this.#lang.m.survey;
    if (fault === null) return undefined;
    if (fault.tag === 'type') return words[fault.expected];
    if (fault.message !== null) return this.text(fault.message, cell.rowId);
    return words.required;
  }

  /** What looks odd at a cell; undefined where nothing does. */
  doubt(cell: Cell): string | undefined {
    const { doubt } = cell;
    if (doubt === null) return undefined;
    return doubt.tag === 'said' ? this.text(doubt.message, cell.rowId) : this.#lang.m.survey.doubt[doubt.code];
  }

  #choice(question: Question, name: string): string {
    const choice = question.choices.find((each) => each.name === name);
    return choice === undefined ? name : this.#lang.pick(choice.label);
  }
}
