// The tests' server as one plain script: a journey starts two or three, and compiling each anew takes half their start.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const ENTRY = fileURLToPath(new URL('./couch-process.ts', import.meta.url));
const FOLDER = fileURLToPath(new URL('../../test-results/server', import.meta.url));

/** @returns the script's path; packages stay where npm has put them */
export async function bundleServer(): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [{ name: 'keep-addresses', transform: keepAddresses }],
    build: {
      ssr: ENTRY,
      outDir: FOLDER,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'couch-process.mjs' } }
    }
  });
  return `${FOLDER}/couch-process.mjs`;
}

/** The validation functions are read from files beside their module, which the script does not lie beside. */
function keepAddresses(code: string, id: string): string | null {
  return code.includes('import.meta.url')
    ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id)))
    : null;
}
