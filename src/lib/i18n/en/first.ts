// The English words of the first screens.
import { common } from './common.ts';
import { shell } from './shell.ts';
import { signIn } from './signIn.ts';
import { today } from './today.ts';
import { sync } from './sync.ts';
import { start } from './start.ts';

export const first = { common, shell, signIn, today, sync, start };
