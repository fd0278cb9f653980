import { describe, expect, test } from 'vitest';
import { CffProgram } from '../../../src/annexes/fonts/cff.ts';
import { cffStrings, macGlyphOrder, macOsRoman, standardEncoding } from '../../../src/annexes/fonts/encodings.ts';
import { builtInNames } from '../../../src/annexes/fonts/named-font.ts';
import { encodingOf, writtenName } from '../../../src/annexes/fonts/simple-encoding.ts';
import { Type1Program } from '../../../src/annexes/fonts/type1.ts';
import { readProven } from '../../../src/annexes/proof/proof.ts';
import { annexOf } from '../../assemble/annexes.ts';
import { page, simple } from '../made/programs.ts';

// Font programs of a few glyphs, written by hand.

/** Numbers of a shape or a dictionary. */
const int = (value: number) => [28, (value >> 8) & 255, value & 255];
const index = (members: number[][]): number[] => {
  if (members.length === 0) return [0, 0];
  let end = 1;
  const offsets = [1, ...members.map((member) => (end += member.length))];
  return [0, members.length, 1, ...offsets, ...members.flat()];
};

/** A CFF program of .notdef, A (stating its width), B (the usual width) and C, which a routine states. */
function cff(top: (at: { fonts: number }) => number[] = () => [], last = 36): Uint8Array {
  const shapes = index([[14], [...int(50), 14], [14], [...int(-107), 10, 14]]);
  const charset = [0, 0, 34, 0, 35, last >> 8, last & 255];
  const routines = index([[...int(70), ...int(1), ...int(2), 21, 11]]);
  const usual = [...int(500), 20, ...int(550), 21, ...int(12), 19];
  const head = [1, 0, 4, 1, ...index([[70]])];
  const lay = (at: { shapes: number; charset: number; priv: number; fonts: number }) => [
    ...head,
    ...index([[...top(at), ...int(at.shapes), 17, ...int(at.charset), 15, ...int(usual.length), ...int(at.priv), 18]]),
    ...index([]),
    ...index([]),
  ];
  const start = lay({ shapes: 0, charset: 0, priv: 0, fonts: 0 }).length;
  const [charsetAt, privateAt] = [start + shapes.length, start + shapes.length + charset.length];
  const fonts = privateAt + usual.length + routines.length;
  const font = index([[...int(usual.length), ...int(privateAt), 18]]);
  const at = { shapes: start, charset: charsetAt, priv: privateAt, fonts };
  return Uint8Array.from([...lay(at), ...shapes, ...charset, ...usual, ...routines, ...font, 0, 0, 0, 0, 0]);
}

describe('a CFF program', () => {
  test('tells names and widths: stated, usual, from a routine', () => {
    const program = new CffProgram(cff());
    const widths = ['.notdef', 'A', 'B', 'C'].map((name) => program.width(program.names.get(name) as number));
    expect(widths).toEqual([500, 600, 500, 620]);
    expect(program).toMatchObject({ count: 4, isByCid: false, isPlain: true });
    expect(program.names.get('D')).toBeUndefined();
    expect([65, 66, 32, 7].map(builtInNames(program))).toEqual(['A', 'B', 'space', '.notdef']);
  });

  test('of another scale', () => {
    const real = [30, 0xa0, 0x00, 0x5f]; // .0005
    const program = new CffProgram(cff(() => [...real, ...int(0), ...int(0), ...real, ...int(0), ...int(0), 12, 7]));
    expect(program.width(1)).toBeCloseTo(300);
  });

  test('with a supplement, which the validator does not read, gets names', async () => {
    // A is code 65, and C 66 by the supplement alone.
    const bytes = cff(({ fonts }) => [...int(fonts + 17), 16]);
    const program = new CffProgram(Buffer.concat([bytes, Buffer.of(128, 1, 65, 1, 66, 0, 36)]));
    expect([65, 66].map(builtInNames(program))).toEqual(['A', '.notdef']);
    expect([...program.supplement]).toEqual([[66, 'C']]);
    expect([...new CffProgram(program.write()).supplement]).toEqual([[66, 'C']]);
    const entries = { key: '/FontFile3 32 0 R', of: '/Subtype /Type1C', subtype: 'Type1', entries: '', flags: 4 };
    const annex = page(simple(program.write(), { ...entries, text: '(AB)', wide: [600, 620] }));
    const { mends, problems } = await readProven(annex, '図');
    expect([[...mends.keys()], problems]).toEqual([['font-programs'], []]);
  });

  test('with CIDs', () => {
    const program = new CffProgram(
      cff(({ fonts }) => [...int(0), ...int(0), ...int(0), 12, 30, ...int(fonts), 12, 36, ...int(fonts + 12), 12, 37]),
    );
    expect(program.isByCid).toBe(true);
    expect([program.cids.get(34), program.cids.get(1)]).toEqual([1, undefined]);
    expect([0, 1, 2, 3].map((glyph) => program.width(glyph))).toEqual([500, 600, 500, 620]);
  });

  test.each([
    ['is cut off', cff().subarray(0, 30)],
    ['is none', Buffer.from('%!PS-AdobeFont')],
  ])('%s', (_, bytes) => expect(() => new CffProgram(bytes)).toThrow());

  test.each([
    ['a number without digits', cff(() => [30, 0xff, 12, 3])],
    ['a name that is not there', cff(undefined, 399)],
  ])('with %s is written anew', (_, bytes) => {
    const program = new CffProgram(bytes);
    expect(program.isPlain).toBe(false);
    expect(new CffProgram(program.write()).isPlain).toBe(true);
  });
});

