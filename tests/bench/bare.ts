// Builds the yardstick *bare*: a hello-world page of the same stack (SvelteKit, service worker, one Dexie table).
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "bare", "private": true, "type": "module" }',
  'svelte.config.js': `import adapter from '@sveltejs/adapter-static';
export default { kit: { adapter: adapter({ fallback: 'index.html' }) } };`,
  'vite.config.js': `import { sveltekit } from '@sveltejs/kit/vite';
export default { plugins: [sveltekit()] };`,
  'src/app.html': `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>bare</title>%sveltekit.head%</head>
<body><div>%sveltekit.body%</div></body></html>`,
  'src/routes/+layout.js': 'export const ssr = false;',
  'src/routes/+page.svelte': `<script>
  import { Dexie, liveQuery } from 'dexie';
  const db = new Dexie('bare');
  db.version(1).stores({ notes: 'id' });
  let notes = $state.raw();
  let taps = $state(0);
  $effect(() => {
    const subscription = liveQuery(() => db.notes.toArray()).subscribe((rows) => (notes = rows));
    return () => subscription.unsubscribe();
  });
</script>
{#if notes}<h1 data-ready>Hello, {notes.length} notes</h1>{/if}
<button onclick={() => taps++}>{taps}</button>`,
  'src/service-worker.js': `import { build, files, version } from '$service-worker';
const assets = [...build, ...files, '/'];
self.addEventListener('install', (event) => event.waitUntil(caches.open(version).then((cache) => cache.addAll(assets)).then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  if (event.request.method !== 'GET') return;
  event.respondWith(caches.match(event.request.mode === 'navigate' ? '/' : event.request).then((hit) => hit ?? fetch(event.request)));
});`
};

/**
 * Writes and builds the bare page.
 * @param folder an empty folder of the bench's own; it is removed first
 * @returns the folder with the built static files
 */
export function buildBare(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(FILES)) {
    const file = join(folder, name);
    mkdirSync(resolve(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  execFileSync(process.execPath, [resolve('node_modules/vite/bin/vite.js'), 'build'], { cwd: folder, stdio: 'pipe' });
  return join(folder, 'build');
}
