// Where the screens of an account work with photos: one queue, one store of pictures, whichever screen is shown.
import { type Session, useSession } from '#lib/app/context.ts';
import { storageState } from '#lib/app/device/persistence.ts';
import { holdUpdates } from '#lib/app/pwa/editing.ts';
import { err } from '#lib/domain/result.ts';
import { photoFetcher } from './fetch.ts';
import { type FetchPhoto, Pictures } from './pictures.svelte.ts';
import { PhotoPipeline } from './pipeline.ts';
import { PhotoTaking } from './taking.svelte.ts';

export interface PhotoDesk {
  readonly taking: PhotoTaking;
  readonly pictures: Pictures;
}

/** Made when a screen first asks: a queue goes on when its screen is left, and the next one sees the same. */
const desks = new WeakMap<Session, PhotoDesk>();

/** The desk of the opened account; only called while a component is made, below the layout that provides the session. */
export function usePhotos(): PhotoDesk {
  const session = useSession();
  const known = desks.get(session);
  if (known !== undefined) return known;
  const desk = makeDesk(session);
  desks.set(session, desk);
  return desk;
}

function makeDesk({ store, couchUrl }: Session): PhotoDesk {
  const pipeline = new PhotoPipeline();
  const taking = new PhotoTaking(store, {
    prepare: (file, signal) => pipeline.prepare(file, signal),
    room: async () => {
      const { usedBytes, quotaBytes } = await storageState();
      return usedBytes === null || quotaBytes === null ? null : quotaBytes - usedBytes;
    },
    hold: holdUpdates
  });
  const fetchPhoto = photoFetcher(store, couchUrl);
  const fetchBytes: FetchPhoto = async ({ doc }, size) => {
    const fetched = await fetchPhoto(doc, size);
    if (fetched.ok) return fetched;
    const { tag } = fetched.error;
    return err({ tag: tag === 'offline' || tag === 'timeout' ? 'offline' : 'failed' });
  };
  return { taking, pictures: new Pictures(store, fetchBytes) };
}
