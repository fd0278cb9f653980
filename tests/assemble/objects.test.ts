import { describe, expect, test } from 'vitest';
import {
  add,
  addStream,
  replace,
  replaceStream,
  setKey,
  splitObjects,
  text,
  textString,
} from '../../src/assemble/objects.ts';
import { classicFile, objectsOf, stream } from './objects.ts';

describe('splitObjects', () => {
  const data = 'endobj 7 0 obj \x00\xff endobj';
  const bytes = classicFile(
    [
      [7, '\n<< /Type /Catalog >>\n'],
      [2, ` \r\n<< /Length ${data.length} >>\nstream\n${data}\nendstream\r\n `],
      [5, '[1 2 0 R]'],
      [1, '\n(endstream)\n'],
      [4, ' \n'],
    ],
    '<< /Abcden 9\n  /Size 8\n  /Root 7 0 R\n  /Info 12 0 R\n  /ID [(a\n=) (b)]\n  /Other [(c)]\n>>',
  );

  test('every object, wherever it stands, without the blanks around it', () => {
    const { objects } = splitObjects(bytes);
    expect(
      [...objects].map(([key, { number, body, isStream }]) => [key, number, body.toString('latin1'), isStream]),
    ).toEqual([
      [7, 7, '<< /Type /Catalog >>', false],
      [2, 2, `<< /Length ${data.length} >>\nstream\n${data}\nendstream`, true],
      [5, 5, '[1 2 0 R]', false],
      [1, 1, '(endstream)', false],
      [4, 4, '', false],
    ]);
  });

  test('what the trailer tells, and the first free number', () => {
    const { next, root, info, id } = splitObjects(bytes);
    expect({ next, root, info, id }).toEqual({ next: 8, root: 7, info: 12, id: '[(a\n=) (b)]' });
    expect(splitObjects(classicFile([[1, '<< >>']], '<< /Root 1 0 R /Info 1 0 R >>')).id).toBe('');
    expect(() => splitObjects(classicFile([[1, '1']], '<< /Root 1 0 R >>'))).toThrow(
      'no Info where Typst is known to write one',
    );
  });

  test('of a long file', () => {
    const long = classicFile(
      [
        [3, `(${'x'.repeat(5000)})`],
        [4, '4'],
      ],
      '<< /Root 3 0 R /Info 4 0 R >>',
    );
    expect(text(splitObjects(long), 4)).toBe('4');
    expect(text(splitObjects(long), 3)).toHaveLength(5002);
  });

  test('more blanks where they may stand', () => {
    const text = bytes
      .toString('latin1')
      .replace('xref\n0 8\n', 'xref\r\n0 8 \n')
      .replace(/startxref\n(\d+)\n/, 'startxref\r\n$1 \n');
    expect([...splitObjects(Buffer.from(text, 'latin1')).objects.keys()]).toEqual([7, 2, 5, 1, 4]);
  });

  test('another kind of file is a defect', () => {
    const other = '%PDF-1.7\n1 0 obj\n<< /Type /XRef >>\nendobj\nstartxref\n9\n%%EOF';
    expect(() => splitObjects(Buffer.from(other))).toThrow(
      'no classic cross-reference table where Typst is known to write one',
    );
    const elsewhere = '%PDF-1.7\nxref\n0 1\n0000000000 65535 f\r\ntrailer\n<<>>\nstartxref\n0\n%%EOF';
    expect(() => splitObjects(Buffer.from(elsewhere))).toThrow('no classic');
    expect(() => splitObjects(Buffer.from('xref\n1 1\n'))).toThrow('no classic');
  });
});

test('objects are added behind the last, and edited', () => {
  const file = objectsOf({ 1: '<< /A /é >>', 4: '4' });
  expect([add(file, '<< /Ü 1 >>'), addStream(file, '/B /é', Buffer.from([0, 10, 255])), add(file, '')]).toEqual([
    5, 6, 7,
  ]);
  expect(file.next).toBe(8);
  expect(file.objects.get(5)).toEqual({ number: 5, body: Buffer.from('<< /Ü 1 >>', 'latin1'), isStream: false });
  expect(file.objects.get(6)).toEqual({
    number: 6,
    body: Buffer.from('<< /B /é /Length 3 >>\nstream\n\0\n\xff\nendstream', 'latin1'),
    isStream: true,
  });
  expect(text(file, 1)).toBe('<< /A /é >>');
  replace(file, 1, (body) => `${body}ß`);
  expect(file.objects.get(1)?.body).toEqual(Buffer.from('<< /A /é >>ß', 'latin1'));
  expect(() => text(file, 2)).toThrow('the PDF has no object 2');
  expect(() => replace(file, 3, () => '')).toThrow('the PDF has no object 3');
});

describe('replaceStream', () => {
  test('the length is that of the bytes', () => {
    const file = objectsOf({ 1: Buffer.from(stream('/Type /Metadata', '計画')).toString('latin1') });
    replaceStream(file, 1, (content) => `${content}と\nstream\n`);
    expect(file.objects.get(1)?.body.toString('utf8')).toBe(
      '<< /Type /Metadata /Length 17 >>\nstream\n計画と\nstream\n\nendstream',
    );
  });
  test('line ends of either kind', () => {
    const file = objectsOf({ 1: '<< /Length 1 /A 1 >>\r\nstream\r\nx\r\nendstream' });
    replaceStream(file, 1, (content) => `[${content}]`);
    expect(text(file, 1)).toBe('<< /Length 3 /A 1 >>\nstream\n[x]\nendstream');
  });
  test.each([
    ['what is no stream', '<< /Length 1 >>'],
    ['what is compressed', stream('/Filter /FlateDecode', 'x')],
    ['what does not end', '<< /Length 1 >>\nstream\nx'],
    ['what has something behind it', `${stream('', 'x')}\nmore`],
  ])('%s cannot be edited', (_, body) => {
    expect(() => replaceStream(objectsOf({ 12: body }), 12, (content) => content)).toThrow(
      'object 12 is no plain stream',
    );
  });
});

test.each([
  ['<< /A 1 >>', '<< /A 1 /Key V >>'],
  ['<< /Key 12 0 R /A 1 >>', '<<  /A 1 /Key V >>'],
  ['<< /A 1 /Key /Name >>', '<< /A 1  /Key V >>'],
  ['<< /Key << /B [1 2] >> /A 1 >>\n', '<<  /A 1 /Key V >>'],
  ['<< /A << /B 1 >> >>', '<< /A << /B 1 >> /Key V >>'],
  ['<< /Keys 1 0 R /A /Key >>', '<< /Keys 1 0 R /A /Key /Key V >>'],
])('setKey of %j', (before, after) => expect(setKey(before, 'Key', 'V')).toBe(after));

test.each([
  ['', '<FEFF>'],
  ['Az', '<FEFF0041007A>'],
  ['目次', '<FEFF76EE6B21>'],
  ['𠮟', '<FEFFD842DF9F>'],
])('textString of %j', (value, written) => expect(textString(value)).toBe(written));
