// A new survey on a real store: what it takes from the surveys before it, and what it must not.
import { describe, expect, it } from 'vitest';
import { startSurvey } from '#lib/app/records/startSurvey.ts';
import type { AnswerRow, Product, Survey } from '#lib/domain/document/document.ts';
import type { Store } from '#lib/storage/store.ts';
import { COMMUNE } from '../../support/documents.ts';
import { aStore } from './desk.ts';

const ACCOUNT = { name: 'canbo.b', displayName: 'Cán bộ mẫu B', roles: ['officer'] };
const NOW = '2026-11-26T02:00:00.000Z';

const must = <T>(result: { ok: true; value: T } | { ok: false }): T => {
  if (!result.ok) throw new Error('not stored');
  return result.value;
};

async function aProducerWith(store: Store, ...names: string[]): Promise<Product[]> {
  const producer = must(await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu 41' }));
  const products: Product[] = [];
  for (const name of names) {
    products.push(must(await store.create('product', COMMUNE, { producerId: producer._id, name, setId: 'qd26-09' })));
  }
  return products;
}

const surveyed = async (store: Store, product: Product, answers: AnswerRow): Promise<Survey> =>
  must(
    await store.create('survey', COMMUNE, {
      productId: product._id,
      producerId: product.producerId,
      formId: 'product-survey',
      formVersion: 1,
      status: 'submitted',
      trail: [],
      answers
    })
  );

const begun = async (store: Store, product: Product) => must(await startSurvey(store, product, ACCOUNT, NOW));

describe('a new survey', () => {
  it('names who begins it, whoever came last', async () => {
    const store = aStore();
    const [sauce] = await aProducerWith(store, 'Nước mắm mẫu');
    if (sauce === undefined) return expect.fail();
    await surveyed(store, sauce, { officer: 'Cán bộ mẫu A' });
    expect((await begun(store, sauce)).answers['officer']).toBe('Cán bộ mẫu B');
  });

  it('takes of another product only what is true of the producer', async () => {
    const store = aStore();
    const [sauce, squid] = await aProducerWith(store, 'Nước mắm mẫu', 'Mực một nắng mẫu');
    if (sauce === undefined || squid === undefined) return expect.fail();
    await surveyed(store, sauce, { process: 'ủ chượp', workers: 5 });
    await surveyed(store, squid, {
      process: 'phơi một nắng',
      workers: 6,
      papers: [{ _id: 'p', paper_photos: ['photo:1'] }]
    });
    const { answers, ...doc } = await begun(store, sauce);
    expect(answers).toMatchObject({ process: 'ủ chượp', workers: 6 });
    expect(answers).not.toHaveProperty('papers');
    expect(doc['prefilled']).toMatchObject({ process: { from: 'last' }, workers: { from: 'last' } });
  });

  it('is not misled by what a reviewer has done with an old one since', async () => {
    const store = aStore();
    const [sauce] = await aProducerWith(store, 'Nước mắm mẫu');
    if (sauce === undefined) return expect.fail();
    const old = await surveyed(store, sauce, { process: 'cũ' });
    await surveyed(store, sauce, { process: 'mới' });
    await store.update('survey', old._id, (doc) => ({ ...doc, status: 'accepted' }));
    expect((await begun(store, sauce)).answers['process']).toBe('mới');
  });
});
