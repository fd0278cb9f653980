import { standardString, standardStrings } from './encodings.ts';

/** What a Type 1 program tells of its glyphs. */
export interface Type1 {
  /** Advances by name, 1/1000 of the size. */
  widths: Map<string, number>;
  /** Name of the glyph that the program itself has for a code. */
  builtIn(code: number): string | undefined;
}

/** Reads a Type 1 program (Adobe Type 1 Font Format); undefined where it has no glyphs. */
export function readType1(bytes: Uint8Array): Type1 | undefined {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = whole[0] === 0x80 ? withoutSegments(whole) : whole;
  const at = data.indexOf('eexec');
  if (at < 0) return undefined;
  const clear = data.toString('latin1', 0, at);
  let start = at + 5;
  while ([0x20, 0x0a, 0x0d, 0x09].includes(data[start] as number)) start += 1;
  const cipher = data.subarray(start);
  const isHex = /^[0-9A-Fa-f\s]{8}/.test(cipher.toString('latin1', 0, 8));
  const hidden = deciphered(
    isHex ? Buffer.from(cipher.toString('latin1').replaceAll(/[^0-9A-Fa-f]/g, ''), 'hex') : cipher,
    55665,
    4,
  );
  const text = hidden.toString('latin1');
  const random = Number(/\/lenIV\s+(-?\d+)/.exec(text)?.[1] ?? 4);
  const scale = Number(/\/FontMatrix\s*[[{]\s*([-+.\deE]+)/.exec(clear)?.[1] ?? 0.001) * 1000;
  const widths = new Map<string, number>();
  const from = text.indexOf('/CharStrings');
  if (from < 0) return undefined;
  const glyph = /\/(\S+)\s+(\d+)\s+(?:RD|-\||\S+)\s/y;
  for (let place = text.indexOf('/', from + 1); place >= 0; place = text.indexOf('/', place)) {
    glyph.lastIndex = place;
    const found = glyph.exec(text);
    if (!found) {
      place += 1;
      continue;
    }
    const [head, name, length] = found as unknown as [string, string, string];
    const shape = hidden.subarray(place + head.length, place + head.length + Number(length));
    const width = widthOf(random < 0 ? shape : deciphered(shape, 4330, random));
    if (width !== undefined && !widths.has(name)) widths.set(name, width * scale);
    place += head.length + Number(length);
  }
  return widths.size === 0 ? undefined : { widths, builtIn: encodingIn(clear) };
}

/** The data of a PFB file without the heads of its segments. */
function withoutSegments(data: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at + 6 <= data.length && data[at] === 0x80 && data[at + 1] !== 3; ) {
    const length = data.readUInt32LE(at + 2);
    parts.push(data.subarray(at + 6, at + 6 + length));
    at += 6 + length;
  }
  return Buffer.concat(parts);
}

function deciphered(cipher: Buffer, key: number, random: number): Buffer {
  const plain = Buffer.alloc(cipher.length);
  let state = key;
  for (let at = 0; at < cipher.length; at += 1) {
    const byte = cipher[at] as number;
    plain[at] = byte ^ (state >> 8);
    state = ((byte + state) * 52845 + 22719) & 0xffff;
  }
  return plain.subarray(random);
}

/** The width that a shape states: of hsbw or sbw, before anything is drawn. */
function widthOf(shape: Buffer): number | undefined {
  const stack: number[] = [];
  for (let at = 0; at < shape.length; ) {
    const byte = shape[at] as number;
    at += 1;
    if (byte === 13) return stack[1];
    if (byte === 12) {
      const operator = shape[at];
      at += 1;
      if (operator === 7) return stack[2];
      if (operator !== 12) return undefined;
      const divisor = stack.pop() ?? 1;
      stack.push((stack.pop() ?? 0) / divisor);
    } else if (byte < 32) return undefined;
    else if (byte <= 246) stack.push(byte - 139);
    else if (byte === 255) {
      stack.push(at + 4 <= shape.length ? shape.readInt32BE(at) : 0);
      at += 4;
    } else {
      const low = shape[at] ?? 0;
      stack.push(byte <= 250 ? (byte - 247) * 256 + low + 108 : -(byte - 251) * 256 - low - 108);
      at += 1;
    }
  }
  return undefined;
}

function encodingIn(clear: string): (code: number) => string | undefined {
  if (/\/Encoding\s+StandardEncoding\b/.test(clear)) return (code) => standardStrings[standardString(code)];
  const names = new Map(
    [...clear.matchAll(/dup\s+(\d+)\s*\/(\S+)\s+put/g)].map(([, code, name]) => [Number(code), name as string]),
  );
  return (code) => names.get(code) ?? '.notdef';
}
