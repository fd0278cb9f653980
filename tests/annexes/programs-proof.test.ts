import { describe, expect, test } from 'vitest';
import { readCff } from '../../src/annexes/proof/cff.ts';
import { encodingOf, macCode, macGlyph, standardString, standardStrings } from '../../src/annexes/proof/encodings.ts';
import { readType1 } from '../../src/annexes/proof/type1.ts';
import { annexOf } from '../assemble/annexes.ts';

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
function cff(top: (at: { fonts: number }) => number[] = () => []): Uint8Array {
  const shapes = index([[14], [...int(50), 14], [14], [...int(-107), 10, 14]]);
  const charset = [0, 0, 34, 0, 35, 0, 36];
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
  const at = { shapes: start, charset: charsetAt, priv: privateAt, fonts };
  return Uint8Array.from([...lay(at), ...shapes, ...charset, ...usual, ...routines, 0, 0, 0, 0, 0, 0, 0]);
}

describe('a CFF program', () => {
  test('tells names and widths: stated, usual, from a routine', () => {
    const program = readCff(cff());
    const widths = ['.notdef', 'A', 'B', 'C'].map((name) => program.width(program.ofName(name) as number));
    expect(widths).toEqual([500, 600, 500, 620]);
    expect(program).toMatchObject({ glyphs: 4, isCid: false });
    expect(program.ofName('D')).toBeUndefined();
    expect([65, 66, 32].map(program.builtIn)).toEqual(['A', 'B', 'space']);
  });

  test('of another scale', () => {
    const real = [30, 0xa0, 0x00, 0x5f]; // .0005
    const program = readCff(cff(() => [...real, ...int(0), ...int(0), ...real, ...int(0), ...int(0), 12, 7]));
    expect(program.width(1)).toBeCloseTo(300);
  });

  test('with CIDs', () => {
    const program = readCff(
      cff(({ fonts }) => [...int(0), ...int(0), ...int(0), 12, 30, ...int(fonts), 12, 36, ...int(fonts + 2), 12, 37]),
    );
    expect(program.isCid).toBe(true);
    expect([program.ofCid(34), program.ofCid(1)]).toEqual([1, undefined]);
  });

  test.each([
    ['is cut off', cff().subarray(0, 30)],
    ['is none', Buffer.from('%!PS-AdobeFont')],
    ['has a number without digits', cff(() => [30, 0xff, 12, 3])],
  ])('%s', (_, bytes) => expect(() => readCff(bytes)).toThrow(RangeError));
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
    const program = readType1(type1());
    expect([...(program?.widths ?? [])]).toEqual([
      ['A', 600],
      ['B', 640],
      ['C', 650],
    ]);
    expect(program?.builtIn(65)).toBe('A');
    expect(readType1(type1('/Encoding 256 array dup 7 /B put'))?.builtIn(7)).toBe('B');
    expect(readType1(type1('/FontMatrix [0.0005 0 0 0.0005 0 0] def'))?.widths.get('A')).toBe(300);
  });

  test.each([
    ['does not begin as one', type1('', 'x%!PS')],
    ['has no encrypted part', Buffer.from('%!PS-AdobeFont-1.0')],
    ['has it in hexadecimal', Buffer.from('%!PS-AdobeFont-1.0 eexec\n00112233445566778899')],
    [
      'has no glyphs',
      Buffer.concat([Buffer.from('%!PS eexec\n'), encrypted(Buffer.from('0000/Private 1 dict'), 55665)]),
    ],
  ])('that %s is none', (_, bytes) => expect(readType1(bytes)).toBeUndefined());
});

test('names by code and by place', () => {
  const { context } = annexOf({});
  const encoding = (text: Record<string, unknown>) => encodingOf(context.obj(text as never) as never);
  expect([39, 65, 127, 128, 200].map(encoding({ Encoding: 'WinAnsiEncoding' }))).toEqual([
    'quotesingle',
    'A',
    'bullet',
    'Euro',
    'Egrave',
  ]);
  expect([65, 173, 202].map(encoding({ Encoding: 'MacRomanEncoding' }))).toEqual(['A', '.notdef', 'space']);
  expect([65, 66].map(encoding({ Encoding: { Differences: [65, 'alpha'] } }))).toEqual(['alpha', undefined]);
  expect([39, 96, 161, 251, 252].map((code) => standardStrings[standardString(code)])).toEqual([
    'quoteright',
    'quoteleft',
    'exclamdown',
    'germandbls',
    '.notdef',
  ]);
  expect([0, 3, 97, 98, 143, 225, 226, 257].map(macGlyph)).toEqual([
    '.notdef',
    'space',
    'asciitilde',
    'Adieresis',
    'notequal',
    'caron',
    'Lslash',
    'dcroat',
  ]);
  expect([macCode('A'), macCode('caron'), macCode('none')]).toEqual([65, 255, undefined]);
  expect(standardStrings.length).toBe(391);
});