const encrypted = (plain: Uint8Array, key: number): Buffer => {
  let state = key;
  return Buffer.from(
    plain.map((byte) => {
      const cipher = byte ^ (state >> 8);
      state = ((cipher + state) * 52845 + 22719) & 0xffff;
      return cipher;
    }),
  );
};
/** Numbers of a Type 1 shape. */
const long = (value: number) => [255, (value >> 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const shape = (...bytes: number[]) => encrypted(Uint8Array.from([0, 0, 0, 0, ...bytes]), 4330);

function type1(clear = '/Encoding StandardEncoding def', begin = '%!PS-AdobeFont-1.0'): Buffer {
  const put = (head: string, data: Buffer) =>
    Buffer.concat([Buffer.from(`${head} ${data.length} RD `), data, Buffer.from(' ND\n')]);
  const parts = [
    Buffer.from('0000/Subrs 1 array\n'),
    put('dup 0', shape(...long(0), ...long(640), 13, 11)),
    Buffer.from('/CharStrings 3 dict dup begin\n'),
    put('/A', shape(...long(0), ...long(600), 13, 14)),
    put('/B', shape(...long(0), 10, 14)),
    put('/C', shape(...long(0), ...long(1300), ...long(2), 12, 12, 13, 14)),
    Buffer.from('end'),
  ];
  const hidden = encrypted(Uint8Array.from(Buffer.concat(parts)), 55665);
  return Buffer.concat([Buffer.from(`${begin}\n${clear}\ncurrentfile eexec\n`), hidden]);
}

describe('a Type 1 program', () => {
  test('tells widths: stated, from a routine, divided; and names', () => {
    const program = new Type1Program(type1());
    expect([...program.names].map(([name, glyph]) => [name, program.width(glyph)])).toEqual([
      ['.notdef', 0],
      ['A', 600],
      ['B', 640],
      ['C', 650],
    ]);
    expect(program.isPlain).toBe(true);
    expect(builtInNames(program)(65)).toBe('A');
    expect(builtInNames(new Type1Program(type1('/Encoding 256 array dup 7 /B put')))(7)).toBe('B');
    expect(new Type1Program(type1('/FontMatrix [0.0005 0 0 0.0005 0 0] def')).width(1)).toBe(300);
  });

  test.each([
    ['has no encrypted part', Buffer.from('%!PS-AdobeFont-1.0')],
    [
      'has no glyphs',
      Buffer.concat([Buffer.from('%!PS eexec\n'), encrypted(Buffer.from('0000/Private 1 dict'), 55665)]),
    ],
  ])('that %s is none', (_, bytes) => expect(() => new Type1Program(bytes)).toThrow());
});

test('names by code and by place', () => {
  const { context } = annexOf({});
  const encoding = (text: Record<string, unknown>) => {
    const read = encodingOf(context.obj(text as never) as never);
    return (code: number) => writtenName(read, code);
  };
  expect([39, 65, 127, 128, 200].map(encoding({ Encoding: 'WinAnsiEncoding' }))).toEqual([
    'quotesingle',
    'A',
    'bullet',
    'Euro',
    'Egrave',
  ]);
  expect([65, 173, 202].map(encoding({ Encoding: 'MacRomanEncoding' }))).toEqual(['A', '.notdef', 'space']);
  expect([65, 66].map(encoding({ Encoding: { Differences: [65, 'alpha'] } }))).toEqual(['alpha', undefined]);
  expect([39, 96, 161, 251, 252].map((code) => standardEncoding[code])).toEqual([
    'quoteright',
    'quoteleft',
    'exclamdown',
    'germandbls',
    '.notdef',
  ]);
  expect([0, 3, 97, 98, 143, 225, 226, 257].map((glyph) => macGlyphOrder[glyph])).toEqual([
    '.notdef',
    'space',
    'asciitilde',
    'Adieresis',
    'notequal',
    'caron',
    'Lslash',
    'dcroat',
  ]);
  expect(['A', 'caron', 'none'].map((name) => macOsRoman.indexOf(name))).toEqual([65, 255, -1]);
  expect(cffStrings.length).toBe(391);
  expect(macGlyphOrder.length).toBe(258);
});
