import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Attachment, packAttachment, writeAttachments } from '../../src/assemble/attachments.ts';
import { contentOf, dictionary, parseObject, textOf } from '../pdf/strict-file.ts';
import { bodiesOf, objectsOf, utf16 } from './objects.ts';

const attachment = (plainName: string, type: string, text: string): Attachment => ({
  name: `取組集_${plainName}`,
  plainName,
  type,
  description: `${plainName}の説明`,
  relationship: type === 'text/csv' ? 'Data' : 'Source',
  text,
});

test('the size is that of the bytes, which are deflated', () => {
  const { deflated, size, ...rest } = packAttachment(attachment('a.csv', 'text/csv', '計画,1\r\n'.repeat(99)));
  expect(size).toBe(990);
  expect(deflated.length).toBeLessThan(60);
  const { text, ...told } = attachment('a.csv', 'text/csv', '');
  expect(rest).toEqual(told);
});

test('the same bytes on every machine', () => {
  const text = Array.from({ length: 600 }, (_, index) => `${(index * index * 7919) % 1009},計画${index % 17}\r\n`).join(
    '',
  );
  const { deflated } = packAttachment(attachment('a.csv', 'text/csv', text));
  expect(createHash('sha256').update(deflated).digest('hex')).toBe(
    '313808ea885cd3095b3e2492315e207215c52e1b8d56b11ac879cd827d3b7fd7',
  );
});

test('whatever their order, they are sorted', () => {
  const files = ['a', 'b', 'c'].map((name) => packAttachment(attachment(name, 'text/csv', '')));
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  for (const order of orders) {
    const { Names } = writeAttachments(
      objectsOf({ 1: '' }),
      order.flatMap((index) => files[index] ?? []),
      { year: 2026, month: 3, day: 9 },
    );
    expect(Names).toContain('[(a) 3 0 R (b) 5 0 R (c) 7 0 R]');
  }
});

test('every file with its name, date and relationship, in the order of the plain names', () => {
  const file = objectsOf({ 1: '<< >>' });
  const written = writeAttachments(
    file,
    [
      packAttachment(attachment('years.csv', 'text/csv', '年度')),
      packAttachment(attachment('a.json', 'application/json', '{"件":1}')),
      packAttachment(attachment('Z.csv', 'text/csv', '')),
    ],
    { year: 2026, month: 3, day: 9 },
  );
  expect(written).toEqual({
    Names: '/EmbeddedFiles << /Names [(Z.csv) 3 0 R (a.json) 5 0 R (years.csv) 7 0 R] >>',
    AF: '[3 0 R 5 0 R 7 0 R]',
  });
  const streamAt = (number: number) => {
    const object = parseObject(file.objects.get(number)?.body ?? Buffer.of(), 'a file');
    const entries = dictionary(object.value, 'a file');
    const parameters = dictionary(entries.get('Params'), 'Params');
    expect([entries.get('Type'), entries.get('Filter')]).toEqual(['/EmbeddedFile', '/FlateDecode']);
    return [
      entries.get('Subtype'),
      parameters.get('Size'),
      textOf(parameters.get('ModDate')),
      contentOf(object, 'a file').toString(),
    ];
  };
  expect([2, 4, 6].map(streamAt)).toEqual([
    ['/text/csv', 0, 'D:20260309000000Z', ''],
    ['/application/json', 9, 'D:20260309000000Z', '{"件":1}'],
    ['/text/csv', 6, 'D:20260309000000Z', '年度'],
  ]);
  expect(bodiesOf(file)[5]).toBe(
    `<< /Type /Filespec /F (a.json) /UF ${utf16('取組集_a.json')} /Desc ${utf16('a.jsonの説明')} ` +
      '/AFRelationship /Source /EF << /F 4 0 R /UF 4 0 R >> >>',
  );
  expect(bodiesOf(file)[7]).toContain('/AFRelationship /Data');
});

test('months and days of two digits', () => {
  const file = objectsOf({ 1: '<< >>' });
  writeAttachments(file, [packAttachment(attachment('a.csv', 'text/csv', ''))], { year: 2030, month: 12, day: 31 });
  expect(bodiesOf(file)[2]).toContain('/ModDate (D:20301231000000Z)');
});
