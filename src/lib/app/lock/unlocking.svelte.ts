// One account at its lock: what was tried, how long to wait, the pass over all rows that is left, and the ways in.
import { type Result, err, ok } from '#lib/domain/result.ts';
import { NO_TRIES, type Tries, anchored } from '#lib/domain/lock/tries.ts';
import { vaultOf } from '#lib/storage/aesVault.ts';
import type { LockRow } from '#lib/storage/lock.ts';
import { type PassProgress, sealAll, unsealAll } from '#lib/storage/sealingPass.ts';
import type { DataKey, Vault } from '#lib/storage/vault.ts';
import type { EntryProblem } from '../gate.svelte.ts';
import { photosLock, runnerLock } from '../sync/errand.ts';
import { changeLock } from './lockRow.ts';
import { changeSecret } from './manage.ts';
import type { NewSecret } from './newSecret.ts';
import { keyByPasskey } from './passkey.ts';
import { type RecoveryProblem, recoveryKey } from './recovery.ts';
import { keepSpareTries } from './spareTries.ts';
import { forgetTries, keyBySecret, triesOf } from './trying.ts';
import { unwrapKey } from './wrapping.ts';

/**
 * | problem   | the way in                                                     |
 * |-----------|----------------------------------------------------------------|
 * | `wrong`   | was not the PIN or passphrase                                  |
 * | `wait`    | is shut until the wait is over                                 |
 * | `broken`  | was broken off at the fingerprint, or it was another one       |
 * | `pass`    | is known, but the rows could not be gone over                  |
 * | `failed`  | could not be looked at: no memory, a storage that is dead      |
 */
export type UnlockProblem = { readonly tag: 'wrong' | 'wait' | 'broken' | 'pass' | 'failed' };
export type ForgottenProblem = EntryProblem | RecoveryProblem;

export interface UnlockPorts {
  /** Signs the account in at the server. */
  signIn(password: string): Promise<Result<void, EntryProblem>>;
  readonly couchUrl: string;
  /** The lock is open; null: it was taken away for good. */
  letIn(vault: Vault | null): Promise<void>;
}

export class Unlocking {
  tries: Tries = $state.raw(NO_TRIES);
  isBusy = $state(false);
  /** Of the pass that is under way; null: none. */
  progress: PassProgress | null = $state.raw(null);
  /** Known by the server's word, and waiting for a new PIN or passphrase. */
  isRecovered = $state(false);

  readonly account: string;
  lock: LockRow;
  readonly #ports: UnlockPorts;
  #recovered: DataKey | null = null;

  constructor(account: string, lock: LockRow, ports: UnlockPorts) {
    this.account = account;
    this.lock = lock;
    this.#ports = ports;
    const tries = triesOf(account, lock);
    this.tries = anchored(tries, Date.now());
    if (this.tries === tries) return;
    void changeLock(account, (row) => ({ ...row, tries: this.tries })).catch(() => keepSpareTries(account, this.tries));
  }

  unlock(secret: string): Promise<Result<void, UnlockProblem>> {
    return this.#alone(async () => {
      const key = await keyBySecret(this.account, secret);
      if (key.ok) return this.#go(key.value);
      this.tries = key.error.tries;
      return key;
    });
  }

  unlockByPasskey(): Promise<Result<void, UnlockProblem>> {
    return this.#alone(async () => {
      const key = this.lock.passkey === undefined ? null : await keyByPasskey(this.lock.passkey);
      if (key === null) return err({ tag: 'broken' });
      await forgetTries(this.account);
      return this.#go(key);
    });
  }

  /** Forgotten: the server's word on the password brings the key back, and a new PIN is asked for. */
  recover(password: string): Promise<Result<void, ForgottenProblem>> {
    return this.#alone<ForgottenProblem>(async () => {
      const entered = await this.#ports.signIn(password);
      if (!entered.ok) return entered;
      const { id, wrapped } = this.lock.recovery;
      const under = await recoveryKey(this.#ports.couchUrl, this.account, id);
      if (!under.ok) return under;
      this.#recovered = await unwrapKey(wrapped, under.value);
      if (this.#recovered === null) return err({ tag: 'noRecovery' });
      this.isRecovered = true;
      return ok(undefined);
    });
  }

  /** After `recover`: the new secret, and in. */
  renew(secret: NewSecret): Promise<Result<void, UnlockProblem>> {
    return this.#alone(async () => {
      const key = this.#recovered;
      if (key === null) return err({ tag: 'wrong' });
      this.lock = (await changeSecret(this.account, key, secret)) ?? this.lock;
      return this.#go(key);
    });
  }

  async #go(key: DataKey): Promise<Result<void, UnlockProblem>> {
    const vault = vaultOf(key);
    const { sealing } = this.lock;
    const passed = sealing === null ? 'done' : await this.#pass(vault, sealing);
    if (passed === 'failed') return err({ tag: 'pass' });
    // With the key all rows can be read, however far the pass has come; it goes on at the next unlocking.
    await this.#ports.letIn(sealing === 'off' && passed === 'done' ? null : vault);
    return ok(undefined);
  }

  /** Nobody may write in clear meanwhile: neither another tab's worker nor the service worker. */
  async #pass(vault: Vault, direction: 'on' | 'off'): Promise<'done' | 'full' | 'failed'> {
    this.progress = { done: 0, of: 0 };
    const turn = direction === 'on' ? sealAll : unsealAll;
    const ended = await navigator.locks.request(runnerLock(this.account), () =>
      navigator.locks.request(photosLock(this.account), () =>
        turn(this.account, vault, (progress) => (this.progress = progress))
      )
    );
    this.progress = null;
    if (ended.ok) return 'done';
    return ended.error.tag === 'write' && ended.error.cause === 'quota' ? 'full' : 'failed';
  }

  async #alone<E>(work: () => Promise<Result<void, E>>): Promise<Result<void, E | { readonly tag: 'failed' }>> {
    this.isBusy = true;
    try {
      return await work();
    } catch {
      return err({ tag: 'failed' });
    } finally {
      this.progress = null;
      this.isBusy = false;
    }
  }
}
