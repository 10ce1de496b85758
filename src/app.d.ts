// Types that SvelteKit lets an app fill in, and the build's own constants.
declare global {
  namespace App {}
}

export {};
