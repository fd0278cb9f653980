const svgNamespace = 'http://www.w3.org/2000/svg';

/** An SVG element with attributes and children; text is always text. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[Name] {
  const created = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes))
    created.setAttribute(key, typeof value === 'number' ? String(Math.round(value * 100) / 100) : value);
  created.append(...children);
  return created;
}
