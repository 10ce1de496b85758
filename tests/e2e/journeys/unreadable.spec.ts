// Storage that gives an error for a while: no record is said to be gone, and each is there once it can be read again.
import { aProducer, aProduct, aSurvey, anAssessment, anId } from '../../support/documents.ts';
import { fishSauceChoices } from '../../support/fish-sauce.ts';
import { looksWell } from '../looks.ts';
import { AssessmentPage } from '../pages/assessment.ts';
import { signInFresh } from '../pages/shell.ts';
import { SurveyPage } from '../pages/survey.ts';
import { SyncPage } from '../pages/sync.ts';
import { OFFICER_A } from '../people.ts';
import { expect, test } from '../test.ts';

/** In the page's session storage: what keeps the records from being read. */
const DAMAGED = 'tests.damaged';

test('an editor whose record cannot be read says so, and opens when it can be', async ({ phone, office }) => {
  await office.place(
    aProducer(),
    aProduct(),
    aSurvey({ answers: { producer_name: 'Cơ sở mẫu 01' } }),
    anAssessment({ choiceByCriterion: fishSauceChoices() })
  );
  await signInFresh(phone, OFFICER_A);
  const { page } = phone;
  await phone.open('/sync');
  await expect(new SyncPage(page).headline).toContainText('Đã gửi hết');
  await page.addInitScript(
    ({ damaged, ids }) => {
      const { get } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.get = function (key) {
        if (sessionStorage.getItem(damaged) !== null && ids.includes(String(key)))
          throw new DOMException('Internal error opening backing store.', 'UnknownError');
        return get.call(this, key);
      };
    },
    { damaged: DAMAGED, ids: [anId('survey'), anId('assessment')] }
  );

  const survey = new SurveyPage(page).field('Tên chủ thể');
  const { score } = new AssessmentPage(page);
  for (const [kind, contents] of [
    ['survey', survey],
    ['assessment', score]
  ] as const) {
    await page.evaluate((damaged) => {
      sessionStorage.setItem(damaged, '');
    }, DAMAGED);
    await phone.open(`/${kind}/${anId(kind)}`);
    await expect(page.getByText('Chưa mở được trang này')).toBeVisible();
    await expect(page.getByText('Dữ liệu đã lưu vẫn còn trên máy.')).toBeVisible();
    await looksWell(phone, kind);
    await page.evaluate((damaged) => {
      sessionStorage.removeItem(damaged);
    }, DAMAGED);
    await page.getByRole('button', { name: 'Tải lại' }).click();
    await expect(contents).toBeVisible();
  }
  await phone.open(`/survey/${anId('survey')}`);
  await expect(survey).toHaveValue('Cơ sở mẫu 01');
});
