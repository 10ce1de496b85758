// A paper is called the same in the survey and in its own form.
import { expect, test } from 'vitest';
import { PAPER_KINDS } from '#lib/domain/document/document.ts';
import { loadForm } from '#lib/domain/form/load.ts';
import { common as en } from '#lib/i18n/en/common.ts';
import { common as vi } from '#lib/i18n/vi/common.ts';

test('every kind that the survey offers is a kind of paper, by the same words', async () => {
  const form = await loadForm('product-survey', 1);
  if (!form.ok) throw new Error('no form');
  const question = form.value.itemByName.get('paper_kind');
  if (question?.kind !== 'question') throw new Error('no question');
  const choices = question.choices.filter(({ name }) => name !== 'other');
  expect(choices.length).toBeGreaterThan(8);
  for (const { name, label } of choices) {
    const kind = PAPER_KINDS.find((one) => one === name);
    expect([name, kind === undefined ? null : { vi: vi.paperKind[kind], en: en.paperKind[kind] }]).toEqual([
      name,
      label
    ]);
  }
});
