// English sentences: refusal (why the server did not take a record or a photo).
import type { Translation } from '../locale.ts';
import type { refusal as source } from '../vi/refusal.ts';

export const refusal: Translation<typeof source> = {
  structure: 'The server does not understand this record; the server or the app may need an update.',
  size: 'The record is too large for the server. Shorten it and send it again.',
  immutable: 'Something changed that may not change once made (commune, criteria set, form, creator).',
  commune: 'The record names another commune than the place it was sent to.',
  author: 'The record names another person than the account that sends it. Sign in as the one who edited it.',
  role: 'Your account may not write this kind of record.',
  owner: 'This is someone else’s draft; only that person may change it.',
  transition: 'The file has moved on to another step on the server, so this step is no longer possible.',
  trail: 'The history of the file does not match the server’s.',
  content: 'A reviewer may only return or accept, not change the answers.',
  locked: 'This file was accepted, so the server takes no more changes.',
  delete: 'The server does not let this record be removed for good.',
  tooLarge: 'The record is too large for the server. Shorten it and send it again.',
  bytesMissing: 'This photo is no longer found in the phone’s storage. Take it again if you can.',
  malformed: 'The server could not read this record. Update the app and send it again.',
  other: 'The server does not take this record. Send it again later; if that does not help tell the administrator.'
};
