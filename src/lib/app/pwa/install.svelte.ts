// Putting the app on the home screen: with the browser's own question where it has one, else by instructions.

/** Chromium's event; not in TypeScript's DOM types. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

declare global {
  /** The question that came before any script of the app ran; kept by the shell (src/app.html). */
  var installQuestion: Event | undefined;
}

/**
 * | way       | means                                                          |
 * |-----------|----------------------------------------------------------------|
 * | installed | the app runs from the home screen, or was put there just now    |
 * | button    | the browser lets us ask                                        |
 * | apple     | iPhone or iPad: Share, then Add to Home Screen, by hand         |
 * | menu      | any other browser: its own menu, if it can at all               |
 */
export type InstallWay = 'installed' | 'button' | 'apple' | 'menu';

export class Install {
  #question: InstallPromptEvent | null = $state.raw(null);
  #isInstalled = $state(false);

  /** Listens from the start, and takes what came before: the browser tells only once. */
  constructor() {
    this.#isInstalled = matchMedia('(display-mode: standalone)').matches || isAppleStandalone();
    const keep = (event: Event | undefined): void => {
      if (event !== undefined && isInstallPrompt(event)) this.#question = event;
    };
    keep(globalThis.installQuestion);
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      keep(event);
    });
    addEventListener('appinstalled', () => {
      this.#isInstalled = true;
    });
  }

  get way(): InstallWay {
    if (this.#isInstalled) return 'installed';
    if (this.#question !== null) return 'button';
    return isApple() ? 'apple' : 'menu';
  }

  /** Shows the browser's question; to be called from a tap. */
  async ask(): Promise<void> {
    const question = this.#question;
    // A question can be shown only once; the browser sends a new one when it may be asked again.
    this.#question = null;
    await question?.prompt();
  }
}

const isInstallPrompt = (event: Event): event is InstallPromptEvent => 'prompt' in event;

/** iPadOS calls itself a Mac, but has a touch screen. */
const isApple = (): boolean =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) ||
  (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1);

const isAppleStandalone = (): boolean => 'standalone' in navigator && navigator.standalone === true;
