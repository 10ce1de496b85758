// Waits at the server for what others write, while the app is open and idle.
import type { Result } from '#lib/domain/result.ts';
import type { SyncProblem } from '#lib/sync/core/errors.ts';

export interface LivePorts {
  /** Asks the server to answer when there are news; false: there were none for a while. */
  wait(signal: AbortSignal): Promise<Result<boolean, SyncProblem>>;
  /** Calls when no other tab of the account waits any more; it never holds the lock of the runs (law 11). */
  alone(signal: AbortSignal, work: () => Promise<void>): Promise<void>;
  onNews(): void;
}

/**
 * A wait begins after a run that went well, and ends with the first news or the first trouble: the run that follows, by
 * its own rules and back-off, begins the next one. So trouble of a wait is never shown to anybody.
 */
export class Live {
  readonly #ports: LivePorts;
  #wait: AbortController | null = null;
  #isVisible = true;

  constructor(ports: LivePorts) {
    this.#ports = ports;
  }

  /** Waits, unless it does already or nobody looks. */
  begin(): void {
    if (this.#wait !== null || !this.#isVisible) return;
    const wait = new AbortController();
    this.#wait = wait;
    const { signal } = wait;
    const isHeard = async (): Promise<boolean> => {
      for (;;) {
        const news = await this.#ports.wait(signal);
        if (signal.aborted || !news.ok) return false;
        if (news.value) return true;
      }
    };
    const over = this.#ports.alone(signal, async () => {
      const heard = !signal.aborted && (await isHeard());
      if (this.#wait === wait) this.#wait = null;
      if (heard) this.#ports.onNews();
    });
    // A lock that is no longer asked for is a rejection.
    over.catch(() => undefined);
  }

  /** Lets go of the connection at once. */
  end(): void {
    this.#wait?.abort();
    this.#wait = null;
  }

  /** A page comes to the front, or goes from it: what nobody sees is not worth a connection. */
  see(isVisible: boolean): void {
    this.#isVisible = isVisible;
    if (!isVisible) this.end();
  }
}
