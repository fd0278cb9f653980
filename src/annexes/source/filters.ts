import { zlibSync } from 'fflate';
import { DamagedAnnex, LargeAnnex } from '../problem.ts';
import {
  largestData,
  ofAscii85,
  ofFlate,
  ofHexadecimal,
  ofLzw,
  ofRunLength,
  tooLarge,
  unreadable,
} from './decoders.ts';
import { dictOf, itemsOf, nameOf, numberOf, value } from './lookup.ts';
import { PDFArray, type PDFContext, PDFDict, PDFName, PDFNull, type PDFObject, type PDFRawStream } from './pdf.ts';
import { unpredicted } from './predictor.ts';

/** Bytes that all of these may have together, each time that they are read. */
const largestTotal = 256 * 1024 * 1024;
/** Bytes of pictures that are looked through; what comes then is left as it is. */
const mostPictures = 1024 * 1024 * 1024;
/** Bytes of data that are kept, to be looked at again. */
const mostKept = 64 * 1024 * 1024;

/** What was unpacked of an annex, by its objects. */
interface Unpacked {
  /** Bytes so far of data, and of pictures */
  data: number;
  pictures: number;
  /** Data by their streams, with what these were; undefined when they are no longer wanted. */
  kept: Map<PDFRawStream, { contents: Uint8Array; filter: PDFObject | undefined; data: Uint8Array }> | undefined;
}
const totals = new WeakMap<PDFContext, Unpacked>();

function unpackedOf(context: PDFContext): Unpacked {
  const found = totals.get(context) ?? { data: 0, pictures: 0, kept: new Map() };
  totals.set(context, found);
  return found;
}

/** Lets go of the data that were kept while an annex was read. */
export function forgetData(context: PDFContext): void {
  unpackedOf(context).kept = undefined;
}

/** Names that filters have in inline images (ISO 32000-1, 8.9.7); readers know them everywhere. */
const abbreviated: Readonly<Record<string, string>> = {
  AHx: 'ASCIIHexDecode',
  A85: 'ASCII85Decode',
  LZW: 'LZWDecode',
  Fl: 'FlateDecode',
  RL: 'RunLengthDecode',
  CCF: 'CCITTFaxDecode',
  DCT: 'DCTDecode',
};

/** The names of the stream's filters. */
export const filtersOf = (stream: PDFRawStream): (string | undefined)[] => {
  const filter = value(stream.dict, 'Filter');
  return filter === undefined ? [] : filter instanceof PDFArray ? itemsOf(filter).map(nameOf) : [nameOf(filter)];
};

const parametersOf = (stream: PDFRawStream): (PDFDict | undefined)[] => {
  const written = value(stream.dict, 'DecodeParms');
  return (written instanceof PDFDict ? [written] : itemsOf(written)).map(dictOf);
};

function setFilters(stream: PDFRawStream, filters: { name: string | undefined; parameters: PDFDict | undefined }[]) {
  const { dict } = stream;
  const { context } = dict;
  const set = (key: string, items: PDFObject[]) => {
    if (items.every((item) => item === PDFNull)) dict.delete(PDFName.of(key));
    else dict.set(PDFName.of(key), items.length === 1 ? (items[0] as PDFObject) : context.obj(items));
  };
  set(
    'Filter',
    filters.map(({ name }) => PDFName.of(name ?? 'Unknown')),
  );
  set(
    'DecodeParms',
    filters.map(({ parameters }) => parameters ?? PDFNull),
  );
}

/** Filters by their whole names, each with its parameters; what is null or does nothing is left out. */
export function mendFilters(stream: PDFRawStream): void {
  const names = filtersOf(stream);
  const written = value(stream.dict, 'Filter');
  const parameters = parametersOf(stream);
  const filters = names.flatMap((name, index) => {
    const isNothing = written instanceof PDFArray && (written.lookup(index) ?? PDFNull) === PDFNull;
    const isIdentity = name === 'Crypt' && (nameOf(value(parameters[index], 'Name')) ?? 'Identity') === 'Identity';
    return isNothing || isIdentity ? [] : [{ name: abbreviated[name ?? ''] ?? name, parameters: parameters[index] }];
  });
  const isSame = filters.length === names.length && filters.every(({ name }, index) => name === names[index]);
  const fits =
    parameters.length <= names.length && (names.length > 0 || value(stream.dict, 'DecodeParms') === undefined);
  if (!isSame || !fits || (written instanceof PDFArray && names.length === 0)) setFilters(stream, filters);
}

