// An officer's session with one survey in a real store of this browser.
import type { Session } from '#lib/app/context.ts';
import type { AnswerRow, Survey } from '#lib/domain/document/document.ts';
import { type Store, openStore } from '#lib/storage/store.ts';
import { COMMUNE, OFFICER } from '../../support/documents.ts';
import { idleSync } from '../../support/idle-sync.ts';

export interface Desk {
  readonly session: Session;
  readonly store: Store;
  readonly id: string;
  /** The survey as it is stored now. */
  stored(): Promise<Survey>;
}

let count = 0;

/**
 * Makes product and survey, all new.
 * @param over what the survey has besides the defaults
 * @param viewer who looks at it; its author when left out
 */
export async function aDesk(
  answers: AnswerRow = {},
  over: Partial<Pick<Survey, 'status' | 'overrides'>> & Record<string, unknown> = {},
  viewer?: string
): Promise<Desk> {
  const store = openStore({
    account: `${OFFICER}-${String(performance.timeOrigin)}-${String(++count)}`,
    device: '01KADEVICE0000000000000001',
    now: () => new Date('2026-11-23T03:42:00.000Z'),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
  });
  const product = must(
    await store.create('product', COMMUNE, {
      producerId: 'producer:01KA0000000000000000000001',
      name: 'Thanh long sấy dẻo mẫu 02',
      setId: 'qd26-09'
    })
  );
  const { _id: id } = must(
    await store.create('survey', COMMUNE, {
      productId: product._id,
      producerId: product.producerId,
      formId: 'product-survey',
      formVersion: 1,
      status: 'draft',
      trail: [],
      answers,
      ...over
    })
  );
  const session: Session = {
    account: {
      name: viewer ?? store.account,
      displayName: 'Cán bộ mẫu A',
      roles: ['officer', `commune:${COMMUNE}`]
    },
    communes: [COMMUNE],
    store,
    // The editor asks nothing of the sync worker.
    sync: idleSync(),
    couchUrl: '/couch'
  };
  return {
    session,
    store,
    id,
    stored: async () => {
      const found = await store.get('survey', id);
      if (found === undefined) throw new Error('the survey is gone');
      return found.doc;
    }
  };
}

function must<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}
