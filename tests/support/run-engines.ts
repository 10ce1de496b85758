// `npm run test:engines`: makes sure that there are Firefox and WebKitGTK, builds the app, and tries the journey in both.
import { existsSync } from 'node:fs';
import { ENGINES } from '../engines/engines.ts';
import { buildVersionUnderTest } from './build-app.ts';
import { installFromDebian } from './debian.ts';
import { build, playwright, runSuites } from './suites.ts';

process.exitCode = await runSuites(
  async () => (await provideEngines()) && (await build(buildVersionUnderTest)),
  [playwright('engines', 'engines', '--config', 'tests/engines/playwright.config.ts')]
);

/** Installs what is missing, and names what is missing still. */
async function provideEngines(): Promise<boolean> {
  const missing = () => ENGINES.flatMap(({ needs }) => needs).filter(({ file }) => !existsSync(file));
  if (missing().length > 0) {
    console.log('\n=== Firefox or WebKitGTK is not here: installing\n');
    await installFromDebian(missing().map(({ debian }) => debian));
  }
  for (const { file, debian } of missing()) console.error(`${file} is missing: Debian's package ${debian} has it.`);
  return missing().length === 0;
}
