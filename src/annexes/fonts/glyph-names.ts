import { Encodings } from '@cantoo/pdf-lib/standard-fonts';

/** Signs as TeX's fonts name them. */
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

/**
 * What a glyph's name says where pdf.js makes nothing of it: names of parts, A_B, and of variants, A.alt (Adobe Glyph List
 * Specification, 2). Undefined where it says nothing.
 */
export function textOfName(name: string | undefined): string | undefined {
  const [base = ''] = name?.split('.', 1) ?? [];
  if (base === '') return undefined;
  const parts = base
    .split('_')
    .map((part) => (Object.hasOwn(ofTex, part) ? ofTex[part] : (numbered(part) ?? standardText(part))));
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** uni304B, uni304B3099, u2000B */
function numbered(name: string): string | undefined {
  const [, units, number] = /^(?:uni((?:[\dA-F]{4})+)|u([\dA-F]{4,6}))$/.exec(name) ?? [];
  const codes = units ? (units.match(/.{4}/g) as string[]) : number ? [number] : [];
  const numbers = codes.map((code) => Number.parseInt(code, 16));
  return codes.length > 0 && numbers.every((code) => code <= 0x10ffff) ? String.fromCodePoint(...numbers) : undefined;
}

const known = new Map<string, string>();

/** By the names of the letters and signs of Latin and of Symbol, which all readers know. */
export function standardText(name: string): string | undefined {
  if (known.size === 0)
    for (const encoding of [Encodings.WinAnsi, Encodings.Symbol])
      for (const code of encoding.supportedCodePoints) {
        const { name } = encoding.encodeUnicodeCodePoint(code);
        // The first of several is the common one: a space, not the one that does not break.
        if (!known.has(name)) known.set(name, String.fromCodePoint(code));
      }
  return known.get(name);
}
