// The phone's own facts as the screens see them: read once at the start, written through.
import { getContext, setContext } from 'svelte';
import { ulid } from '#lib/domain/document/id.ts';
import { beginFreshLog } from '#lib/storage/freshLog.ts';
import {
  type KnownAccount,
  type Seen,
  type Settings,
  accountsFact,
  deviceIdFact,
  openAccountFact,
  NOTHING_SEEN,
  seenFact,
  settingsFact,
  INITIAL_SETTINGS
} from './facts.ts';
import { type HeldWork, forgetLoss, lostWork } from './heldWork.ts';

const KEY = Symbol('device');

export class Device {
  /** A ULID made at the first start; stamped on every document that this device writes. */
  readonly id: string;
  settings: Settings = $state.raw(INITIAL_SETTINGS);
  seen: Seen = $state.raw(NOTHING_SEEN);
  /** Accounts known on this phone, the one used last first. */
  accounts: readonly KnownAccount[] = $state.raw([]);
  /** The account that opens without asking. */
  openAccount: string | null = $state(null);
  /** What the browser has thrown away, until somebody has taken note of it. */
  lost: readonly HeldWork[] = $state.raw([]);

  #choices = 0;

  private constructor(id: string) {
    this.id = id;
  }

  /** Reads what the phone remembers. Rejects when the browser has no working IndexedDB: then nothing can be kept. */
  static async load(): Promise<Device> {
    void beginFreshLog();
    const [known, settings, seen, accounts, openAccount] = await Promise.all([
      deviceIdFact.read(),
      settingsFact.read(),
      seenFact.read(),
      accountsFact.read(),
      openAccountFact.read()
    ]);
    const fresh = ulid(Date.now(), crypto.getRandomValues(new Uint8Array(16)));
    // Two tabs of a first start agree on one.
    const id = known ?? (await deviceIdFact.change((kept) => kept ?? fresh)) ?? fresh;
    const device = new Device(id);
    device.settings = settings;
    device.seen = seen;
    device.accounts = accounts;
    device.openAccount = openAccount;
    device.lost = lostWork(accounts.map(({ name }) => name));
    return device;
  }

  async set(settings: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...settings };
    const choice = ++this.#choices;
    const kept = await settingsFact.change((before) => ({ ...before, ...settings }));
    // What was chosen meanwhile is not in it yet; its own answer holds both.
    if (choice === this.#choices) this.settings = kept;
  }

  async see(what: keyof Seen): Promise<void> {
    this.seen = await seenFact.change((kept) => ({ ...kept, [what]: true }));
  }

  /** Keeps an account that the server has accepted, and opens it without asking from now on. */
  async remember(account: Omit<KnownAccount, 'isLocked'>): Promise<void> {
    this.accounts = await accountsFact.change((kept) => {
      const isLocked = kept.find(({ name }) => name === account.name)?.isLocked ?? false;
      return [{ ...account, isLocked }, ...kept.filter(({ name }) => name !== account.name)];
    });
    await this.letOpen(account.name);
  }

  /** Notes that an account has a lock, or has none any more. */
  async noteLock(name: string, isLocked: boolean): Promise<void> {
    if (this.accounts.some((account) => account.name === name && account.isLocked === isLocked)) return;
    this.accounts = await accountsFact.change((kept) =>
      kept.map((account) => (account.name === name ? { ...account, isLocked } : account))
    );
  }

  /** Somebody has read what was lost. */
  acknowledgeLoss(): void {
    forgetLoss();
    this.lost = [];
  }

  /** Says which account opens without asking; null after a sign-out. */
  async letOpen(name: string | null): Promise<void> {
    this.openAccount = await openAccountFact.change(() => name);
  }
}

/** Makes the phone's facts available to the screens below. */
export const provideDevice = (device: Device): Device => setContext(KEY, device);

/** The phone's facts. */
export const useDevice = (): Device => getContext<Device>(KEY);
