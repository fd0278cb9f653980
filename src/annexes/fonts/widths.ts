import { dictOf, itemsOf, numberOf, raw, value } from '../source/file.ts';
import { PDFArray, type PDFDict, PDFName, PDFNumber } from '../source/pdf.ts';

/** Widths by code that a simple font's dictionary tells (ISO 32000-1, 9.6.2.1); undefined: it has no Widths at all. */
export function simpleWidths(font: PDFDict): ((code: number) => number) | undefined {
  const widths = value(font, 'Widths');
  if (!(widths instanceof PDFArray)) return undefined;
  const listed = itemsOf(widths).map((width) => numberOf(width) ?? 0);
  const first = numberOf(value(font, 'FirstChar')) ?? 0;
  const otherwise = numberOf(value(dictOf(value(font, 'FontDescriptor')), 'MissingWidth')) ?? 0;
  return (code) => listed[code - first] ?? otherwise;
}

/** Whether FirstChar, LastChar and Widths are there and agree (ISO 19005-3, 6.2.11.2). */
export function hasWholeWidths(font: PDFDict): boolean {
  const [first, last] = [numberOf(value(font, 'FirstChar')), numberOf(value(font, 'LastChar'))];
  const widths = value(font, 'Widths');
  if (!(widths instanceof PDFArray) || first === undefined || last === undefined) return false;
  return Number.isInteger(first) && Number.isInteger(last) && widths.size() === last - first + 1;
}

/** Writes all three anew: the same widths, as long as they are those of codes. */
export function writeWidths(font: PDFDict, codes: ReadonlySet<number>, width: (code: number) => number): void {
  const sorted = [...codes].sort((a, b) => a - b);
  const [first, last] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const { context } = font;
  const widths = Array.from({ length: last - first + 1 }, (_, index) => width(first + index));
  font.set(PDFName.of('FirstChar'), PDFNumber.of(first));
  font.set(PDFName.of('LastChar'), PDFNumber.of(last));
  font.set(PDFName.of('Widths'), context.obj(widths));
}

/** Widths by CID that a descendant font's dictionary tells (ISO 32000-1, 9.7.4.3). */
export function cidWidths(descendant: PDFDict): (cid: number) => number {
  const single = new Map<number, number>();
  const ranges: { from: number; to: number; width: number }[] = [];
  const items = itemsOf(value(descendant, 'W'));
  for (let at = 0; at < items.length; ) {
    const from = numberOf(items[at]) ?? 0;
    const next = items[at + 1];
    if (next instanceof PDFArray) {
      for (const [index, width] of itemsOf(next).entries()) single.set(from + index, numberOf(width) ?? 0);
      at += 2;
    } else {
      ranges.push({ from, to: numberOf(next) ?? from, width: numberOf(items[at + 2]) ?? 0 });
      at += 3;
    }
  }
  const otherwise = numberOf(value(descendant, 'DW')) ?? 1000;
  return (cid) => single.get(cid) ?? ranges.find(({ from, to }) => cid >= from && cid <= to)?.width ?? otherwise;
}

/** Widths of more CIDs, in an array of the font's own. */
export function addCidWidths(descendant: PDFDict, widths: ReadonlyMap<number, number>): void {
  const { context } = descendant;
  const old = value(descendant, 'W');
  const array = context.obj([]) as PDFArray;
  for (const item of old instanceof PDFArray ? old.asArray() : []) array.push(item);
  for (const [cid, width] of widths) {
    array.push(PDFNumber.of(cid));
    array.push(context.obj([width]));
  }
  descendant.set(PDFName.of('W'), array);
}

export const hasName = (font: PDFDict): boolean =>
  raw(font, 'BaseFont') !== undefined && value(font, 'BaseFont') instanceof PDFName;
