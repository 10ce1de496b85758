// The documents that travel between phone and server, as schemas to parse at every door.
import * as v from 'valibot';
import { fixSchema } from '../place/fix.ts';
import { NO_COMMUNE } from '../scope.ts';
import { MOST_PHOTO_BYTES, MOST_THUMB_BYTES } from '../photo/limits.ts';
import { STATUSES } from './status.ts';

/** The newest document schema that this build understands; a higher number is kept and passed on untouched (law 17). */
export const SCHEMA = 1;

const text = v.pipe(v.string(), v.maxLength(200_000));
const isoInstant = v.pipe(v.string(), v.isoTimestamp());
/** A calendar day, `yyyy-mm-dd`. */
const isoDay = v.pipe(v.string(), v.isoDate());
const points = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(100));

/** A merge of two versions: what each of them contributed, for the stamps of the merged one name one person only. */
const mergeNote = v.looseObject({
  at: isoInstant,
  by: v.string(),
  /** Places as paths, `answers/workers`, of the version that this person saved then. */
  parts: v.array(v.looseObject({ by: v.string(), at: isoInstant, places: v.array(v.string()) })),
  /** It was decided by a person: the id of the conflict's record. */
  conflict: v.optional(v.string()),
  /** One of the two was left over by replication between servers: its revision. */
  leaf: v.optional(v.string())
});

/** An edit that somebody could not send himself, taken over into this document by who could. */
const handedNote = v.looseObject({
  /** The record that the edit was made to; another id when its content became a dossier of its own. */
  id: v.string(),
  editId: v.string(),
  /** Who made the edit. */
  by: v.string(),
  /** When it was taken over. */
  at: isoInstant
});
export type HandedNote = v.InferOutput<typeof handedNote>;

/** What every document carries. */
const envelope = {
  _id: v.pipe(v.string(), v.regex(/^[a-z]+:[0-9A-Za-z._-]+$/)),
  /** Code of the commune whose database holds the document. */
  commune: v.pipe(v.string(), v.regex(/^\d{5}$/)),
  schema: v.pipe(v.number(), v.integer(), v.minValue(1)),
  createdAt: isoInstant,
  createdBy: v.pipe(v.string(), v.minLength(1)),
  updatedAt: isoInstant,
  updatedBy: v.pipe(v.string(), v.minLength(1)),
  /** The device that wrote last, a ULID made at the first start. */
  device: v.pipe(v.string(), v.minLength(1)),
  /** Changes with every save; lets a device recognise its own edit when an answer was lost (law 4). */
  editId: v.pipe(v.string(), v.minLength(1)),
  /**
   * The last edit that was made with a clock that is off, known by its `updatedAt`: server clock minus device clock,
   * milliseconds (law 15).
   */
  skew: v.optional(v.looseObject({ at: isoInstant, ms: v.pipe(v.number(), v.integer()) })),
  /** Soft deletion: the document stays, hidden. */
  deleted: v.optional(v.literal(true)),
  /** Merges that this version comes from, oldest first. */
  merges: v.optional(v.array(mergeNote)),
  /** Edits of others that were taken over into it, oldest first. */
  handed: v.optional(v.array(handedNote))
};

/** A step in the life of a survey or assessment: who moved it where, when. */
const step = v.looseObject({ status: v.picklist(STATUSES), at: isoInstant, by: v.string() });

const filed = {
  status: v.picklist(STATUSES),
  /** All steps so far, oldest first. */
  trail: v.array(step)
};

export const PRODUCER_TYPES = ['cooperative', 'group', 'enterprise', 'farm', 'household'] as const;

export const producerSchema = v.looseObject({
  ...envelope,
  kind: v.literal('producer'),
  name: v.pipe(text, v.minLength(1)),
  type: v.optional(v.picklist(PRODUCER_TYPES)),
  registrationNumber: v.optional(text),
  registeredOn: v.optional(isoDay),
  address: v.optional(text),
  representative: v.optional(
    v.looseObject({
      name: v.optional(text),
      sex: v.optional(v.picklist(['female', 'male'])),
      ethnicity: v.optional(text),
      disability: v.optional(v.boolean()),
      residence: v.optional(text),
      position: v.optional(text)
    })
  ),
  phone: v.optional(text),
  email: v.optional(text),
  website: v.optional(text),
  note: v.optional(text),
  /** Where it is, as it was measured there. */
  place: v.optional(fixSchema),
  /** A visit that the officer plans, and what for. */
  plannedVisit: v.optional(v.looseObject({ at: text, note: v.optional(text) }))
});

export const APPLICATION_KINDS = ['first', 'upgrade', 'renewal'] as const;

