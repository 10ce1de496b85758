// Starts the app before its first screen: the phone's facts, the language, the account that was open last.
import { browser } from '$app/environment';
import { Device } from '#lib/app/device/device.svelte.ts';
import { Gate } from '#lib/app/gate.svelte.ts';
import { Install } from '#lib/app/pwa/install.svelte.ts';
import { Updates } from '#lib/app/pwa/updates.svelte.ts';
import { Language } from '#lib/ui/language.svelte.ts';

// Every screen is rendered on the device: the shell is static, the data never leave the phone for a page to be drawn.
export const ssr = false;
export const prerender = false;

/** What all screens stand on. */
export interface Foundation {
  readonly device: Device;
  readonly language: Language;
  readonly gate: Gate;
  readonly install: Install;
  readonly updates: Updates;
}

/** Asked for while the browser is still reading the other scripts: its storage answers meanwhile. */
const loading = browser ? Device.load() : null;
// Told below.
loading?.catch(() => undefined);

/** `foundation` is null when the browser opens no storage (private browsing, a full disk): then no screen can work. */
export async function load(): Promise<{ foundation: Foundation | null }> {
  const install = new Install();
  try {
    const device = await (loading ?? Device.load());
    const language = new Language();
    const gate = new Gate(device);
    await Promise.all([language.begin(device.settings.language), gate.start()]);
    // What is said of a loss stands with the words of other screens.
    if (device.lost.length > 0) await language.use(device.settings.language);
    return { foundation: { device, language, gate, install, updates: new Updates() } };
  } catch {
    return { foundation: null };
  }
}
