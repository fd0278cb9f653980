import { describe, expect, test } from 'vitest';
import { add, addStream, splitObjects, streamOf, text, textString } from '../../src/assemble/objects.ts';
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

test('objects are added behind the last', () => {
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
  expect(() => text(file, 2)).toThrow('the PDF has no object 2');
});

test('a stream as its dictionary and its data', () => {
  const file = objectsOf({ 1: stream('/A /é', 'x\nstream\n\nendstream'), 2: '<< /Length 1 >>' });
  const { dictionary, data } = streamOf(file, 1);
  expect(dictionary).toBe('<< /A /é /Length 19 >>');
  expect(data.toString('latin1')).toBe('x\nstream\n\nendstream');
  expect(() => streamOf(file, 2)).toThrow('object 2 is no stream');
  expect(() => streamOf(file, 3)).toThrow('the PDF has no object 3');
});

test.each([
  ['', '<FEFF>'],
  ['Az', '<FEFF0041007A>'],
  ['目次', '<FEFF76EE6B21>'],
  ['𠮟', '<FEFFD842DF9F>'],
])('textString of %j', (value, written) => expect(textString(value)).toBe(written));
