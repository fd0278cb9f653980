/** Signs that pdf.js does not know, as TeX's fonts name them. */
const ofTex: Record<string, string> = {
  coproduct: '∐',
  mapsto: '↦',
  owner: '∋',
  vector: '\u20d7',
  tie: '\u0361',
  visiblespace: '␣',
  hyphenchar: '-',
  polishlcross: '\u0337',
  epsilon1: 'ϵ',
  rho1: 'ϱ',
  lscript: 'ℓ',
  slurabove: '⌒',
  slurbelow: '⌣',
  star: '⋆',
};

/** What a glyph's name says where pdf.js makes nothing of it; undefined where it says nothing. */
export function textOfName(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  return Object.hasOwn(ofTex, name) ? ofTex[name] : undefined;
}
