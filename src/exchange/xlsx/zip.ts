// A ZIP file by its directory (APPNOTE 6.3.10): what it says of its entries is read before anything is unpacked, and
// never believed while it is.
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { BookProblem } from './problem.ts';

/** A returned workbook has some hundred entries, and photos that someone put into it. */
export const limits = {
  /** Of the file, and of all entries unpacked, as the directory states them: photos may be many. */
  bytes: 100 * 1024 * 1024,
  /**
   * Of all that is unpacked, and so of what the directory states of sheets and texts: read in a second. All measures of a
   * large city in one workbook are a tenth of it.
   */
  unpacked: 32 * 1024 * 1024,
  entries: 10_000,
};

export interface Entry {
  /** Without a slash in front, whatever it was written with */
  name: string;
  method: number;
  checksum: number;
  packed: number;
  unpacked: number;
  offset: number;
  isEncrypted: boolean;
}

export interface Archive {
  /** By their names in lower case, as a workbook's parts are found */
  entries: ReadonlyMap<string, Entry>;
  /** What may still be unpacked, whatever the directory said */
  left: number;
  bytes: Uint8Array;
}

const endSignature = 0x06054b50;
const endLength = 22;
const entryLength = 46;
const localLength = 30;

/** Entries whose content is text that a reader would have to unpack */
const isText = (name: string) => /\.(?:xml|rels|vml|bin)$/i.test(name);

/** Throws a BookProblem for what is cut off, contradicts itself or is too large. */
export function openArchive(bytes: Uint8Array): Archive {
  if (bytes.length > limits.bytes) throw new BookProblem('large');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, offset, size, end } = directoryOf(view);
  if (count > limits.entries) throw new BookProblem('large');
  if (offset + size > end) throw new BookProblem('damaged');
  const entries = new Map<string, Entry>();
  let at = offset;
  for (let index = 0; index < count; index++) {
    const { entry, next } = entryAt(view, at, offset + size);
    const key = entry.name.toLowerCase();
    // Two programs would each take another one.
    if (entries.has(key)) throw new BookProblem('damaged');
    if (entry.offset + localLength + entry.packed > offset) throw new BookProblem('damaged');
    entries.set(key, entry);
    at = next;
  }
  const total = (of: readonly Entry[]) => of.reduce((sum, { unpacked }) => sum + unpacked, 0);
  const all = [...entries.values()];
  if (total(all) > limits.bytes || total(all.filter(({ name }) => isText(name))) > limits.unpacked)
    throw new BookProblem('large');
  return { entries, left: limits.unpacked, bytes };
}

function directoryOf(view: DataView): { count: number; offset: number; size: number; end: number } {
  // A comment of up to 65,535 bytes may follow.
  const first = Math.max(0, view.byteLength - endLength - 0xffff);
  for (let at = view.byteLength - endLength; at >= first; at--) {
    if (view.getUint32(at, true) !== endSignature || at + endLength + view.getUint16(at + 20, true) > view.byteLength)
      continue;
    const [count, size, offset] = [
      view.getUint16(at + 10, true),
      view.getUint32(at + 12, true),
      view.getUint32(at + 16, true),
    ];
    if (count !== 0xffff && size !== 0xffffffff && offset !== 0xffffffff) return { count, offset, size, end: at };
    return largeDirectoryOf(view, at);
  }
  throw new BookProblem('cut');
}

/** ZIP64: the sizes stand in a record of their own, which a locator in front of the end names. */
function largeDirectoryOf(view: DataView, end: number): ReturnType<typeof directoryOf> {
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== 0x07064b50) throw new BookProblem('damaged');
  const at = largeNumber(view, locator + 8);
  if (at + 56 > locator || view.getUint32(at, true) !== 0x06064b50) throw new BookProblem('damaged');
  return {
    count: largeNumber(view, at + 32),
    size: largeNumber(view, at + 40),
    offset: largeNumber(view, at + 48),
    end: at,
  };
}

