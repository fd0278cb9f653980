import { DamagedProgram } from './program.ts';
import { numberAt } from './type2.ts';

/** Operands as they are written, by operator; those of two bytes as 1200 + the second. `isWhole`: all are numbers. */
export type Dict = Map<number, { values: number[]; bytes: Buffer; isWhole: boolean }>;
export const card16 = (number: number): Buffer => Buffer.of((number >> 8) & 0xff, number & 0xff);

export function offsetOperand(value: number): Buffer {
  const operand = Buffer.alloc(5, 29);
  operand.writeInt32BE(value, 1);
  return operand;
}

export function indexAt(data: Buffer, at: number): { items: Buffer[]; end: number } {
  const count = data.readUInt16BE(at);
  if (count === 0) return { items: [], end: at + 2 };
  const size = data.readUInt8(at + 2);
  if (size < 1 || size > 4) throw new DamagedProgram();
  const base = at + 2 + (count + 1) * size;
  const offset = (index: number) => base + data.readUIntBE(at + 3 + index * size, size);
  const items = Array.from({ length: count }, (_, index) => data.subarray(offset(index), offset(index + 1)));
  const end = offset(count);
  if (end > data.length) throw new DamagedProgram();
  return { items, end };
}

export function writeIndex(items: readonly Buffer[]): Buffer {
  if (items.length === 0) return Buffer.alloc(2);
  const offsets = Buffer.alloc(3 + 4 * (items.length + 1));
  offsets.writeUInt16BE(items.length, 0);
  offsets.writeUInt8(4, 2);
  let offset = 1;
  for (const [index, item] of [...items, Buffer.alloc(0)].entries()) {
    offsets.writeUInt32BE(offset, 3 + 4 * index);
    offset += item.length;
  }
  return Buffer.concat([offsets, ...items]);
}

/** Throws RangeError where it is cut off. */
export function dictOf(data: Buffer): Dict {
  const dict: Dict = new Map();
  let values: number[] = [];
  let operands: Buffer[] = [];
  let isWhole = true;
  for (let at = 0; at < data.length; ) {
    const first = data.readUInt8(at);
    if (first <= 21) {
      const operator = first === 12 ? 1200 + data.readUInt8(at + 1) : first;
      dict.set(operator, { values, bytes: Buffer.concat(operands), isWhole });
      at += first === 12 ? 2 : 1;
      [values, operands, isWhole] = [[], [], true];
      continue;
    }
    const start = at;
    if (first === 30) {
      let text = '';
      for (at += 1; !text.endsWith('f'); at += 1) {
        const byte = data.readUInt8(at).toString(16).padStart(2, '0');
        text += byte.startsWith('f') ? 'f' : byte;
      }
      const number = text === 'f' ? Number.NaN : Number(text.replaceAll(/[a-f]/g, (sign) => signs[sign] ?? ''));
      values.push(Number.isNaN(number) ? 0 : number);
      isWhole &&= !Number.isNaN(number);
    } else if (first === 29) {
      values.push(data.readInt32BE(at + 1));
      at += 5;
    } else {
      const number = first < 31 && first !== 28 ? undefined : numberAt(data, at);
      isWhole &&= number !== undefined && first !== 255; // of no meaning there
      values.push(number?.[0] ?? 0);
      at += number?.[1] ?? 1;
    }
    operands.push(isWhole ? data.subarray(start, at) : Buffer.of(139));
  }
  return dict;
}

/** What the half bytes of a real number mean besides digits. */
const signs: Record<string, string> = { a: '.', b: 'e', c: 'e-', e: '-' };

/** ROS comes first in a program that is keyed by CIDs, as it was read. */
export const writeDict = (dict: Dict): Buffer =>
  Buffer.concat(
    [...dict].flatMap(([operator, { bytes }]) => [
      bytes,
      operator >= 1200 ? Buffer.of(12, operator - 1200) : Buffer.of(operator),
    ]),
  );
