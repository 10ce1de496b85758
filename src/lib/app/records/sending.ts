// The sending state as a screen shows it: what the store proves, and what the sync worker is doing right now.
import type { Sending } from '#lib/domain/sending.ts';

/**
 * Shows an edit that is under way as such; every other state stands until there is an answer.
 * @param id the document
 * @param inFlight ids in the request that has not been answered
 */
export const shownSending = (sending: Sending, id: string, inFlight: ReadonlySet<string>): Sending =>
  sending.state === 'local' && inFlight.has(id) ? { state: 'sending' } : sending;
