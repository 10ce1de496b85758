// The edits of a survey on what is stored: a photo that is ready late joins what stands there then.
import { describe, expect, test } from 'vitest';
import { withId } from '#lib/domain/photo/order.ts';
import { changeIds } from '#lib/app/survey/edits.ts';
import { aSurvey } from '../../support/documents.ts';

const add = (id: string) => (ids: readonly string[]) => withId(ids, id);

describe('a photo that is ready late', () => {
  test('joins the list as it is stored, whatever was shown when it was taken', () => {
    const stored = aSurvey({ answers: { visit_photo: ['photo:b'] } });
    expect(changeIds('visit_photo', add('photo:c'))(stored).answers).toEqual({ visit_photo: ['photo:b', 'photo:c'] });
    expect(changeIds('visit_photo', () => [])(stored).answers).toEqual({});
  });

  test('joins its row, and no other', () => {
    const stored = aSurvey({ answers: { papers: [{ _id: 'a', paper_photo: ['photo:a'] }, { _id: 'b' }] } });
    expect(changeIds('papers[b].paper_photo', add('photo:c'))(stored).answers).toEqual({
      papers: [
        { _id: 'a', paper_photo: ['photo:a'] },
        { _id: 'b', paper_photo: ['photo:c'] }
      ]
    });
  });

  test.each(['submitted', 'accepted'] as const)('changes nothing of a survey that is %s', (status) => {
    const stored = aSurvey({ status, answers: {} });
    expect(changeIds('visit_photo', add('photo:c'))(stored)).toBe(stored);
  });
});
