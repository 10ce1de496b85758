// What the validation functions take from the domain, as data: a CouchDB function cannot import.
import * as v from 'valibot';
import { APPLICATION_KINDS, PAPER_KINDS, PRODUCER_TYPES, SCHEMA, STANDS } from '#lib/domain/document/document.ts';
import { MOST_PHOTO_BYTES, MOST_THUMB_BYTES } from '#lib/domain/photo/limits.ts';
import { ATTACHMENT_NAMES, PHOTO_TYPE } from '#lib/domain/photo/attachments.ts';
import { NO_COMMUNE } from '#lib/domain/scope.ts';
import { EDITORS, STATUSES, TRANSITIONS } from '#lib/domain/document/status.ts';

export const CONSTANTS = {
  SCHEMA,
  STATUSES,
  TRANSITIONS,
  EDITORS,
  PRODUCER_TYPES,
  APPLICATION_KINDS,
  STANDS,
  PAPER_KINDS,
  MOST_PHOTO_BYTES,
  MOST_THUMB_BYTES,
  ATTACHMENT_NAMES,
  PHOTO_TYPE,
  NO_COMMUNE,
  /** The patterns that the domain's parser uses. */
  INSTANT: v.ISO_TIMESTAMP_REGEX.source,
  DAY: v.ISO_DATE_REGEX.source,
  LONGEST_TEXT: 200_000,
  /** Characters of JSON; a survey with 50 rows has about 20,000. CouchDB's own limit is 8 MB. */
  LONGEST_DOCUMENT: 2_000_000
};
