// English sentences: evidence (photos at a criterion, a question, a product; what is shown for and what is not).
import type { Translation } from '../locale.ts';
import type { evidence as source } from '../vi/evidence.ts';

const photos = (count: number): string => (count === 1 ? '1 photo' : `${String(count)} photos`);

export const evidence: Translation<typeof source> = {
  title: 'Evidence',
  count: (p) =>
    [
      p.photos > 0 ? photos(p.photos) : '',
      p.papers > 0 ? (p.papers === 1 ? '1 paper' : `${String(p.papers)} papers`) : ''
    ]
      .filter((part) => part !== '')
      .join(', '),
  photos: (p) => (p.count === '1' ? '1 photo' : `${p.count} photos`),
  none: 'No evidence yet',
  noneYet: 'none yet',
  ofCriterion: (p) => `Evidence for criterion ${p.code}`,
  camera: 'Camera',
  choose: 'Choose',
  photosWord: 'photos',
  number: (p) => `Photo ${String(p.number)} of ${String(p.of)}`,
  look: {
    waiting: 'Photo not sent yet',
    offline: 'No network to fetch the photo',
    failed: 'The photo could not be fetched',
    deleted: 'Photo deleted',
    unknown: 'Photo not on this device yet'
  },
  onlySmall: {
    offline: 'No network, so only the small picture can be shown.',
    other: 'The large picture could not be fetched; this is the small one.'
  },
  storingFirst: (p) =>
    `${String(p.count)} ${p.count === 1 ? 'photo is' : 'photos are'} still being stored. You can hand in after that.`,
  storing: 'Saving photos on this device',
  notStored: (p) => `${photos(p.count)} not saved`,
  full: 'Storage is nearly full, so this photo is not saved. Text and choices are still saved. Delete sent photos in Settings, then take it again.',
  notSaved: 'This device could not write the photo. What was saved is still here. Choose the photo again.',
  damaged: 'The photo was not written correctly and was not kept. Take it again.',
  understood: 'Understood',
  already: 'This photo is here already',
  caption: 'Caption',
  captionNotSaved: 'The caption is not saved yet. The text is still on the screen.',
  noTime: 'Time not known',
  takenAt: (p) => `Taken ${p.day} ${p.time}`,
  place: (p) => `Place ${p.lat}; ${p.lon}`,
  accuracy: (p) => `±${p.metres} m`,
  previous: 'Previous photo',
  next: 'Next photo',
  earlier: 'Earlier',
  later: 'Later',
  retake: 'Retake',
  retaken: 'Photo replaced',
  remove: 'Delete this photo',
  removed: '1 photo deleted',
  again: 'Fetch again',
  sendAgain: 'Send again',
  coverage: (p) => `${p.shown}/${p.of} with evidence`,
  coverageSpoken: (p) => `Part ${p.code}: ${p.shown} of ${p.of} criteria with points have evidence`,
  missing: (p) =>
    p.count === 1
      ? '1 criterion has points but no evidence. You can still submit; with evidence the council accepts points more easily.'
      : `${String(p.count)} criteria have points but no evidence. You can still submit; with evidence the council accepts points more easily.`,
  missingList: 'Criteria without evidence',
  tab: {
    ofProduct: 'Photos of the product',
    ofProductHint: 'Product, packaging, label, workshop.',
    unplaced: 'Not attached anywhere',
    unplacedText: 'These photos are saved, but no record uses them yet. Open one to attach it to a criterion.',
    none: 'No photos yet. Take them at a criterion, at a question, or right here.',
    criterion: (p) => `${p.code} ${p.title}`,
    open: (p) => `Open the self-assessment of ${p.day}`,
    openSurvey: (p) => `Open the survey of ${p.day}`,
    attach: 'Attach to…',
    attachTitle: 'Attach this photo to',
    attached: (p) => `Attached to ${p.place}`,
    takenFor: 'Taken for this criterion',
    noAssessment: 'No self-assessment is being edited. Begin a new one to attach photos to its criteria.'
  }
};
