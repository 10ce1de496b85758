// The tables of the device's database as older versions of the app made them: these never change.

export const VERSION_1 = {
  docs: 'id, [live+commune], [live+status+updatedAt], owner',
  outbox: 'id, [database+state], state',
  checkpoints: 'database',
  kept: '++no, docId',
  facts: 'name'
} as const;

export const VERSION_2 = {
  ...VERSION_1,
  docs: 'id, [live+commune], [live+status+updatedAt], [live+owner+status+updatedAt], owner, due, visit, *clash'
} as const;

/** Version 3 had the same tables; its conflicts got a status. */
export const VERSION_4 = {
  ...VERSION_2,
  photos: 'id, state',
  photoBytes: '[id+size]'
} as const;

export const VERSION_5 = { ...VERSION_4, lock: 'name' } as const;
