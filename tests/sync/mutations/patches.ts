// Ways to break the laws of storage and sync: each a small change of the source that some test must notice.

/** One way to break the product. */
export interface Patch {
  /** The law of storage and sync that it breaks. */
  readonly law: number;
  readonly what: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Tests of which at least one must fail, as vitest filters them. */
  readonly tests: readonly string[];
}

const REPLICA = 'src/lib/storage/replica.ts';
const ACCESS = 'src/lib/storage/replica/access.ts';
const CHECKPOINTS = 'src/lib/storage/replica/checkpoints.ts';
const OUTBOX_STEPS = 'src/lib/storage/replica/outboxSteps.ts';
const SETTLING = 'src/lib/storage/replica/settling.ts';
const WRITING = 'src/lib/storage/replica/writing.ts';
const STORE = 'src/lib/storage/store.ts';
const PUSH = 'src/lib/sync/core/push.ts';
const RUN = 'src/lib/sync/core/run.ts';
const MEETING = 'src/lib/domain/merge/meeting.ts';
const RUNNER = 'src/lib/app/sync/runner.ts';
const SURVEY_EDITOR = 'src/lib/app/survey/editor.svelte.ts';
const SURVEY_TEST = ['tests/ui/survey/survey.browser.ts'];
const MODEL = ['tests/sync/model'];
const PHOTO_SENDING = 'src/lib/storage/photoSending.ts';
const PHOTO_TESTS = ['tests/storage/photos.test.ts', 'tests/sync/couchdb/photos.test.ts'];
const RUNNER_TEST = ['tests/sync/app/runner.browser.ts'];
const SKEW_TEST = ['tests/sync/app/skew.browser.ts'];
const LAWS_TEST = ['tests/sync/core/laws.test.ts'];
const FAULTS_TEST = ['tests/sync/couchdb/faults.test.ts'];
const ODD_TEST = ['tests/sync/couchdb/odd.test.ts'];
const STORE_TEST = ['tests/storage/store.test.ts'];
const PULL = 'src/lib/sync/core/pull.ts';
const PHOTOS = 'src/lib/sync/core/photos.ts';
const PACE = 'src/lib/sync/core/pace.ts';
const HTTP = 'src/lib/sync/couchdb/http.ts';
const REMOTE = 'src/lib/sync/couchdb/remote.ts';
const FAILURE = 'src/lib/storage/failure.ts';

/** The laws of storage and sync. */
export const LAWS: readonly number[] = Array.from({ length: 17 }, (_, i) => i + 1);

