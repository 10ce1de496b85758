// The shapes of Lucide's icons as markup.

/** Shapes with their attributes, as Lucide's icons hold them. */
export type IconNode = readonly (readonly [shape: string, attributes: Readonly<Record<string, string>>])[];

/** The markup of an icon's shapes. They are constants of a library: nothing that a person typed is among them. */
export function drawing(node: IconNode): string {
  const shapes = node.map(([shape, attributes]) => {
    const named = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
    return `<${shape}${named.join('')}/>`;
  });
  return shapes.join('');
}
