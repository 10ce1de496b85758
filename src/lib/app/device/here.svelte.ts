// Where the person stands now, for sorting and sketches: found when asked for, and kept for the page.
import { type Fix, qualityOf } from '#lib/domain/place/fix.ts';
import {
  type Measured,
  type PlaceFailure,
  SEARCHING,
  type WatchPlace,
  afterEvent
} from '#lib/domain/place/measuring.ts';
import { mayLocate, watchPlace } from './geolocation.ts';

/** Which producer is nearer can be told from a rough place, and nobody waits long for a list. Milliseconds. */
const HERE_MS = 12_000;

/**
 * | state     | means                                     |
 * |-----------|-------------------------------------------|
 * | unknown   | nobody has asked yet                      |
 * | searching | the device looks                          |
 * | at        | found, to within `fix.accuracy`           |
 * | failed    | not found                                 |
 */
export type HereState =
  | { readonly tag: 'unknown' | 'searching' }
  | { readonly tag: 'at'; readonly fix: Fix }
  | { readonly tag: 'failed'; readonly why: PlaceFailure };

export class Here {
  state: HereState = $state.raw({ tag: 'unknown' });
  readonly #watch: WatchPlace;
  #stop: (() => void) | null = null;

  constructor(watch: WatchPlace = watchPlace) {
    this.#watch = watch;
  }

  /** Looks for the place; the browser may ask the person. Takes the first fix within 100 m, or the best in the time. */
  find(): void {
    this.stop();
    this.state = { tag: 'searching' };
    let measuring = SEARCHING;
    const listen = (event: Measured): void => {
      measuring = afterEvent(measuring, event);
      if (measuring.tag === 'improving' && qualityOf(measuring.best) === 'accepted') {
        measuring = afterEvent(measuring, { tag: 'enough' });
      }
      switch (measuring.tag) {
        case 'found':
        case 'poor':
          return this.#end({ tag: 'at', fix: measuring.best });
        case 'failed':
          return this.#end({ tag: 'failed', why: measuring.why });
        case 'searching':
        case 'improving':
      }
    };
    const timer = setTimeout(() => listen({ tag: 'timeUp' }), HERE_MS);
    const unwatch = this.#watch(listen);
    this.#stop = () => {
      clearTimeout(timer);
      unwatch();
    };
  }

  /** The same only where the person has allowed it before, so that no question comes up unasked. */
  async findIfAllowed(): Promise<void> {
    if (this.state.tag === 'unknown' && (await mayLocate())) this.find();
  }

  /** Gives up looking; what was found stays. */
  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #end(state: HereState): void {
    this.stop();
    this.state = state;
  }
}
