// The gate to the app: who is in, who may come in, with the server's word or with what this phone knows.
import { getContext, setContext } from 'svelte';
import { COMMUNE_CODES } from '#lib/domain/place/commune.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import { type Account, communesOf } from '#lib/domain/scope.ts';
import type { LockRow } from '#lib/storage/lock.ts';
import type { Vault } from '#lib/storage/vault.ts';
import type { SignInProblem } from '#lib/sync/couchdb/session.ts';
import { afterFirstScreen } from './firstScreen.ts';
import { type Config, fetchConfig, keptConfig } from './config.ts';
import type { Device } from './device/device.svelte.ts';
import type { KnownAccount } from './device/facts.ts';
import { makeVerifier, verifies } from './device/verifier.ts';
import { askForWakeUp } from './sync/wakeUp.ts';
import { type OpenSession, type Unsent, countUnsent, openSession } from './session.ts';

const KEY = Symbol('gate');

/** Why the gate stayed shut. */
export type EntryProblem =
  | SignInProblem
  /** Not the password last used here, and no server to ask whether it was changed. */
  | { readonly tag: 'wrongHere' }
  /** The server knows the account, but it has no commune and no province to work in. */
  | { readonly tag: 'noCommune' }
  /** The page was not loaded over TLS or from this machine: the browser has no cryptography and no locks for it. */
  | { readonly tag: 'insecure' }
  /** Something of the app or of its storage does not answer. */
  | { readonly tag: 'failed' };

/** An account whose data lie behind a lock. */
export interface LockedAccount {
  readonly account: Account;
  /** `unreadable`: a newer app has made it, or it is damaged. */
  readonly lock: LockRow | 'unreadable';
}

/** So long is a server asked to end a session before the phone goes on without its answer. */
const SIGN_OUT_MS = 3_000;

/** So long the browser is asked to wake us before the lock is shut without its word. */
const ASKING_MS = 1_000;

export class Gate {
  /** The account that is open in this tab; null = nobody is in. */
  session: OpenSession | null = $state.raw(null);
  /** Null before the first start with a network. */
  config: Config | null = $state.raw(null);
  /** The account that is at its lock; null = none. */
  locked: LockedAccount | null = $state.raw(null);
  /** A person asked to sign in again while working (the session on the server has run out). */
  isAskingAgain = $state(false);

  readonly #device: Device;
  /** Nothing that the server still answers may open the account again. */
  #isLeaving = false;
  #unwatch: () => void = () => undefined;
  /** Signing out in one tab shuts the account in all. */
  readonly #tabs = new BroadcastChannel('ocop-gate');

