import { dictOf, itemsOf, nameOf, numberOf, value } from '../source/file.ts';
import { type PDFDict, PDFName, PDFNumber } from '../source/pdf.ts';
import { macOsRoman, macRomanEncoding, notdef, standardEncoding, winAnsiEncoding } from './encodings.ts';

const symbolic = 4;
const nonsymbolic = 32;

const named = new Map([
  ['WinAnsiEncoding', winAnsiEncoding],
  ['MacRomanEncoding', macRomanEncoding],
]);
/** The same as readers have it: with all signs of Mac OS, and letters for expert signs; few know StandardEncoding here. */
const namedByReaders = new Map([
  ['WinAnsiEncoding', winAnsiEncoding],
  ['MacRomanEncoding', macOsRoman],
  ['MacExpertEncoding', winAnsiEncoding],
]);

/** How a simple font's dictionary names its codes (ISO 32000-1, 9.6.6). */
export interface SimpleEncoding {
  /** Whether there is an Encoding at all. */
  isThere: boolean;
  base: string | undefined;
  differences: ReadonlyMap<number, string>;
  isSymbolic: boolean;
  /** Flag 6, which says the same the other way round; fonts have both, or none. */
  isNonsymbolic: boolean;
}

export function encodingOf(font: PDFDict): SimpleEncoding {
  const encoding = value(font, 'Encoding');
  const differences = new Map<number, string>();
  let code = 0;
  for (const item of itemsOf(value(dictOf(encoding), 'Differences')))
    if (item instanceof PDFNumber) code = item.asNumber();
    else if (item instanceof PDFName) differences.set(code++, item.decodeText());
  const flags = numberOf(value(dictOf(value(font, 'FontDescriptor')), 'Flags')) ?? 0;
  return {
    isThere: encoding !== undefined,
    base: nameOf(encoding) ?? nameOf(value(dictOf(encoding), 'BaseEncoding')),
    differences,
    isSymbolic: (flags & symbolic) !== 0,
    isNonsymbolic: (flags & nonsymbolic) !== 0,
  };
}

/** The name that the dictionary alone gives a code, as the validator reads it; undefined: the program's own encoding. */
export function writtenName({ base, differences }: SimpleEncoding, code: number): string | undefined {
  const listed = differences.get(code);
  if (listed !== undefined) return listed;
  const table = named.get(base ?? '');
  return table && (table[code] ?? notdef);
}

/** The name by which readers find a code's glyph; undefined: the program's own encoding. */
export function readName({ base, differences, isSymbolic }: SimpleEncoding, code: number): string | undefined {
  const table = namedByReaders.get(base ?? '');
  const fallback = isSymbolic ? undefined : standardEncoding;
  const name = differences.get(code) ?? (table ?? fallback)?.[code];
  return name === notdef && !differences.has(code) ? undefined : name;
}

/** Names its shown codes one by one. */
export function writeDifferences(font: PDFDict, names: ReadonlyMap<number, string>, base?: string): void {
  const { context } = font;
  const differences = context.obj([]);
  for (const [code, name] of [...names].sort(([a], [b]) => a - b)) {
    differences.push(PDFNumber.of(code));
    differences.push(PDFName.of(name));
  }
  const encoding = context.obj({ Type: 'Encoding', ...(base === undefined ? {} : { BaseEncoding: base }) });
  encoding.set(PDFName.of('Differences'), differences);
  font.set(PDFName.of('Encoding'), encoding);
}

/** In a descriptor of the font's own. */
export function setSymbolic(descriptor: PDFDict, isSymbolic: boolean): void {
  const flags = numberOf(value(descriptor, 'Flags')) ?? 0;
  const others = flags & ~(symbolic | nonsymbolic);
  descriptor.set(PDFName.of('Flags'), PDFNumber.of(others | (isSymbolic ? symbolic : nonsymbolic)));
}
