// Vite's configuration for the build, the development server and the two vitest projects.
import { fileURLToPath } from 'node:url';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './tests/support/chromium.ts';

/** Dexie's build for browsers that know async functions, as all do that run this app: 2 KB less before the first screen. */
const DEXIE = fileURLToPath(new URL('./node_modules/dexie/dist/modern/dexie.min.mjs', import.meta.url));

export default defineConfig({
  resolve: { alias: [{ find: /^dexie$/, replacement: DEXIE }] },
  plugins: [tailwindcss(), sveltekit()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    rolldownOptions: {
      output: {
        // What most screens share travels together: a chunk for every icon would cost a request and half of its gzip.
        codeSplitting: {
          groups: [{ name: 'kit', test: /\/src\/lib\/(ui|i18n|app|domain|storage)\/|@lucide/, minShareCount: 14 }]
        }
      }
    }
  },
  test: {
    env: { TZ: 'Asia/Ho_Chi_Minh' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/{domain,storage,sync,server,i18n}/**/*.test.ts'],
          testTimeout: 30_000
        }
      },
      {
        extends: true,
        // Found late, it would make Vite reload the page under a running test.
        optimizeDeps: { include: ['axe-core'] },
        test: {
          name: 'browser',
          include: ['tests/{ui,storage,sync}/**/*.browser.ts'],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunchOptions() }),
            instances: [{ browser: 'chromium', viewport: { width: 360, height: 740 } }]
          }
        }
      }
    ]
  }
});
