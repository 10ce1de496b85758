// What runs in a page beside the app's figures, bundled and put there by contest.ts: the peers and the limits.
import { httpPhotos, httpPull, httpPush, idbPuts } from './limits.ts';
import { pouchPull, pouchPush } from './pouch.ts';
import { rxPull } from './rx.ts';

const peers = { httpPhotos, httpPull, httpPush, idbPuts, pouchPull, pouchPush, rxPull };

declare global {
  interface Window {
    peers: typeof peers;
  }
}

window.peers = peers;
