// Whether a document is what its kind and schema ask for: the domain's parser again, in the ES5 that CouchDB runs.
import { CONSTANTS } from './constants.ts';

/** @typedef {Record<string, any>} Doc a document whose shape is not known yet */
/** @typedef {(value: unknown) => boolean} Check */

/**
 * @param {unknown} value
 * @returns {value is Doc}
 */
export function isObject(value) {
  return typeof value === 'object' && value !== null;
}

/** @type {Check} */
export function isString(value) {
  return typeof value === 'string';
}

/** @type {Check} */
export function isWord(value) {
  return typeof value === 'string' && value.length > 0;
}

/** @type {Check} */
export function isText(value) {
  return typeof value === 'string' && value.length <= CONSTANTS.LONGEST_TEXT;
}

/** @type {Check} */
export function isName(value) {
  return isText(value) && isWord(value);
}

/** @type {Check} */
export function isNumber(value) {
  return typeof value === 'number' && isFinite(value);
}

/** @type {Check} */
export function isInteger(value) {
  return typeof value === 'number' && isFinite(value) && Math.floor(value) === value;
}

/** @type {Check} */
export function isBoolean(value) {
  return typeof value === 'boolean';
}

/** @type {Check} */
export function isTrue(value) {
  return value === true;
}

/** @type {Check} */
export function isPoints(value) {
  return typeof value === 'number' && value >= 0 && value <= 100;
}

/** @type {Check} */
export function isStars(value) {
  return typeof value === 'number' && isInteger(value) && value >= 1 && value <= 5;
}

/** @type {Check} */
export function isLatitude(value) {
  return typeof value === 'number' && value >= -90 && value <= 90;
}

/** @type {Check} */
export function isLongitude(value) {
  return typeof value === 'number' && value >= -180 && value <= 180;
}

/** @type {Check} */
export function isDistance(value) {
  return typeof value === 'number' && isNumber(value) && value >= 0;
}

/** @type {Check} */
export function isSchema(value) {
  return typeof value === 'number' && isInteger(value) && value >= 1;
}

/**
 * @param {number} least
 * @param {number} most
 * @returns {Check}
 */
export function numberIn(least, most) {
  return function (value) {
    return typeof value === 'number' && value >= least && value <= most;
  };
}

/**
 * @param {number} most
 * @returns {Check}
 */
export function countUpTo(most) {
  return function (value) {
    return isInteger(value) && numberIn(1, most)(value);
  };
}

/** @type {Check} */
export function isOption(value) {
  return value === null || (typeof value === 'number' && isInteger(value) && value >= 0);
}

/** @type {Check} */
export function isEstimate(value) {
  return value === null || isNumber(value);
}

/**
 * @param {string} pattern
 * @returns {Check}
 */
export function matching(pattern) {
  var expression = new RegExp(pattern);
  return function (value) {
    return typeof value === 'string' && expression.test(value);
  };
}

/**
 * @param {readonly unknown[]} words
 * @returns {Check}
 */
export function oneOf(words) {
  return function (value) {
    return words.indexOf(value) >= 0;
  };
}

/**
 * @param {Check} check
 * @returns {Check}
 */
export function listOf(check) {
  return function (value) {
    return Array.isArray(value) && value.every(check);
  };
}

/**
 * @param {Check} check
 * @returns {Check}
 */
export function recordOf(check) {
  return function (value) {
    return (
      isObject(value) &&
      Object.keys(value).every(function (key) {
        return check(value[key]);
      })
    );
  };
}

/**
 * An object with these fields; a name that ends in `?` may be missing. Fields that are not named are let through.
 * @param {Record<string, Check>} fields
 * @returns {Check}
 */
export function objectOf(fields) {
  return function (value) {
    return isObject(value) && firstFault(fields, value) === '';
  };
}

/**
 * @param {Record<string, Check>} fields
 * @param {Doc} value
 * @returns {string} the first field that is wrong, '' when none is
 */
