// The layers of the source tree as a whitelist: what each folder may import (README, Design decisions).
const lib = (folder) => `^src/lib/${folder}/`;
const npm = (...names) => `node_modules/(${names.join('|')})(/|$)`;

/** One row per layer: its folder, the folders it may import from, the packages it may use. */
const layers = [
  { name: 'domain', from: lib('domain'), to: [lib('domain')], packages: ['valibot'] },
  {
    name: 'storage',
    from: lib('storage'),
    to: [lib('storage'), lib('domain')],
    packages: ['dexie', 'valibot', '@noble/ciphers']
  },
  { name: 'sync-core', from: lib('sync/core'), to: [lib('sync/core'), lib('domain')], packages: [] },
  {
    name: 'sync-couchdb',
    from: lib('sync/couchdb'),
    to: [lib('sync/couchdb'), lib('sync/core'), lib('domain')],
    packages: ['pouchdb-core', 'pouchdb-adapter-http', '@types/pouchdb.*', 'valibot']
  },
  {
    name: 'i18n',
    from: lib('i18n'),
    to: [lib('i18n'), lib('domain'), '^src/lib/sync/core/errors\\.ts$'],
    packages: []
  },
  {
    name: 'ui',
    from: lib('ui'),
    to: [lib('ui'), lib('i18n'), lib('domain')],
    packages: ['svelte', '@lucide/svelte', 'uqr']
  },
  {
    name: 'app',
    from: lib('app'),
    to: [lib('app'), lib('storage'), lib('sync'), lib('domain')],
    // spark-md5: CouchDB names attachments by their MD5, which WebCrypto does not know; PouchDB brings it along.
    packages: ['svelte', 'idb-keyval', 'workbox-window', 'valibot', 'spark-md5', 'zxing-wasm', 'hash-wasm']
  },
  {
    name: 'routes',
    from: '^src/routes/',
    to: ['^src/routes/', lib('app'), lib('ui'), lib('i18n'), lib('domain'), '^src/app\\.css$'],
    packages: ['svelte', '@sveltejs/kit', '@lucide/svelte']
  },
  {
    name: 'service-worker',
    from: '^src/service-worker\\.ts$',
    to: [lib('app')],
    packages: ['workbox-[a-z]+']
  },
  {
    name: 'sync-engine',
    from: '^src/sync-engine\\.ts$',
    to: [lib('app'), lib('i18n')],
    packages: []
  },
  {
    name: 'server',
    from: '^src/server/',
    to: ['^src/server/', lib('domain')],
    packages: ['pouchdb[a-z-]*', '@types/pouchdb.*', 'csv-parse', 'valibot', 'vite', 'level[a-z]*']
  }
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/app\\.', '^src/routes/', 'criteria/sets/'] },
      to: {}
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: ['^\\$(app|service-worker|env)', '^\\./\\$types', '^zxing-wasm/.*\\.wasm\\?url$']
      }
    }
  ],
  allowedSeverity: 'error',
  allowed: [
    ...layers.map(({ from, to, packages }) => ({
      from: { path: from },
      to: { path: [...to, ...(packages.length > 0 ? [npm(...packages)] : [])] }
    })),
    {
      from: { path: '^src/(routes|lib/ui|lib/app|service-worker)' },
      to: { path: '^(\\$(app|service-worker)|\\./\\$types)' }
    },
    // The address of a file, by Vite.
    { from: { path: lib('app') }, to: { path: '^zxing-wasm/.*\\.wasm\\?url$' } },
    { from: { path: '^src/server/' }, to: { dependencyTypes: ['core'] } },
    { from: { path: '^src/app\\.' }, to: {} }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // svelte/internal is what the compiler writes into every component.
    exclude: { path: ['^\\.svelte-kit', '\\.css$', 'svelte/internal'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.svelte', '.json', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'default', 'types']
    }
  }
};