export const PATCHES: readonly Patch[] = [
  {
    law: 1,
    what: 'a document and its outbox row are not one transaction',
    file: STORE,
    find: "withRoom(this.#db, maySpend, () => this.#db.transaction('rw', tables, telling(noted)));",
    replace: 'withRoom(this.#db, maySpend, () => (tables.length > 0 ? noted() : noted()));',
    tests: MODEL
  },
  {
    law: 2,
    what: 'a field that is left waits for the pause in typing',
    file: SURVEY_EDITOR,
    find: '    this.#left.add(path);\n    this.#answer(path, answer);\n    void this.#save();',
    replace: '    this.#left.add(path);\n    this.#answer(path, answer);\n    this.#saveSoon();',
    tests: SURVEY_TEST
  },
  {
    law: 2,
    what: 'every letter puts the save off again',
    file: SURVEY_EDITOR,
    find: 'this.#timer ??= setTimeout(() => void this.#save(), TYPING_MS);',
    replace: 'clearTimeout(this.#timer);\n    this.#timer = setTimeout(() => void this.#save(), TYPING_MS);',
    tests: SURVEY_TEST
  },
  {
    law: 2,
    what: 'a field keeps what was typed when the page is hidden',
    file: 'src/lib/ui/TextField.svelte',
    find: "document.visibilityState === 'hidden' && draft.commit()",
    replace: "document.visibilityState === 'prerender' && draft.commit()",
    tests: ['tests/ui/kit/fields.browser.ts']
  },
  {
    law: 3,
    what: 'a receipt clears a row that was edited since',
    file: SETTLING,
    find: 'if (waiting.editId === verdict.editId) {',
    replace: "if (verdict.editId !== '') {",
    tests: MODEL
  },
  {
    law: 3,
    what: 'a row leaves the outbox without an answer of its own',
    file: PUSH,
    find: "        case 'failed':\n        case undefined:",
    replace: `        case 'failed':
          verdicts.push({ tag: 'receipt', id, editId, rev: '1-guess', at, doc });
          break;
        case undefined:
          verdicts.push({ tag: 'receipt', id, editId, rev: '1-guess', at, doc });
          break;
        default:`,
    tests: ['tests/sync/core/laws.test.ts']
  },
  {
    law: 4,
    what: 'the own edit whose answer was lost is not recognised',
    file: 'src/lib/domain/merge/rival.ts',
    find: "if (editId !== '' && editId === mine.editId) return 'ours';",
    replace: '',
    tests: MODEL
  },
  {
    law: 4,
    what: 'edits are not noted before they leave',
    file: REPLICA,
    find: 'if (noted.length > 0) await this.#db.outbox.bulkPut(noted);',
    replace: '',
    tests: ['tests/sync/core/laws.test.ts']
  },
  {
    law: 5,
    what: "somebody else's edit is overwritten",
    file: MEETING,
    find: "    case 'rival':\n      return meetRival(mine, base, theirs);",
    replace:
      "    case 'rival':\n      return theirs.doc === null ? meetRival(mine, base, theirs) : { tag: 'onTop', isLosing: false };",
    tests: MODEL
  },
  {
    law: 5,
    what: 'the base is not kept',
    file: 'src/lib/storage/edited.ts',
    find: 'base: waiting === undefined ? base : waiting.base',
    replace: 'base: waiting === undefined ? null : (base ?? waiting.base)',
    tests: MODEL
  },
  {
    law: 5,
    what: 'the version that loses is not kept',
    file: 'src/lib/storage/conflicts.ts',
    find: 'await kept.bulkAdd(losers);',
    replace: '',
    tests: MODEL
  },
  {
    law: 5,
    what: 'the decision of another device is not learned',
    file: WRITING,
    find: 'if (decided.length > 0) {',
    replace: 'if (decided.length < 0) {',
    tests: ['tests/sync/core/decisions.test.ts']
  },
  {
    law: 5,
    what: 'a losing leaf is closed before what it says is on the server',
    file: 'src/lib/sync/core/leaves.ts',
    find: "return first === null || answer?.tag === 'stored' || isRecorded;",
    replace: 'return first === null || answer !== undefined || isRecorded;',
    tests: ['tests/sync/core/leaves.test.ts']
  },
  {
    law: 5,
    what: 'the record of a conflict goes with the page that changes it',
    file: 'src/lib/storage/replica/batch.ts',
    find: 'this.queue(waiting);',
    replace: 'if (!this.#outbox.has(row.id)) this.queue(waiting);',
    tests: ['tests/sync/core/decisions.test.ts']
  },
  {
    law: 6,
    what: 'one refused document stops those behind it',
    file: PUSH,
    find: '    const half = Math.ceil(batch.length / 2);',
    replace: "    if (problem.tag !== 'tooLarge') return err(problem);\n    const half = Math.ceil(batch.length / 2);",
    tests: MODEL
  },
  {
    law: 4,
    what: 'what went out is forgotten when it is edited before its answer',
    file: 'src/lib/storage/row.ts',
    find: 'waiting.sent?.at(-1) === waiting.editId ? row.doc : waiting.lastSent',
    replace: 'waiting.lastSent',
    tests: LAWS_TEST
  },
  {
    law: 5,
    what: 'what a colleague has set back of an edit without an answer is overwritten',
    file: MEETING,
    find: 'if (hasSetBack(base, lastSent, theirs.doc)) return true;',
    replace: 'if (hasSetBack(base, lastSent, theirs.doc)) return false;',
    tests: LAWS_TEST
  },
  {
    law: 6,
    what: 'a row is dropped on a refusal',
    file: SETTLING,
    find: "this.batch.queue({ ...unmarked(waiting), state: 'refused', reason: { code, message }, at });",
    replace: 'if (code !== message && at) this.batch.dequeue(row.id);',
    tests: MODEL
  },
  {
    law: 6,
    what: 'what has failed of one document keeps the rest of the run from being done',
    file: RUN,
    find: 'if (problem !== null && !mayBeOfSome(problem)) return problem;',
    replace: 'if (problem !== null) return problem;',
    tests: [...LAWS_TEST, 'tests/sync/core/leaves.test.ts']
  },
  {
    law: 7,
    what: 'a row is dropped on a 5xx',
    file: PUSH,
    find: `        this.#tries.set(only.id, TRIES);
        return ok(undefined);`,
    replace: `        const { id, editId, rev, doc } = only;
        return this.#settle([{ tag: 'receipt', id, editId, rev: rev ?? '', at: this.#conduct.now(), doc }]);`,
    tests: MODEL
  },
  {
    law: 8,
    what: 'the checkpoint is written before the page, in a transaction of its own',
    file: REPLICA,
    find: '    const incoming = page.changes.map(asIncoming);',
    replace: `    const { since, identity, completedAt } = page;
    void this.#db.checkpoints.put({ database, since, identity, completedAt }).catch(() => undefined);
    const incoming = page.changes.map(asIncoming);`,
    tests: MODEL
  },
  {
    law: 8,
    what: 'a pull overwrites a document that has an unsent edit',
    file: REPLICA,
    find: '      } else if (row !== undefined && waiting !== undefined) {',
    replace: "      } else if (row !== undefined && waiting !== undefined && waiting.state !== 'waiting') {",
    tests: MODEL
  },
  {
    law: 8,
    what: 'the losing leaves of stock replication are not asked for',
    file: 'src/lib/sync/couchdb/remote.ts',
    find: 'include_docs=true&conflicts=true&style=all_docs&limit=${limit}&seq',
    replace: 'include_docs=true&style=all_docs&limit=${limit}&seq',
    tests: ['tests/sync/couchdb/peer.test.ts']
  },
  {
    law: 9,
    what: 'a restored server is not compared with the phone',
    file: RUN,
    find: 'if (isRestored && database !== REFERENCE_DATABASE) {',
    replace: 'if (isRestored && database === REFERENCE_DATABASE) {',
    tests: MODEL
  },
  {
    law: 9,
    what: 'the sequence of another server is taken for this one’s',
    file: 'src/lib/sync/core/restore.ts',
    find: 'ok(current.value === identity && missing.value.length === 0)',
    replace: 'ok(current.value !== "" && missing.value.length >= 0)',
    tests: MODEL
  },
  {
    law: 9,
    what: 'a quiet server is never asked which one it is',
    file: RUN,
    find: ' < UNASKED_MS);',
    replace: ' < UNASKED_MS * 1e6);',
    tests: MODEL
  },
  {
    law: 9,
    what: 'a run goes on sending after it has met a restored server',
    file: RUN,
    find: 'isAnother = pulled.isRestored;',
    replace: 'isAnother = pulled.pulled < 0;',
    tests: ['tests/sync/core/leaves.test.ts']
  },
  {
    law: 9,
    what: 'what was odd is read once more from a server that a push has found restored',
    file: RUN,
    find: 'isAnother ? null : rereadOdd(conduct, database, checkpoint, memory.odd)',
    replace: 'rereadOdd(conduct, database, checkpoint, memory.odd)',
    tests: ['tests/sync/core/rereading.test.ts']
  },
  {
    law: 9,
    what: 'a version with no more edits behind it than the base is taken for a change of that',
    file: MEETING,
    find: 'mine.isLost || !mayComeOf(rev, mine.rev) ? null : base',
    replace: 'mine.isLost ? null : base',
    tests: ['tests/domain/merge/meeting.test.ts']
  },
  {
    law: 9,
    what: 'a push takes what stands there for a change of what it was made from, unasked',
    file: PUSH,
    find: 'if (bases.length === 0) return ok(undefined);',
    replace: 'if (bases.length >= 0) return ok(undefined);',
    tests: ['tests/sync/core/restored.test.ts']
  },
  {
    law: 9,
    what: 'a question about what cannot have come of the base is answered by the next edit over there',
    file: SETTLING,
    find: 'return this.#become(row, unsent, standing, met,',
    replace: 'return this.#become(row, waiting, standing, met,',
    tests: ['tests/sync/core/restored.test.ts']
  },
  {
    law: 9,
    what: 'what the maker of a lost document has said meanwhile gives way unseen',
    file: SETTLING,
    find: `if (met.isLosing) this.batch.kept.push({ docId: row.id, doc, why: 'restored', at });
      const state`,
    replace: 'const state',
    tests: ['tests/sync/core/restored.test.ts']
  },
  {
    law: 10,
    what: 'with a lost commune its unsent work is forgotten',
    file: REPLICA,
    find: 'const forgotten = [...owners.keys()].filter((id) => !kept.has(id));',
    replace: 'const forgotten = [...owners.keys()].filter((id) => !kept.has(`${id}?`));',
    tests: MODEL
  },
  {
    law: 10,
    what: 'a commune that comes back is pulled from where it was left',
    file: REPLICA,
    find: 'await this.#db.checkpoints.bulkDelete([...databases]);',
    replace: 'await this.#db.checkpoints.bulkDelete([]);',
    tests: MODEL
  },
  {
    law: 10,
    what: 'what waits for a database that is shut is sent in vain every few seconds',
    file: RUNNER,
    find: '.some((name) => !shut.includes(name))',
    replace: '.some((name) => !shut.includes(`${name}?`))',
    tests: RUNNER_TEST
  },
  {
    law: 11,
    what: 'two tabs sync at the same time',
    file: RUNNER,
    find: 'return locks === undefined ? work() : locks.request(this.#lock, work);',
    replace: 'return locks === null ? locks : work();',
    tests: RUNNER_TEST
  },
  {
    law: 12,
    what: 'a conflict does not count as unsent',
    file: 'src/lib/storage/outbox.ts',
    find: "ids('conflict')]);",
    replace: 'Promise.resolve([])]);',
    tests: MODEL
  },
  {
    law: 12,
    what: 'a photo whose bytes wait does not count as unsent',
    file: PHOTO_SENDING,
    find: "row?.live === 'photo' ? [row.id] : []",
    replace: "row?.live === '' ? [row.id] : []",
    tests: PHOTO_TESTS
  },
  {
    law: 13,
    what: 'any bytes beside the document count as the photo',
    file: 'src/lib/domain/photo/attachments.ts',
    find: "own(stubOf(doc, size), 'digest') === `md5-${digests[size]}`",
    replace: 'isMap(stubOf(doc, size)) && digests[size].length > 0',
    tests: PHOTO_TESTS
  },
  {
    law: 13,
    what: 'bytes are not read back',
    file: 'src/lib/storage/photos.ts',
    find: 'return photoHash === sha256 && thumbHash === givenThumbHash;',
    replace: 'return photoHash !== undefined && thumbHash !== undefined;',
    tests: PHOTO_TESTS
  },
  {
    law: 13,
    what: 'a photo that the server has no more is not sent again',
    file: PHOTO_SENDING,
    find: "if (!isThere && photo.state !== 'sent') return [];",
    replace: 'if (!isThere) return [];',
    tests: PHOTO_TESTS
  },
  {
    law: 13,
    what: 'a document names attachments that the server does not have',
    file: OUTBOX_STEPS,
    find: 'withAttachmentsOf(row.doc, base)',
    replace: 'withAttachmentsOf(row.doc, row.doc)',
    tests: PHOTO_TESTS
  },
  {
    law: 13,
    what: 'a photo that is refused stops all others',
    file: 'src/lib/sync/core/photos.ts',
    find: '    this.refused++;\n',
    replace: "    this.refused++;\n    this.#stop({ tag: 'aborted' });\n",
    tests: PHOTO_TESTS
  },
  {
    law: 13,
    what: 'a photo that may be there goes up once more, unasked',
    file: 'src/lib/sync/core/photos.ts',
    find: 'if (doubtful.length === 0) return ok(queue);',
    replace: 'if (doubtful.length >= 0) return ok(queue);',
    tests: PHOTO_TESTS
  },
  {
    law: 13,
    what: 'photos do not follow the records by themselves',
    file: 'src/lib/app/sync/photoLane.ts',
    find: "    if (why === 'run' && this.#timer !== undefined) return;\n",
    replace: "    if (why === 'run') return;\n",
    tests: RUNNER_TEST
  },
  {
    law: 14,
    what: "an outbox goes out under somebody else's cookie",
    file: 'src/lib/app/sync/authorise.ts',
    find: 'if (owner.value.name !== account) return',
    replace: "if (owner.value.name === '' && account !== '') return",
    tests: RUNNER_TEST
  },
  {
    law: 14,
    what: 'all accounts of a phone have one database',
    file: 'src/lib/storage/database.ts',
    find: 'databaseName = (account: string): string => `ocop-${account}`',
    replace: 'databaseName = (account: string): string => `ocop-${account.length > 0}`',
    tests: ['tests/storage/store.test.ts']
  },
  {
    law: 15,
    what: 'a save does not tell that the clock was off',
    file: 'src/lib/storage/stamp.ts',
    find: 'excessSkew(skewMs?.() ?? null)',
    replace: 'excessSkew(skewMs === undefined ? null : null)',
    tests: ['tests/storage/store.test.ts']
  },
  {
    law: 16,
    what: 'a dead connection is not reopened',
    file: STORE,
    find: "if (failure.cause !== 'closed') return err(failure);",
    replace: 'if (failure.cause.length > 0) return err(failure);',
    tests: ['tests/storage/store.test.ts']
  },
  {
    law: 17,
    what: 'what this build cannot read is thrown away',
    file: REPLICA,
    find: 'if (change.isDeleted || parsed === null) {',
    replace: 'if (change.isDeleted || parsed?.readable == null) {',
    tests: MODEL
  },
  {
    law: 6,
    what: 'a refused edit leaves the outbox although nobody has taken over this very edit',
    file: 'src/lib/storage/handedOn.ts',
    find: "if (row === undefined || waiting?.state !== 'refused' || waiting.editId !== note.editId) continue;",
    replace: "if (row === undefined || waiting?.state !== 'refused') continue;",
    tests: ['tests/storage/handover.test.ts']
  },
  {
    law: 14,
    what: 'a refusal is believed without asking whose cookie it was',
    file: PUSH,
    find: "const allowed = await this.#conduct.authorise('anew');",
    replace: 'const allowed = await this.#conduct.authorise();',
    tests: ['tests/sync/couchdb/accounts.test.ts']
  },
  {
    law: 9,
    what: "everything that a server has lost is put back, also what is somebody else's",
    file: 'src/lib/domain/document/editing.ts',
    find: "if (updatedBy === account || typeof updatedBy !== 'string') return 'asItIs';",
    replace: "if (updatedBy !== createdBy || kind !== '') return 'asItIs';",
    tests: ['tests/sync/core/restored.test.ts']
  },
  {
    law: 9,
    what: 'an older version takes the place of what a server has lost and others have to bring back',
    file: SETTLING,
    find: "if (met.tag === 'onTop' && doc !== null) {",
    replace: "if (met.tag === 'merged' && doc !== null) {",
    tests: ['tests/sync/core/restored.test.ts']
  },
  {
    law: 4,
    what: 'a quick answer to next to nothing makes the next request larger',
    file: PACE,
    find: 'const isProof = filled !== null && filled * 2 >= size;',
    replace: 'const isProof = filled !== size * 3;',
    tests: ['tests/sync/core/pace.test.ts']
  },
  {
    law: 4,
    what: 'requests on a slow line stay as large as they were',
    file: PACE,
    find: 'if (tookMs > pace.slowMs) {',
    replace: 'if (tookMs > pace.slowMs * 1e6) {',
    tests: ['tests/sync/core/pace.test.ts']
  },
  {
    law: 6,
    what: 'any refusal of a gateway sets a photo aside',
    file: PHOTOS,
    find: `problem.tag === 'rejected' && isOfDocument(problem)`,
    replace: `problem.tag === 'rejected' && (isOfDocument(problem) || problem.status > 0)`,
    tests: FAULTS_TEST
  },
  {
    law: 6,
    what: 'a gateway that says 400 in its own words sets records aside',
    file: HTTP,
    find: 'return isCouchsWord(body) ?',
    replace: 'return isCouchsWord(body) || status > 0 ?',
    tests: FAULTS_TEST
  },
  {
    law: 6,
    what: 'a gateway that says 403 in its own words sets a photo aside',
    file: 'src/lib/sync/couchdb/photo.ts',
    find: 'status === 403 && isCouchsWord(body) &&',
    replace: 'status === 403 && (isCouchsWord(body) || status > 0) &&',
    tests: FAULTS_TEST
  },
  {
    law: 7,
    what: 'a gateway whose patience is at an end (408) is taken for a refusal',
    file: HTTP,
    find: `    case 408:
`,
    replace: `    case 488:
`,
    tests: FAULTS_TEST
  },
  {
    law: 7,
    what: 'what a server asks for with Retry-After is not read',
    file: HTTP,
    find: `response.headers.get('retry-after')`,
    replace: `response.headers.get('retry-later')`,
    tests: FAULTS_TEST
  },
  {
    law: 7,
    what: 'a server may ask for any time',
    file: HTTP,
    find: 'Math.min(MOST_REST_MS, Math.max(0, ms))',
    replace: 'Math.min(MOST_REST_MS * 1e9, Math.max(0, ms))',
    tests: FAULTS_TEST
  },
  {
    law: 7,
    what: 'a save asks a server that has asked for time',
    file: 'src/lib/app/sync/loop.ts',
    find: `until: problem?.tag === 'busy' ? now +`,
    replace: `until: problem?.tag === 'aborted' ? now +`,
    tests: ['tests/sync/app/loop.test.ts']
  },
  {
    law: 7,
    what: 'a server that has asked for time is asked on about its other databases',
    file: RUN,
    find: `isAskedToRest ||= problem.tag === 'busy';`,
    replace: `isAskedToRest ||= problem.tag === 'storage';`,
    tests: LAWS_TEST
  },
  {
    law: 8,
    what: 'a change without its document is passed over in silence',
    file: PULL,
    find: `      odd: page.odd.filter(isOurs),
`,
    replace: '',
    tests: ODD_TEST
  },
  {
    law: 8,
    what: 'one odd row stops its page',
    file: REMOTE,
    find: 'if (isOdd) return { id, why: whyOdd(row.doc) };',
    replace: `if (isOdd) throw new Error('row');`,
    tests: ODD_TEST
  },
  {
    law: 8,
    what: 'what was odd is never read again',
    file: 'src/lib/sync/core/odd.ts',
    find: 'if (left > 0) {',
    replace: 'if (left >= 0) {',
    tests: ODD_TEST
  },
  {
    law: 8,
    what: 'what cannot be read passes for a deletion',
    file: REMOTE,
    find: 'return isDocument(doc, key) ? [{ id: key, rev, ...plain(doc) }] : [];',
    replace: 'return [{ id: key, rev, ...(isDocument(doc, key) ? plain(doc) : { doc: null, clash: [] }) }];',
    tests: ODD_TEST
  },
  {
    law: 8,
    what: 'a document that IndexedDB cannot hold stops its page',
    file: REPLICA,
    find: 'if (unfit.length === 0) return applied;',
    replace: 'if (unfit.length >= 0) return applied;',
    tests: LAWS_TEST
  },
  {
    law: 9,
    what: 'what was sent last is not remembered',
    file: CHECKPOINTS,
    find: 'sent: [...sent, ...receipts].slice(-RECEIPTS_MOST)',
    replace: 'sent: [...sent, ...receipts].slice(0, 0)',
    tests: LAWS_TEST
  },
  {
    law: 9,
    what: 'a page of a server that was restored meanwhile is written',
    file: PULL,
    find: `    if (this.isRestored) return ok(undefined);
`,
    replace: '',
    tests: LAWS_TEST
  },
  {
    law: 10,
    what: 'what an unsent document belongs to is forgotten',
    file: REPLICA,
    find: 'id !== undefined && !kept.has(id); id = owners.get(id))',
    replace: 'id !== undefined && !kept.has(id); id = owners.get(`${id}?`))',
    tests: LAWS_TEST
  },
  {
    law: 10,
    what: 'a role that the server has taken away is not heeded',
    file: RUNNER,
    find: 'if (lost.length > 0) await replica.forget(lost);',
    replace: 'if (lost.length < 0) await replica.forget(lost);',
    tests: RUNNER_TEST
  },
  {
    law: 13,
    what: 'a photo at which every sending breaks off starves the others',
    file: PHOTOS,
    find: `    this.#memory.failed.add(photo.id);
`,
    replace: '',
    tests: ['tests/sync/core/photos.test.ts']
  },
  {
    law: 14,
    what: 'nobody asks for whom the server takes us before the outbox goes',
    file: PUSH,
    find: `    const allowed = await this.#conduct.authorise();
    if (!allowed.ok) return allowed;
`,
    replace: '',
    tests: LAWS_TEST
  },
  {
    law: 15,
    what: 'a merge of the sync worker does not tell that the clock was off',
    file: 'src/lib/app/sync/worker.ts',
    find: '({ skewMs } = view);',
    replace: 'skewMs = view === null ? skewMs : null;',
    tests: SKEW_TEST
  },
  {
    law: 15,
    what: 'a merge of the service worker does not tell that the clock was off',
    file: 'src/lib/app/sync/background.ts',
    find: '() => noted.skewMs',
    replace: '() => (noted.skewMs === null ? null : null)',
    tests: SKEW_TEST
  },
  {
    law: 16,
    what: 'a connection that WebKit has lost is not reopened',
    file: FAILURE,
    find: `, 'UnknownError']`,
    replace: ']',
    tests: STORE_TEST
  },
  {
    law: 16,
    what: 'a save whose end was not heard of is done twice',
    file: STORE,
    find: 'saved?.ok === true && (await',
    replace: 'saved?.ok !== true && (await',
    tests: STORE_TEST
  },
  {
    law: 16,
    what: 'a page is not written again on a connection that was reopened',
    file: ACCESS,
    find: 'if (!isClosed(first)) return',
    replace: 'if (isClosed(first) || !isClosed(first)) return',
    tests: STORE_TEST
  },
  {
    law: 16,
    what: 'what undid a transaction is not asked',
    file: FAILURE,
    find: 'throw idbtrans.error ?? thrown;',
    replace: 'throw thrown ?? idbtrans.error;',
    tests: STORE_TEST
  },
  {
    law: 17,
    what: 'what only a newer build can read is shown',
    file: 'src/lib/storage/edited.ts',
    find: 'return row.foreign !== true && row.shut !== true &&',
    replace: 'return row.shut !== true &&',
    tests: LAWS_TEST
  }
];