  constructor(device: Device) {
    this.#device = device;
    this.#tabs.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data === 'locked') location.reload();
      else this.#shut();
    });
  }

  /** Opens the account that was open last, with no network and no question. */
  async start(): Promise<void> {
    this.config = await keptConfig();
    const account = this.#device.accounts.find(({ name }) => name === this.#device.openAccount);
    if (account?.isLocked === true) await this.#admit(account);
    else if (account !== undefined) this.#open(account, null).sync.start();
    if (account !== undefined) {
      afterFirstScreen(() => {
        void this.#heedLock(account);
        void this.#refreshRoles(account);
      });
    }
    void this.refreshConfig();
  }

  /** Asks for the configuration again; the one at hand stays when there is no answer. */
  async refreshConfig(): Promise<void> {
    this.config = (await fetchConfig()) ?? this.config;
  }

  /** Lets an account in on the server's word: the first time on this phone, or with a new password. */
  enter(name: string, password: string): Promise<Result<void, EntryProblem>> {
    return attempted(async () => {
      const entered = await this.#askAndRemember(name, password);
      if (!entered.ok) return entered;
      await this.#admit(entered.value);
      return ok(undefined);
    });
  }

  /** Lets a known account in; the server is asked only when the password is not the one last used here. */
  unlock(account: KnownAccount, password: string): Promise<Result<void, EntryProblem>> {
    return attempted(() => this.#unlock(account, password));
  }

  async #unlock(account: KnownAccount, password: string): Promise<Result<void, EntryProblem>> {
    if (!(await verifies(account.verifier, password))) {
      const entered = await this.enter(account.name, password);
      const isUnasked = !entered.ok && (entered.error.tag === 'offline' || entered.error.tag === 'timeout');
      return isUnasked ? err({ tag: 'wrongHere' }) : entered;
    }
    await this.#device.remember(account);
    await this.#admit(account, 'later');
    const { session } = this;
    // The work is open; the cookie for sending is fetched behind it.
    void this.#ask(account.name, password).then(async (entered) => {
      // Left meanwhile: nothing may open by itself again.
      if ((this.session ?? this.locked)?.account.name !== account.name) return;
      if (entered.ok) await this.#device.remember(entered.value);
      if (this.session === session) session?.sync.start();
      else if (entered.ok) this.session?.sync.resume();
    });
    return ok(undefined);
  }

  /** Signs the account at its lock in at the server, because its PIN is forgotten. */
  async vouch(password: string): Promise<Result<void, EntryProblem>> {
    const account = this.locked?.account;
    if (account === undefined) return ok(undefined);
    const entered = await attempted(() => this.#askAndRemember(account.name, password));
    return entered.ok ? ok(undefined) : entered;
  }

  /** The lock is open. @param vault null: it was taken away for good */
  async letIn(vault: Vault | null): Promise<void> {
    const account = this.locked?.account;
    if (account === undefined) return;
    await this.#device.noteLock(account.name, vault !== null);
    this.locked = null;
    this.#open(account, vault).sync.start();
  }

  /** A lock is about to be set: whatever happens in between, the next start asks for it, or finds that there is none. */
  async noteLock(): Promise<void> {
    if (this.session !== null) await this.#device.noteLock(this.session.account.name, true);
  }

  /** The open account shows its lock again, in all tabs: what was open is in nobody's memory any more. */
  async lock(): Promise<void> {
    if (this.session === null) return;
    await this.#device.noteLock(this.session.account.name, true);
    // The page is gone before it could ask as it goes out of sight, and the screen of the lock asks for nothing.
    await Promise.race([askForWakeUp(), new Promise((resolve) => setTimeout(resolve, ASKING_MS))]);
    this.#tabs.postMessage('locked');
    location.reload();
  }

  /** Signs the open account in again, so that sending goes on. */
  async renew(password: string): Promise<Result<void, EntryProblem>> {
    const session = this.session;
    if (session === null) return ok(undefined);
    const entered = await attempted(() => this.#askAndRemember(session.account.name, password));
    if (!entered.ok) return entered;
    session.sync.resume();
    this.isAskingAgain = false;
    return ok(undefined);
  }

  /** Shuts the open account on this phone; its data stay, also what is unsent. */
  async leave(): Promise<void> {
    const couchUrl = this.config?.couch;
    this.#isLeaving = true;
    try {
      this.session?.sync.stop();
      await this.#device.letOpen(null);
      await this.#takeKeyBack();
      if (couchUrl === undefined) return;
      const { signOut } = await couchSession();
      await signOut(couchUrl, { fetch: (url, init) => fetch(url, init), signal: AbortSignal.timeout(SIGN_OUT_MS) });
    } finally {
      this.#shut();
      this.#tabs.postMessage('left');
      this.#isLeaving = false;
    }
  }

  /** Nothing is sent behind anybody's back after a sign-out. */
  async #takeKeyBack(): Promise<void> {
    const { dropLeftKey } = await import('./lock/leftKey.ts');
    await dropLeftKey();
  }

  /** What of an account's work is on no server. */
  unsentOf(account: string): Promise<Unsent> {
    return countUnsent(account, this.#device.id);
  }

  async #askAndRemember(name: string, password: string): Promise<Result<Account, EntryProblem>> {
    const entered = await this.#ask(name, password);
    if (entered.ok) await this.#device.remember(entered.value);
    return entered;
  }

  /** The server's word on a name and password, with what the phone is to remember of it. */
  async #ask(name: string, password: string): Promise<Result<Omit<KnownAccount, 'isLocked'>, EntryProblem>> {
    if (this.config === null) await this.refreshConfig();
    if (this.config === null) return err({ tag: 'offline' });
    if (!isSecureContext) return err({ tag: 'insecure' });
    // At the first visit it may not lie on the phone yet.
    const session = await couchSession().catch(() => null);
    if (session === null) return err({ tag: 'offline' });
    const [signedIn, verifier] = await Promise.all([
      session.signIn(this.config.couch, name, password),
      // Beside the request: on a cheap phone this takes as long as the network.
      makeVerifier(password)
    ]);
    if (!signedIn.ok) return signedIn;
    return hasWork(signedIn.value) ? ok({ ...known(signedIn.value), verifier }) : err({ tag: 'noCommune' });
  }

  /** Opens an account; one with a lock shows its lock first. @param when syncing begins */
  async #admit(account: Account, when: 'now' | 'later' = 'now'): Promise<void> {
    const { readLock } = await import('./lock/lockRow.ts');
    const lock = await readLock(account.name);
    await this.#device.noteLock(account.name, lock !== null);
    this.#shut();
    if (lock !== null) {
      this.locked = { account: known(account), lock };
      const { dropStaleKey } = await import('./lock/leftKey.ts');
      await dropStaleKey();
    } else if (when === 'now') this.#open(account, null).sync.start();
    else this.#open(account, null);
  }

  #open(account: Account, vault: Vault | null): OpenSession {
    this.#unwatch();
    this.session?.close();
    const onRoles = (roles: readonly string[]) => void this.#noteRoles(account.name, roles);
    const session = openSession(known(account), this.#device.id, this.config?.couch ?? '/couch', onRoles, vault);
    this.session = session;
    if (vault !== null) void this.#watch(session, vault);
    return session;
  }

  /** Shuts the lock again after a while, and leaves the key for what is unsent. */
  async #watch({ account, store }: OpenSession, { key }: Vault): Promise<void> {
    const { watchLock } = await import('./lock/watch.ts');
    if (this.session?.store !== store) return;
    this.#unwatch = watchLock({ account: account.name, store, key, onTime: () => void this.lock() });
  }

  /** A phone that was full when the lock was set may have kept the lock and no note of it. */
  async #heedLock(account: Account): Promise<void> {
    const { readLock } = await import('./lock/lockRow.ts');
    const isOpen = this.session?.account.name === account.name && this.session.key === null;
    if (isOpen && (await readLock(account.name)) !== null) await this.#admit(account);
  }

  #shut(): void {
    this.#unwatch();
    this.session?.close();
    this.session = null;
    this.locked = null;
    this.isAskingAgain = false;
  }

  /** An office has given the account other communes, or taken some away: what it may make is known from the next start on. */
  async #noteRoles(name: string, roles: readonly string[]): Promise<void> {
    const account = this.#device.accounts.find((one) => one.name === name);
    if (this.#isLeaving || account === undefined || !hasWork({ ...account, roles })) return;
    await this.#device.remember({ ...account, roles: [...roles] });
  }

  /** An office may have given the account another commune: known from the next start on. */
  async #refreshRoles(account: KnownAccount): Promise<void> {
    if (this.config === null) return;
    const { whoAmI } = await couchSession();
    const current = await whoAmI(this.config.couch);
    if (!current.ok || current.value.name !== account.name || !hasWork(current.value)) return;
    if (this.#isLeaving || this.session?.account.name !== account.name) return;
    await this.#device.remember({ ...account, ...known(current.value) });
  }
}

/** Whoever is at the gate hears of it when something behind it breaks. */
async function attempted<T>(enter: () => Promise<Result<T, EntryProblem>>): Promise<Result<T, EntryProblem>> {
  try {
    return await enter();
  } catch {
    return err({ tag: 'failed' });
  }
}

/** Nobody who opens the app in the field needs to ask a server: not in the first bundle. */
const couchSession = () => import('#lib/sync/couchdb/session.ts');

const known = ({ name, displayName, roles }: Account) => ({ name, displayName, roles: [...roles] });

/** Whether there is anything that this account could see. */
const hasWork = ({ roles }: Account): boolean => communesOf(roles, COMMUNE_CODES).length > 0 || roles.includes('admin');

/** Makes the gate available to the screens below. */
export const provideGate = (gate: Gate): Gate => setContext(KEY, gate);

/** The gate. */
export const useGate = (): Gate => getContext<Gate>(KEY);
