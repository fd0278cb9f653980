import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import { CffProgram } from '../../../src/annexes/fonts/cff.ts';
import { indexAt, offsetOperand, writeIndex } from '../../../src/annexes/fonts/cff-parts.ts';
import { cffStrings } from '../../../src/annexes/fonts/encodings.ts';
import { readTables, type Tables, writeCmap, writeTables } from '../../../src/annexes/fonts/sfnt.ts';

// Font programs for annexes, cut out of those that come with pdf.js or written by hand.

const folder = new URL('../../../node_modules/pdfjs-dist/standard_fonts/', import.meta.url);
const outlines = readFileSync(new URL('LiberationSans-Regular.ttf', folder));
export const serif = readFileSync(new URL('FoxitSerif.pfb', folder));

/** Glyphs of the subset in their order. */
export const letters = ['.notdef', 'A', 'B', 'C', 'space', 'i'];
/** Their widths, 1/1000 em; that of what is missing is a box. */
export const widths = [365, 667, 667, 722, 278, 222];

let subset: Buffer | undefined;
function cutOut(): Buffer {
  const font = create(outlines) as Font;
  const cut = font.createSubset();
  for (const sign of 'ABC i') cut.includeGlyph(font.glyphForCodePoint(sign.codePointAt(0) as number));
  subset ??= Buffer.from(cut.encode());
  return subset;
}

export interface Cmap {
  platform: number;
  encoding: number;
  glyphs: Map<number, number>;
}
export const cmap = (platform: number, encoding: number, glyphs: Record<number, number>): Cmap => ({
  platform,
  encoding,
  glyphs: new Map(Object.entries(glyphs).map(([code, glyph]) => [Number(code), glyph])),
});
export const unicode = cmap(3, 1, { 65: 1, 66: 2, 67: 3, 32: 4, 105: 5 });
export const mac = cmap(1, 0, { 65: 1, 66: 2, 67: 3, 32: 4, 105: 5 });
export const symbols = cmap(3, 0, { 61505: 1, 61506: 2, 61507: 3 });

/** A TrueType program of those glyphs; `isBare`: what is missing draws nothing. */
export function trueType(
  cmaps: Cmap[],
  { isBare = false, change }: { isBare?: boolean; change?: (tables: Tables) => void } = {},
): Buffer {
  const tables = readTables(cutOut());
  if (cmaps.length > 0) tables.set('cmap', writeCmap(cmaps));
  if (isBare) {
    const loca = Buffer.from(tables.get('loca') as Buffer);
    const isLong = (tables.get('head') as Buffer).readUInt16BE(50) !== 0;
    loca.copy(loca, 0, isLong ? 4 : 2, isLong ? 8 : 4);
    tables.set('loca', loca);
  }
  change?.(tables);
  return writeTables(0x10000, tables);
}

/** `cmap` of one table of format 12, which tells some readers nothing. */
export function wideCmap(): Buffer {
  const table = Buffer.alloc(12 + 16 + 12);
  const words: [number, number][] = [
    [65, 16],
    [67, 20],
    [1, 24],
  ];
  table.writeUInt16BE(1, 2);
  table.writeUInt16BE(3, 4);
  table.writeUInt16BE(1, 6);
  table.writeUInt32BE(12, 8);
  table.writeUInt16BE(12, 12);
  table.writeUInt32BE(28, 16);
  table.writeUInt32BE(1, 24);
  for (const [word, place] of words) table.writeUInt32BE(word, 12 + place);
  return table;
}

