// Bundles a script with the app's own modules in it, to be run in a page that a test or the bench has open.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** @param script address of a TypeScript file; what it is to give to its caller, it puts on `window` */
export async function bundlePageScript(script: URL): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { input: fileURLToPath(script), output: { format: 'iife' } }
    }
  });
  const [result] = Array.isArray(built) ? built : [built];
  const chunk = result !== undefined && 'output' in result ? result.output[0] : undefined;
  if (chunk === undefined) throw new Error('A script was not bundled.');
  return chunk.code;
}
