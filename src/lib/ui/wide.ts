// From which width on the layout is the laptop's: rail instead of tab bar, panes side by side.

/** For `new MediaQuery(WIDE)`; the same as Tailwind's `wide:` (900 px). */
export const WIDE = '(min-width: 56.25rem)';
