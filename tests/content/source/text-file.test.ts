import { describe, expect, test } from 'vitest';
import type { ContentSource, Entry } from '../../../src/content/source/source.ts';
import { readText } from '../../../src/content/source/text-file.ts';
import { described } from '../yaml/told.ts';

const read = (entry: Entry | undefined) => {
  const source: ContentSource = { root: 'content', entries: new Map(entry ? [['a.yaml', entry]] : []) };
  const { file, text, diagnostics } = readText(source, 'a.yaml');
  expect([file, ...diagnostics.map((diagnostic) => diagnostic.file)]).toEqual(
    Array.from({ length: diagnostics.length + 1 }, () => 'content/a.yaml'),
  );
  for (const { severity } of diagnostics) expect(severity).toBe('error');
  return { text, told: diagnostics.map(described) };
};
const file = (bytes: Uint8Array | string): Entry => ({ kind: 'file', read: () => Buffer.from(bytes) });
const hex = (digits: string) => Buffer.from(digits.replaceAll(' ', ''), 'hex');

describe('what is no file', () => {
  test.each<[string, Entry | undefined, string]>([
    ['nothing', undefined, 'file-missing 1:1-1:1 of a.yaml'],
    ['a folder', { kind: 'folder' }, 'not-a-file 1:1-1:1 is フォルダ'],
    ['a link', { kind: 'link' }, 'not-a-file 1:1-1:1 is リンク'],
    ['a device', { kind: 'other' }, 'not-a-file 1:1-1:1 is 特殊なファイル'],
  ])('%s', (_, entry, told) => {
    expect(read(entry)).toEqual({ text: undefined, told: [told] });
  });
});

describe('how large a file may be', () => {
  const kB = 1024;
  const words = 'file-too-large 1:1-1:1';
  test('256 kB of bytes are read, one more is not', () => {
    expect(read(file(`a: ${'x'.repeat(256 * kB - 3)}`)).told).toEqual([]);
    expect(read(file(`a: ${'x'.repeat(256 * kB - 2)}`))).toEqual({
      text: undefined,
      told: [`${words} is 257 kB for 256 kB`],
    });
    expect(read(file('あ'.repeat((256 * kB) / 3 + 1))).told).toEqual([`${words} is 257 kB for 256 kB`]);
  });
  test('what is known to be too large is not read at all', () => {
    const unread = { kind: 'file' as const, read: () => expect.fail('it is read') };
    expect(read({ ...unread, size: () => 256 * kB + 1 }).told).toEqual([`${words} is 257 kB for 256 kB`]);
    expect(read({ ...unread, size: () => 3 * kB * kB }).told).toEqual([`${words} is 3072 kB for 256 kB`]);
    expect(read({ ...file('a: b'), size: () => 256 * kB } as Entry)).toEqual({ text: 'a: b', told: [] });
  });
});

test('what the system does not give out: its code', () => {
  const fails = (error: Error) =>
    read({
      kind: 'file',
      read: () => {
        throw error;
      },
    });
  expect(fails(Object.assign(new Error('x'), { code: 'EACCES' })).told).toEqual(['file-unreadable 1:1-1:1 is EACCES']);
  expect(fails(new Error('x'))).toEqual({ text: undefined, told: ['file-unreadable 1:1-1:1 is 不明'] });
});

