import { inflateSync } from 'node:zlib';
import { endOfLine, endOfObject, isRegular, isWhite } from './tokens.ts';

/** An inline image (ISO 32000-1, 8.9.7), by where its parts stand. */
interface InlineImage {
  /** Keys as they are written, with their values. */
  entries: [key: string, value: string][];
  data: number;
  dataEnd: number;
  /** Behind EI */
  end: number;
}

/** Full names of the keys and filters that have short ones. */
const long: Record<string, string> = {
  '/BPC': '/BitsPerComponent',
  '/CS': '/ColorSpace',
  '/D': '/Decode',
  '/DP': '/DecodeParms',
  '/F': '/Filter',
  '/H': '/Height',
  '/IM': '/ImageMask',
  '/I': '/Interpolate',
  '/W': '/Width',
  '/AHx': '/ASCIIHexDecode',
  '/A85': '/ASCII85Decode',
  '/LZW': '/LZWDecode',
  '/Fl': '/FlateDecode',
  '/RL': '/RunLengthDecode',
  '/CCF': '/CCITTFaxDecode',
  '/DCT': '/DCTDecode',
};
export const longName = (name: string): string => long[name] ?? name;

/** The inline image whose BI ends at `from`. */
export function inlineImage(buffer: Buffer, from: number): InlineImage {
  const entries: InlineImage['entries'] = [];
  let position = from;
  let key: string | undefined;
  while (position < buffer.length) {
    const byte = buffer[position] as number;
    if (isWhite(byte)) position += 1;
    else if (byte === 0x25) position = endOfLine(buffer, position);
    else if (byte === 0x49 && buffer[position + 1] === 0x44 && !isRegular(buffer[position + 2])) {
      if (key !== undefined) entries.push([key, '']);
      const data = Math.min(position + 3, buffer.length);
      const dataEnd = endOfData(buffer, data, entries);
      return { entries, data, ...dataEnd };
    } else {
      const end = endOfObject(buffer, position);
      const text = buffer.toString('latin1', position, end);
      if (key === undefined) key = text;
      else {
        entries.push([key, text]);
        key = undefined;
      }
      position = end;
    }
  }
  return { entries, data: buffer.length, dataEnd: buffer.length, end: buffer.length };
}

export const entryOf = ({ entries }: Pick<InlineImage, 'entries'>, name: string): string | undefined =>
  entries.find(([key]) => longName(key) === name)?.[1];
export const filtersOfInline = (image: Pick<InlineImage, 'entries'>): string[] =>
  (entryOf(image, '/Filter')?.match(/\/[^\s/[\]]+/g) ?? []).map(longName);

function endOfData(buffer: Buffer, data: number, entries: InlineImage['entries']): { dataEnd: number; end: number } {
  const least = data + lengthOf(buffer, data, entries);
  const isKnown = least > data;
  for (let found = buffer.indexOf('EI', least); found >= 0; found = buffer.indexOf('EI', found + 1)) {
    const isApart = found === least || isWhite(buffer[found - 1] ?? 0);
    if (!isApart || isRegular(buffer[found + 2])) continue;
    const behind = buffer.subarray(found + 2, found + 12);
    // Where the data's length is not known: an EI with text behind it.
    if (isKnown || behind.every((byte) => (byte >= 0x20 && byte < 0x7f) || isWhite(byte)))
      return { dataEnd: isKnown ? least : Math.max(data, found - 1), end: found + 2 };
  }
  return { dataEnd: buffer.length, end: buffer.length };
}

/** Bytes of the data, as its first filter or its size tells; 0: not known. */
function lengthOf(buffer: Buffer, data: number, entries: InlineImage['entries']): number {
  const [filter] = filtersOfInline({ entries });
  const behind = (text: string | Buffer) => {
    const found = buffer.indexOf(text, data);
    return found < 0 ? 0 : found + text.length - data;
  };
  if (filter === '/ASCIIHexDecode') return behind('>');
  if (filter === '/ASCII85Decode') return behind('~>');
  if (filter === '/DCTDecode') return behind(Buffer.from([0xff, 0xd9]));
  if (filter === '/FlateDecode') return deflated(buffer.subarray(data));
  if (filter !== undefined) return 0;
  const number = (name: string) => Number(entryOf({ entries }, name) ?? Number.NaN);
  const isMask = entryOf({ entries }, '/ImageMask') === 'true';
  const space = entryOf({ entries }, '/ColorSpace') ?? '';
  const channels = isMask ? 1 : channelsOf(space);
  const bits = isMask ? 1 : number('/BitsPerComponent');
  const length = Math.ceil((number('/Width') * bits * channels) / 8) * number('/Height');
  return length > 0 && data + length <= buffer.length ? length : 0;
}

const channelsOf = (space: string) =>
  /^\/(G|DeviceGray)$|^\[\s*\/(I|Indexed)\b/.test(space)
    ? 1
    : /^\/(RGB|DeviceRGB)$/.test(space)
      ? 3
      : /^\/(CMYK|DeviceCMYK)$/.test(space)
        ? 4
        : Number.NaN;

/** Bytes that a deflated beginning takes; 0: it is none. */
function deflated(bytes: Uint8Array): number {
  try {
    const { engine } = inflateSync(bytes, { info: true, maxOutputLength: 64 * 1024 * 1024 }) as unknown as {
      engine: { bytesWritten: number };
    };
    return engine.bytesWritten;
  } catch {
    return 0;
  }
}