export function firstFault(fields, value) {
  var names = Object.keys(fields);
  for (var i = 0; i < names.length; i++) {
    var written = names[i] || '';
    var mayMiss = written.charAt(written.length - 1) === '?';
    var name = mayMiss ? written.slice(0, -1) : written;
    var check = fields[written];
    if (value[name] === undefined ? !mayMiss : check && !check(value[name])) return name;
  }
  return '';
}

/**
 * An answer of a survey: plain, a list of choices, or the rows of a repeat.
 * @type {Check}
 */
export function isAnswer(value) {
  if (value === null || isString(value) || isBoolean(value) || isNumber(value)) return true;
  return listOf(isString)(value) || listOf(recordOf(isAnswer))(value);
}

/** @returns {Record<string, Check>} what every document carries */
export function envelope() {
  return {
    _id: matching('^[a-z]+:[0-9A-Za-z._-]+$'),
    kind: isWord,
    commune: matching('^\\d{5}$'),
    schema: isSchema,
    createdAt: matching(CONSTANTS.INSTANT),
    createdBy: isWord,
    updatedAt: matching(CONSTANTS.INSTANT),
    updatedBy: isWord,
    device: isWord,
    editId: isWord,
    'skew?': objectOf({ at: matching(CONSTANTS.INSTANT), ms: isInteger }),
    'deleted?': isTrue,
    'merges?': listOf(
      objectOf({
        at: matching(CONSTANTS.INSTANT),
        by: isString,
        parts: listOf(objectOf({ by: isString, at: matching(CONSTANTS.INSTANT), places: listOf(isString) })),
        'conflict?': isString,
        'leaf?': isString
      })
    ),
    'handed?': listOf(objectOf({ id: isString, editId: isString, by: isString, at: matching(CONSTANTS.INSTANT) }))
  };
}

/** @returns {Record<string, Record<string, Check>>} what each kind carries besides */
export function kinds() {
  var isInstant = matching(CONSTANTS.INSTANT);
  var isDay = matching(CONSTANTS.DAY);
  var isStatus = oneOf(CONSTANTS.STATUSES);
  var isTrail = listOf(objectOf({ status: isStatus, at: isInstant, by: isString }));
  /** @type {Check} */
  var isVersionOrNone = function (value) {
    return value === null || objectOf({ _id: isString })(value);
  };
  /** @type {Check} */
  var isLength = function (value) {
    return isNumber(value) && numberIn(0, Infinity)(value);
  };
  var isProgress = objectOf({ done: isNumber, of: isNumber });
  return {
    producer: {
      name: isName,
      'type?': oneOf(CONSTANTS.PRODUCER_TYPES),
      'registrationNumber?': isText,
      'registeredOn?': isDay,
      'address?': isText,
      'representative?': objectOf({
        'name?': isText,
        'sex?': oneOf(['female', 'male']),
        'ethnicity?': isText,
        'disability?': isBoolean,
        'residence?': isText,
        'position?': isText
      }),
      'phone?': isText,
      'email?': isText,
      'website?': isText,
      'note?': isText,
      'place?': objectOf({ lat: isLatitude, lon: isLongitude, 'altitude?': isNumber, accuracy: isDistance }),
      'plannedVisit?': objectOf({ at: isText, 'note?': isText })
    },
    product: {
      producerId: isString,
      name: isName,
      setId: matching('^[a-z0-9-]+$'),
      'presentation?': isText,
      'application?': oneOf(CONSTANTS.APPLICATION_KINDS),
      'recognition?': objectOf({
        stars: isStars,
        'decision?': isText,
        'date?': isDay,
        'authority?': isText,
        'validUntil?': isDay
      }),
      'code?': isText,
      'photos?': listOf(isString)
    },
    survey: {
      status: isStatus,
      trail: isTrail,
      productId: isString,
      producerId: isString,
      formId: isString,
      formVersion: isInteger,
      answers: recordOf(isAnswer),
      'overrides?': recordOf(isText),
      'progress?': isProgress
    },
    assessment: {
      status: isStatus,
      trail: isTrail,
      productId: isString,
      producerId: isString,
      setId: isString,
      setVersion: isInteger,
      choiceByCriterion: recordOf(objectOf({ option: isOption, 'note?': isText })),
      'evidenceByCriterion?': recordOf(listOf(isString)),
      'noteByCriterion?': recordOf(isText),
      'disqualified?': listOf(isString),
      'caseByCriterion?': recordOf(isString),
      'description?': isText,
      'totals?': objectOf({
        total: isPoints,
        byPart: recordOf(isPoints),
        rankByPoints: isNumber,
        rankByMinimums: isNumber,
        estimate: isEstimate
      }),
      'progress?': isProgress
    },
    review: {
      subjectId: isString,
      remarks: listOf(
        objectOf({ at: isInstant, by: isString, 'target?': isText, text: isText, 'resolved?': isBoolean })
      )
    },
    paper: {
      productId: isString,
      paperKind: oneOf(CONSTANTS.PAPER_KINDS),
      'title?': isText,
      'number?': isText,
      'issuer?': isText,
      'issuedOn?': isDay,
      'validUntil?': isDay,
      'photos?': listOf(isString),
      'note?': isText
    },
    photo: {
      productId: isString,
      sha256: matching('^[0-9a-f]{64}$'),
      bytes: countUpTo(CONSTANTS.MOST_PHOTO_BYTES),
      thumbBytes: countUpTo(CONSTANTS.MOST_THUMB_BYTES),
      width: countUpTo(Infinity),
      height: countUpTo(Infinity),
      'takenAt?': isInstant,
      'place?': objectOf({ lat: numberIn(-90, 90), lon: numberIn(-180, 180), 'accuracy?': isLength }),
      'target?': objectOf({ id: isString, 'place?': isText }),
      'caption?': isText
    },
    conflict: {
      subjectId: isString,
      base: isVersionOrNone,
      mine: objectOf({ _id: isString }),
      theirs: isVersionOrNone,
      places: listOf(isString),
      'resolved?': objectOf({
        at: isInstant,
        by: isString,
        editId: isString,
        'stands?': recordOf(oneOf(CONSTANTS.STANDS))
      })
    },
    person: {
      commune: oneOf([CONSTANTS.NO_COMMUNE]),
      account: isWord,
      displayName: isName
    }
  };
}

