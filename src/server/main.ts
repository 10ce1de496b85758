// `npm start`: the built app and the embedded server on one address.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StaticFiles } from './app/static-files.ts';
import { start } from './start.ts';

const build = fileURLToPath(new URL('../../build', import.meta.url));

if (existsSync(`${build}/index.html`)) {
  const files = new StaticFiles(build);
  await start(async () => (request, response, path) => files.handle(request, response, path));
} else {
  console.error('There is no built app in build/. Run `npm run build` first, or `npm start`, which does both.');
  process.exitCode = 1;
}
