// The script that the service worker loads when it is woken: a start that only opens screens must not pay for the engine.
import { sendInBackground } from './background.ts';

globalThis.wakeUpWork = { send: sendInBackground };
