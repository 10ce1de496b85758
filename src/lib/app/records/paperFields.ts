// The form of a paper as flat texts, and back into the document.
import { PAPER_KINDS, type Paper, type PaperKind } from '#lib/domain/document/document.ts';
import type { Fresh } from '#lib/storage/store.ts';
import { filled } from './filled.ts';

/** What the form shows; '' = nothing. Days are `yyyy-mm-dd`. */
export interface PaperFields {
  readonly productId: string;
  readonly paperKind: string;
  readonly title: string;
  readonly number: string;
  readonly issuer: string;
  readonly issuedOn: string;
  readonly validUntil: string;
  readonly note: string;
}

export const NO_PAPER: PaperFields = {
  productId: '',
  paperKind: '',
  title: '',
  number: '',
  issuer: '',
  issuedOn: '',
  validUntil: '',
  note: ''
};

/** The kind that was chosen; undefined = none yet. */
export const kindChosen = ({ paperKind }: PaperFields): PaperKind | undefined =>
  PAPER_KINDS.find((kind) => kind === paperKind);

/** A paper as its form shows it. */
export function paperToFields(paper: Paper): PaperFields {
  const {
    productId,
    paperKind,
    title = '',
    number = '',
    issuer = '',
    issuedOn = '',
    validUntil = '',
    note = ''
  } = paper;
  return { productId, paperKind, title, number, issuer, issuedOn, validUntil, note };
}

/** The paper after changes in its form. Emptied fields go away; the kind never becomes empty, the photos stay. */
export function withPaperFields(paper: Paper, changes: Partial<PaperFields>): Paper {
  const { title: _t, number: _n, issuer: _i, issuedOn: _o, validUntil: _v, note: _e, ...kept } = paper;
  const fields = { ...paperToFields(paper), ...changes };
  return { ...kept, ...details(fields), paperKind: kindChosen(fields) ?? paper.paperKind };
}

/** A new paper's content. */
export const fieldsToPaper = (fields: PaperFields, paperKind: PaperKind): Fresh<'paper'> => ({
  ...details(fields),
  productId: fields.productId,
  paperKind
});

const details = ({ title, number, issuer, issuedOn, validUntil, note }: PaperFields): Partial<Paper> => ({
  ...filled('title', title),
  ...filled('number', number),
  ...filled('issuer', issuer),
  ...filled('issuedOn', issuedOn),
  ...filled('validUntil', validUntil),
  ...filled('note', note)
});
