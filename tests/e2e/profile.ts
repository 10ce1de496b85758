// Searches every file of a browser's profile for bytes that somebody has typed or photographed, as a finder could.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unpacked } from './leveldb.ts';

/** What is looked for, by the name that it is told under. */
export type Needles = Readonly<Record<string, Buffer>>;

/** The forms in which a browser may write a text down: UTF-8, the UTF-16 of JavaScript, and those of an address. */
export function formsOf(texts: Readonly<Record<string, string>>): Needles {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => [
      [`${name} (UTF-8)`, Buffer.from(text, 'utf8')],
      [`${name} (UTF-16)`, Buffer.from(text, 'utf16le')],
      [`${name} (address)`, Buffer.from(encodeURIComponent(text))],
      [`${name} (query)`, Buffer.from(new URLSearchParams({ '': text }).toString().slice(1))]
    ])
  );
}

/** The beginning of a photo, and two stretches out of it. */
export function piecesOf(name: string, bytes: Buffer): Needles {
  const at = (share: number) => Math.floor(bytes.length * share);
  return {
    [`${name}: header`]: bytes.subarray(0, 160),
    [`${name}: a third`]: bytes.subarray(at(1 / 3), at(1 / 3) + 48),
    [`${name}: middle`]: bytes.subarray(at(1 / 2), at(1 / 2) + 48)
  };
}

/** @returns each needle that lies somewhere, with the file, from the profile's root */
export async function found(profile: string, needles: Needles): Promise<{ needle: string; file: string }[]> {
  const hits: { needle: string; file: string }[] = [];
  for (const entry of await readdir(profile, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    const values = unpacked(entry.name, bytes);
    for (const [needle, sought] of Object.entries(needles)) {
      if (bytes.includes(sought) || values.includes(sought))
        hits.push({ needle, file: path.slice(profile.length + 1) });
    }
  }
  return hits;
}
