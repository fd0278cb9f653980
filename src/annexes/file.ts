import { constants, inflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFParser,
  PDFRawStream,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { unpredicted } from './predictor.ts';
import { DamagedAnnex } from './problem.ts';

/** A page with what it inherits (ISO 32000-1, 7.7.3.4). */
export interface SourcePage {
  ref: PDFRef;
  dict: PDFDict;
  resources: PDFDict | undefined;
  /** MediaBox and CropBox: left, bottom, right, top in pt. */
  media: Box;
  crop: Box;
  /** 0, 90, 180 or 270 */
  rotation: number;
}
export type Box = [left: number, bottom: number, right: number, top: number];

/** Objects of one PDF, looked up through its references. */
export interface SourceFile {
  context: PDFContext;
  catalog: PDFDict;
  encrypted: boolean;
}

/** Bytes that any one stream may inflate to: more is a bomb. */
const largestStream = 512 * 1024 * 1024;

/** Opens a PDF. Throws DamagedAnnex when it is none or is cut off, and what the library throws. */
export async function openFile(bytes: Uint8Array): Promise<SourceFile> {
  const ends = (from: number, to?: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1');
  if (!/%PDF-\d/.test(ends(0, 1024))) throw new DamagedAnnex('PDF ではありません');
  if (!/startxref\s+\d+\s+%%EOF/.test(ends(-2048))) throw new DamagedAnnex('ファイルが途中で切れています');
  const context = await PDFParser.forBytesWithOptions(bytes, Number.POSITIVE_INFINITY).parseDocument();
  const catalog = context.lookup(context.trailerInfo.Root);
  if (context.trailerInfo.Encrypt) return { context, catalog: context.obj({}), encrypted: true };
  if (!(catalog instanceof PDFDict)) throw new DamagedAnnex('文書の目録がありません');
  return { context, catalog, encrypted: false };
}

/** Names that are looked up in every element: the library takes long to make one of a string. */
const frequent: Readonly<Record<string, PDFName>> = Object.fromEntries(
  (
    'A ActualText Alt C ColSpan E Filter FontDescriptor Headers ID K Lang MCID NS O Obj P Parent PatternType Pg Resources RoleMapNS RowSpan S ' +
    'Scope Stm StructParents Subtype T Type'
  )
    .split(' ')
    .map((key) => [key, PDFName.of(key)]),
);
const nameFor = (key: string): PDFName => frequent[key] ?? PDFName.of(key);

export const value = (dict: PDFDict | undefined, key: string): PDFObject | undefined => {
  const found = dict?.get(nameFor(key));
  return found instanceof PDFRef ? (dict as PDFDict).context.lookup(found) : found;
};
export const raw = (dict: PDFDict, key: string): PDFObject | undefined => dict.get(nameFor(key));
export const dictOf = (object: PDFObject | undefined): PDFDict | undefined =>
  object instanceof PDFRawStream ? object.dict : object instanceof PDFDict ? object : undefined;
/** A name as it is written, without its slash: what is escaped stays escaped. */
export const nameOf = (object: PDFObject | undefined): string | undefined =>
  object instanceof PDFName ? object.asString().slice(1) : undefined;
export const numberOf = (object: PDFObject | undefined): number | undefined =>
  object instanceof PDFNumber ? object.asNumber() : undefined;
export const stringOf = (object: PDFObject | undefined): string | undefined =>
  object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : undefined;
/** Whether a text has the form of a language tag: another one would make the PDF invalid (ISO 14289-1, 7.2). */
export const isLanguage = (tag: string): boolean => /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(tag);
/** Lang of the whole or of an element, where it is one; ja_JP is written so often that it is read. */
export const languageOf = (dict: PDFDict): string | undefined => {
  const tag = (stringOf(value(dict, 'Lang')) ?? '').replaceAll('_', '-');
  return isLanguage(tag) ? tag : undefined;
};
/** The bytes of a string as one character each: names of destinations and IDs are compared by them. */
export const bytesOf = (object: PDFObject | undefined): string | undefined =>
  object instanceof PDFString || object instanceof PDFHexString
    ? Buffer.from(object.asBytes()).toString('latin1')
    : undefined;
/** An array's members, looked up. */
export const itemsOf = (object: PDFObject | undefined): (PDFObject | undefined)[] =>
  object instanceof PDFArray ? Array.from({ length: object.size() }, (_, index) => object.lookup(index)) : [];

/** The pages in order, each once. Throws DamagedAnnex when the page tree is broken. */
export function pagesOf({ catalog, context }: SourceFile, most: number): SourcePage[] {
  const pages: SourcePage[] = [];
  const seen = new Set<string>();
  const stack: { ref: PDFObject | undefined; inherited: PDFDict[] }[] = [{ ref: raw(catalog, 'Pages'), inherited: [] }];
  while (stack.length > 0) {
    const { ref, inherited } = stack.pop() as (typeof stack)[number];
    const node = ref instanceof PDFRef ? context.lookup(ref) : undefined;
    if (!(ref instanceof PDFRef) || !(node instanceof PDFDict) || seen.has(ref.tag))
      throw new DamagedAnnex('ページの一覧が壊れています');
    seen.add(ref.tag);
    const chain = [node, ...inherited];
    const kids = value(node, 'Kids');
    if (kids instanceof PDFArray) {
      for (const kid of kids.asArray().toReversed()) stack.push({ ref: kid, inherited: chain });
    } else {
      pages.push({ ref, dict: node, ...inheritedOf(chain) });
      if (pages.length > most) return pages;
    }
  }
  const count = numberOf(value(dictOf(value(catalog, 'Pages')), 'Count'));
  if (pages.length === 0 || count !== pages.length) throw new DamagedAnnex('ページの数が合いません');
  return pages;
}

function inheritedOf(chain: PDFDict[]): Pick<SourcePage, 'resources' | 'media' | 'crop' | 'rotation'> {
  const nearest = (key: string) => chain.map((dict) => value(dict, key)).find((found) => found !== undefined);
  const media = boxOf(nearest('MediaBox')) ?? [0, 0, 612, 792];
  const wanted = boxOf(nearest('CropBox')) ?? media;
  const crop = [0, 1, 2, 3].map((side) =>
    Math[side < 2 ? 'max' : 'min'](wanted[side] as number, media[side] as number),
  ) as Box;
  const rotation = (((numberOf(nearest('Rotate')) ?? 0) % 360) + 360) % 360;
  const size = [crop[2] - crop[0], crop[3] - crop[1]];
  const shown = size.every((length) => length >= 3) ? crop : media;
  return { resources: dictOf(nearest('Resources')), media, crop: shown, rotation: rotation % 90 === 0 ? rotation : 0 };
}

function boxOf(object: PDFObject | undefined): Box | undefined {
  const sides = itemsOf(object).map(numberOf);
  const [a, b, c, d] = sides;
  if (sides.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

/** The names of the stream's filters. */
export const filtersOf = (stream: PDFRawStream): (string | undefined)[] => {
  const filter = value(stream.dict, 'Filter');
  return filter === undefined ? [] : filter instanceof PDFArray ? itemsOf(filter).map(nameOf) : [nameOf(filter)];
};

const unreadable = '圧縮されたデータを元に戻せません';

/** A stream's data after its filters, but for those of pictures, which are left. Throws DamagedAnnex. */
export function decoded(stream: PDFRawStream, leniently = false): Uint8Array {
  const data = inflated(stream, leniently);
  const written = value(stream.dict, 'DecodeParms');
  const parameters = (dictOf(written) ? [written] : itemsOf(written)).map(dictOf);
  const number = (place: number, key: string, otherwise: number) =>
    numberOf(value(parameters[place], key)) ?? otherwise;
  const place = parameters.findIndex((_, index) => number(index, 'Predictor', 1) > 1);
  if (place < 0) return data;
  const [kind, colors] = [number(place, 'Predictor', 1), number(place, 'Colors', 1)];
  const [bits, columns] = [number(place, 'BitsPerComponent', 8), number(place, 'Columns', 1)];
  const isLast = place === filtersOf(stream).length - 1;
  const result = isLast ? unpredicted(data, { kind, colors, bits, columns }) : undefined;
  if (!result) throw new DamagedAnnex(unreadable);
  return result;
}

/**
 * The same, its predictor left in. An end that is missing is borne with where `leniently`: some producers leave the check
 * sum out. Throws DamagedAnnex.
 */
export function inflated(stream: PDFRawStream, leniently: boolean): Uint8Array {
  const filters = filtersOf(stream);
  try {
    if (filters.length === 0) return stream.contents;
    if (filters.length === 1 && filters[0] === 'FlateDecode')
      return inflateSync(stream.contents, {
        maxOutputLength: largestStream,
        ...(leniently ? { finishFlush: constants.Z_SYNC_FLUSH } : {}),
      });
    return decodePDFRawStream(stream).decode();
  } catch {
    throw new DamagedAnnex(unreadable);
  }
}
