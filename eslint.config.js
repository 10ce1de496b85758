// Lint rules: type-aware TypeScript, Svelte, and the purity of the domain and of the sync core.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** @param {string} what */
const impure = (what) => `Pure code takes ${what} as an argument (README, Design decisions).`;

export default ts.config(
  { ignores: ['.svelte-kit/', 'build/', 'node_modules/', 'data/', 'test-results/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-undef': 'off', // TypeScript knows the globals of each file better.
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
    }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: {
      'svelte/no-navigation-without-resolve': 'off', // The app is always served at the root of its origin.
      'svelte/prefer-svelte-reactivity': 'off' // Plain Map and Date are replaced whole ($state.raw), never mutated.
    }
  },
  {
    files: ['src/lib/domain/**', 'src/lib/sync/core/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: impure('the transport') },
        { name: 'crypto', message: impure('randomness') },
        { name: 'performance', message: impure('the clock') },
        { name: 'setTimeout', message: impure('the timer') },
        { name: 'setInterval', message: impure('the timer') },
        { name: 'localStorage', message: impure('storage') },
        { name: 'indexedDB', message: impure('storage') },
        { name: 'navigator', message: impure('the device') },
        { name: 'window', message: impure('the page') },
        { name: 'document', message: impure('the page') }
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: impure('the time') },
        { object: 'Math', property: 'random', message: impure('chance') }
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: impure('the time') }
      ]
    }
  },
  {
    files: ['src/server/**', 'tests/bench/**', 'tests/support/**'],
    rules: { 'no-console': 'off' } // Command-line programs speak on the terminal.
  }
);
