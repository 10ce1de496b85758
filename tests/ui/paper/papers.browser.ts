// Papers on a real store: the always-saved form, duplicates, what a deletion takes off, what a survey offers.
import { describe, expect, it } from 'vitest';
import { readPaper } from '#lib/app/records/paper.ts';
import { removePaper } from '#lib/app/records/paperEvidence.ts';
import { NO_PAPER } from '#lib/app/records/paperFields.ts';
import { paperForm } from '#lib/app/records/paperForm.svelte.ts';
import { readProduct } from '#lib/app/records/product.ts';
import { papersToTake, takePapers } from '#lib/app/records/surveyPapers.ts';
import type { Assessment, Paper, Product } from '#lib/domain/document/document.ts';
import type { Fresh, Store } from '#lib/storage/store.ts';
import { COMMUNE, OTHER_COMMUNE } from '../../support/documents.ts';
import { aStore } from '../records/desk.ts';

const OWN = [COMMUNE];

function must<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function aProductIn(store: Store, commune: string = COMMUNE): Promise<Product> {
  const producer = must(await store.create('producer', commune, { name: 'Cơ sở mẫu 61' }));
  return must(
    await store.create('product', commune, { producerId: producer._id, name: 'Nước mắm mẫu 61', setId: 'qd26-09' })
  );
}

const aPaperOf = async (store: Store, product: Product, over: Partial<Fresh<'paper'>> = {}): Promise<Paper> =>
  must(await store.create('paper', product.commune, { productId: product._id, paperKind: 'test', ...over }));

const papersIn = async (store: Store, product: Product) =>
  (await store.ownedBy('paper', product._id)).map(({ doc }) => doc);

describe('a new paper', () => {
  it('is made with its kind, in the commune of its product, and changed after that', async () => {
    const store = aStore();
    const product = await aProductIn(store);
    const form = paperForm(store, null, { ...NO_PAPER, productId: product._id }, OWN);
    form.commit({ number: '48/2024/ATTP' });
    await form.saver.flush();
    expect(form.id).toBeNull();
    form.commit({ paperKind: 'food_safety' });
    form.commit({ validUntil: '2027-05-01' });
    await form.saver.flush();
    expect(await papersIn(store, product)).toMatchObject([
      { _id: form.id, commune: COMMUNE, paperKind: 'food_safety', number: '48/2024/ATTP', validUntil: '2027-05-01' }
    ]);
    expect(await store.get('paper', form.id ?? '')).toMatchObject({ sending: { state: 'local' } });
  });

  it('goes on after the app was killed before it had a kind, for the same product only', async () => {
    const store = aStore();
    const product = await aProductIn(store);
    const killed = paperForm(store, null, { ...NO_PAPER, productId: product._id }, OWN);
    killed.commit({ number: '48' });
    await killed.saver.flush();
    const resumed = async (productId: string) => {
      const form = paperForm(store, null, { ...NO_PAPER, productId }, OWN);
      await form.resume((kept) => kept.productId === productId);
      return form.fields.number;
    };
    expect(await resumed('product:other')).toBe('');
    expect(await resumed(product._id)).toBe('48');
  });

  it('is not made for a product outside the communes of the account', async () => {
    const store = aStore();
    const product = await aProductIn(store, OTHER_COMMUNE);
    const form = paperForm(store, null, { ...NO_PAPER, productId: product._id }, OWN);
    form.commit({ paperKind: 'award' });
    await form.saver.flush();
    expect(form.id).toBeNull();
    expect(await papersIn(store, product)).toEqual([]);
  });

  it('is held back when there is one with the same kind and number, and made when it is another one', async () => {
    const store = aStore();
    const product = await aProductIn(store);
    const known = await aPaperOf(store, product, { number: 'KN 12' });
    const form = paperForm(store, null, { ...NO_PAPER, productId: product._id }, OWN);
    form.commit({ number: 'kn-12' });
    form.commit({ paperKind: 'test' });
    await form.saver.flush();
    expect(form.isHeld).toBe(true);
    expect(form.duplicates.map(({ id }) => id)).toEqual([known._id]);
    form.keepApart();
    await form.saver.flush();
    expect(await papersIn(store, product)).toHaveLength(2);
  });

  it('that has got the number of another one says so, and is not nagged about a number that both lack', async () => {
    const store = aStore();
    const product = await aProductIn(store);
    const known = await aPaperOf(store, product, { number: 'KN 12' });
    const form = paperForm(store, null, { ...NO_PAPER, productId: product._id }, OWN);
    form.commit({ paperKind: 'test' });
    await form.saver.flush();
    expect(form.id).not.toBeNull();
    form.commit({ number: 'KN12' });
    await form.saver.flush();
    await expect.poll(() => form.duplicates.map(({ id }) => id)).toEqual([known._id]);
    form.commit({ number: '' });
    await form.saver.flush();
    await expect.poll(() => form.duplicates).toEqual([]);
  });
});

