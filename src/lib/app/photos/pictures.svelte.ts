// Photos as something that an <img> shows: object URLs, made when they are looked at, kept a little, and let go.
import { type PhotoSize, hasAttachment } from '#lib/domain/photo/attachments.ts';
import type { Result } from '#lib/domain/result.ts';
import { type StoredPhoto, photoBytes } from '#lib/storage/photos.ts';
import type { Store } from '#lib/storage/store.ts';

/** Bytes of pictures that nobody looks at, kept for the way back. */
const MOST_IDLE_BYTES = 16_000_000;

/** Why bytes could not be fetched: `offline` will be better with a network. */
export interface FetchProblem {
  readonly tag: 'offline' | 'failed';
}

/** Brings the bytes of a photo that are not on this device. */
export type FetchPhoto = (photo: StoredPhoto, size: PhotoSize) => Promise<Result<ArrayBuffer, FetchProblem>>;

/**
 * | state   | means                                                                 |
 * |---------|-----------------------------------------------------------------------|
 * | loading | it is being read from this device, or fetched                         |
 * | shown   | `src` is its address                                                  |
 * | waiting | its bytes are still on the device that took it (law 13)               |
 * | offline | the server has it, and there is no network                            |
 * | failed  | the server has it, and it did not come                                |
 */
export type PictureLook =
  { readonly state: 'loading' | 'waiting' | 'offline' | 'failed' } | { readonly state: 'shown'; readonly src: string };

class Picture {
  look: PictureLook = $state.raw({ state: 'loading' });
  holders = 0;
  bytes = 0;
  isLoading = false;
}

/** A picture that somebody looks at; `look` is reactive. */
export interface HeldPicture {
  readonly look: PictureLook;
  /** It is not looked at any more. */
  letGo(): void;
}

export class Pictures {
  readonly #store: Store;
  readonly #fetch: FetchPhoto;
  readonly #mostIdleBytes: number;
  /** By id and size, those let go of longest ago first. */
  readonly #pictures = new Map<string, Picture>();

  constructor(store: Store, fetch: FetchPhoto, mostIdleBytes = MOST_IDLE_BYTES) {
    this.#store = store;
    this.#fetch = fetch;
    this.#mostIdleBytes = mostIdleBytes;
  }

  /**
   * Shows a size of a photo, from this device where it is here, else from the server. What did not come is tried again
   * each time.
   */
  hold(photo: StoredPhoto, size: PhotoSize): HeldPicture {
    const key = `${photo.doc._id}/${size}`;
    const picture = this.#pictures.get(key) ?? new Picture();
    this.#pictures.set(key, picture);
    picture.holders++;
    if (picture.look.state !== 'shown' && !picture.isLoading) void this.#load(picture, photo, size);
    let isHeld = true;
    return {
      get look() {
        return picture.look;
      },
      letGo: () => {
        if (!isHeld) return;
        isHeld = false;
        picture.holders--;
        // To the end of the line.
        this.#pictures.delete(key);
        this.#pictures.set(key, picture);
        this.#revokeIdle();
      }
    };
  }

  async #load(picture: Picture, photo: StoredPhoto, size: PhotoSize): Promise<void> {
    picture.isLoading = true;
    const found = await this.#find(photo, size);
    picture.isLoading = false;
    if (found instanceof ArrayBuffer) {
      picture.bytes = found.byteLength;
      const src = URL.createObjectURL(new Blob([found], { type: 'image/jpeg' }));
      picture.look = { state: 'shown', src };
      this.#revokeIdle();
    } else if (picture.look.state !== found) picture.look = { state: found };
  }

  async #find(
    { doc, ...photo }: StoredPhoto,
    size: PhotoSize
  ): Promise<ArrayBuffer | 'waiting' | 'offline' | 'failed'> {
    // A store that cannot be read has louder voices; the tile says that the picture did not come.
    const here = await photoBytes(this.#store, doc._id, size).catch(() => undefined);
    if (here !== undefined) return here;
    if (!hasAttachment(doc, size)) return 'waiting';
    const fetched = await this.#fetch({ doc, ...photo }, size);
    return fetched.ok ? fetched.value : fetched.error.tag;
  }

  #revokeIdle(): void {
    const idle = [...this.#pictures].filter(([, { holders }]) => holders === 0);
    let bytes = idle.reduce((sum, [, picture]) => sum + picture.bytes, 0);
    for (const [key, picture] of idle) {
      if (bytes <= this.#mostIdleBytes) return;
      bytes -= picture.bytes;
      this.#pictures.delete(key);
      if (picture.look.state === 'shown') URL.revokeObjectURL(picture.look.src);
    }
  }
}
