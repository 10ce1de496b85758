// Fills the outbox of a phone through the app's own store, as an officer's edits would, without his thumbs.
import { deviceIdFact } from '#lib/app/device/facts.ts';
import { devicePorts } from '#lib/app/device/ports.ts';
import { attachmentMd5 } from '#lib/app/photos/md5.ts';
import { addPhoto } from '#lib/storage/photos.ts';
import { type Store, openStore } from '#lib/storage/store.ts';
import { aNewPhoto } from '../../support/new-photo.ts';
import { THUMB_BYTES, randomBytes } from './randomBytes.ts';

/** The account's store as this device has it: what it writes is no news to the app that runs here. */
async function ownStore(account: string): Promise<Store> {
  const device = await deviceIdFact.read();
  if (device === null) throw new Error('The app has never run here.');
  return openStore(devicePorts(account, device), 'relaxed');
}

/**
 * Gives every one of the surveys another answer.
 * @throws when one of them could not be saved
 */
async function editSurveys(account: string, ids: readonly string[], text: string): Promise<void> {
  const store = await ownStore(account);
  for (const id of ids) {
    const saved = await store.update('survey', id, (doc) => ({
      ...doc,
      answers: { ...doc.answers, registration_number: text }
    }));
    if (!saved.ok) throw new Error(`${id}: ${JSON.stringify(saved.error)}`);
  }
  store.close();
}

/**
 * Keeps photos of random bytes, as the camera and the pipeline would make them.
 */
async function takePhotos(account: string, count: number, bytes: number): Promise<void> {
  const store = await ownStore(account);
  for (let i = 0; i < count; i++) {
    const [photo, thumb] = [randomBytes(bytes), randomBytes(THUMB_BYTES)];
    const digests = { photo: attachmentMd5(photo), thumb: attachmentMd5(thumb) };
    const added = await addPhoto(store, await aNewPhoto(photo, { bytes: { photo, thumb }, digests }));
    if (!added.ok) throw new Error(added.error.tag);
  }
  store.close();
}

const outbox = { editSurveys, takePhotos };

declare global {
  interface Window {
    outbox: typeof outbox;
  }
}

window.outbox = outbox;
