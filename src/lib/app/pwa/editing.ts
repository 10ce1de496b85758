// Tells every tab of the app that an editor is open, so that no new version reloads the page under somebody's hands.

/** A Web Lock, because a new version takes over all tabs at once: a counter in one tab would not see the others. */
const EDITING = 'ocop-editing';

/**
 * Called by an editor when it opens.
 * @returns to be called when the editor closes; a tab that dies lets go by itself
 */
export function holdUpdates(): () => void {
  let letGo: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  void navigator.locks.request(EDITING, { mode: 'shared' }, () => closed);
  return letGo;
}

/** Whether an editor is open in any tab. */
export async function isEditing(): Promise<boolean> {
  const { held = [], pending = [] } = await navigator.locks.query();
  return [...held, ...pending].some(({ name }) => name === EDITING);
}
