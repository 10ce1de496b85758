// The Vietnamese words of the first screens (Hôm nay, signing in, what stands around every screen), in the first bundle.
import { common } from './common.ts';
import { shell } from './shell.ts';
import { signIn } from './signIn.ts';
import { today } from './today.ts';
import { sync } from './sync.ts';
import { start } from './start.ts';

export const first = { common, shell, signIn, today, sync, start };