describe('deleting a paper', () => {
  async function anAssessmentOf(store: Store, product: Product, over: Partial<Fresh<'assessment'>>) {
    return must(
      await store.create('assessment', COMMUNE, {
        productId: product._id,
        producerId: product.producerId,
        setId: 'qd26-09',
        setVersion: 1,
        status: 'draft',
        trail: [],
        choiceByCriterion: {},
        ...over
      })
    );
  }
  const evidenceOf = async (store: Store, { _id }: Assessment) =>
    (await store.get('assessment', _id))?.doc.evidenceByCriterion;

  it('takes it off open assessments and leaves what was handed in; Undo puts all back in its place', async () => {
    const store = aStore();
    const account = { name: store.account, displayName: 'A', roles: ['officer', `commune:${COMMUNE}`] };
    const product = await aProductIn(store);
    const paper = await aPaperOf(store, product);
    const named = { '8': ['photo:a', paper._id, 'photo:b'], '9': [paper._id] };
    const draft = await anAssessmentOf(store, product, { evidenceByCriterion: named });
    const accepted = await anAssessmentOf(store, product, { status: 'accepted', evidenceByCriterion: named });
    expect((await readPaper(store, paper._id))?.proofs).toMatchObject([
      { assessment: { _id: accepted._id }, codes: ['8', '9'] },
      { assessment: { _id: draft._id }, codes: ['8', '9'] }
    ]);

    const undo = must(await removePaper(store, paper, account));
    expect(await readPaper(store, paper._id)).toBeNull();
    expect(await evidenceOf(store, draft)).toEqual({ '8': ['photo:a', 'photo:b'] });
    expect(await evidenceOf(store, accepted)).toEqual(named);

    await undo();
    expect((await readPaper(store, paper._id))?.paper.doc.deleted).toBeUndefined();
    expect(await evidenceOf(store, draft)).toEqual(named);
  });
});

describe('the papers of a survey', () => {
  it('are offered where the product lacks them, taken once, and Undo takes them away', async () => {
    const store = aStore();
    const product = await aProductIn(store);
    await aPaperOf(store, product, { paperKind: 'barcode', number: '893 6' });
    const filed = { productId: product._id, producerId: product.producerId, status: 'draft', trail: [] } as const;
    const form = { formId: 'product-survey', formVersion: 1 };
    const papers = [
      { _id: 'r1', paper_kind: 'test', paper_number: 'KN 1', paper_until: '2027-01-31' },
      { _id: 'r2', paper_kind: 'barcode', paper_number: '8936' }
    ];
    must(
      await store.create('survey', COMMUNE, {
        ...filed,
        ...form,
        answers: { has_papers: 'yes', papers }
      })
    );
    const offered = async () => {
      const file = await readProduct(store, product._id);
      return file === null ? null : papersToTake(file);
    };
    const first = await offered();
    expect(first?.papers).toEqual([{ paperKind: 'test', number: 'KN 1', validUntil: '2027-01-31' }]);
    const undo = must(await takePapers(store, product, first?.papers ?? []));
    expect((await papersIn(store, product)).map(({ number }) => number)).toEqual(['893 6', 'KN 1']);
    expect(await offered()).toBeNull();
    await undo();
    expect((await offered())?.papers).toHaveLength(1);
  });
});
