// Playwright's configuration: the journeys, in the built app, on a phone, against the embedded server.
import { defineConfig } from '@playwright/test';

/** Each goes on for minutes on one phone: begun last, one of them would keep the other worker waiting. */
const ENDURING = /(faulty-network|kills|photos-on-the-road|whole-job)\.spec\.ts/;

export default defineConfig({
  testDir: 'tests/e2e/journeys',
  globalSetup: './tests/e2e/global-setup.ts',
  // Only this folder is emptied before a run; the next build lies beside it.
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  // A journey that fails now and then has found something.
  retries: 0,
  projects: [
    { name: 'enduring', testMatch: ENDURING },
    { name: 'others', testIgnore: ENDURING }
  ],
  workers: 2,
  fullyParallel: true,
  // Wide: a machine may be three times slower than another, and what is there earlier is not waited for.
  timeout: 240_000,
  expect: { timeout: 30_000 }
});
