import { type PDFDict, PDFName, PDFNumber, PDFRawStream } from '@cantoo/pdf-lib';
import { Encodings } from '@cantoo/pdf-lib/standard-fonts';
import { decoded, dictOf, itemsOf, numberOf, value } from '../file.ts';

/** Combining signs by the ends of glyph names: Zcaron, aogonek. */
const accents: Record<string, string> = {
  acute: '\u0301',
  breve: '\u0306',
  caron: '\u030c',
  cedilla: '\u0327',
  circumflex: '\u0302',
  commaaccent: '\u0326',
  dieresis: '\u0308',
  dotaccent: '\u0307',
  grave: '\u0300',
  hungarumlaut: '\u030b',
  macron: '\u0304',
  ogonek: '\u0328',
  ring: '\u030a',
  tilde: '\u0303',
};
const ligatures: Record<string, string> = {
  ff: 'ff',
  fi: 'fi',
  fl: 'fl',
  ffi: 'ffi',
  ffl: 'ffl',
  dotlessj: 'ȷ',
  '.notdef': '',
};
/** Signs that the standard lists lack, as TeX's fonts name them. */
const ofTex: Record<string, string> = {
  angbracketleft: '⟨',
  angbracketright: '⟩',
  vextendsingle: '|',
  vextenddouble: '‖',
  contintegral: '∮',
  coproduct: '∐',
  mapsto: '↦',
  owner: '∋',
  prime: '′',
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
/** Sizes and parts of one sign in TeX's font of large symbols. */
const sizes = /(display|text|[bB]igg?|tp|bt|ex|mid|wide[rst]*|left|right)$/;

export interface Glyphs {
  /** Unicode text by code; of names that nothing is known of, undefined. */
  texts: Map<number, string | undefined>;
  /** Whether every name is one that readers of PDF know by themselves (Adobe Glyph List). */
  standard: boolean;
}

/** What the codes of a simple font mean by the names of its glyphs; undefined when it has no names. */
export function glyphsOf(font: PDFDict): Glyphs | undefined {
  const names = namesOf(font);
  if (!names || names.size === 0) return undefined;
  const known = standardNames();
  const texts = new Map([...names].map(([code, name]) => [code, known(name) ?? texText(name, known)]));
  // A sign at code 0 is taken for the missing glyph by some readers, whatever its name.
  const standard = !names.has(0) && [...names.values()].every((name) => known(name) !== undefined);
  return { texts, standard };
}

function namesOf(font: PDFDict): Map<number, string> | undefined {
  const encoding = value(font, 'Encoding');
  if (encoding instanceof PDFName) return undefined; // a standard one
  const names = new Map(builtIn(font));
  let code = 0;
  for (const item of itemsOf(value(dictOf(encoding), 'Differences'))) {
    if (item instanceof PDFNumber) code = item.asNumber();
    else if (item instanceof PDFName) names.set(code++, item.asString().slice(1));
  }
  return names;
}

/** The encoding in the clear part of a Type 1 program: dup 65 /A put. */
function builtIn(font: PDFDict): [number, string][] {
  const program = value(dictOf(value(font, 'FontDescriptor')), 'FontFile');
  if (!(program instanceof PDFRawStream)) return [];
  const length = numberOf(value(program.dict, 'Length1')) ?? 0;
  const clear = Buffer.from(decoded(program, true).subarray(0, length)).toString('latin1');
  return [...clear.matchAll(/dup\s+(\d+)\s*\/(\S+)\s+put/g)].map(([, code, name]) => [Number(code), name as string]);
}

export function standardNames(): (name: string) => string | undefined {
  const listed = new Map<string, string | undefined>(Object.entries(ligatures));
  for (const encoding of [Encodings.WinAnsi, Encodings.Symbol])
    for (const code of encoding.supportedCodePoints) {
      const { name } = encoding.encodeUnicodeCodePoint(code);
      // The first of several is the common one: a space, not the one that does not break.
      if (!listed.has(name)) listed.set(name, publicText(code));
    }
  return (name) => {
    const found = listed.get(name);
    if (found !== undefined) return found;
    const hex = /^(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))$/.exec(name);
    if (hex) return publicText(Number.parseInt((hex[1] ?? hex[2]) as string, 16));
    const accented = /^([A-Za-z])([a-z]+)$/.exec(name);
    const [, letter, accent] = accented ?? [];
    return Object.hasOwn(accents, accent as string)
      ? `${letter}${accents[accent as string]}`.normalize('NFC')
      : undefined;
  };
}

/** Undefined for what is no character, or of the Private Use Area, where parts of large signs stand. */
function publicText(code: number): string | undefined {
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter && !/\p{Co}/u.test(String.fromCodePoint(code)) ? String.fromCodePoint(code) : undefined;
}

function texText(name: string, known: (name: string) => string | undefined): string | undefined {
  for (const tried of [name, name.replace(sizes, ''), name.replace(sizes, '').replace(sizes, '')]) {
    const found = Object.hasOwn(ofTex, tried) ? ofTex[tried] : known(tried);
    if (found !== undefined) return found;
  }
  return undefined;
}
