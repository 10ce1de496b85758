// English sentences: place (measuring one, telling one, the sketch of neighbours).
import type { Translation } from '../locale.ts';
import type { place as source } from '../vi/place.ts';

export const place: Translation<typeof source> = {
  measure: 'Measure the place',
  again: 'Measure again',
  retry: 'Try again',
  searching: 'Looking for the place',
  improving: (p) => `Measuring: accurate to ±${p.accuracy}\u00a0m`,
  target: 'Stand under the sky and wait for 10 m. The best result is kept.',
  take: (p) => `Take ±${p.accuracy}\u00a0m now`,
  keep: (p) => `Use ±${p.accuracy}\u00a0m anyway`,
  poor: (p) =>
    `Only accurate to ±${p.accuracy}\u00a0m: it may lie in another hamlet. Go into the open and measure again.`,
  rough: (p) => `Accurate to ±${p.accuracy}\u00a0m only. It is saved; measured again in the open it gets better.`,
  accuracy: (p) => `Accurate to ±${p.accuracy}\u00a0m`,
  quality: { target: 'Good', accepted: 'Rough', poor: 'Poor' },
  failed: {
    denied: 'The app may not see where this phone is. Allow “Location” in the browser’s settings, then try again.',
    unavailable: 'This phone does not tell where it is. Switch on “Location” (GPS) in its settings, then try again.',
    timeout: 'No satellites were found. Go outdoors, wait a moment and try again.'
  },
  none: 'No GPS',
  noneWhy: 'Why it cannot be measured',
  noneNote: 'Say why',
  noneNeeded: 'Write the reason to save the answer.',
  reason: {
    indoors: 'Indoors or covered, no signal',
    denied: 'The phone does not allow it',
    noReceiver: 'The phone has no GPS',
    elsewhere: 'The survey is made elsewhere',
    other: 'Another reason'
  },
  noneBecause: (p) => `No GPS: ${p.reason}`,
  clear: 'Remove the place',
  cleared: 'The place was removed',
  replaced: 'The former place was replaced',
  commune: (p) => `Within: ${p.commune}`,
  distance: {
    metres: (p) => `${p.n}\u00a0m`,
    kilometres: (p) => `${p.n}\u00a0km`,
    away: (p) => `${p.distance} away`,
    unknown: 'Place not measured'
  },
  direction: {
    n: 'north',
    ne: 'north-east',
    e: 'east',
    se: 'south-east',
    s: 'south',
    sw: 'south-west',
    w: 'west',
    nw: 'north-west'
  },
  north: 'N',
  sketch: {
    title: 'Neighbours',
    open: 'Sketch of the neighbours',
    describe: (p) =>
      `A sketch with north at the top: ${p.count} producers within ${p.ring}. The list below tells each distance and direction.`,
    middle: 'In the middle',
    around: { record: 'This producer', here: 'Where I stand' },
    from: (p) => `${p.distance} to the ${p.direction}`,
    same: 'right here',
    nobody: {
      title: 'No producers around here yet',
      text: 'The sketch shows producers whose place was measured. Open a producer and tap “Edit” to measure it.'
    },
    unmeasured: {
      title: 'This producer has no place yet',
      text: 'Measure it on the spot, or look from where you stand.'
    },
    nearer: 'Nearer',
    wider: 'Wider',
    ring: (p) => `Within ${p.ring}`,
    more: (p) => `${p.count} more producers are farther away.`
  },
  here: {
    searching: 'Looking for where you stand',
    ask: 'It is not known where you are.',
    find: 'Find where I stand',
    sorted: (p) => `The nearest first, from where you stand (±${p.accuracy}\u00a0m).`,
    notSorted: 'The list stays sorted by name.'
  }
};
