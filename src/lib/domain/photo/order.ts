// Ordered lists of ids, as records name their photos and papers: a change gives a new list, or the same for no change.

type Ids = readonly string[];

/** Puts an id in, at an index or at the end; one that is there already stays where it is. */
export function withId(ids: Ids, id: string, index = ids.length): Ids {
  return ids.includes(id) ? ids : [...ids.slice(0, index), id, ...ids.slice(index)];
}

/** Takes an id out. */
export const withoutId = (ids: Ids, id: string): Ids => (ids.includes(id) ? ids.filter((one) => one !== id) : ids);

/** Puts an id in the place of another; at the end where that one is gone. */
export function withInstead(ids: Ids, old: string, id: string): Ids {
  if (old === id) return ids;
  const others = withoutId(ids, id);
  return others.includes(old) ? others.map((one) => (one === old ? id : one)) : withId(others, id);
}

/**
 * Moves an id past its neighbour.
 * @param by 1: later, -1: earlier
 * @param counts which ids are seen as neighbours; the others keep their places
 */
export function moved(ids: Ids, id: string, by: 1 | -1, counts: (id: string) => boolean = () => true): Ids {
  const seen = ids.filter(counts);
  const at = seen.indexOf(id);
  const neighbour = at < 0 ? undefined : seen[at + by];
  if (neighbour === undefined) return ids;
  return ids.map((one) => (one === id ? neighbour : one === neighbour ? id : one));
}