/** The serif letters, keyed by CIDs from 100 on: A, B, C. `first`: what stands where the missing glyph does. */
export function byCid(first = '.notdef'): Buffer {
  const program = new CffProgram(serif);
  const { names } = program;
  const index = (at: number) => indexAt(serif, at);
  const name = index(4);
  const top = index(name.end);
  const strings = index(top.end);
  const offsets = [...(top.items[0] as Buffer)];
  // CharStrings is 17, its operand before it a number of up to five bytes.
  const place = placeOf(offsets);
  const charstrings = index(place).items;
  const glyphs = [first, 'A', 'B', 'C'].map((letter) => charstrings[names.get(letter) as number] as Buffer);
  const head = (sizes: number[]) => {
    const [charset = 0, select = 0, strings_ = 0, array = 0] = sizes;
    const operators: [number[], Buffer][] = [
      [[12, 30], Buffer.concat([offsetOperand(391), offsetOperand(392), offsetOperand(0)])],
      [[15], offsetOperand(charset)],
      [[12, 37], offsetOperand(select)],
      [[17], offsetOperand(strings_)],
      [[12, 36], offsetOperand(array)],
    ];
    const dict = Buffer.concat(operators.flatMap(([operator, operands]) => [operands, Buffer.from(operator)]));
    return Buffer.concat([
      Buffer.of(1, 0, 4, 4),
      writeIndex([Buffer.from('Serif')]),
      writeIndex([dict]),
      writeIndex([Buffer.from('Adobe'), Buffer.from('Identity')]),
      writeIndex(index(strings.end).items),
    ]);
  };
  const charset = Buffer.of(0, 0, 100, 0, 101, 0, 102);
  const select = Buffer.of(0, 0, 0, 0, 0);
  const body = writeIndex(glyphs);
  const start = head([]).length;
  const own = privateOf(offsets);
  const array = writeIndex([Buffer.concat([offsetOperand(own.length), offsetOperand(start), Buffer.of(18)])]);
  const at = [start + own.length];
  for (const part of [charset, select, body]) at.push((at.at(-1) as number) + part.length);
  return Buffer.concat([head(at), own, charset, select, body, array]);
}

/** Serif letters under these names, each drawn otherwise: A, B, C…; `encoding`: a standard one, or the bytes of one. */
export function byName(names: readonly string[], encoding: number | Buffer): Buffer {
  const index = (at: number) => indexAt(serif, at);
  const top = index(index(4).end);
  const strings = index(top.end);
  const offsets = [...(top.items[0] as Buffer)];
  const charstrings = index(placeOf(offsets)).items;
  const letters = new CffProgram(serif).names;
  const letter = (at: number) => letters.get(String.fromCharCode(65 + at)) as number;
  const body = writeIndex([charstrings[0] as Buffer, ...names.map((_, at) => charstrings[letter(at)] as Buffer)]);
  const others = names.filter((name) => !cffStrings.includes(name));
  const charset = Buffer.alloc(1 + 2 * names.length);
  for (const [at, name] of names.entries()) {
    const number = cffStrings.indexOf(name);
    charset.writeUInt16BE(number < 0 ? cffStrings.length + others.indexOf(name) : number, 1 + 2 * at);
  }
  const [size, start] = operandsOf(offsets).get(18) as [number, number];
  const subrs = operandsOf([...privateOf(offsets)]).get(19)?.[0];
  const own = serif.subarray(start, subrs === undefined ? start + size : index(start + subrs).end);
  const custom = typeof encoding === 'number' ? Buffer.alloc(0) : encoding;
  const head = ([of = 0, code = 0, glyphs = 0, values = 0]: number[]) => {
    const operators: [number, Buffer][] = [
      [15, offsetOperand(of)],
      [16, offsetOperand(typeof encoding === 'number' ? encoding : code)],
      [17, offsetOperand(glyphs)],
      [18, Buffer.concat([offsetOperand(size), offsetOperand(values)])],
    ];
    return Buffer.concat([
      Buffer.of(1, 0, 4, 4),
      writeIndex([Buffer.from('Serif')]),
      writeIndex([Buffer.concat(operators.flatMap(([operator, operands]) => [operands, Buffer.of(operator)]))]),
      writeIndex(others.map((name) => Buffer.from(name))),
      writeIndex(index(strings.end).items),
    ]);
  };
  const at = [head([]).length];
  for (const part of [charset, custom, body]) at.push((at.at(-1) as number) + part.length);
  return Buffer.concat([head(at), charset, custom, body, own]);
}

