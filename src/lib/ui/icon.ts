// The type of an icon that a part takes: one of `@lucide/svelte/icons/<name>`.
import type { LucideProps } from '@lucide/svelte';
import type { Component } from 'svelte';

export type Icon = Component<LucideProps>;
