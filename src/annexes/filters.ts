import { constants, inflateRawSync, inflateSync } from 'node:zlib';
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNull,
  type PDFObject,
  type PDFRawStream,
} from '@cantoo/pdf-lib';
import { zlibSync } from 'fflate';
import { dictOf, itemsOf, nameOf, numberOf, value } from './lookup.ts';
import { unpredicted } from './predictor.ts';
import { DamagedAnnex, LargeAnnex } from './problem.ts';

/** Bytes that what is no picture may have without its filters: more is a bomb. */
const largestData = 128 * 1024 * 1024;

/** Bytes that all of these may have together, each time that they are read. */
const largestTotal = 256 * 1024 * 1024;
/** Bytes of pictures that are looked through; what comes then is left as it is. */
const mostPictures = 1024 * 1024 * 1024;
/** Bytes of both kinds so far, by the objects of the annex. */
const totals = new WeakMap<PDFContext, { data: number; pictures: number }>();

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

const unreadable = '圧縮されたデータを元に戻せません';

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

/**
 * A stream's data, its predictor and the filters of pictures left in; undefined of a picture that is too large to be
 * looked through. What readers read though it is not right, and what PDF/A forbids (ISO 19005-3, 6.1.7.2), is packed anew
 * in the stream itself: then it has no filter but Flate and those of pictures. Throws DamagedAnnex, LargeAnnex.
 */
export function inflated(stream: PDFRawStream): Uint8Array | undefined {
  const parameters = parametersOf(stream);
  const filters = filtersOf(stream).map((name, index) => ({ name, parameters: parameters[index] }));
  const isPicture = nameOf(value(stream.dict, 'Subtype')) === 'Image';
  const total = totals.get(stream.dict.context) ?? { data: 0, pictures: 0 };
  totals.set(stream.dict.context, total);
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
  if (!packed || (undone === 1 && packed.isWhole)) return data;
  const rest = filters.slice(undone);
  if (rest.length > 0) stream.contents = data;
  else {
    stream.contents = packed.isWhole ? packed.data : zlibSync(data);
    rest.push({ name: 'FlateDecode', parameters: hasPredictor(packed.parameters) ? packed.parameters : undefined });
  }
  setFilters(stream, rest);
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

/** No data at all, an end that is missing, and a check sum that is wrong, are borne with, as readers do. */
function ofFlate(data: Uint8Array): { data: Uint8Array; isRight: boolean } {
  if (data.length <= 2 && data.every((byte) => byte === 0x0a || byte === 0x0d))
    return { data: new Uint8Array(), isRight: false };
  const limit = { maxOutputLength: largestData };
  const openEnd = { ...limit, finishFlush: constants.Z_SYNC_FLUSH };
  const attempts = [() => inflateSync(data, limit), () => inflateSync(data, openEnd)];
  const [first = 0, second = 0] = data;
  // Behind its head, without the check sum (RFC 1950, 2.2).
  if ((first & 15) === 8 && (first * 256 + second) % 31 === 0)
    attempts.push(() => inflateRawSync(data.subarray(2), openEnd));
  for (const [index, attempt] of attempts.entries())
    try {
      const result = attempt();
      if (index === 0 || result.length > 0) return { data: result, isRight: index === 0 };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    }
  throw new DamagedAnnex(unreadable);
}

const tooLarge = (what = '1つのデータ', most = largestData) => {
  const limit = `${most / 1024 / 1024} MB`;
  return new LargeAnnex(`${what}が ${limit} を超えます`, limit);
};

/** Bytes that grow, up to the limit. */
class Output {
  #bytes = new Uint8Array(4096);
  length = 0;

  /** Room for `count` more, which are counted as written. */
  grow(count: number): Uint8Array {
    this.length += count;
    if (this.length > largestData) throw tooLarge();
    if (this.length > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return this.#bytes;
  }

  add(byte: number): void {
    this.grow(1)[this.length - 1] = byte;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}

/** Four bytes of five signs (ISO 32000-1, 7.4.3); other signs are passed over, and an end may be missing. */
function ofAscii85(data: Uint8Array): Uint8Array {
  const output = new Output();
  let [number, count] = [0, 0];
  const write = (bytes: number) => {
    for (let at = 3; at > 3 - bytes; at -= 1) output.add(Math.floor(number / 256 ** at) % 256);
    [number, count] = [0, 0];
  };
  // Some begin with <~ as outside of PDF.
  const from = data[0] === 0x3c && data[1] === 0x7e ? 2 : 0;
  for (const byte of data.subarray(from)) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && count === 0) write(4);
    else if (byte >= 0x21 && byte <= 0x75) {
      number = number * 85 + (byte - 0x21);
      count += 1;
      if (count === 5) write(4);
    }
  }
  if (count > 1) {
    const bytes = count - 1;
    for (; count < 5; count += 1) number = number * 85 + 84;
    write(bytes);
  }
  return output.bytes;
}

function ofHexadecimal(data: Uint8Array): Uint8Array {
  const end = data.indexOf(0x3e);
  const text = Buffer.from(end < 0 ? data : data.subarray(0, end)).toString('latin1');
  const digits = text.replaceAll(/[^0-9A-Fa-f]/g, '');
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
}

function ofRunLength(data: Uint8Array): Uint8Array {
  const output = new Output();
  for (let at = 0; at + 1 < data.length; ) {
    const length = data[at] as number;
    if (length === 128) break;
    const count = length < 128 ? Math.min(length + 1, data.length - at - 1) : 257 - length;
    const bytes = output.grow(count);
    if (length < 128) bytes.set(data.subarray(at + 1, at + 1 + count), output.length - count);
    else bytes.fill(data[at + 1] as number, output.length - count, output.length);
    at += length < 128 ? count + 1 : 2;
  }
  return output.bytes;
}

/** Codes of 9 to 12 bits (7.4.4.2); what follows a code that is not known yet is left out. */
function ofLzw(data: Uint8Array, early: number): Uint8Array {
  const output = new Output();
  /** Where the text of each code stands in the output. */
  const starts = new Uint32Array(4096);
  const lengths = new Uint16Array(4096);
  let [next, width, bits, held] = [258, 9, 0, 0];
  let previous: { start: number; length: number } | undefined;
  for (const byte of data) {
    held = ((held << 8) | byte) & 0xffffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (held >> bits) & ((1 << width) - 1);
    if (code === 257) break;
    if (code === 256) {
      [next, width, previous] = [258, 9, undefined];
      continue;
    }
    const start = output.length;
    if (code < 256) output.add(code);
    else {
      const isNew = code >= next;
      if (isNew && (!previous || code > next)) break;
      const from = isNew ? (previous?.start ?? 0) : (starts[code] as number);
      const length = isNew ? (previous?.length ?? 0) + 1 : (lengths[code] as number);
      const bytes = output.grow(length);
      // One by one: what is copied may reach into what is written.
      for (let at = 0; at < length; at += 1) bytes[start + at] = bytes[from + at] as number;
    }
    if (previous && next < 4096) {
      starts[next] = previous.start;
      lengths[next] = previous.length + 1;
      next += 1;
    }
    if (next + early >= 1 << width && width < 12) width += 1;
    previous = { start, length: output.length - start };
  }
  return output.bytes;
}
