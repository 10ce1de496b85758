// What the gate says of an account's unsent work: "all sent" only when nothing at all lies on this phone alone.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { KnownAccount } from '#lib/app/device/facts.ts';
import type { Unsent } from '#lib/app/session.ts';
import KnownAccounts from '../../../src/routes/sign-in/KnownAccounts.svelte';
import { COMMUNE } from '../../support/documents.ts';
import { failOnConsoleError } from '../kit/quiet.ts';
import { onStage } from '../kit/stage.ts';

failOnConsoleError();

const account: KnownAccount = {
  name: 'canbo.a',
  displayName: 'Cán bộ mẫu A',
  roles: ['officer', `commune:${COMMUNE}`],
  verifier: { salt: new Uint8Array(), iterations: 1, hash: new Uint8Array() },
  isLocked: false
};

test.each<[Unsent | undefined, string]>([
  [undefined, 'Phan Rí Cửa'],
  [{ records: 0, drafts: 0 }, 'Phan Rí Cửa · đã gửi hết'],
  [{ records: 3, drafts: 0 }, 'Phan Rí Cửa · 3 hồ sơ, ảnh chưa gửi'],
  [{ records: 0, drafts: 1 }, 'Phan Rí Cửa · 1 bản nhập dở'],
  [{ records: 3, drafts: 1 }, 'Phan Rí Cửa · 3 hồ sơ, ảnh chưa gửi · 1 bản nhập dở'],
  // Behind a lock nobody knows.
  [{ records: 0, drafts: null }, 'Phan Rí Cửa']
])('%j: %s', async (unsent, told) => {
  const unsentByName = new Map(unsent === undefined ? [] : [[account.name, unsent]]);
  const props = { accounts: [account], chosen: account, unsentByName, onchoose: () => undefined };
  await render(KnownAccounts, props, onStage());
  await expect.element(page.getByText(told, { exact: true })).toBeVisible();
});
