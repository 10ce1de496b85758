// SvelteKit's configuration: a single-page app served as static files from any address.
import adapterStatic from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Tests build a second version beside the first one, with a working folder of its own. */
const { BUILD_DIR: BUILD = 'build', WORKING_DIR: WORKING = '.svelte-kit' } = process.env;
/**
 * Not worth a phone's traffic: pictures for the app store's eyes, icons that the system fetches when the app is
 * installed, two files that must always come fresh, and the code reader, which most phones have in their browser.
 */
const NOT_PRECACHED =
  /^(screenshots\/|icons\/(icon-512|maskable|apple)|_app\/version\.json$|service-worker\.js$|.*\.wasm$)/;

/** Dexie's build for browsers that know async functions, as all do that run this app: 2 KB less before the first screen. */
export const DEXIE = fileURLToPath(new URL('./node_modules/dexie/dist/modern/dexie.min.mjs', import.meta.url));

/** The static adapter, then the list of all files with their revisions, and which of them is the sync engine, put into the service worker. */
function adapter() {
  const { name, adapt } = adapterStatic({ pages: BUILD, fallback: 'index.html' });
  return {
    name,
    /** @param {import('@sveltejs/kit').Builder} builder */
    async adapt(builder) {
      await adapt(builder);
      const files = readdirSync(BUILD, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(BUILD.length + 1)
            .replaceAll('\\', '/')
        )
        .filter((file) => !NOT_PRECACHED.test(file))
        .sort();
      const engine = files.find((file) => /^_app\/immutable\/workers\/sync-engine-.*\.js$/.test(file));
      if (engine === undefined) throw new Error('There is no script with the sync engine.');
      const entries = files.map((file) => ({
        url: `/${file}`,
        // The names under immutable/ carry their own hash.
        revision: file.startsWith('_app/immutable/')
          ? null
          : createHash('sha256')
              .update(readFileSync(join(BUILD, file)))
              .digest('hex')
              .slice(0, 16)
      }));
      const worker = join(BUILD, 'service-worker.js');
      let code = readFileSync(worker, 'utf8');
      for (const [place, value] of Object.entries({ __PRECACHE__: entries, __ENGINE__: `/${engine}` })) {
        if (!code.includes(`self.${place}`)) throw new Error(`The service worker has no place for ${place}.`);
        code = code.replace(`self.${place}`, () => JSON.stringify(value));
      }
      writeFileSync(worker, code);
    }
  };
}

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    adapter: adapter(),
    outDir: WORKING,
    serviceWorker: { register: false },
    // The app decides when to look for a new version (see src/lib/app/pwa); polling would cost the officer traffic.
    version: { name: process.env['APP_VERSION'] ?? version, pollInterval: 0 },
    typescript: {
      config: (config) => {
        config.include.push('../tests/**/*.ts', '../*.config.ts', '../*.config.js');
        return config;
      }
    }
  }
};
