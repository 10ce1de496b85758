// Finds the stored revision that an incoming document follows, as CouchDB does before it validates.
import { type JsonObject, isObject, isStringList } from '../json.ts';
import type { Pouch } from '../pouch.ts';
import type { Incoming } from './incoming.ts';

/**
 * | step     | means                                                              |
 * |----------|--------------------------------------------------------------------|
 * | follows  | it may be stored after `old`; null: there is nothing before it     |
 * | conflict | it is an edit of a revision that is no longer the last             |
 * | known    | it was replicated before                                           |
 */
export type Step =
  | { readonly step: 'follows'; readonly old: JsonObject | null }
  | { readonly step: 'conflict' }
  | { readonly step: 'known' };

/** An end of a document's revision tree. */
interface Leaf {
  readonly rev: string;
  readonly isDeleted: boolean;
  /** This revision and all before it, newest first. */
  readonly revs: readonly string[];
  readonly document: JsonObject;
}

export async function findStep(pouch: Pouch, incoming: Incoming, newEdits: boolean): Promise<Step> {
  const leaves = await leavesOf(pouch, incoming.id);
  return newEdits ? stepOfEdit(incoming, leaves) : stepOfReplicated(pouch, incoming, leaves);
}

/** An edit follows a leaf, or starts anew where nothing is alive. */
function stepOfEdit({ rev }: Incoming, leaves: readonly Leaf[]): Step {
  if (rev === null) {
    const isAlive = leaves.some(({ isDeleted }) => !isDeleted);
    return isAlive ? { step: 'conflict' } : { step: 'follows', old: null };
  }
  const leaf = leaves.find((candidate) => candidate.rev === rev);
  return leaf ? { step: 'follows', old: leaf.document } : { step: 'conflict' };
}

/** A replicated document follows the nearest of its ancestors whose body is still here, if any. */
async function stepOfReplicated(pouch: Pouch, { id, rev, ancestry }: Incoming, leaves: readonly Leaf[]): Promise<Step> {
  const path = ancestry ? revisions(ancestry.start, ancestry.ids) : [rev ?? ''];
  const [own = '', ...ancestors] = path;
  const here = new Set(leaves.flatMap(({ revs }) => revs));
  if (here.has(own)) return { step: 'known' };
  for (const ancestor of ancestors.filter((candidate) => here.has(candidate))) {
    const leaf = leaves.find((candidate) => candidate.rev === ancestor);
    const body: unknown = leaf ? leaf.document : await pouch.get(id, { rev: ancestor }).catch(() => null);
    if (isObject(body)) return { step: 'follows', old: body };
  }
  return { step: 'follows', old: null };
}

/** All ends of the tree, none for a document that was never there. */
async function leavesOf(pouch: Pouch, id: string): Promise<Leaf[]> {
  const found: unknown = await pouch.get(id, { open_revs: 'all', revs: true }).catch(() => []);
  if (!Array.isArray(found)) return [];
  return found.flatMap((entry: unknown) => {
    const leaf = isObject(entry) ? entry.ok : undefined;
    if (!isObject(leaf) || typeof leaf._rev !== 'string') return [];
    const { _revisions, ...document } = leaf;
    const revs =
      isObject(_revisions) && isStringList(_revisions.ids) && typeof _revisions.start === 'number'
        ? revisions(_revisions.start, _revisions.ids)
        : [leaf._rev];
    return [{ rev: leaf._rev, isDeleted: leaf._deleted === true, revs, document }];
  });
}

const revisions = (start: number, ids: readonly string[]): string[] => ids.map((id, back) => `${start - back}-${id}`);
