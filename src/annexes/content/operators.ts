// Operators of content streams (ISO 32000-1, Annex A) by what they do.

const paths = new Set(['m', 're']);
const painting = new Set(['S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'sh', 'Do', 'Tj', 'TJ', "'", '"', 'BI']);
/** What shows more than lines and areas. */
const telling = new Set(['Do', 'Tj', 'TJ', "'", '"', 'BI']);
const showing = new Set(['Tj', 'TJ', "'", '"']);
/** Marked content may not cross these: a run of artifacts ends before them. */
const barriers = new Set(['BT', 'ET', 'q', 'Q', 'BMC', 'BDC', 'EMC']);

/** Operators that name a resource, and of which kind. */
const named = new Map([
  ['cs', 'ColorSpace'],
  ['CS', 'ColorSpace'],
  ['scn', 'Pattern'],
  ['SCN', 'Pattern'],
  ['gs', 'ExtGState'],
  ['sh', 'Shading'],
]);

/** What the marking of a content goes by. */
interface Deed {
  isPath: boolean;
  isBarrier: boolean;
  /** The kind of the resource that it names. */
  names: string | undefined;
  paints: boolean;
  tells: boolean;
  shows: boolean;
}
/** Those that change the graphics state, the marks or the path that are kept. */
const setting = ['q', 'Q', 'Tf', 'Tr', 'k', 'K', 'n'];
const deeds = new Map(
  [...paths, ...painting, ...barriers, ...named.keys(), ...setting].map((operator): [string, Deed] => [
    operator,
    {
      isPath: paths.has(operator),
      isBarrier: barriers.has(operator),
      names: named.get(operator),
      paints: painting.has(operator),
      tells: telling.has(operator),
      shows: showing.has(operator),
    },
  ]),
);
/** Undefined of what neither paints nor changes what painting depends on here. */
export const deedOf = (operator: string): Deed | undefined => deeds.get(operator);