/** Operands of a dictionary, as whole numbers. */
function operandsOf(dict: number[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  let stack: number[] = [];
  for (let at = 0; at < dict.length; ) {
    const first = dict[at] as number;
    const [second = 0, third = 0] = dict.slice(at + 1, at + 3);
    if (first <= 21) {
      found.set(first === 12 ? 1200 + second : first, stack);
      stack = [];
      at += first === 12 ? 2 : 1;
    } else if (first === 28) {
      stack.push((second << 8) | third);
      at += 3;
    } else if (first === 29) {
      stack.push(Buffer.from(dict).readInt32BE(at + 1));
      at += 5;
    } else if (first === 30) {
      while (((dict[++at] as number) & 15) !== 15);
      stack.push(0);
      at += 1;
    } else if (first < 247) {
      stack.push(first - 139);
      at += 1;
    } else {
      stack.push(first < 251 ? (first - 247) * 256 + second + 108 : -(first - 251) * 256 - second - 108);
      at += 2;
    }
  }
  return found;
}
const placeOf = (top: number[]): number => operandsOf(top).get(17)?.[0] as number;
/** Without its subroutines. */
function privateOf(top: number[]): Buffer {
  const [size, offset] = operandsOf(top).get(18) as [number, number];
  return serif.subarray(offset, offset + size);
}

const cipher = (data: Buffer, key: number): Buffer => {
  let state = key;
  return Buffer.from(
    Array.from(data, (plain) => {
      const sign = (plain ^ (state >> 8)) & 0xff;
      state = ((sign + state) * 52845 + 22719) & 0xffff;
      return sign;
    }),
  );
};

export interface Type1 {
  lenIV?: number;
  /** What ends a glyph. */
  end?: string;
  glyphs?: string[];
  isPfb?: boolean;
  isHex?: boolean;
}

/** A Type 1 program of boxes: A 600 wide, B 400 wide; nothing is missing's 250. */
export function type1({
  lenIV = 4,
  end = 'ND',
  glyphs = ['.notdef', 'A', 'B'],
  isPfb = false,
  isHex = false,
}: Type1 = {}): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(5, 255);
    bytes.writeInt32BE(value, 1);
    return bytes;
  };
  const box = (width: number) => {
    const side = width - 100;
    const operations: [number[], number][] = [
      [[50, width], 13],
      [[0, 0], 21],
      [[side], 6],
      [[500], 7],
      [[-side], 6],
      [[], 9],
      [[], 14],
    ];
    return Buffer.concat(operations.flatMap(([operands, operator]) => [...operands.map(number), Buffer.of(operator)]));
  };
  const empty = Buffer.concat([number(0), number(250), Buffer.of(13, 14)]);
  const codes: Record<string, Buffer> = { '.notdef': empty, '': empty, A: box(600), B: box(400), space: empty };
  const strings = glyphs.flatMap((name) => {
    const code = codes[name] as Buffer;
    const bytes = lenIV < 0 ? code : cipher(Buffer.concat([Buffer.alloc(lenIV), code]), 4330);
    return [Buffer.from(`/${name} ${bytes.length} RD `), bytes, Buffer.from(` ${end}\n`)];
  });
  const clear =
    '%!PS-AdobeFont-1.0: Boxes 1.0\n11 dict begin\n/FontInfo 1 dict dup begin\n/version (1.0) readonly def\nend readonly def\n' +
    '/FontName /Boxes def\n/PaintType 0 def\n/FontType 1 def\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n' +
    '/Encoding StandardEncoding def\n/FontBBox {0 0 700 700} readonly def\ncurrentdict end\ncurrentfile eexec\n';
  const head =
    'dup /Private 8 dict dup begin\n/RD {string currentfile exch readstring pop} executeonly def\n/ND {noaccess def} executeonly def\n' +
    `/NP {noaccess put} executeonly def\n/BlueValues [] def\n/MinFeature {16 16} def\n/password 5839 def\n/lenIV ${lenIV} def\n` +
    `2 index /CharStrings ${glyphs.length} dict dup begin\n`;
  const tail =
    'end\nend\nreadonly put\nnoaccess put\ndup /FontName get exch definefont pop\nmark currentfile closefile\n';
  const secret = cipher(Buffer.concat([Buffer.from('zzzz'), Buffer.from(head), ...strings, Buffer.from(tail)]), 55665);
  const zeros = `\n${'0'.repeat(64)}\n`.repeat(8);
  const parts = [
    Buffer.from(clear),
    isHex ? Buffer.from(secret.toString('hex')) : secret,
    Buffer.from(`${zeros}cleartomark\n`),
  ];
  if (!isPfb) return Buffer.concat(parts);
  return Buffer.concat(
    parts.flatMap((part, index) => {
      const segment = Buffer.of(0x80, index === 1 ? 2 : 1, 0, 0, 0, 0);
      segment.writeUInt32LE(part.length, 2);
      return [segment, part];
    }),
  );
}
