import { standardString, standardStrings } from './encodings.ts';

const deepest = 10;

/** What a Type 1 program tells of its glyphs. */
export interface Type1 {
  /** Advances by name, 1/1000 of the size. */
  widths: Map<string, number>;
  /** Name of the glyph that the program itself has for a code. */
  builtIn(code: number): string | undefined;
}

/** Reads a Type 1 program (Adobe Type 1 Font Format); undefined where it is none, or not as PDF wants it: encrypted in binary. */
export function readType1(bytes: Uint8Array): Type1 | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = data.indexOf('eexec');
  if (at < 0 || !/^\s*%!/.test(data.toString('latin1', 0, 20))) return undefined;
  const clear = data.toString('latin1', 0, at);
  let start = at + 5;
  while ([0x20, 0x0a, 0x0d, 0x09].includes(data[start] as number)) start += 1;
  const cipher = data.subarray(start);
  if (/^[0-9A-Fa-f\s]{8}/.test(cipher.toString('latin1', 0, 8))) return undefined;
  const hidden = deciphered(cipher, 55665, 4);
  const text = hidden.toString('latin1');
  const random = Number(/\/lenIV\s+(-?\d+)/.exec(text)?.[1] ?? 4);
  const scale = Number(/\/FontMatrix\s*[[{]\s*([-+.\deE]+)/.exec(clear)?.[1] ?? 0.001) * 1000;
  const [routinesAt, shapesAt] = [text.indexOf('/Subrs'), text.indexOf('/CharStrings')];
  if (shapesAt < 0) return undefined;
  /** Shapes by their names, as `head` finds them from a place on. */
  const shapes = (from: number, to: number, head: RegExp): Map<string, Buffer> => {
    const found = new Map<string, Buffer>();
    for (let place = from; place < to; ) {
      head.lastIndex = place;
      const [whole, name, length] = head.exec(text) ?? [];
      if (whole === undefined || name === undefined || head.lastIndex > to) break;
      const begin = head.lastIndex;
      place = begin + Number(length);
      const shape = hidden.subarray(begin, place);
      if (!found.has(name)) found.set(name, random < 0 ? shape : deciphered(shape, 4330, random));
    }
    return found;
  };
  const routines =
    routinesAt < 0 || routinesAt > shapesAt ? new Map() : shapes(routinesAt, shapesAt, /dup\s+(\d+)\s+(\d+)\s+\S+\s/g);
  const widths = new Map<string, number>();
  for (const [name, shape] of shapes(shapesAt + 1, text.length, /\/(\S+)\s+(\d+)\s+\S+\s/g)) {
    const width = widthOf(shape, routines, [], 0);
    if (typeof width === 'number') widths.set(name, width * scale);
  }
  return widths.size === 0 ? undefined : { widths, builtIn: encodingIn(clear) };
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

/** The width that a shape states: of hsbw or sbw, before anything is drawn; 'none' where it draws first. */
function widthOf(
  shape: Buffer,
  routines: ReadonlyMap<string, Buffer>,
  stack: number[],
  depth: number,
): number | 'none' | undefined {
  for (let at = 0; at < shape.length; ) {
    const byte = shape[at] as number;
    at += 1;
    if (byte === 13) return stack[1];
    if (byte === 10) {
      const routine = routines.get(String(stack.pop()));
      const width = routine && depth < deepest ? widthOf(routine, routines, stack, depth + 1) : 'none';
      if (width !== undefined) return width;
    } else if (byte === 11) return undefined;
    else if (byte === 12) {
      const operator = shape[at];
      at += 1;
      if (operator === 7) return stack[2];
      if (operator !== 12) return 'none';
      const divisor = stack.pop() ?? 1;
      stack.push((stack.pop() ?? 0) / divisor);
    } else if (byte < 32) return 'none';
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
