// A browser's profile that has the app's files and nothing of anybody: most journeys begin after the installation.
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILD } from '../support/build-app.ts';
import { startServerProcess } from '../support/couch-server.ts';
import { Phone } from './phone.ts';

/** What the app and its person leave in a profile; the service worker and its caches lie elsewhere. */
const PERSONAL = /^(IndexedDB|Local Storage|Session Storage|Sessions|Network|Cookies.*|blob_storage)$/;

export interface Installation {
  /** Files are kept by address: the journeys' servers have to listen here. */
  readonly port: number;
  /** The profile to begin with. */
  readonly profile: string;
  remove(): Promise<void>;
}

/** Installs the built app in a browser fresh from the shop. */
export async function install(): Promise<Installation> {
  const server = await startServerProcess({ serveApp: BUILD });
  const phone = await Phone.unpack(server.origin, { chromium: 'shell' });
  await phone.open('/');
  await phone.waitUntilInstalled();
  await phone.close();
  const profile = await mkdtemp(join(tmpdir(), 'ocop-installed-'));
  await cp(phone.profile, profile, { recursive: true });
  await phone.discard();
  await server.stop();
  const folder = join(profile, 'Default');
  for (const name of await readdir(folder)) {
    if (PERSONAL.test(name)) await rm(join(folder, name), { recursive: true });
  }
  return { port: Number(new URL(server.origin).port), profile, remove: () => rm(profile, { recursive: true }) };
}
