// English sentences: code (scanning QR and bar codes, a record's own QR).
import type { Translation } from '../locale.ts';
import type { code as source } from '../vi/code.ts';

export const code: Translation<typeof source> = {
  scan: 'Scan a code',
  scanTitle: 'Scan a QR or bar code',
  camera: 'Picture from the camera',
  aim: 'Bring the code into the frame. It is read by itself.',
  starting: 'Starting the camera',
  noCamera: {
    denied: 'The app may not use the camera. Allow “Camera” in the browser’s settings, or use one of the ways below.',
    absent: 'There is no camera that can be used. Use one of the ways below.'
  },
  picture: 'Choose a picture of the code',
  reading: 'Reading the picture',
  noCode: 'No code was found in this picture. Take it close, in good light, without glare, and choose again.',
  noPicture: 'This file is not a picture that can be opened. Choose another one.',
  tooLarge: 'This picture is too large for this phone. Take one close to the code, and choose that.',
  noReader: 'The code reader is not on this phone yet: it needs the network once. For now, type the code.',
  type: 'Type the code',
  use: 'Use this code',
  typeNeeded: 'Type the code into the field above.',
  tooLong: 'This code has more than 4,500 letters; no label has such a one.',
  found: 'A code was read',
  foreign: 'This is not the code of a record in this app.',
  search: 'Search the list for this code',
  again: 'Scan another code',
  missing: {
    title: 'The record of this code is not on this phone',
    text: 'The code is one of this app, but its record is in another commune, deleted, or not fetched yet. Sync when there is a network and scan again.'
  },
  own: 'QR code',
  ownTitle: (p) => `QR code: ${p.name}`,
  ownText: 'Others scan this code in the app to open the record.',
  picked: (p) => `QR code of ${p.name}`
};
