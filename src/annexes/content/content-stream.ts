import { inlineImage } from './inline-images.ts';
import { classes, digitOf, endOfLine, endOfObject, isNumeric } from './tokens.ts';

/** One operation of a content stream: its operator, and where its operands and the whole stand. */
export interface Operation {
  operator: string;
  /** Where each operand begins and ends, one after the other; of an inline image, the whole. */
  places: readonly number[];
  start: number;
  end: number;
  /** The operands as written. */
  operands: () => string[];
  /** One of them, counted from the end where negative; '' where there is none. */
  operand: (index: number) => string;
}

/** Operators of one and two bytes, by these: most are met ten thousand times. */
const shortNames = new Map<number, string>();
function operatorAt(buffer: Buffer, from: number, to: number): string {
  if (to - from > 2) return buffer.toString('latin1', from, to);
  const key = (buffer[from] as number) * 256 + (to - from === 1 ? 0 : (buffer[from + 1] as number));
  let name = shortNames.get(key);
  if (name === undefined) {
    name = buffer.toString('latin1', from, to);
    shortNames.set(key, name);
  }
  return name;
}

/**
 * Calls `visit` for every operation of a content stream (ISO 32000-1, 7.8.2), in order; what is no operation is passed
 * over. The operation is to be looked at during the visit only.
 */
export function scanContent(content: Uint8Array, visit: (operation: Operation) => void): void {
  const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const { length } = buffer;
  const places: number[] = [];
  const operand = (index: number): string => {
    const at = 2 * index + (index < 0 ? places.length : 0);
    const from = places[at];
    return from === undefined ? '' : buffer.toString('latin1', from, places[at + 1]);
  };
  const operands = () => Array.from({ length: places.length / 2 }, (_, index) => operand(index));
  const operation: Operation = { operator: '', places, operand, operands, start: 0, end: 0 };
  let position = 0;
  while (position < length) {
    const byte = buffer[position] as number;
    const kind = classes[byte];
    if (kind === 1) position += 1;
    else if (byte === 0x25) position = endOfLine(buffer, position);
    else if (kind === 0 && !isNumeric(byte)) {
      const from = position;
      while (position < length && classes[buffer[position] as number] === 0) position += 1;
      const operator = operatorAt(buffer, from, position);
      if (operator === 'true' || operator === 'false' || operator === 'null') {
        places.push(from, position);
        continue;
      }
      operation.start = places[0] ?? from;
      if (operator === 'BI') {
        position = inlineImage(buffer, position).end;
        places.length = 0;
        places.push(from, position);
      }
      operation.operator = operator;
      operation.end = position;
      visit(operation);
      places.length = 0;
    } else {
      const from = position;
      position = endOfObject(buffer, position);
      places.push(from, position);
    }
  }
}

/** Adds the codes of the strings in an operand of Tj or TJ, each of `width` bytes. */
export function collectCodes(operand: string, width: 1 | 2, codes: { add(code: number): void }): void {
  /** The first byte of a code of two; -1: none. */
  let first = -1;
  const put = (byte: number) => {
    if (width === 1) codes.add(byte);
    else if (first < 0) first = byte;
    else {
      codes.add(first * 256 + byte);
      first = -1;
    }
  };
  for (let position = 0; position < operand.length; ) {
    const sign = operand.charCodeAt(position);
    position += 1;
    if (sign === 0x28) position = literal(operand, position, put);
    else if (sign === 0x3c) {
      position = hexadecimal(operand, position, put);
      if (first >= 0) put(0);
    }
    first = -1;
  }
}

/** The bytes of all strings in an operand, one character each. */
export function bytesOfOperand(operand: string): string {
  const bytes: number[] = [];
  collectCodes(operand, 1, { add: (byte) => bytes.push(byte) });
  return Buffer.from(bytes).toString('latin1');
}

/** Puts the bytes of a string in hexadecimal whose bracket ends at `from`; behind it. */
function hexadecimal(written: string, from: number, put: (byte: number) => void): number {
  let half = -1;
  let position = from;
  for (; position < written.length; position += 1) {
    const sign = written.charCodeAt(position);
    if (sign === 0x3e) break;
    const digit = digitOf(sign);
    if (digit < 0) continue;
    if (half < 0) half = digit;
    else {
      put(half * 16 + digit);
      half = -1;
    }
  }
  if (half >= 0) put(half * 16);
  return position + 1;
}

/** By the letter behind a backslash. */
const escapes = new Map(
  [...'nrtbf'].map((letter, index) => [letter.charCodeAt(0), [10, 13, 9, 8, 12][index] as number]),
);
const isOctal = (sign: number) => sign >= 0x30 && sign <= 0x37;

/** Puts the bytes of a literal string (ISO 32000-1, 7.3.4.2) whose bracket ends at `from`; behind it. */
function literal(written: string, from: number, put: (byte: number) => void): number {
  let depth = 1;
  let position = from;
  /** Behind a sign; two that end a line are one. */
  const behind = (at: number) => at + (written.charCodeAt(at) === 0x0d && written.charCodeAt(at + 1) === 0x0a ? 2 : 1);
  while (position < written.length) {
    const sign = written.charCodeAt(position);
    if (sign === 0x29 && depth === 1) return position + 1;
    if (sign !== 0x5c || position + 1 === written.length) {
      if (sign === 0x28) depth += 1;
      else if (sign === 0x29) depth -= 1;
      put(sign === 0x0d ? 0x0a : sign);
      position = behind(position);
      continue;
    }
    const escaped = written.charCodeAt(position + 1);
    if (isOctal(escaped)) {
      const end = position + 4;
      let byte = 0;
      for (position += 1; position < end && isOctal(written.charCodeAt(position)); position += 1)
        byte = byte * 8 + (written.charCodeAt(position) - 0x30);
      put(byte & 255);
    } else {
      if (escaped !== 0x0a && escaped !== 0x0d) put(escapes.get(escaped) ?? escaped);
      position = behind(position + 1);
    }
  }
  return position;
}
