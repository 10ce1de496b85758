// The notices of an account with a lock name no record.
import { expect, test } from 'vitest';
import { withoutNames } from '#lib/app/sync/news.ts';
import { noticesOf } from '#lib/app/sync/notices.ts';
import { noticeWords } from '#lib/i18n/notice.ts';
import { aSurvey } from '../../support/documents.ts';

test('a returned survey is told of, and its product is not named', () => {
  const news = { refused: 0, returned: [{ doc: aSurvey(), productName: 'Nước mắm mẫu', returnedAt: '2026-11-23' }] };
  const words = noticeWords('vi');
  expect(noticesOf(news, words)).toMatchObject([{ body: expect.stringContaining('Nước mắm mẫu') as string }]);
  expect(noticesOf(withoutNames(news), words)).toMatchObject([{ body: words.survey({ name: words.unnamed }) }]);
});
