// Finds the record that somebody is about to register a second time.
import type { Producer, Product } from '#lib/domain/document/document.ts';
import { type PaperFacts, isSamePaper } from '#lib/domain/paper/same.ts';
import { fold } from '#lib/domain/text/fold.ts';
import { readable } from './edited.ts';
import { byId } from './pages.ts';
import type { Store } from './store.ts';

/** What is known of the record that is being typed. */
export interface Candidate {
  readonly kind: 'producer' | 'product';
  readonly commune: string;
  readonly name: string;
  readonly phone?: string | undefined;
  readonly registrationNumber?: string | undefined;
  /** Of a product: who makes it. */
  readonly producerId?: string | undefined;
  /** The record itself, when it already exists. */
  readonly exceptId?: string | undefined;
}

/** A record that looks the same, and by what. */
export interface Duplicate {
  readonly id: string;
  /** Of a paper its number, or '' */
  readonly name: string;
  /** Empty of a paper: it is always kind and number. */
  readonly same: readonly ('name' | 'phone' | 'registrationNumber')[];
  /** Of a product that another producer makes: the name of that one. */
  readonly of?: string;
}

/**
 * The records of the commune with the same name (accents, case and punctuation aside), phone or registration number. Of
 * products those of the same producer come first.
 */
export async function duplicates(store: Store, candidate: Candidate): Promise<Duplicate[]> {
  const rows = await store.tables.docs.where('[listed+commune]').equals([candidate.kind, candidate.commune]).toArray();
  const alike = rows.flatMap((row): Alike[] => {
    const doc: Producer | Product | undefined = readable(row, 'producer') ?? readable(row, 'product');
    if (doc === undefined || doc._id === candidate.exceptId) return [];
    const same = likeness(doc, candidate);
    const other = doc.kind === 'product' && doc.producerId !== candidate.producerId ? doc.producerId : null;
    return same.length === 0 ? [] : [{ id: doc._id, name: doc.name, same, other }];
  });
  const makers = await byId(
    store,
    'producer',
    alike.flatMap(({ other }) => other ?? [])
  );
  return alike
    .sort((a, b) => Number(a.other !== null) - Number(b.other !== null))
    .map(({ other, ...found }) => (other === null ? found : { ...found, of: makers.get(other)?.name ?? '' }));
}

/** A record that looks the same; `other`: the producer that makes it, where that is not the candidate's. */
type Alike = Omit<Duplicate, 'of'> & { readonly other: string | null };

/** The papers of a product that are the same as one that is being typed. @param exceptId the paper itself, once it exists */
export async function samePapers(
  store: Store,
  productId: string,
  typed: PaperFacts,
  exceptId: string | null
): Promise<Duplicate[]> {
  const papers = await store.ownedBy('paper', productId);
  return papers
    .filter(({ doc }) => doc._id !== exceptId && isSamePaper(typed, doc))
    .map(({ doc }) => ({ id: doc._id, name: doc.number ?? '', same: [] }));
}

function likeness(doc: Producer | Product, candidate: Candidate): Duplicate['same'] {
  const same: Duplicate['same'][number][] = [];
  if (areSame(plainName, doc.name, candidate.name)) same.push('name');
  if (doc.kind !== 'producer') return same;
  if (areSame(plainPhone, doc.phone, candidate.phone)) same.push('phone');
  if (areSame(plainNumber, doc.registrationNumber, candidate.registrationNumber)) same.push('registrationNumber');
  return same;
}

function areSame(plain: (text: string) => string, a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return plain(a) !== '' && plain(a) === plain(b);
}

const plainName = (name: string): string => fold(name.replace(/[\p{P}\p{S}]/gu, ' '));
const plainNumber = (number: string): string => fold(number).replace(/[^a-z0-9]/g, '');
/** Digits only, the country code as the 0 that people write. */
const plainPhone = (phone: string): string => phone.replace(/\D/g, '').replace(/^(00)?84(?=\d{9,10}$)/, '0');
