import { svg } from '../svg.ts';

/** Elements and attributes of Typst's SVG that a picture is made of; all else (links, scripts, styles) is left out. */
const drawn = new Set(
  'svg g path rect use defs symbol image clipPath mask linearGradient radialGradient stop pattern'.split(' '),
);
const kept = new Set(
  [
    'id d x y x1 x2 y1 y2 cx cy r fx fy fr rx ry width height href transform clip-path clip-rule mask offset',
    'fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity',
    'stroke-dasharray stroke-dashoffset opacity stop-color stop-opacity gradientTransform gradientUnits spreadMethod',
    'patternTransform patternUnits preserveAspectRatio viewBox',
  ].flatMap((line) => line.split(' ')),
);

/**
 * What Typst tells as SVG, as elements, `width` by `height` pt. Signs that several pages share stand in the document once:
 * `known` collects their ids. The browser's own parser of markup is shut by the page's policy.
 */
export function outlinesOf(text: string, width: number, height: number, known = new Set<string>()): SVGSVGElement {
  const root = svg('svg', { viewBox: `0 0 ${width} ${height}`, fill: 'none', 'aria-hidden': 'true' });
  const open: Element[] = [root];
  /** Levels below an element that is left out. */
  let skipped = 0;
  for (const [, end, name = '', attributes = '', closed] of text.matchAll(
    /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g,
  )) {
    if (name === 'svg') continue;
    if (end) {
      if (skipped > 0) skipped -= 1;
      else open.pop();
      continue;
    }
    const id = /\sid="([^"]*)"/.exec(attributes)?.[1];
    if (skipped > 0 || !drawn.has(name) || (id !== undefined && known.has(id))) {
      if (!closed) skipped += 1;
      continue;
    }
    if (id !== undefined) known.add(id);
    const created = svg(name as 'g');
    for (const [, key = '', value = ''] of attributes.matchAll(/\s([\w:-]+)="([^"]*)"/g)) {
      const plain = key.replace(/^xlink:/, '');
      if (kept.has(plain)) created.setAttribute(plain, value);
    }
    open.at(-1)?.append(created);
    if (!closed) open.push(created);
  }
  return root;
}
