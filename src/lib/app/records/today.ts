// Everything that Hôm nay shows, in two live queries: the work that waits, and what else is to be known today.
import { type DueItem, dueItems, dueRange } from '#lib/domain/deadline/due.ts';
import { addDays } from '#lib/domain/deadline/day.ts';
import { paperDueRange } from '#lib/domain/deadline/validity.ts';
import type { Account } from '#lib/domain/scope.ts';
import type { OutboxCounts } from '#lib/storage/outbox.ts';
import {
  type DueCertificate,
  type DuePaper,
  type PlannedVisit,
  type ReturnedTask,
  type Task,
  dueCertificates,
  duePapers,
  myDrafts,
  myReturned,
  plannedVisits,
  submitted
} from '#lib/storage/today.ts';
import type { Store } from '#lib/storage/store.ts';
import { unsentCounts } from '#lib/storage/unsentCounts.ts';
import { readElsewhere } from './elsewhere.ts';
import { mayReview } from './rights.ts';

export { MINE_MOST } from '#lib/storage/today.ts';
export type { DueCertificate, DuePaper, PlannedVisit, ReturnedTask, Task } from '#lib/storage/today.ts';

/** So many are read for the reviewer's inbox, those that wait longest: there may be more. */
export const SUBMITTED_MOST = 50;

/** A submitted file, as the reviewer's inbox shows it. */
export interface SubmittedTask extends Task {
  readonly submittedBy: string;
  readonly submittedAt: string;
}

/** What falls due, with the product where it is one's certificate, and with the paper where it is one. */
export type Due = DueItem & { readonly product?: DueCertificate; readonly paper?: DuePaper };

/** The work that waits for a person. */
export interface Tasks {
  readonly returned: readonly ReturnedTask[];
  readonly drafts: readonly Task[];
  /** Filled for reviewers only. */
  readonly submitted: readonly SubmittedTask[];
}

/** What else is to be known today. */
export interface Outlook {
  readonly due: readonly Due[];
  readonly visits: readonly PlannedVisit[];
  readonly outbox: OutboxCounts;
  /** Photos that have not arrived. */
  readonly photos: number;
  /** How many conflicts of other devices this account may decide. */
  readonly conflicts: number;
}

/** Missed visits are called to mind for so many days. */
const MISSED_DAYS = 7;

/**
 * Reads the work that waits.
 * @param account whose work it is
 */
export async function readTasks(store: Store, account: Account): Promise<Tasks> {
  const [returned, drafts, submitted] = await Promise.all([
    myReturned(store),
    myDrafts(store),
    mayReview(account.roles) ? submittedTasks(store) : []
  ]);
  return { returned, drafts, submitted };
}

/** Whether there is no producer on this device yet. Asked apart: each page of a pull that brings some would ask it anew. */
export async function readIsEmpty(store: Store): Promise<boolean> {
  const producers = store.tables.docs.where('[listed+commune]').between(['producer'], ['producer', []]);
  return (await producers.limit(1).count()) === 0;
}

/**
 * Reads what falls due, who is to be visited, and what has not been sent.
 * @param today the local day
 */
export async function readOutlook(store: Store, today: string, account: Account): Promise<Outlook> {
  const [ofCertificates, ofPapers] = [dueRange(today), paperDueRange(today)];
  const [certificates, papers, visits, unsent, elsewhere] = await Promise.all([
    dueCertificates(store, ofCertificates.from, ofCertificates.to),
    duePapers(store, ofPapers.from, ofPapers.to),
    plannedVisits(store, addDays(today, -MISSED_DAYS)),
    unsentCounts(store),
    readElsewhere(store, account)
  ]);
  const productById = new Map(certificates.map((product) => [product.id, product]));
  const paperById = new Map(papers.map((paper) => [paper.id, paper]));
  const due = dueItems(certificates, papers, today).map((item): Due => {
    const product = item.kind === 'renewal' ? productById.get(item.productId) : undefined;
    const paper = item.kind === 'paper' ? paperById.get(item.paperId) : undefined;
    return { ...item, ...(product === undefined ? {} : { product }), ...(paper === undefined ? {} : { paper }) };
  });
  return {
    due,
    visits,
    outbox: unsent.records,
    photos: unsent.photos.waiting.count + unsent.photos.refused.count,
    conflicts: elsewhere.filter(({ isFree }) => isFree).length
  };
}

/** A paper that runs out or has expired lately, with its names. */
export type PaperDue = Extract<DueItem, { kind: 'paper' }> & { readonly paper: DuePaper };

/**
 * Reads all such papers, in the order of Hôm nay.
 * @param today the local day
 */
export async function readDuePapers(store: Store, today: string): Promise<PaperDue[]> {
  const { from, to } = paperDueRange(today);
  const papers = await duePapers(store, from, to);
  const paperById = new Map(papers.map((paper) => [paper.id, paper]));
  return dueItems([], papers, today).flatMap((item): PaperDue[] => {
    const paper = item.kind === 'paper' ? paperById.get(item.paperId) : undefined;
    return item.kind === 'paper' && paper !== undefined ? [{ ...item, paper }] : [];
  });
}

/** Submitted files of all communes of the account, the one that waits longest first, cut where more may lie between. */
async function submittedTasks(store: Store): Promise<SubmittedTask[]> {
  const tasks = await submitted(store, SUBMITTED_MOST);
  return tasks
    .map((task) => {
      const step = task.doc.trail.findLast(({ status }) => status === 'submitted');
      return { ...task, submittedBy: step?.by ?? task.doc.updatedBy, submittedAt: step?.at ?? task.doc.updatedAt };
    })
    .sort((a, b) => (a.submittedAt < b.submittedAt ? -1 : 1))
    .slice(0, SUBMITTED_MOST);
}
