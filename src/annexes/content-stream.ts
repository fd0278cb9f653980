import { inlineImage } from './inline-images.ts';
import { endOfLine, endOfObject, isNumeric, isRegular, white } from './tokens.ts';

/** One operation of a content stream: its operator, and where its operands and the whole stand. */
export interface Operation {
  operator: string;
  /** The operands as written. */
  operands: () => string[];
  /** Where they stand; of an inline image, the whole. */
  places: readonly (readonly [start: number, end: number])[];
  start: number;
  end: number;
}

/** Calls `visit` for every operation of a content stream (ISO 32000-1, 7.8.2), in order; what is no operation is passed over. */
export function scanContent(content: Uint8Array, visit: (operation: Operation) => void): void {
  const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  let position = 0;
  let operands: [number, number][] = [];
  while (position < buffer.length) {
    const byte = buffer[position] as number;
    if (white.has(byte)) position += 1;
    else if (byte === 0x25) position = endOfLine(buffer, position);
    else if (isRegular(byte) && !isNumeric(byte)) {
      const start = position;
      while (isRegular(buffer[position])) position += 1;
      const operator = buffer.toString('latin1', start, position);
      if (operator === 'true' || operator === 'false' || operator === 'null') {
        operands.push([start, position]);
        continue;
      }
      if (operator === 'BI') position = inlineImage(buffer, position).end;
      const places = operator === 'BI' ? [[start, position] as [number, number]] : operands;
      visit({
        operator,
        places,
        operands: () => places.map(([from, to]) => buffer.toString('latin1', from, to)),
        start: operands[0]?.[0] ?? start,
        end: position,
      });
      operands = [];
    } else {
      const start = position;
      position = endOfObject(buffer, position);
      operands.push([start, position]);
    }
  }
}

/** Adds the codes of the strings in an operand of Tj or TJ, each of `width` bytes. */
export function collectCodes(operand: string, width: 1 | 2, codes: { add(code: number): void }): void {
  for (const { bytes, isHex } of stringsOf(operand)) {
    const whole = isHex && bytes.length % width === 1 ? `${bytes}\0` : bytes;
    for (let at = 0; at + width <= whole.length; at += width)
      codes.add(width === 1 ? whole.charCodeAt(at) : whole.charCodeAt(at) * 256 + whole.charCodeAt(at + 1));
  }
}

/** The bytes of all strings in an operand, one character each. */
export const bytesOfOperand = (operand: string): string =>
  stringsOf(operand)
    .map(({ bytes }) => bytes)
    .join('');

function stringsOf(operand: string): { bytes: string; isHex: boolean }[] {
  const strings: { bytes: string; isHex: boolean }[] = [];
  for (let position = 0; position < operand.length; position += 1) {
    const sign = operand[position];
    if (sign === '<') {
      const end = operand.indexOf('>', position);
      const hex = operand.slice(position + 1, end < 0 ? undefined : end).replaceAll(/[^0-9A-Fa-f]/g, '');
      const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `${hex}0`, 'hex').toString('latin1');
      strings.push({ bytes, isHex: true });
      if (end < 0) break;
      position = end;
    } else if (sign === '(') {
      const start = position;
      let depth = 0;
      for (; position < operand.length; position += 1) {
        if (operand[position] === '\\') position += 1;
        else if (operand[position] === '(') depth += 1;
        else if (operand[position] === ')' && --depth === 0) break;
      }
      strings.push({ bytes: unescaped(operand.slice(start + 1, position)), isHex: false });
    }
  }
  return strings;
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A literal string's bytes (ISO 32000-1, 7.3.4.2), one character each. */
const unescaped = (written: string): string =>
  !/[\\\r]/.test(written)
    ? written
    : written
        .replaceAll(/\r\n?/g, '\n')
        .replaceAll(/\\([0-7]{1,3}|\n|[\s\S])/g, (_, what: string) =>
          /[0-7]/.test(what)
            ? String.fromCharCode(Number.parseInt(what, 8) & 255)
            : what === '\n'
              ? ''
              : (escapes[what] ?? what),
        );