/** Numbers beyond what a double tells apart are beyond every file. */
const largeNumber = (view: DataView, at: number) => view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;

function entryAt(view: DataView, at: number, end: number): { entry: Entry; next: number } {
  if (at + entryLength > end || view.getUint32(at, true) !== 0x02014b50) throw new BookProblem('damaged');
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const extra = at + entryLength + nameLength;
  const next = extra + extraLength + view.getUint16(at + 32, true);
  if (next > end) throw new BookProblem('damaged');
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at + entryLength, nameLength);
  const name = new TextDecoder().decode(bytes).replaceAll('\\', '/').replace(/^\//, '');
  const sizes = [at + 24, at + 20, at + 42].map((place) => view.getUint32(place, true));
  const [unpacked = 0, packed = 0, offset = 0] = sizes.includes(0xffffffff)
    ? largeSizes(view, sizes, extra, extra + extraLength)
    : sizes;
  return {
    entry: {
      name,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packed,
      unpacked,
      offset,
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
    },
    next,
  };
}

/** Those of the sizes that do not fit stand in the extra field 1, in this order. */
function largeSizes(view: DataView, sizes: readonly number[], from: number, to: number): number[] {
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const end = Math.min(to, at + 4 + view.getUint16(at + 2, true));
    let place = at + 4;
    return sizes.map((size) => {
      if (size !== 0xffffffff) return size;
      if (place + 8 > end) throw new BookProblem('damaged');
      place += 8;
      return largeNumber(view, place - 8);
    });
  }
  throw new BookProblem('damaged');
}

function packedBytes({ bytes }: Archive, { offset, packed, isEncrypted, method, unpacked }: Entry): Uint8Array {
  if (isEncrypted) throw new BookProblem('locked');
  if (method !== 0 && method !== 8) throw new BookProblem('damaged');
  if (method === 0 && packed !== unpacked) throw new BookProblem('damaged');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + localLength > bytes.length || view.getUint32(offset, true) !== 0x04034b50)
    throw new BookProblem('damaged');
  const start = offset + localLength + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) throw new BookProblem('damaged');
  return bytes.subarray(start, start + packed);
}

/** The whole of a small entry */
export function unpack(archive: Archive, entry: Entry): Uint8Array {
  const packed = packedBytes(archive, entry);
  let unpacked: Uint8Array;
  try {
    unpacked = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.unpacked) });
  } catch {
    // Larger than the directory says, too
    throw new BookProblem('damaged');
  }
  spend(archive, unpacked.length);
  if (unpacked.length !== entry.unpacked || crc32(unpacked) !== entry.checksum) throw new BookProblem('damaged');
  return unpacked;
}

function spend(archive: Archive, bytes: number): void {
  archive.left -= bytes;
  if (archive.left < 0) throw new BookProblem('large');
}

/** An entry piece by piece, so that a large sheet is never whole in memory. The last piece is followed by its check. */
export async function* unpackPieces(archive: Archive, entry: Entry): AsyncGenerator<Uint8Array> {
  const packed = packedBytes(archive, entry);
  let length = 0;
  let checksum = 0;
  for await (const piece of entry.method === 0 ? [packed] : inflated(packed)) {
    length += piece.length;
    if (length > entry.unpacked) throw new BookProblem('damaged');
    spend(archive, piece.length);
    checksum = crc32(piece, checksum);
    yield piece;
  }
  if (length !== entry.unpacked || checksum !== entry.checksum) throw new BookProblem('damaged');
}

async function* inflated(packed: Uint8Array): AsyncGenerator<Uint8Array> {
  const stream = createInflateRaw({ chunkSize: 256 * 1024 });
  stream.end(packed);
  try {
    for await (const piece of stream) yield piece;
  } catch (error) {
    if (error instanceof BookProblem) throw error;
    throw new BookProblem('damaged');
  } finally {
    stream.destroy();
  }
}
