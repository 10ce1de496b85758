// Who may write what: roles, the creator's drafts, the steps from one status to the next.
import { CONSTANTS } from './constants.ts';
import { isObject } from './validate-structure.js';

/** @typedef {Record<string, any>} Doc */
/** @typedef {{ db: string, name: string | null, roles: readonly string[] }} UserContext */

/**
 * @param {string} rule one of the domain's refusal rules
 * @param {string} detail for the log
 * @returns {{ forbidden: string }} what to throw
 */
export function refusal(rule, detail) {
  return { forbidden: rule + ': ' + detail };
}

/**
 * @param {UserContext} user
 * @param {readonly string[]} roles
 */
export function hasRole(user, roles) {
  return roles.some(function (role) {
    return user.roles.indexOf(role) >= 0;
  });
}

/**
 * @param {unknown} a
 * @param {unknown} b
 * @returns {boolean} whether two JSON values say the same
 */
export function isSame(a, b) {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  var left = a;
  var right = b;
  var names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every(function (name) {
      return right[name] !== undefined && isSame(left[name], right[name]);
    })
  );
}

/**
 * What is settled when a document is made.
 * @param {Doc} doc
 * @param {Doc} old
 */
export function requireUnchanged(doc, old) {
  var settled = ['kind', 'commune', 'createdAt', 'createdBy'];
  var byKind = {
    product: ['producerId'],
    survey: ['productId', 'producerId', 'formId', 'formVersion'],
    assessment: ['productId', 'producerId', 'setId', 'setVersion'],
    review: ['subjectId'],
    paper: ['productId'],
    photo: ['productId', 'sha256', 'bytes', 'thumbBytes', 'width', 'height', 'takenAt', 'place', 'target'],
    conflict: ['subjectId']
  };
  settled.concat(/** @type {Record<string, string[]>} */ (byKind)[doc.kind] || []).forEach(function (name) {
    if (!isSame(doc[name], old[name])) throw refusal('immutable', name);
  });
  // An older phone must not write back a newer document with what it did not understand left out.
  if (doc.schema < old.schema) throw refusal('immutable', 'schema');
}

/**
 * The steps that an edit adds to the trail, each legal for these roles. A phone that was offline may bring several.
 * @param {Doc} doc
 * @param {Doc | null} old
 * @param {UserContext} user
 */
export function requireLegalSteps(doc, old, user) {
  var past = old ? old.trail : [];
  var status = old ? old.status : 'draft';
  if (!isSame(doc.trail.slice(0, past.length), past)) throw refusal('trail', 'the past is rewritten');
  doc.trail.slice(past.length).forEach(function (/** @type {Doc} */ step) {
    if (step.by !== user.name) throw refusal('trail', 'a step by ' + step.by);
    var isOpening = !old && step.status === 'draft' && status === 'draft';
    if (!isOpening && !mayMove(status, step.status, user)) {
      throw refusal('transition', status + ' > ' + step.status);
    }
    status = step.status;
  });
  if (status !== doc.status) {
    if (!mayMove(status, doc.status, user)) throw refusal('transition', status + ' > ' + doc.status);
    throw refusal('trail', 'it does not tell of ' + doc.status);
  }
}

/**
 * @param {string} from
 * @param {string} to
 * @param {UserContext} user
 */
export function mayMove(from, to, user) {
  var transitions = /** @type {Record<string, Record<string, readonly string[]>>} */ (CONSTANTS.TRANSITIONS);
  var roles = (transitions[from] || {})[to];
  return roles ? hasRole(user, roles) : false;
}

/**
 * A survey or an assessment: draft and returned are its creator's, submitted is the reviewer's to hand on, accepted is
 * locked.
 * @param {Doc} doc
 * @param {Doc | null} old
 * @param {UserContext} user
 */
export function validateFiled(doc, old, user) {
  if (old && old.status === 'accepted') throw refusal('locked', doc._id);
  var before = old ? old.status : 'draft';
  var editors = /** @type {Record<string, readonly string[]>} */ (CONSTANTS.EDITORS);
  requireLegalSteps(doc, old, user);
  if (!hasRole(user, editors[before] || [])) {
    // Someone who has a part in such dossiers comes too early or too late; anyone else has no part at all.
    var rule = old && hasRole(user, ['officer', 'reviewer']) ? 'transition' : 'role';
    throw refusal(rule, doc.kind + ' in ' + before);
  }
  if (hasRole(user, ['admin'])) return;
  if (old && before === 'submitted') return requireSameContent(doc, old);
  if (old && old.createdBy !== user.name) throw refusal('owner', 'made by ' + old.createdBy);
}

/**
 * A reviewer hands a dossier on; the answers stay the officer's.
 * @param {Doc} doc
 * @param {Doc} old
 */
export function requireSameContent(doc, old) {
  var stamps = ['updatedAt', 'updatedBy', 'device', 'editId', 'status', 'trail'];
  var names = Object.keys(doc).concat(Object.keys(old));
  names.forEach(function (name) {
    if (name.charAt(0) === '_' || stamps.indexOf(name) >= 0) return;
    if (!isSame(doc[name], old[name])) throw refusal('content', name);
  });
}

