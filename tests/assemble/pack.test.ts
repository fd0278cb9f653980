import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PdfObjects } from '../../src/assemble/objects.ts';
import { packObjects } from '../../src/assemble/pack.ts';
import { packChunk } from '../../src/assemble/pack-chunk.ts';
import { dictionary, readStrictly, type StrictFile } from '../pdf/strict-file.ts';
import { objectsOf, stream } from './objects.ts';

const packed = (file: PdfObjects): StrictFile => readStrictly(Buffer.from(packObjects(file)));
const at = ({ objects }: StrictFile, number: number) => objects.get(number) ?? expect.fail(`no object ${number}`);
const dictOf = (file: StrictFile, number: number) => dictionary(at(file, number).value, `object ${number}`);
const ofType = ({ objects }: StrictFile, type: string) =>
  [...objects].filter(([, { value }]) => value instanceof Map && value.get('Type') === type).map(([number]) => number);

const file = (): PdfObjects => ({
  ...objectsOf({
    1: '<< /Type /Catalog /Metadata 3 0 R /Kids [5 0 R] >>',
    2: '<< /Title (5 0 R, 4 0 R) >>',
    3: stream('/Type /Metadata /Subtype /XML', `<x>${'metadata '.repeat(40)}</x>`),
    5: stream('/Type /Other /In 8 0 R', 'stream\n7 0 R '.repeat(9)),
    8: '(packed)',
  }),
  next: 12,
});

test('all objects: streams as they are, the others packed', () => {
  const found = packed(file());
  expect([...found.objects.keys()].sort((a, b) => a - b)).toEqual([1, 2, 3, 5, 8, 12, 13]);
  expect(ofType(found, '/ObjStm')).toEqual([12]);
  expect(ofType(found, '/XRef')).toEqual([13]);
  expect(at(found, 8).value).toEqual(Buffer.from('packed'));
  expect(dictOf(found, 1).get('Type')).toBe('/Catalog');
  for (const number of [3, 5]) expect(dictOf(found, number).has('Filter')).toBe(false);
  expect(at(found, 5).data?.toString()).toBe('stream\n7 0 R '.repeat(9));
  const { trailer } = found;
  expect([trailer.get('Root'), trailer.get('Info'), trailer.get('Size')]).toEqual([{ number: 1 }, { number: 2 }, 14]);
  expect(trailer.get('ID')).toEqual([Buffer.from('0123456789abcdef'), Buffer.from('0123456789abcdef')]);
});

describe('objects of a chunk', () => {
  const place = { first: 20, firstKey: 7, shared: { pages: 3 } };
  const chunk = {
    objects: [
      '<< /Type /Page /Parent @pages 0 R /Contents 2 1 R /StructParents 0 2 R >>',
      { dictionary: '<< /Length 9 /Of 1 1 R >>', data: Buffer.from('@pages 0 R'.slice(0, 9)) },
      '[1 1 R 3 1 R 12 2 R]',
    ],
    ...place,
  };
  test('have their numbers in the joined file, what streams hold stays', () => {
    const { streams, objectStreams } = packChunk(chunk);
    expect(streams.map(({ number, body }) => [number, Buffer.from(body).toString()])).toEqual([
      [21, '<< /Length 9 /Of 20 0 R >>\nstream\n@pages 0 \nendstream'],
    ]);
    expect(objectStreams.map(({ numbers }) => numbers)).toEqual([[20, 22]]);
    const found = readStrictly(
      Buffer.from(packObjects({ ...objectsOf({ 1: '<< >>', 2: '<< >>' }), next: 30 }, [packChunk(chunk)])),
    );
    expect([...found.objects.keys()].sort((a, b) => a - b)).toEqual([1, 2, 20, 21, 22, 30, 31, 32]);
    expect(dictOf(found, 20).get('Parent')).toEqual({ number: 3 });
    expect(dictOf(found, 20).get('Contents')).toEqual({ number: 21 });
    expect(dictOf(found, 20).get('StructParents')).toBe(7);
    expect(at(found, 22).value).toEqual([{ number: 20 }, { number: 22 }, 19]);
    expect(at(found, 21).data?.toString()).toBe('@pages 0 ');
  });
  test('that name nothing are a defect', () =>
    expect(() => packChunk({ ...chunk, objects: ['@toc-1 0 R'] })).toThrow('no object is called toc-1'));
});

test('streams of up to 2000 objects', () => {
  const bodies = Object.fromEntries(
    Array.from({ length: 2001 }, (_, index) => [index + 1, `<< /N ${index + 2} 0 R >>`]),
  );
  const found = packed({ ...objectsOf(bodies), info: 2001 });
  expect(ofType(found, '/ObjStm').map((number) => dictOf(found, number).get('N'))).toEqual([2000, 1]);
  expect(dictOf(found, 2001).get('N')).toEqual({ number: 2002 });
  const { 2001: _, ...exactly } = bodies;
  const exact = packed({ ...objectsOf(exactly), info: 1 });
  expect(ofType(exact, '/ObjStm').map((number) => dictOf(exact, number).get('N'))).toEqual([2000]);
});

test('nothing but streams', () => {
  const found = packed({ ...objectsOf({ 1: stream('', 'x') }), info: 1 });
  expect([...found.objects.keys()]).toEqual([1, 2]);
});

test('the same bytes on every machine, whatever the order in which objects came', () => {
  const one = file();
  const other = { ...one, objects: new Map([...one.objects].reverse()) };
  const bytes = packObjects(one);
  expect(Buffer.from(packObjects(other)).equals(bytes)).toBe(true);
  expect(Buffer.from(packObjects(file())).equals(bytes)).toBe(true);
  // Texts long enough to be deflated differently by another level or another library.
  const long = Array.from({ length: 400 }, (_, index) => `<< /T (${(index * index * 7919) % 1009} ${index % 17}) >>`);
  const map = long.join(' ');
  const large = objectsOf({
    1: '<< /All [3 0 R 4 0 R] >>',
    2: '<< >>',
    3: `[${map}]`,
    4: stream('/Type /Other', map),
  });
  expect(createHash('sha256').update(packObjects(large)).digest('hex')).toBe(
    '342fd3288a1668bfa234c0e24d1aef5e5c0df0a8a01e9c6c54da23b3a7fec306',
  );
});
