// An officer's session with one self-assessment in a real store of this browser.
import type { Session } from '#lib/app/context.ts';
import type { Assessment } from '#lib/domain/document/document.ts';
import { type Store, openStore } from '#lib/storage/store.ts';
import { COMMUNE, OFFICER } from '../../support/documents.ts';
import { idleSync } from '../../support/idle-sync.ts';

export interface Desk {
  readonly session: Session;
  readonly store: Store;
  readonly id: string;
  /** The assessment as it is stored now. */
  stored(): Promise<Assessment>;
}

let count = 0;

/**
 * Makes producer, product and assessment, all new.
 * @param over what the assessment has besides the defaults
 * @param reader who looks at it, when not the one who made it
 */
export async function aDesk(
  over: Partial<Pick<Assessment, 'setId' | 'status' | 'trail' | 'choiceByCriterion' | 'totals' | 'disqualified'>> = {},
  reader?: string
): Promise<Desk> {
  const store = openStore({
    account: `${OFFICER}-${String(performance.timeOrigin)}-${String(++count)}`,
    device: '01KADEVICE0000000000000001',
    now: () => new Date('2026-11-23T03:42:00.000Z'),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
  });
  const producer = must(await store.create('producer', COMMUNE, { name: 'Cơ sở mẫu 01', type: 'household' }));
  const product = must(
    await store.create('product', COMMUNE, { producerId: producer._id, name: 'Nước mắm mẫu 01', setId: 'qd26-09' })
  );
  const { _id: id } = must(
    await store.create('assessment', COMMUNE, {
      productId: product._id,
      producerId: producer._id,
      setId: 'qd26-09',
      setVersion: 1,
      status: 'draft',
      trail: [],
      choiceByCriterion: {},
      ...over
    })
  );
  const session: Session = {
    account: {
      name: reader ?? store.account,
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
    async stored() {
      const found = await store.get('assessment', id);
      if (found === undefined) throw new Error('The assessment is not stored');
      return found.doc;
    }
  };
}

function must<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
