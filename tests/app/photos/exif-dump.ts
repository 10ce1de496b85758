// Lists everything that a JPEG says about itself: each segment's name, and each EXIF tag with its list and value.

export interface Dump {
  /** `E0 JFIF`, `E1 Exif`, `E2 ICC_PROFILE`, `FE` …, those of the coding itself left out. */
  readonly segments: string[];
  /** `0/8769` → value; 0 is the root list, otherwise the list's own tag. */
  readonly tags: Readonly<Record<string, string | number[]>>;
}

export function dump(jpeg: ArrayBuffer): Dump {
  const view = new DataView(jpeg);
  const segments: string[] = [];
  let tags: Record<string, string | number[]> = {};
  for (let at = 2; view.getUint8(at + 1) !== 0xda; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    if (marker < 0xe0) continue;
    const name = text(view, at + 4, 16).split('\0')[0] ?? '';
    segments.push(`${marker.toString(16).toUpperCase()} ${name}`.trim());
    if (name === 'Exif') {
      const length = view.getUint16(at + 2) - 8;
      tags = { ...tags, ...list(new DataView(jpeg, at + 10, length), '0', (tiff) => tiff.getUint32(4)) };
    }
  }
  return { segments, tags };
}

function list(tiff: DataView, name: string, where: (tiff: DataView) => number): Record<string, string | number[]> {
  const found: Record<string, string | number[]> = {};
  const start = where(tiff);
  for (let i = 0; i < tiff.getUint16(start); i++) {
    const entry = start + 2 + i * 12;
    const tag = tiff.getUint16(entry);
    const type = tiff.getUint16(entry + 2);
    const count = tiff.getUint32(entry + 4);
    const size = count * ({ 2: 1, 4: 4, 5: 8 }[type] ?? NaN);
    const at = size <= 4 ? entry + 8 : tiff.getUint32(entry + 8);
    const key = `${name}/${tag.toString(16)}`;
    if (type === 2) found[key] = text(tiff, at, count - 1);
    else found[key] = Array.from({ length: size / 4 }, (_, word) => tiff.getUint32(at + word * 4));
    if (tag === 0x8769 || tag === 0x8825)
      Object.assign(
        found,
        list(tiff, tag.toString(16), () => tiff.getUint32(at))
      );
  }
  return found;
}

const text = (view: DataView, at: number, count: number): string =>
  String.fromCharCode(...Array.from({ length: count }, (_, i) => view.getUint8(at + i)));
