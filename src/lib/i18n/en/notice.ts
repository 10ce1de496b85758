// English sentences: notice (what the phone shows of the app while it is closed).
import type { Translation } from '../locale.ts';
import type { notice as source } from '../vi/notice.ts';

export const notice: Translation<typeof source> = {
  title: 'OCOP Field',
  refused: (p) =>
    p.count === 1
      ? 'The server did not take 1 record. Your changes are still on this phone; open to see why.'
      : `The server did not take ${String(p.count)} records. Your changes are still on this phone; open to see why.`,
  survey: (p) => `The survey of ${p.name} was returned.`,
  assessment: (p) => `The self-assessment of ${p.name} was returned.`,
  returned: (p) => `${String(p.count)} files were returned.`,
  unnamed: 'unnamed'
};
