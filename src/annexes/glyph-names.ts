import { PDFDict, PDFName, PDFNumber, PDFRawStream } from '@cantoo/pdf-lib';
import { Encodings } from '@cantoo/pdf-lib/standard-fonts';
import { decoded, dictOf, itemsOf, nameOf, numberOf, value } from './file.ts';

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
  period: '.',
  comma: ',',
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
  return { texts, standard: [...names.values()].every((name) => known(name) !== undefined) };
}

function namesOf(font: PDFDict): Map<number, string> | undefined {
  const encoding = value(font, 'Encoding');
  if (encoding instanceof PDFName) return undefined; // a standard one
  const names = new Map(builtIn(font));
  if (encoding instanceof PDFDict) {
    let code = 0;
    for (const item of itemsOf(value(encoding, 'Differences'))) {
      if (item instanceof PDFNumber) code = item.asNumber();
      else if (item instanceof PDFName) names.set(code++, nameOf(item) ?? '');
    }
  }
  return names;
}

/** The encoding in the clear part of a Type 1 program: dup 65 /A put. */
function builtIn(font: PDFDict): [number, string][] {
  const program = value(dictOf(value(font, 'FontDescriptor')), 'FontFile');
  if (!(program instanceof PDFRawStream)) return [];
  const length = numberOf(value(program.dict, 'Length1')) ?? 0;
  const clear = Buffer.from(decoded(program).subarray(0, length)).toString('latin1');
  return [...clear.matchAll(/dup\s+(\d+)\s*\/(\S+)\s+put/g)].map(([, code, name = '']) => [Number(code), name]);
}

function standardNames(): (name: string) => string | undefined {
  const listed = new Map<string, string>(Object.entries(ligatures));
  for (const encoding of [Encodings.WinAnsi, Encodings.Symbol])
    for (const code of encoding.supportedCodePoints)
      listed.set(encoding.encodeUnicodeCodePoint(code).name, String.fromCodePoint(code));
  return (name) => {
    const found = listed.get(name);
    if (found !== undefined) return found;
    const hex = /^(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))$/.exec(name);
    if (hex) return String.fromCodePoint(Math.min(Number.parseInt(hex[1] ?? hex[2] ?? '0', 16), 0x10ffff));
    const accented = /^([A-Za-z])([a-z]+)$/.exec(name);
    const accent = accented && Object.hasOwn(accents, accented[2] ?? '') ? accents[accented[2] ?? ''] : undefined;
    return accent === undefined ? undefined : `${accented?.[1]}${accent}`.normalize('NFC');
  };
}

function texText(name: string, known: (name: string) => string | undefined): string | undefined {
  for (const tried of [name, name.replace(sizes, ''), name.replace(sizes, '').replace(sizes, '')]) {
    const found = Object.hasOwn(ofTex, tried) ? ofTex[tried] : known(tried);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A ToUnicode CMap of one-byte codes; what nothing is known of is U+FFFD. */
export function toUnicode(texts: ReadonlyMap<number, string | undefined>): Uint8Array {
  const lines = Array.from({ length: 256 }, (_, code) => {
    const text = texts.get(code) || '\ufffd';
    const hex = Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();
    return `<${code.toString(16).toUpperCase().padStart(2, '0')}> <${hex}>`;
  });
  const blocks = [0, 100, 200].map((from) => lines.slice(from, from + 100));
  return Buffer.from(
    [
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
      '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
      '1 begincodespacerange <00> <FF> endcodespacerange',
      ...blocks.map((block) => `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`),
      'endcmap CMapName currentdict /CMap defineresource pop end end',
    ].join('\n'),
  );
}

/** The texts of the one-byte codes that a ToUnicode CMap maps (ISO 32000-1, 9.10.3). */
export function mappedTexts(map: Uint8Array): Map<number, string> {
  const source = Buffer.from(map).toString('latin1');
  const texts = new Map<number, string>();
  const textOf = (hex: string) =>
    Buffer.from(hex.length % 4 === 0 ? hex : '', 'hex')
      .swap16()
      .toString('utf16le');
  for (const [, body = ''] of source.matchAll(/beginbfchar(.*?)endbfchar/gs))
    for (const [, code = '', text = ''] of body.matchAll(/<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]+)>/g))
      texts.set(Number.parseInt(code, 16), textOf(text));
  for (const [, body = ''] of source.matchAll(/beginbfrange(.*?)endbfrange/gs))
    for (const [, from = '', to = '', first, list = ''] of body.matchAll(
      /<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{2})>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])/g,
    )) {
      const members = [...list.matchAll(/<([0-9A-Fa-f]+)>/g)].map(([, hex = '']) => textOf(hex));
      const [start, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      for (let code = start; code <= end; code += 1) {
        const text = first === undefined ? members[code - start] : following(textOf(first), code - start);
        if (text !== undefined) texts.set(code, text);
      }
    }
  return texts;
}

/** The text of a range whose first is `text`: its last unit counts on. */
const following = (text: string, by: number): string =>
  text.slice(0, -1) + String.fromCharCode((text.charCodeAt(text.length - 1) || 0) + by);
