import { PDFDict, PDFName, PDFNumber, PDFRawStream } from '@cantoo/pdf-lib';
import { dictOf, nameOf, numberOf, stringOf, value } from '../file.ts';
import { isComposite, programOf, type ShownFont } from './font.ts';
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
  /** What its glyph shows, by the encoding or the collection alone; undefined where nothing tells. */
  sign: string | undefined;
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

/** Reads the font again without its ToUnicode, which may tell otherwise than its glyphs look, and without any program. */
export async function codesOf({ dict, use }: ShownFont, reading: Reading): Promise<Code[]> {
  const bare = bareOf(dict);
  const shown = (await readFonts(new Map([[bare, use]]))).get(bare);
  const isNamed = !isComposite(dict) || orderingOf(dict) !== undefined;
  return [...reading.glyphs].map(([code, { text, width }]) => {
    const read = shown?.glyphs.get(code);
    const sign = isNamed ? read?.text : reading.knowsTexts ? text : undefined;
    return { code, cid: isComposite(dict) ? (read?.width ?? 0) : 0, width, text, sign };
  });
}

/** Of a composite font, every character is as wide as its number: so its reader tells the characters of the codes. */
function bareOf(font: PDFDict): PDFDict {
  const bare = without(font, ['ToUnicode']);
  const program = isComposite(font) ? without(programOf(font) ?? font.context.obj({}), ['DW']) : bare;
  const descriptor = dictOf(value(program, 'FontDescriptor'));
  if (descriptor)
    program.set(PDFName.of('FontDescriptor'), without(descriptor, ['FontFile', 'FontFile2', 'FontFile3']));
  if (program === bare) return bare;
  const widths = font.context.obj(Array.from({ length: 0x10000 }, (_, cid) => cid));
  program.set(PDFName.of('DW'), PDFNumber.of(0));
  program.set(PDFName.of('W'), font.context.obj([0, widths]));
  bare.set(PDFName.of('DescendantFonts'), font.context.obj([program]));
  return bare;
}

/** A copy of a dictionary. */
function without(dict: PDFDict, keys: string[]): PDFDict {
  const copy = PDFDict.fromMapWithContext(new Map(dict.entries()), dict.context);
  for (const key of keys) copy.delete(PDFName.of(key));
  return copy;
}

/** Whether a code shows a blank, or a control character of a simple font, which has no glyph. */
export function drawsNothing({ dict, name }: ShownFont, { code, sign }: Code): boolean {
  if (/symbol|dings|dingbats/i.test(name)) return !isComposite(dict) && code === 0x20;
  return sign !== undefined && (isComposite(dict) ? /^[\p{Zs}\u200b]+$/u : /^[\p{Zs}\p{Cc}\u200b]$/u).test(sign);
}
