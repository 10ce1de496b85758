// Configuration of the journey in other engines: one after the other, because both ask for two cores.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  globalSetup: './build.ts',
  outputDir: '../../test-results/engines',
  reporter: [
    ['list', { printSteps: true }],
    ['json', { outputFile: '../../test-results/engines.json' }]
  ],
  retries: 0,
  workers: 1,
  // Half a minute on a quiet machine.
  timeout: 240_000,
  expect: { timeout: 10_000 }
});