export const productSchema = v.looseObject({
  ...envelope,
  kind: v.literal('product'),
  producerId: v.string(),
  name: v.pipe(text, v.minLength(1)),
  /** Id of the criteria set, `qd26-09`. */
  setId: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  presentation: v.optional(text),
  application: v.optional(v.picklist(APPLICATION_KINDS)),
  recognition: v.optional(
    v.looseObject({
      stars: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
      decision: v.optional(text),
      date: v.optional(isoDay),
      authority: v.optional(text),
      validUntil: v.optional(isoDay)
    })
  ),
  /** Given at the commune office, never in the field. */
  code: v.optional(text),
  /** Ids of its photos, in the order in which they are shown. */
  photos: v.optional(v.array(v.string()))
});

/** An answer as the form engine keeps it: text and dates as strings, choices as names, a repeat as its rows. */
export type Answer = string | number | boolean | null | string[] | AnswerRow[];
/** One row of a repeat (it has its own `_id`), or the answers of a whole survey. */
export type AnswerRow = { [question: string]: Answer };

const answer: v.GenericSchema<Answer> = v.union([
  v.string(),
  v.pipe(v.number(), v.finite()),
  v.boolean(),
  v.null(),
  v.array(v.string()),
  v.array(
    v.record(
      v.string(),
      v.lazy(() => answer)
    )
  )
]);

export const surveySchema = v.looseObject({
  ...envelope,
  ...filed,
  kind: v.literal('survey'),
  productId: v.string(),
  producerId: v.string(),
  formId: v.string(),
  formVersion: v.pipe(v.number(), v.integer()),
  /** By question name; an answer that `relevant` hides stays here until submission leaves it out. */
  answers: v.record(v.string(), answer),
  /** Soft warnings that the officer overrode: by question name, with the reason. */
  overrides: v.optional(v.record(v.string(), text)),
  /** Sections done out of all, as the editor last counted them (for lists). */
  progress: v.optional(v.looseObject({ done: v.number(), of: v.number() }))
});

/** What was chosen at one criterion. Absent = not looked at. */
export const choiceSchema = v.looseObject({
  /** Index of the option in the set's criterion, or null: looked at, no option reached (0 points). */
  option: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  note: v.optional(text)
});

export const assessmentSchema = v.looseObject({
  ...envelope,
  ...filed,
  kind: v.literal('assessment'),
  productId: v.string(),
  producerId: v.string(),
  setId: v.string(),
  setVersion: v.pipe(v.number(), v.integer()),
  /** By criterion code. A note may stand at a criterion that has not been looked at: see `noteByCriterion`. */
  choiceByCriterion: v.record(v.string(), choiceSchema),
  /** Notes of criteria, kept apart so that clearing a choice does not clear its note. */
  noteByCriterion: v.optional(v.record(v.string(), text)),
  /** Ids of the photos and papers that show for a criterion, in their order; they stay when its choice is cleared. */
  evidenceByCriterion: v.optional(v.record(v.string(), v.array(v.string()))),
  /** Disqualifiers ticked by hand: their keys, as scoring names them. */
  disqualified: v.optional(v.array(v.string())),
  /** Set 26: the case chosen per criterion code. */
  caseByCriterion: v.optional(v.record(v.string(), v.string())),
  description: v.optional(text),
  /** Derived from the choices, and frozen into the document when it is submitted. */
  totals: v.optional(
    v.looseObject({
      total: points,
      byPart: v.record(v.string(), points),
      rankByPoints: v.number(),
      rankByMinimums: v.number(),
      estimate: v.nullable(v.number())
    })
  ),
  /** Criteria looked at out of all, as the editor last counted them (for lists). */
  progress: v.optional(v.looseObject({ done: v.number(), of: v.number() }))
});

/** One remark of a reviewer on a survey or an assessment. */
export const reviewSchema = v.looseObject({
  ...envelope,
  kind: v.literal('review'),
  /** The survey or assessment that is reviewed. */
  subjectId: v.string(),
  remarks: v.array(
    v.looseObject({ at: isoInstant, by: v.string(), target: v.optional(text), text, resolved: v.optional(v.boolean()) })
  )
});

/** What a paper can be, as the survey form's list of papers names it, and the rest of the decision's evidence list. */
export const PAPER_KINDS = [
  'registration',
  'food_safety',
  'declaration',
  'test',
  'environment',
  'origin',
  'trademark',
  'management',
  'barcode',
  'award',
  'workers',
  'statements',
  'market',
  'website',
  'story',
  'other'
] as const;