/** A stream's data after its filters. Throws DamagedAnnex, also where it is a picture's. */
export function decoded(stream: PDFRawStream): Uint8Array {
  const data = inflated(stream);
  const filters = filtersOf(stream);
  if (data === undefined || filters.some((name) => name !== 'FlateDecode')) throw new DamagedAnnex(unreadable);
  const [parameters] = parametersOf(stream);
  const number = (key: string, otherwise: number) => numberOf(value(parameters, key)) ?? otherwise;
  const kind = number('Predictor', 1);
  if (filters.length === 0 || kind <= 1) return data;
  const [colors, bits, columns] = [number('Colors', 1), number('BitsPerComponent', 8), number('Columns', 1)];
  const result = unpredicted(data, { kind, colors, bits, columns });
  if (!result) throw new DamagedAnnex(unreadable);
  return result;
}

/** Streams whose data were packed anew. */
export const repacked = new WeakSet<PDFRawStream>();

/**
 * A stream's data, its predictor and the filters of pictures left in; undefined of a picture that is too large to be
 * looked through. What readers read though it is not right, and what PDF/A forbids (ISO 19005-3, 6.1.7.2), is packed anew
 * in the stream itself: then it has no filter but Flate and those of pictures. Throws DamagedAnnex, LargeAnnex.
 */
export function inflated(stream: PDFRawStream): Uint8Array | undefined {
  const total = unpackedOf(stream.dict.context);
  const known = total.kept?.get(stream);
  const filter = stream.dict.get(PDFName.of('Filter'));
  if (known && known.contents === stream.contents && known.filter === filter) return known.data;
  const parameters = parametersOf(stream);
  const filters = filtersOf(stream).map((name, index) => ({ name, parameters: parameters[index] }));
  const isPicture = nameOf(value(stream.dict, 'Subtype')) === 'Image';
  if (isPicture && total.pictures > mostPictures) return undefined;
  let data = stream.contents;
  /** The data as the last Flate filter has packed them, where it was the last and there is nothing wrong with it. */
  let packed: { data: Uint8Array; parameters: PDFDict | undefined; isWhole: boolean } | undefined;
  let undone = 0;
  for (const { name, parameters } of filters) {
    const undo = filterOf[name ?? ''];
    if (!undo) break;
    if (packed && hasPredictor(packed.parameters)) throw new DamagedAnnex(unreadable);
    try {
      const result = undo(data, parameters);
      if (name?.startsWith('ASCII') && result.data.length === 0 && data.some(isSign))
        throw new DamagedAnnex(unreadable);
      packed = { data, parameters, isWhole: name === 'FlateDecode' && result.isRight };
      data = result.data;
    } catch (error) {
      if (error instanceof LargeAnnex && isPicture) {
        total.pictures += largestData;
        return undefined;
      }
      throw error;
    }
    undone += 1;
  }
  total[isPicture ? 'pictures' : 'data'] += data.length;
  if (total.data > largestTotal) throw tooLarge('データの合計', largestTotal);
  if (!packed || (undone === 1 && packed.isWhole)) {
    if (packed && !isPicture && total.data <= mostKept)
      total.kept?.set(stream, { contents: stream.contents, filter, data });
    return data;
  }
  const rest = filters.slice(undone);
  if (rest.length > 0) stream.contents = data;
  else {
    stream.contents = packed.isWhole ? packed.data : zlibSync(data);
    rest.push({ name: 'FlateDecode', parameters: hasPredictor(packed.parameters) ? packed.parameters : undefined });
  }
  setFilters(stream, rest);
  repacked.add(stream);
  return data;
}

/** No white space, and no mark of an end. */
const isSign = (byte: number) => byte > 0x20 && byte !== 0x3c && byte !== 0x3e && byte !== 0x7e;
const hasPredictor = (parameters: PDFDict | undefined) => (numberOf(value(parameters, 'Predictor')) ?? 1) > 1;

/** How data are unpacked, and whether they were packed as they should be; filters of pictures are not undone. */
const filterOf: Readonly<
  Record<string, (data: Uint8Array, parameters: PDFDict | undefined) => { data: Uint8Array; isRight: boolean }>
> = {
  ASCIIHexDecode: (data) => ({ data: ofHexadecimal(data), isRight: true }),
  ASCII85Decode: (data) => ({ data: ofAscii85(data), isRight: true }),
  LZWDecode: (data, parameters) => ({
    data: ofLzw(data, numberOf(value(parameters, 'EarlyChange')) ?? 1),
    isRight: true,
  }),
  RunLengthDecode: (data) => ({ data: ofRunLength(data), isRight: true }),
  FlateDecode: (data) => ofFlate(data),
};
