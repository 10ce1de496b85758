// English sentences: signature (the pad, the typed name, the refusal).
import type { Translation } from '../locale.ts';
import type { signature as source } from '../vi/signature.ts';

export const signature: Translation<typeof source> = {
  way: { label: 'How it is confirmed', drawn: 'Signed', typed: 'Typed', declined: 'Not signed' },
  pad: 'Signature pad',
  padHint: 'Sign in the box with a finger or a pen.',
  undo: 'Undo last stroke',
  clear: 'Clear',
  cleared: 'The signature was cleared',
  replaced: 'The former signature was replaced',
  full: 'The pad is full: the last stroke was not kept. Clear it and sign more briefly.',
  name: 'Name of who confirms',
  nameHint: 'Typed by the person met, or by you at their word.',
  reason: 'Why it is not signed',
  drawn: (p) => `Signed by hand, ${p.strokes} strokes`,
  typed: (p) => `${p.name} (typed)`,
  declined: 'Not signed',
  declinedBecause: (p) => `Not signed: ${p.reason}`,
  empty: 'Not signed yet'
};
