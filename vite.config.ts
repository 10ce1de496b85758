// Vite's configuration for the build, the development server and the two vitest projects.
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { foldedCriteriaSets } from './criteria.config.ts';
import { DEXIE } from './svelte.config.js';
import { chromiumLaunchOptions } from './tests/support/chromium.ts';

/** What Lucide's icons are drawn by. */
const ICON = fileURLToPath(new URL('./src/lib/ui/IconDrawing.svelte', import.meta.url));

/** Wide: a machine may be ten times slower than another, and what is there earlier is not waited for. */
const PATIENT = { testTimeout: 60_000, expect: { poll: { timeout: 15_000 } } };

/** Vitest would leave one processor free for somebody who works beside it. */
const WORKERS = availableParallelism();

/** What a module's importers are read from, as rolldown gives it. */
interface Modules {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null;
}

/** Whether the root of all screens or Hôm nay, the first of them, needs a module, however many imports away. */
function isStart(id: string, modules: Modules, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  if (/\/src\/routes\/\+(layout|error|page)\.(svelte|ts)$/.test(id)) return true;
  return (modules.getModuleInfo(id)?.importers ?? []).some((importer) => isStart(importer, modules, seen));
}

export default defineConfig({
  resolve: {
    alias: [
      { find: /^dexie$/, replacement: DEXIE },
      // Lucide's own drawing makes a part of each shape and spreads all attributes: a screen full of icons opens a seventh
      // later with it.
      { find: /^\.\.\/Icon\.svelte$/, replacement: ICON }
    ]
  },
  // Bundled beforehand, the icons would bring their own drawing along.
  optimizeDeps: { exclude: ['@lucide/svelte'] },
  plugins: [foldedCriteriaSets(), tailwindcss(), sveltekit()],
  // Plain scripts: the service worker loads the engine with `importScripts`, which knows no modules.
  worker: { format: 'iife' },
  build: {
    target: 'es2022',
    rolldownOptions: {
      output: {
        // A chunk for every icon would cost a request and half of its gzip.
        codeSplitting: {
          groups: [
            // What every start needs is one file: each further one is a wait, on a slow line and on a slow phone.
            { name: (id, modules) => (isStart(id, modules) ? 'start' : null), priority: 1 },
            // What most screens share.
            { name: 'kit', test: /\/src\/lib\/(ui|i18n|app|domain|storage)\/|@lucide/, minShareCount: 14 }
          ]
        }
      }
    }
  },
  test: {
    env: { TZ: 'Asia/Ho_Chi_Minh' },
    // Of a run on another machine only the message is left: it has to say what was there.
    chaiConfig: { truncateThreshold: 300 },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/{app,domain,storage,sync,server,i18n,support}/**/*.test.ts'],
          // A minute for what the laws and the stores of a locked account tell as well; in `npm run test:long`.
          exclude: process.env['LONG'] === undefined ? ['tests/sync/model/model.locked.test.ts'] : [],
          ...PATIENT,
          maxWorkers: WORKERS
        }
      },
      {
        extends: true,
        // Found late, it would make Vite reload the page under a running test.
        optimizeDeps: { include: ['axe-core', 'hash-wasm', 'spark-md5', 'uqr', 'zxing-wasm/reader'] },
        test: {
          name: 'browser',
          include: ['tests/{app,ui,storage,sync}/**/*.browser.ts'],
          ...PATIENT,
          maxWorkers: WORKERS,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunchOptions('shell') }),
            instances: [{ browser: 'chromium', viewport: { width: 360, height: 740 } }]
          }
        }
      }
    ]
  }
});