describe('other encodings', () => {
  const utf16 = (text: string, big = false) => {
    const bytes = Buffer.from(text, 'utf16le');
    return big ? bytes.swap16() : bytes;
  };
  test.each<[string, Uint8Array, string]>([
    ['UTF-16 with its mark', hex('ff fe 61 00'), 'is UTF-16'],
    ['the other UTF-16 with its mark', hex('fe ff 00 61'), 'is UTF-16'],
    ['UTF-16 with its mark of kanji', Buffer.concat([hex('ff fe'), utf16('漢字')]), 'is UTF-16'],
    ['UTF-16 without a mark', utf16('番号: 1\n取組: 案内\n'), 'is UTF-16'],
    ['the other UTF-16 without a mark', utf16('番号: 1\n取組: 案内\n', true), 'is UTF-16'],
    ['UTF-16 of Latin letters alone', utf16('abcd'), 'is UTF-16'],
    ['Shift_JIS', hex('8e e6 91 67 3a 20 61'), '1:1-1:2 is Shift_JIS'],
    ['Shift_JIS in the third line', Buffer.concat([Buffer.from('a: 1\n\nbあ'), hex('82 a0')]), '3:3-3:4'],
    ['EUC-JP', hex('bc e8 c1 c8 fd 3a'), '1:1-1:2'],
    ['one byte', Buffer.concat([Buffer.from('a: 𠮟'), hex('ff')]), '1:5-1:6'],
  ])('%s', (_, bytes, told) => {
    const found = read(file(bytes));
    expect(found.text).toBeUndefined();
    expect(found.told[0]).toContain('not-utf8');
    expect(found.told[0]).toContain(told);
    expect(found.told).toHaveLength(1);
  });

  test('which of them, and where the first byte stands that is none of UTF-8', () => {
    expect(read(file(hex('61 3a 20 8e e6 91 67'))).told).toEqual(['not-utf8 1:4-1:5 is Shift_JIS']);
    expect(read(file(hex('61 3a 20 e0 fe'))).told).toEqual(['not-utf8 1:4-1:5 is EUC-JP']);
    expect(read(file(hex('61 0a ff'))).told).toEqual(['not-utf8 2:1-2:2']);
    expect(read(file(hex('ff 61'))).told).toEqual(['not-utf8 1:1-1:2']);
    expect(read(file(hex('61 fe'))).told).toEqual(['not-utf8 1:2-1:3']);
    expect(read(file(hex('fe 61'))).told).toEqual(['not-utf8 1:1-1:2']);
    expect(read(file(hex('61 ff'))).told).toEqual(['not-utf8 1:2-1:3']);
  });

  test('zeros that are no UTF-16: told by whoever reads the text', () => {
    for (const text of ['a: \0\n', 'a\0b\0c\0\n', 'a: \0\0\0\0\0\0\0\0\n'])
      expect(read(file(text))).toEqual({ text, told: [] });
    // Only the beginning is looked at.
    const late = `a: ${'b'.repeat(1021)}${'\0c'.repeat(8)}`;
    expect(read(file(late)).told).toEqual([]);
    expect(read(file(late.slice(10))).told).toEqual(['not-utf8 1:1-1:1 is UTF-16']);
  });
});

describe('the ends of lines', () => {
  test.each<[string, string, string | undefined, string[]]>([
    ['of Unix', 'a: 1\nb: 2\n', 'a: 1\nb: 2\n', []],
    ['of Windows', 'a: 1\r\nb: 2\r\n', 'a: 1\nb: 2\n', []],
    ['none', 'a: 1', 'a: 1', []],
    ['of old Macs', 'a: 1\rb: 2\r', 'a: 1\nb: 2\n', ['line-ends 1:5-1:6 is CR']],
    ['doubled', 'a: 1\r\r\nb: 2\r\r\n', 'a: 1\nb: 2\n', ['line-ends 1:5-1:6 is CR CR LF']],
    ['doubled, but for the last line', 'a: 1\r\r\nb: 2', 'a: 1\nb: 2', ['line-ends 1:5-1:6 is CR CR LF']],
    ['more of them', 'a: 1\r\r\r\nb: 2\r\r\r\n', 'a: 1\nb: 2\n', ['line-ends 1:5-1:6 is CR CR LF']],
    ['one of old Macs in a line', 'あ: 1\nb: x\ry\n', undefined, ['line-ends 2:5-2:6 is 文字の間の CR']],
    ['one doubled', 'a: 1\nb: 2\r\r\n', undefined, ['line-ends 2:5-2:6 is 文字の間の CR']],
    ['one of old Macs at the end', 'a: 1\nb: 2\r', undefined, ['line-ends 2:5-2:6 is 文字の間の CR']],
  ])('%s', (_, written, text, told) => {
    expect(read(file(written))).toEqual({ text, told });
  });
});

describe('what stands in front, and what is nothing', () => {
  test.each<[string, string | undefined]>([
    ['\ufeffa: 1', 'a: 1'],
    ['\ufeff\ufeff\ufeffa: 1', 'a: 1'],
    ['a: \ufeff1', 'a: \ufeff1'],
    ['# x\n  a: 1', '# x\n  a: 1'],
    ['\t\ta', '\t\ta'],
    ['\n\na', '\n\na'],
    ['---', '---'],
  ])('%j is read', (written, text) => {
    expect(read(file(written))).toEqual({ text, told: [] });
  });
  test.each(['', '\n', '  \n\t\n', '# a', '  # a\n\n#b\n', '\ufeff', '\ufeff# a\n', ' \t# a', '\u3000\n'])(
    '%j is an empty file',
    (written) => {
      expect(read(file(written))).toEqual({ text: undefined, told: ['empty-file 1:1-1:1'] });
    },
  );
  test('its line ends are told too', () => {
    expect(read(file('# a\r\r\n')).told).toEqual(['line-ends 1:4-1:5 is CR CR LF', 'empty-file 1:1-1:1']);
  });
});
