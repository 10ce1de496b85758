// The bytes of a photo as CouchDB keeps them beside its document: two attachments, and what a document tells of them.
import { isMap, own } from '../merge/place.ts';
import { ATTACHMENTS, type AnyDocument } from '../merge/rival.ts';

/** The photo as it is looked at, and the small one for lists. */
export const PHOTO_SIZES = ['photo', 'thumb'] as const;
export type PhotoSize = (typeof PHOTO_SIZES)[number];

/** Names of the attachments. */
export const ATTACHMENT_NAMES: Readonly<Record<PhotoSize, string>> = { photo: 'photo.jpg', thumb: 'thumb.jpg' };
export const PHOTO_TYPE = 'image/jpeg';

/** MD5 of each attachment in base64: by this CouchDB names what it has (`digest: "md5-…"`). */
export type PhotoDigests = Readonly<Record<PhotoSize, string>>;

/**
 * Whether the server holds exactly these bytes beside a version of the document: both attachments, by their digests
 * (law 13).
 * @see https://docs.couchdb.org/en/stable/api/document/common.html#attachments
 */
export const isHeld = (doc: AnyDocument, digests: PhotoDigests): boolean =>
  PHOTO_SIZES.every((size) => own(stubOf(doc, size), 'digest') === `md5-${digests[size]}`);

/** Whether the server has told that it holds a size of it, whatever the bytes are. */
export const hasAttachment = (doc: AnyDocument, size: PhotoSize): boolean => isMap(stubOf(doc, size));

/** The digests that the server tells; '' for what it does not have. */
export function digestsIn(doc: AnyDocument): PhotoDigests {
  const of = (size: PhotoSize): string => {
    const digest = own(stubOf(doc, size), 'digest');
    return typeof digest === 'string' ? digest.replace(/^md5-/, '') : '';
  };
  return { photo: of('photo'), thumb: of('thumb') };
}

/**
 * A document as it may be written on top of a version: it names the attachments of that version and no others, for the
 * server knows no bytes but these (a stub that it does not know fails the whole request with 412).
 */
export function withAttachmentsOf(doc: AnyDocument, base: AnyDocument | null): AnyDocument {
  const held = base?.[ATTACHMENTS];
  if (doc[ATTACHMENTS] === held) return doc;
  const { [ATTACHMENTS]: _stale, _id, ...rest } = doc;
  return held === undefined ? { _id, ...rest } : { _id, ...rest, [ATTACHMENTS]: held };
}

const stubOf = (doc: AnyDocument, size: PhotoSize): unknown => own(doc[ATTACHMENTS], ATTACHMENT_NAMES[size]);
