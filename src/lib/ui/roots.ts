// The four roots of the app: where the tab bar and the rail lead.
import Package from '@lucide/svelte/icons/package';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Settings from '@lucide/svelte/icons/settings';
import Sun from '@lucide/svelte/icons/sun';
import type { Icon } from './icon.ts';

export type Root = 'today' | 'products' | 'sync' | 'settings';

export const ROOTS: readonly { readonly root: Root; readonly href: string; readonly icon: Icon }[] = [
  { root: 'today', href: '/', icon: Sun },
  { root: 'products', href: '/products', icon: Package },
  { root: 'sync', href: '/sync', icon: RefreshCw },
  { root: 'settings', href: '/settings', icon: Settings }
];

/** A count in a badge: three digits would not fit. */
export const badgeCount = (count: number): string => (count > 99 ? '99+' : String(count));