/**
 * Finds what is wrong with a document's structure. Of a newer schema or an unknown kind only the envelope is asked,
 * for an office may be older than a phone.
 * @param {Doc} doc
 * @returns {string} the first field that is wrong, '' when none is
 */
export function structureFault(doc) {
  var fault = firstFault(envelope(), doc);
  if (fault !== '') return fault;
  if (String(doc._id).indexOf(doc.kind + ':') !== 0) return '_id';
  if (doc.schema > CONSTANTS.SCHEMA) return '';
  var fields = kinds()[doc.kind];
  if (!fields) return '';
  var attachments = doc._attachments || {};
  return firstFault(fields, doc) || (areAttachmentsOf(doc, attachments) ? '' : '_attachments');
}

/**
 * Whether these are attachments that a document may have: a photo its two sizes, anything else none. A server that tells a
 * function how long they are is believed; one that does not lets them through.
 * @param {Doc} doc
 * @param {Doc} attachments
 * @returns {boolean}
 */
export function areAttachmentsOf(doc, attachments) {
  var lengths = /** @type {Record<string, number>} */ ({});
  if (doc.kind === 'photo') {
    lengths[CONSTANTS.ATTACHMENT_NAMES.photo] = doc.bytes;
    lengths[CONSTANTS.ATTACHMENT_NAMES.thumb] = doc.thumbBytes;
  }
  return Object.keys(attachments).every(function (name) {
    var one = attachments[name];
    var length = lengths[name];
    if (length === undefined) return false;
    if (one.content_type !== undefined && one.content_type !== CONSTANTS.PHOTO_TYPE) return false;
    return one.length === undefined || one.length === length;
  });
}

/**
 * Refuses a document of the wrong structure or size.
 * @param {Doc} doc
 */
export function validateStructure(doc) {
  var fault = structureFault(doc);
  if (fault !== '') throw { forbidden: 'structure: ' + fault };
  if (JSON.stringify(doc).length > CONSTANTS.LONGEST_DOCUMENT) throw { forbidden: 'size: ' + doc._id };
}
