// English sentences: handover (a refused edit given to another officer as a file, and taken over).
import type { Translation } from '../locale.ts';
import type { handover as source } from '../vi/handover.ts';

export const handover: Translation<typeof source> = {
  handOver: {
    title: 'Hand to another officer',
    how: 'Send this file to an officer of the same commune. They open Sync, choose “Take over from another officer”, and send it under their own name.',
    stays: 'The record stays here, marked Refused, until this phone sees their version on the server.',
    maker: (p) =>
      `${p.who} made this file: they can take it into this very file, any other officer into a new one of their own.`,
    personal: 'The file holds what the record holds, perhaps personal data. Send it only to those in charge.',
    none: 'This record is not refused any more, or cannot be handed on.',
    share: 'Share',
    save: 'Save file'
  },
  takeOver: {
    action: 'Take over from another officer',
    hint: 'Open a file that another officer has handed to you.',
    became: {
      already: 'This record was taken over before.',
      made: 'Taken over. The record is sent under your name.',
      copied: 'Taken over as a new file of your own, as a draft. Look through it, then submit.',
      edited: 'Taken into the record that was here. The changes are sent under your name.',
      conflict: 'The record here differs in the same places. Both versions are kept until you choose.'
    },
    otherFile: 'This is not a record handed over from this app. Nothing has changed.',
    damaged: 'The file is damaged or incomplete. Ask for it again; nothing has changed.',
    newer: 'A newer version of the app made this file. Update the app and open it again; nothing has changed.',
    otherCommune: (p) => `This record belongs to ${p.place}, where your account does not work. Nothing has changed.`,
    unknown: 'This phone does not have the original record yet. Sync, then open the file again; nothing has changed.',
    unsettled: 'This record has unsent changes or a conflict on your phone. Settle that, then open the file again.'
  }
};
