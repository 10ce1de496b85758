// English sentences: the room on the phone, and what may be let go of.
import type { Translation } from '../locale.ts';
import type { space as vi } from '../vi/space.ts';

const photos = (n: string): string => `${n} ${n === '1' ? 'photo' : 'photos'}`;

export const space: Translation<typeof vi> = {
  title: 'Storage',
  records: (p) => `Records (${p.n})`,
  about: (p) => `about ${p.size}`,
  unsentRecords: 'Records not sent',
  unsentPhotos: (p) => `Photos not sent (${p.n})`,
  sentPhotos: (p) => `Photos sent (${p.n})`,
  copies: 'Cache: photos fetched to look at',
  app: 'The app, to open with no network',
  reserve: 'Held back for text',
  used: 'All, with the app itself',
  free: 'Free',
  unknown: 'the phone does not tell',
  hardlyAny: 'hardly any',
  low: 'Storage is nearly full. New photos may not be saved; send some when on Wi-Fi.',
  full: 'Storage is full. Text is using what was held back for it; new photos cannot be saved. Delete sent photos below, or other photos and films on the phone.',
  sent: {
    title: 'Delete sent photos',
    text: 'Only photos that the server has received are deleted. Records and small pictures stay on the phone; to see the large ones again you need a network.',
    older: 'Sent more than',
    days: (p) => `${String(p.days)} days`,
    none: (p) => `No photo was sent more than ${String(p.days)} days ago.`,
    action: (p) => `Delete ${photos(p.n)} (${p.size})`,
    ask: (p) => `Delete ${photos(p.n)} from this phone?`,
    askText: (p) =>
      `This frees ${p.size}. They were sent more than ${String(p.days)} days ago. The server keeps them whole; records, small pictures and everything unsent stay on the phone.`,
    confirm: 'Delete from phone',
    keep: 'Keep'
  },
  dropCopies: (p) => `Delete fetched photos (${p.size})`,
  freed: (p) => `${p.size} more is free on this phone.`,
  lost: {
    title: 'The browser has deleted the data on this phone',
    unsent: (p) => `${p.name}: ${p.n} unsent records and photos are lost (as last noted, ${p.time} on ${p.day}).`,
    nothing: (p) => `${p.name}: as last noted, ${p.time} on ${p.day}, everything was sent.`,
    text: 'Its file was damaged, so the browser deleted all of it. What was sent is still on the server, and is fetched again after signing in. If you have a rescue file, open it in Settings.',
    understood: 'I understand'
  },
  notFreed: 'The phone could not delete them. Nothing is lost; close the app in other windows and try again.'
};