/**
 * Remarks are written by those who review, each under the own name.
 * @param {Doc} doc
 * @param {Doc | null} old
 * @param {UserContext} user
 */
export function validateReview(doc, old, user) {
  if (!hasRole(user, ['reviewer', 'admin'])) throw refusal('role', 'review');
  if (hasRole(user, ['admin'])) return;
  if (old && old.createdBy !== user.name) throw refusal('owner', 'made by ' + old.createdBy);
  doc.remarks.forEach(function (/** @type {Doc} */ remark) {
    if (remark.by !== user.name) throw refusal('author', 'a remark by ' + remark.by);
  });
}

/**
 * A conflict is opened by the one whose edit waits, and ended once, by anybody who works on such records, under the own
 * name.
 * @param {Doc} doc
 * @param {Doc | null} old
 * @param {UserContext} user
 */
export function validateConflict(doc, old, user) {
  if (!hasRole(user, ['officer', 'reviewer', 'admin'])) throw refusal('role', 'conflict');
  if (old && old.resolved) throw refusal('locked', doc._id);
  if (doc.resolved && doc.resolved.by !== user.name) throw refusal('author', 'ended by ' + doc.resolved.by);
  if (old && old.createdBy !== user.name && !isSame(doc.mine, old.mine))
    throw refusal('owner', 'made by ' + old.createdBy);
}

/**
 * A tombstone is for versions that replication between servers left over beside the one that won. It keeps every word of
 * the version and names the heir that stands instead; who may write it is asked as of any edit of that version. The
 * function cannot see whether the heir is there: the app asks before it writes, and the words are kept in any case.
 * @param {Doc} doc
 * @param {Doc | null} old the version that is closed
 */
export function validateClosing(doc, old) {
  if (!old || typeof doc.heir !== 'string' || !/^\d+-./.test(doc.heir) || doc.heir === old._rev) {
    throw refusal('delete', doc._id);
  }
  var stamps = ['updatedAt', 'updatedBy', 'device', 'editId', 'heir'];
  Object.keys(doc)
    .concat(Object.keys(old))
    .forEach(function (name) {
      if (name.charAt(0) === '_' || stamps.indexOf(name) >= 0) return;
      if (!isSame(doc[name], old[name])) throw refusal('delete', doc._id + ' without its ' + name);
    });
}

/**
 * A photo is its maker's: he alone writes its caption, deletes it and sends its bytes. Bytes that are there stay there: an
 * attachment that is kept brings the digest of the version before, one that is sent once more brings its own (of inline
 * bytes CouchDB tells none, so they are refused). What the server has lost is in no version before, and may be sent again.
 * @param {Doc} doc
 * @param {Doc | null} old
 * @param {UserContext} user
 */
export function validatePhoto(doc, old, user) {
  var held = (old && old._attachments) || {};
  var brought = doc._attachments || {};
  Object.keys(held).forEach(function (name) {
    if (!brought[name] || brought[name].digest !== held[name].digest) throw refusal('immutable', name);
  });
  if (!hasRole(user, ['officer', 'admin'])) throw refusal('role', 'photo');
  if (old && old.createdBy !== user.name && !hasRole(user, ['admin'])) {
    throw refusal('owner', 'made by ' + old.createdBy);
  }
}

/**
 * Refuses an edit that its author may not make. Rules look at one document and its predecessor only, so that the
 * order in which documents arrive does not matter.
 * @param {Doc} doc
 * @param {Doc | null} old
 * @param {UserContext} user
 */
export function validateAuthority(doc, old, user) {
  if ('ocop-' + doc.commune !== user.db) throw refusal('commune', doc.commune);
  if (old) requireUnchanged(doc, old);
  if (user.roles.indexOf('_admin') >= 0) return;
  if (doc.updatedBy !== user.name) throw refusal('author', 'updatedBy ' + doc.updatedBy);
  if (!old && doc.createdBy !== user.name) throw refusal('author', 'createdBy ' + doc.createdBy);
  if (doc.kind === 'survey' || doc.kind === 'assessment') {
    if (!Array.isArray(doc.trail)) throw refusal('structure', 'trail');
    return validateFiled(doc, old, user);
  }
  if (doc.kind === 'review') {
    if (!Array.isArray(doc.remarks)) throw refusal('structure', 'remarks');
    return validateReview(doc, old, user);
  }
  if (doc.kind === 'conflict') return validateConflict(doc, old, user);
  if (doc.kind === 'photo') return validatePhoto(doc, old, user);
  // Producers, products and their papers are the commune's: every officer of it keeps them up to date.
  var writers = ['producer', 'product', 'paper'].indexOf(doc.kind) >= 0 ? ['officer', 'admin'] : null;
  if (!hasRole(user, writers || ['officer', 'reviewer', 'council', 'admin'])) throw refusal('role', doc.kind);
}
