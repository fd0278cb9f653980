import { type PDFDict, PDFName, PDFNumber, PDFRawStream } from '@cantoo/pdf-lib';
import { dictOf, nameOf, numberOf, stringOf, value } from '../file.ts';
import type { FontUse } from '../marking.ts';
import { isComposite, isEmbedded, programOf, type ShownFont } from './font.ts';
import { type Reading, readFonts } from './reader.ts';

/** A code that a font without a program shows. */
export interface Code {
  code: number;
  /** Of a composite font: the character that its CMap has for the code. */
  cid: number;
  /** 1/1000 of the size, as the dictionary or the metrics of the standard fonts say. */
  width: number;
  /** What it is read as. */
  text: string;
  /** What its glyph shows, by the encoding or the collection alone where these tell; '' where nothing does. */
  sign: string;
  /** The glyph's name by the encoding of a simple font's dictionary. */
  name: string | undefined;
  /** Of a simple font: whether its encoding has no glyph for the code. */
  isUndefined: boolean;
}

/** Character collections whose characters are known (ISO 32000-1, 9.7.5.2), by the names of CMaps. */
const collections: readonly (readonly [cmaps: RegExp, ordering: string])[] = [
  [/RKSJ|JIS|^(?:EUC-|Ext-|Add-)?[HV]$/, 'Japan1'],
  [/GB/, 'GB1'],
  [/B5|CNS/, 'CNS1'],
  [/KS/, 'Korea1'],
];
const orderings = [...collections.map(([, ordering]) => ordering), 'KR'];

/** The collection of a composite font's characters: by its CMap or, where that has none, by its own word. */
export function orderingOf(font: PDFDict): string | undefined {
  const cmap = nameOf(value(font, 'Encoding')) ?? '';
  const ofCmap = collections.find(([cmaps]) => cmaps.test(cmap))?.[1];
  if (ofCmap !== undefined) return ofCmap;
  const own = stringOf(value(dictOf(value(programOf(font), 'CIDSystemInfo')), 'Ordering'));
  return orderings.find((ordering) => ordering === own);
}

export function isVertical(font: PDFDict): boolean {
  const encoding = value(font, 'Encoding');
  return encoding instanceof PDFRawStream
    ? numberOf(value(encoding.dict, 'WMode')) === 1
    : /(?:^|-)V$/.test(nameOf(encoding) ?? '');
}

/** What a font without a program shows; undefined where its CMap cannot be read. */
export async function codesOf({ dict, use }: ShownFont, reading: Reading): Promise<Code[] | undefined> {
  const isNamed = !isComposite(dict) || orderingOf(dict) !== undefined;
  const cids = isComposite(dict) ? await charactersOf(dict, use) : () => 0;
  if (!cids) return undefined;
  return [...reading.glyphs].map(([code, { text, derived, name, width }]) => {
    const cid = cids(code);
    const sign = isNamed ? derived : text || signOfGlyph(cid);
    const isUndefined =
      !isComposite(dict) && !isEmbedded(dict) && derived === '' && ['', '.notdef'].includes(name ?? '');
    return { code, cid, width, text, sign, name, isUndefined };
  });
}

/** Fonts of Windows have their first glyphs in the order of the Macintosh: what a number without a map means there. */
function signOfGlyph(glyph: number): string {
  const code = glyph < 98 ? glyph + 29 : glyph + 30;
  return glyph >= 3 && code <= 0xff ? new TextDecoder('macintosh').decode(Uint8Array.of(code)) : '';
}

/** The CMap's characters of codes: of a copy where every character is as wide as its number, a reader tells them. */
async function charactersOf(font: PDFDict, use: FontUse): Promise<((code: number) => number) | undefined> {
  if (/^Identity-[HV]$/.test(nameOf(value(font, 'Encoding')) ?? '')) return (code) => code;
  const { context } = font;
  const [copy, program] = [font.clone(), programOf(font)?.clone() ?? context.obj({})];
  copy.delete(PDFName.of('ToUnicode'));
  program.set(PDFName.of('FontDescriptor'), context.obj({ Type: 'FontDescriptor', Flags: 4 }));
  program.set(PDFName.of('DW'), PDFNumber.of(0));
  program.set(PDFName.of('W'), context.obj([0, Array.from({ length: 0x10000 }, (_, cid) => cid)]));
  copy.set(PDFName.of('DescendantFonts'), context.obj([program]));
  const glyphs = (await readFonts(new Map([[copy, use]]))).get(copy)?.glyphs;
  return glyphs && ((code) => glyphs.get(code)?.width ?? 0);
}

/** Whether a code shows a blank, or is a control code without a glyph. */
export function drawsNothing({ name }: ShownFont, { code, sign, isUndefined }: Code): boolean {
  if (/symbol|dings/i.test(name)) return sign === ' ' && code === 0x20;
  return (isUndefined && code < 0x20) || /^[\p{Zs}\p{Cc}\u200b]+$/u.test(sign);
}