/** A paper of a product: what it is, who issued it, how long it holds; its photos are documents of their own. */
export const paperSchema = v.looseObject({
  ...envelope,
  kind: v.literal('paper'),
  productId: v.string(),
  paperKind: v.picklist(PAPER_KINDS),
  /** What it is called, where the kind does not say enough. */
  title: v.optional(text),
  number: v.optional(text),
  issuer: v.optional(text),
  issuedOn: v.optional(isoDay),
  validUntil: v.optional(isoDay),
  /** Ids of its photos, page by page. */
  photos: v.optional(v.array(v.string())),
  note: v.optional(text)
});

const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const bytesUpTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const pixels = v.pipe(v.number(), v.integer(), v.minValue(1));

/**
 * A photo: what it shows is settled by its hash, and only its caption changes. The bytes are two attachments, see
 * `photo/attachments.ts`; where it is evidence is said by the records that name its id.
 */
export const photoSchema = v.looseObject({
  ...envelope,
  kind: v.literal('photo'),
  productId: v.string(),
  /** SHA-256 of the photo's bytes, hexadecimal. */
  sha256: digest,
  bytes: bytesUpTo(MOST_PHOTO_BYTES),
  thumbBytes: bytesUpTo(MOST_THUMB_BYTES),
  width: pixels,
  height: pixels,
  /** When it was taken, as the camera says. */
  takenAt: v.optional(isoInstant),
  /** Where it was taken, as the camera says: degrees (WGS 84), and metres. */
  place: v.optional(
    v.looseObject({
      lat: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
      lon: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
      accuracy: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0)))
    })
  ),
  /** What it was taken for: a record, and the criterion or question in it. */
  target: v.optional(v.looseObject({ id: v.string(), place: v.optional(text) })),
  caption: v.optional(text)
});

/** One version of a document, as it was; it may be one that this build cannot read. */
const version = v.looseObject({ _id: v.string() });

/** Whose value stands at a place after a conflict: one of the two, both (they agree by now), or another one. */
export const STANDS = ['mine', 'theirs', 'both', 'neither'] as const;

/** An edit that could not be merged (law 5): it stays after its end, as the history of what was not chosen. */
export const conflictSchema = v.looseObject({
  ...envelope,
  kind: v.literal('conflict'),
  /** The document that there are two versions of. */
  subjectId: v.string(),
  /** What both started from; null when it is not known. */
  base: v.nullable(version),
  /** The edit that waits on a device of `createdBy`, or that replication between servers has left over. */
  mine: version,
  /** What the server has; null: it is deleted there. */
  theirs: v.nullable(version),
  /** Where both differ, as paths: `answers/workers`. */
  places: v.array(v.string()),
  /** Who ended it, when, which edit came of it, and whose value it has at each of the places. */
  resolved: v.optional(
    v.looseObject({
      at: isoInstant,
      by: v.string(),
      editId: v.string(),
      stands: v.optional(v.record(v.string(), v.picklist(STANDS)))
    })
  )
});

/** Who is behind an account: what the screens call its person. Made by provisioning, in the reference database only. */
export const personSchema = v.looseObject({
  ...envelope,
  kind: v.literal('person'),
  commune: v.literal(NO_COMMUNE),
  /** The CouchDB user name. */
  account: v.pipe(v.string(), v.minLength(1)),
  displayName: v.pipe(text, v.minLength(1))
});

export const documentSchema = v.variant('kind', [
  producerSchema,
  productSchema,
  surveySchema,
  assessmentSchema,
  reviewSchema,
  paperSchema,
  photoSchema,
  conflictSchema,
  personSchema
]);

export type Producer = v.InferOutput<typeof producerSchema>;
export type Product = v.InferOutput<typeof productSchema>;
export type Survey = v.InferOutput<typeof surveySchema>;
export type Assessment = v.InferOutput<typeof assessmentSchema>;
export type Review = v.InferOutput<typeof reviewSchema>;
export type Paper = v.InferOutput<typeof paperSchema>;
export type PaperKind = (typeof PAPER_KINDS)[number];
export type Photo = v.InferOutput<typeof photoSchema>;
export type Conflict = v.InferOutput<typeof conflictSchema>;
export type Stands = (typeof STANDS)[number];
export type Person = v.InferOutput<typeof personSchema>;
export type Choice = v.InferOutput<typeof choiceSchema>;
export type Document = v.InferOutput<typeof documentSchema>;
export type Kind = Document['kind'];
/** A survey or an assessment: what is submitted, returned and accepted. */
export type Filed = Survey | Assessment;
export type DocumentOf<K extends Kind> = Extract<Document, { kind: K }>;

/** Fields that storage stamps on every save; an editor never writes them itself. */
export type Stamp = Pick<Document, 'updatedAt' | 'updatedBy' | 'device' | 'editId' | 'skew'>;
