// The sentence for each reason why somebody was not let in.
import type { EntryProblem } from '#lib/app/gate.svelte.ts';
import type { Messages } from '#lib/i18n/messages.ts';

/**
 * | asked  | the person                                        |
 * |--------|---------------------------------------------------|
 * | first  | signs in on this phone for the first time         |
 * | known  | opens an account that this phone knows            |
 * | again  | is in, and signs in again so that sending goes on |
 */
export type Asked = 'first' | 'known' | 'again';

/** Says what happened, what it means for the data, what to do. */
export function problemSentence(problem: EntryProblem, asked: Asked, { signIn: { problem: say } }: Messages): string {
  switch (problem.tag) {
    case 'wrongPassword':
      return asked === 'first' ? say.wrongPassword : say.wrongPasswordKnown;
    case 'wrongHere':
      return say.wrongHere;
    case 'lockedOut':
      return say.lockedOut;
    case 'noCommune':
      return say.noCommune;
    case 'insecure':
      return say.insecure;
    case 'failed':
      return say.failed;
    case 'offline':
      return asked === 'first' ? say.offline : say.offlineAgain;
    case 'timeout':
    case 'busy':
    case 'aborted':
      return say.slow;
    case 'server':
      return say.server({ status: problem.status });
    case 'notCouch':
      return say.stranger;
    case 'signedOut':
    case 'noAccess':
    case 'noDatabase':
    case 'broken':
    case 'tooLarge':
    case 'rejected':
    case 'storage':
      return say.unreadable;
  }
}
