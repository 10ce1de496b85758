// The tones of a tinted box: quiet for a note, the others for something to know, mend or choose.

export type Tone = 'quiet' | 'info' | 'good' | 'warn' | 'bad' | 'clash';

/** Ground and the ink of the icon and of what stands out, as utility classes. */
export const TONES: Readonly<Record<Tone, { readonly ground: string; readonly ink: string }>> = {
  quiet: { ground: 'bg-quiet', ink: 'text-quiet-ink' },
  info: { ground: 'bg-info-tint', ink: 'text-info-ink' },
  good: { ground: 'bg-good-tint', ink: 'text-good-ink' },
  warn: { ground: 'bg-warn-tint', ink: 'text-warn-ink' },
  bad: { ground: 'bg-bad-tint', ink: 'text-bad-ink' },
  clash: { ground: 'bg-clash-tint', ink: 'text-clash-ink' }
};
