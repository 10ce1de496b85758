// The always-saved forms on a real store: made once, held back at a duplicate, nothing typed is lost.
import { describe, expect, it, vi } from 'vitest';
import { FormSaver, type SaveOutcome } from '#lib/app/records/formSaver.svelte.ts';
import { producerForm } from '#lib/app/records/producerForm.svelte.ts';
import { NO_PRODUCER } from '#lib/app/records/producerFields.ts';
import { productForm } from '#lib/app/records/productForm.svelte.ts';
import { NO_PRODUCT } from '#lib/app/records/productFields.ts';
import { COMMUNE_CODES } from '#lib/domain/place/commune.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { draftCount } from '#lib/storage/drafts.ts';
import type { Store } from '#lib/storage/store.ts';
import { Language } from '#lib/ui/language.svelte.ts';
import { communeOptions } from '../../../src/routes/producer/communeOptions.ts';
import { COMMUNE, OTHER_COMMUNE } from '../../support/documents.ts';
import { aStore } from './desk.ts';

const producers = (store: Store) =>
  store.tables.docs.where('[listed+commune]').between(['producer'], ['producer', []]).toArray();

/** The communes of the account. */
const OWN = [COMMUNE, OTHER_COMMUNE];

describe('saving a form', () => {
  interface Two {
    readonly a: string;
    readonly b: string;
  }
  const saved = (at = '2026-11-23T02:00:00.000Z'): Result<SaveOutcome, unknown> => ok({ state: 'saved', at });

  it('saves a field when it is left, and only what changed', async () => {
    const writes: Partial<Two>[] = [];
    const saver = new FormSaver<Two>({ a: '', b: '' }, (_fields, changes) => {
      writes.push(changes);
      return Promise.resolve(saved());
    });
    saver.commit({ a: '1' });
    await saver.flush();
    await saver.flush();
    expect(writes).toEqual([{ a: '1' }]);
    expect(saver.savedAt).toBe('2026-11-23T02:00:00.000Z');
  });

  it('saves what is typed after a pause, once', async () => {
    vi.useFakeTimers();
    try {
      const write = vi.fn(() => Promise.resolve(saved()));
      const saver = new FormSaver<Two>({ a: '', b: '' }, write);
      for (const letters of ['n', 'nu', 'nước']) saver.type({ a: letters });
      expect(write).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1000);
      expect(write).toHaveBeenCalledOnce();
      expect(write).toHaveBeenCalledWith({ a: 'nước', b: '' }, { a: 'nước' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps what could not be saved and takes it along with the next write', async () => {
    const outcomes: Result<SaveOutcome, unknown>[] = [err('full'), err('full'), saved()];
    const writes: Partial<Two>[] = [];
    const saver = new FormSaver<Two>({ a: '', b: '' }, (_fields, changes) => {
      writes.push(changes);
      return Promise.resolve(outcomes.shift() ?? saved());
    });
    saver.commit({ a: '1' });
    await saver.flush();
    // Both the commit and the flush tried.
    expect(saver.failed).toBe(true);
    expect(saver.fields.a).toBe('1');
    saver.commit({ b: '2' });
    await saver.flush();
    expect(writes).toEqual([{ a: '1' }, { a: '1' }, { a: '1', b: '2' }]);
    expect(saver.failed).toBe(false);
  });

  it('goes on trying by itself until it is saved', async () => {
    vi.useFakeTimers();
    try {
      const outcomes: Result<SaveOutcome, unknown>[] = [err('full'), err('full')];
      const write = vi.fn(() => Promise.resolve(outcomes.shift() ?? saved()));
      const saver = new FormSaver<Two>({ a: '', b: '' }, write);
      saver.commit({ a: '1' });
      await vi.advanceTimersByTimeAsync(4_000);
      expect([write.mock.calls.length, saver.failed, saver.fields.a]).toEqual([1, true, '1']);
      await vi.advanceTimersByTimeAsync(7_000);
      expect([write.mock.calls.length, saver.failed]).toEqual([3, false]);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(write).toHaveBeenCalledTimes(3);
    } finally {
      vi.useRealTimers();
    }
  });

  it('goes on after a write that broke', async () => {
    let broken = true;
    const saver = new FormSaver<Two>({ a: '', b: '' }, () =>
      broken ? Promise.reject(new Error('gone')) : Promise.resolve(saved())
    );
    saver.commit({ a: '1' });
    await saver.flush();
    expect(saver.failed).toBe(true);
    broken = false;
    await saver.flush();
    expect(saver.failed).toBe(false);
  });

  it('does not let a slower write forget what was typed meanwhile', async () => {
    const writes: Partial<Two>[] = [];
    const saver = new FormSaver<Two>({ a: '', b: '' }, (_fields, changes) => {
      writes.push(changes);
      if (writes.length === 1) saver.commit({ a: '12' });
      return Promise.resolve(saved());
    });
    saver.commit({ a: '1' });
    await saver.flush();
    await saver.flush();
    expect(writes).toEqual([{ a: '1' }, { a: '12' }]);
  });

  it('takes what another tab saved, except where something unsaved stands', async () => {
    const saver = new FormSaver<Two>({ a: '', b: '' }, () => Promise.resolve(ok({ state: 'incomplete' })));
    saver.commit({ a: 'mine' });
    await saver.flush();
    saver.adopt({ a: 'theirs', b: 'theirs' });
    expect(saver.fields).toEqual({ a: 'mine', b: 'theirs' });
  });
});

describe('a new producer', () => {
  it('is made with the first commit of its name, once, and changed after that', async () => {
    const store = aStore();
    const form = producerForm(store, null, { ...NO_PRODUCER, commune: COMMUNE }, OWN);
    form.commit({ phone: '0252000001' });
    await form.saver.flush();
    expect(form.id).toBeNull();
    expect(await store.tables.docs.count()).toBe(0);
    form.commit({ name: 'Cơ sở mẫu 21' });
    form.commit({ address: 'Thôn 1' });
    await form.saver.flush();
    const rows = await producers(store);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.doc).toMatchObject({ _id: form.id, name: 'Cơ sở mẫu 21', phone: '0252000001', address: 'Thôn 1' });
  });

  it('goes on after the app was killed before it could be made', async () => {
    const store = aStore();
    const killed = producerForm(store, null, NO_PRODUCER, OWN);
    killed.commit({ name: 'Cơ sở mẫu 22' });
    await killed.saver.flush();
    const reopened = producerForm(store, null, NO_PRODUCER, OWN);
    await reopened.resume();
    expect(reopened.fields.name).toBe('Cơ sở mẫu 22');
    reopened.commit({ commune: COMMUNE });
    await reopened.saver.flush();
    expect(reopened.id).not.toBeNull();
    const next = producerForm(store, null, NO_PRODUCER, OWN);
    await next.resume();
    expect(next.fields.name).toBe('');
  });

  it('keeps what was begun for several, and offers each until it is made', async () => {
    const store = aStore();
    const begun = async (name: string) => {
      const form = producerForm(store, null, NO_PRODUCER, OWN);
      form.commit({ name });
      await form.saver.flush();
      return form;
    };
    await begun('Cơ sở mẫu 31');
    const second = await begun('Cơ sở mẫu 32');
    second.commit({ phone: '0252000032' });
    await second.saver.flush();
    second.commit({ commune: COMMUNE });
    await second.saver.flush();
    expect(second.id).not.toBeNull();
    const resumed = async () => {
      const form = producerForm(store, null, NO_PRODUCER, OWN);
      await form.resume();
      await form.saver.flush();
      return form;
    };
    const first = await resumed();
    expect(first.fields).toMatchObject({ name: 'Cơ sở mẫu 31', phone: '' });
    // Nothing is left of it.
    first.commit({ name: '' });
    await first.saver.flush();
    expect(await draftCount(store)).toBe(0);
    expect((await resumed()).fields).toEqual(NO_PRODUCER);
  });

  it.each([
    ['the name without accents', { name: 'co so MAU 23' }, 'name'],
    ['the phone in another spelling', { name: 'Khác', phone: '+84 252 000 023' }, 'phone'],
    ['the registration number', { name: 'Khác', registrationNumber: '48a8-001234' }, 'registrationNumber']
  ] as const)('is held back when there is one with %s', async (_what, typed, same) => {
    const store = aStore();
    const known = await store.create('producer', COMMUNE, {
      name: 'Cơ sở mẫu 23',
      phone: '0252000023',
      registrationNumber: '48A8001234'
    });
    const form = producerForm(store, null, { ...NO_PRODUCER, commune: COMMUNE }, OWN);
    form.commit(typed);
    await form.saver.flush();
    expect(form.isHeld).toBe(true);
    expect(form.duplicates).toEqual([{ id: known.ok ? known.value._id : '', name: 'Cơ sở mẫu 23', same: [same] }]);
    expect(await producers(store)).toHaveLength(1);
    form.keepApart();
    await form.saver.flush();
    expect(await producers(store)).toHaveLength(2);
  });

  it('is not made of the first letters of its name, but when the field is left', async () => {
    const store = aStore();
    const form = producerForm(store, null, { ...NO_PRODUCER, commune: COMMUNE }, OWN);
    for (const letters of ['C', 'Cơ', 'Cơ sở mẫu 2']) {
      form.type({ name: letters });
      await form.saver.flush();
    }
    expect(form.id).toBeNull();
    expect(await store.tables.docs.count()).toBe(0);
    form.commit({ name: 'Cơ sở mẫu 28' });
    await form.saver.flush();
    expect(await store.get('producer', form.id ?? '')).toMatchObject({ doc: { name: 'Cơ sở mẫu 28' } });
  });

  it('is compared by its whole name, also where the first letters were typed slowly', async () => {
    const store = aStore();
    await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu 29' });
    const form = producerForm(store, null, { ...NO_PRODUCER, commune: COMMUNE }, OWN);
    form.type({ name: 'Cơ sở' });
    await form.saver.flush();
    form.commit({ name: 'Cơ sở mẫu 29' });
    await form.saver.flush();
    expect(form.isHeld).toBe(true);
    expect(await producers(store)).toHaveLength(1);
  });

  it('keeps its letters when the app is killed in mid-word, and is made when the form is left in mid-word', async () => {
    const store = aStore();
    const killed = producerForm(store, null, { ...NO_PRODUCER, commune: COMMUNE }, OWN);
    killed.type({ name: 'Cơ sở mẫu 3' });
    await killed.saver.flush();
    const reopened = producerForm(store, null, NO_PRODUCER, OWN);
    await reopened.resume();
    expect(reopened.fields).toMatchObject({ name: 'Cơ sở mẫu 3', commune: COMMUNE });

    const other = aStore();
    const left = producerForm(other, null, { ...NO_PRODUCER, commune: COMMUNE }, OWN);
    left.type({ name: 'Cơ sở mẫu 31' });
    await left.leave();
    expect((await producers(other)).map(({ doc }) => doc)).toMatchObject([{ name: 'Cơ sở mẫu 31' }]);
  });

  it('goes when a later field shows that there is one already, and comes back when asked', async () => {
    const store = aStore();
    await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu 32', phone: '0252000032' });
    const form = producerForm(store, null, { ...NO_PRODUCER, commune: COMMUNE }, OWN);
    form.commit({ name: 'Bà Mẫu' });
    await form.saver.flush();
    form.commit({ phone: '0252 000 032' });
    await form.saver.flush();
    await expect.poll(() => form.duplicates).toMatchObject([{ name: 'Cơ sở mẫu 32', same: ['phone'] }]);
    const gone = await form.giveWay();
    expect((await producers(store)).map(({ doc }) => doc)).toMatchObject([{ name: 'Cơ sở mẫu 32' }]);
    await (gone.ok ? gone.value?.() : undefined);
    expect(await producers(store)).toHaveLength(2);
  });

  it('leaves nothing behind when one gives way before it was made', async () => {
    const store = aStore();
    await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu 33' });
    const form = producerForm(store, null, { ...NO_PRODUCER, commune: COMMUNE }, OWN);
    form.commit({ name: 'Cơ sở mẫu 33' });
    await form.saver.flush();
    await form.giveWay();
    await form.leave();
    const next = producerForm(store, null, NO_PRODUCER, OWN);
    await next.resume();
    expect(next.fields.name).toBe('');
    expect(await producers(store)).toHaveLength(1);
  });

  it('is not held back by one of another commune', async () => {
    const store = aStore();
    await store.create('producer', OTHER_COMMUNE, { name: 'Cơ sở mẫu 24' });
    const form = producerForm(store, null, { ...NO_PRODUCER, commune: COMMUNE }, OWN);
    form.commit({ name: 'Cơ sở mẫu 24' });
    await form.saver.flush();
    expect(form.id).not.toBeNull();
  });
});

describe('a commune that is not of the account', () => {
  const ELSEWHERE = '22918';

  it('has no new producer: what was typed is kept until one of the account is chosen', async () => {
    const store = aStore();
    const form = producerForm(store, null, { ...NO_PRODUCER, commune: ELSEWHERE }, OWN);
    form.commit({ name: 'Cơ sở mẫu 26' });
    await form.saver.flush();
    expect(form.id).toBeNull();
    expect(await producers(store)).toHaveLength(0);
    form.commit({ commune: COMMUNE });
    await form.saver.flush();
    expect(await store.get('producer', form.id ?? '')).toMatchObject({ doc: { commune: COMMUNE } });
  });

  it('has no new product, but a producer there that is on the device can be corrected', async () => {
    const store = aStore();
    const made = await store.create('producer', ELSEWHERE, { name: 'Cơ sở mẫu 27' });
    const producerId = made.ok ? made.value._id : '';
    const product = productForm(store, null, { ...NO_PRODUCT, producerId }, OWN);
    product.commit({ name: 'Nước mắm mẫu 27', setId: 'qd26-09' });
    await product.saver.flush();
    expect(product.id).toBeNull();
    expect(await store.tables.docs.count()).toBe(1);
    const producer = producerForm(store, producerId, { ...NO_PRODUCER, name: 'Cơ sở mẫu 27', commune: ELSEWHERE }, OWN);
    producer.commit({ phone: '0252000027' });
    await producer.saver.flush();
    expect(await store.get('producer', producerId)).toMatchObject({ doc: { commune: ELSEWHERE, phone: '0252000027' } });
  });

  it('is not offered; the whole province is, the former Bình Thuận first', async () => {
    const lang = new Language();
    await lang.use('vi');
    expect(
      communeOptions(OWN, lang)
        .map(({ value }) => value)
        .sort()
    ).toEqual([...OWN].sort());
    const all = communeOptions(COMMUNE_CODES, lang);
    expect(all).toHaveLength(124);
    expect(all.findIndex(({ group }) => group === lang.m.producer.otherCommunes)).toBe(45);
  });
});

describe('a new product', () => {
  it('is made in the commune of its producer once producer, name and set are there', async () => {
    const store = aStore();
    const producer = await store.create('producer', OTHER_COMMUNE, { name: 'Cơ sở mẫu 25' });
    const producerId = producer.ok ? producer.value._id : '';
    const form = productForm(store, null, { ...NO_PRODUCT, producerId }, OWN);
    form.commit({ name: 'Nước mắm mẫu 25' });
    await form.saver.flush();
    expect(form.id).toBeNull();
    form.commit({ setId: 'qd26-09' });
    await form.saver.flush();
    const made = await store.get('product', form.id ?? '');
    expect(made?.doc).toMatchObject({ producerId, commune: OTHER_COMMUNE, setId: 'qd26-09', name: 'Nước mắm mẫu 25' });
    expect(made?.sending.state).toBe('local');
  });
});
