// The producer's form as flat texts, and back into the document.
import type { Producer } from '#lib/domain/document/document.ts';
import { PRODUCER_TYPES } from '#lib/domain/document/document.ts';
import { fixToText, textToFix } from '#lib/domain/place/fix.ts';
import type { Fresh } from '#lib/storage/store.ts';
import { filled } from './filled.ts';

/** What the form shows; '' = nothing. Days are `yyyy-mm-dd`, the visit's time is `hh:mm`. */
export interface ProducerFields {
  readonly name: string;
  readonly commune: string;
  readonly type: string;
  readonly registrationNumber: string;
  readonly registeredOn: string;
  readonly address: string;
  readonly representative: string;
  readonly position: string;
  readonly sex: string;
  readonly ethnicity: string;
  /** 'yes' when ticked. */
  readonly disability: string;
  readonly residence: string;
  readonly phone: string;
  readonly email: string;
  readonly website: string;
  readonly note: string;
  /** As a geopoint: `lat lon altitude accuracy`. */
  readonly place: string;
  readonly visitDay: string;
  readonly visitTime: string;
  readonly visitNote: string;
}

export const NO_PRODUCER: ProducerFields = {
  name: '',
  commune: '',
  type: '',
  registrationNumber: '',
  registeredOn: '',
  address: '',
  representative: '',
  position: '',
  sex: '',
  ethnicity: '',
  disability: '',
  residence: '',
  phone: '',
  email: '',
  website: '',
  note: '',
  place: '',
  visitDay: '',
  visitTime: '',
  visitNote: ''
};

/** A producer as its form shows it. */
export function producerToFields(producer: Producer): ProducerFields {
  const person = producer.representative ?? {};
  const [visitDay = '', visitTime = ''] = (producer.plannedVisit?.at ?? '').split('T');
  return {
    name: producer.name,
    commune: producer.commune,
    type: producer.type ?? '',
    registrationNumber: producer.registrationNumber ?? '',
    registeredOn: producer.registeredOn ?? '',
    address: producer.address ?? '',
    representative: person.name ?? '',
    position: person.position ?? '',
    sex: person.sex ?? '',
    ethnicity: person.ethnicity ?? '',
    disability: person.disability === true ? 'yes' : '',
    residence: person.residence ?? '',
    phone: producer.phone ?? '',
    email: producer.email ?? '',
    website: producer.website ?? '',
    note: producer.note ?? '',
    place: producer.place === undefined ? '' : fixToText(producer.place),
    visitDay,
    visitTime: visitTime.slice(0, 5),
    visitNote: producer.plannedVisit?.note ?? ''
  };
}

/**
 * The producer after changes in its form. Emptied fields go away; an emptied name is not taken (a producer has one),
 * nor is another commune (a document stays in its database).
 */
export function withProducerFields(producer: Producer, changes: Partial<ProducerFields>): Producer {
  const { type: _t, registrationNumber: _r, registeredOn: _o, ...rest } = producer;
  const {
    address: _a,
    phone: _p,
    email: _e,
    website: _w,
    note: _n,
    place: _l,
    representative: _m,
    plannedVisit: _v,
    ...kept
  } = rest;
  const name = changes.name?.trim();
  return {
    ...kept,
    ...details({ ...producerToFields(producer), ...changes }, producer),
    name: name === undefined || name === '' ? producer.name : name
  };
}

/** A new producer's content. */
export function fieldsToProducer(fields: ProducerFields): Fresh<'producer'> {
  return { ...details(fields, undefined), name: fields.name.trim() };
}

/** Everything but name and commune, without what is empty; fields of a newer app inside groups are kept. */
function details(fields: ProducerFields, before: Producer | undefined): Omit<Fresh<'producer'>, 'name'> {
  const type = PRODUCER_TYPES.find((known) => known === fields.type);
  const sex = fields.sex === 'female' || fields.sex === 'male' ? fields.sex : undefined;
  const { name: _n, position: _p, sex: _s, ethnicity: _e, ...person } = before?.representative ?? {};
  const { disability: _d, residence: _r, ...foreign } = person;
  const representative = {
    ...foreign,
    ...filled('name', fields.representative),
    ...filled('position', fields.position),
    ...(sex === undefined ? {} : { sex }),
    ...filled('ethnicity', fields.ethnicity),
    ...(fields.disability === 'yes' ? { disability: true } : {}),
    ...filled('residence', fields.residence)
  };
  const place = textToFix(fields.place);
  const { at: _at, note: _note, ...visit } = before?.plannedVisit ?? { at: '' };
  const at = fields.visitTime === '' ? fields.visitDay : `${fields.visitDay}T${fields.visitTime}`;
  return {
    ...(type === undefined ? {} : { type }),
    ...filled('registrationNumber', fields.registrationNumber),
    ...filled('registeredOn', fields.registeredOn),
    ...filled('address', fields.address),
    ...(Object.keys(representative).length === 0 ? {} : { representative }),
    ...filled('phone', fields.phone),
    ...filled('email', fields.email),
    ...filled('website', fields.website),
    ...filled('note', fields.note),
    ...(place === null ? {} : { place: { ...before?.place, ...place } }),
    ...(fields.visitDay === '' ? {} : { plannedVisit: { ...visit, at, ...filled('note', fields.visitNote) } })
  };
}
