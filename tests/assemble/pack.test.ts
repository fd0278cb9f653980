import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PdfObjects } from '../../src/assemble/objects.ts';
import { packObjects } from '../../src/assemble/pack.ts';
import { contentOf, dictionary, readStrictly, type StrictFile } from '../pdf/strict-file.ts';
import { objectsOf, stream } from './objects.ts';

const packed = (file: PdfObjects): StrictFile => readStrictly(Buffer.from(packObjects(file)));
const at = ({ objects }: StrictFile, number: number) => objects.get(number) ?? expect.fail(`no object ${number}`);
const dictOf = (file: StrictFile, number: number) => dictionary(at(file, number).value, `object ${number}`);
const ofType = ({ objects }: StrictFile, type: string) =>
  [...objects].filter(([, { value }]) => value instanceof Map && value.get('Type') === type).map(([number]) => number);

const map = '/CIDInit /ProcSet findresource begin '.repeat(20);
const file = (): PdfObjects => ({
  ...objectsOf({
    1: '<< /Type /Catalog /Metadata 3 0 R /Kids [5 0 R 6 0 R] /Lost 99 0 R >>',
    2: '<< /Title (5 0 R, 4 0 R) >>',
    3: stream('/Type /Metadata /Subtype /XML', `<x>${'metadata '.repeat(40)}</x>`),
    4: '<< /Nobody /Wants >>',
    5: stream('/Type /CMap /CMapName /A', map),
    6: stream('/Type /CMapped /In 8 0 R', 'stream\n7 0 R '.repeat(9)),
    7: '<< /Nothing /Leads /Here >>',
    8: '(packed)',
    9: stream('/Nothing /Leads', 'here'),
  }),
  next: 12,
});

test('all that the catalog and the information lead to, and nothing else', () => {
  const found = packed(file());
  expect([...found.objects.keys()].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 8, 12, 13]);
  expect(ofType(found, '/ObjStm')).toEqual([12]);
  expect(ofType(found, '/XRef')).toEqual([13]);
  expect(at(found, 8).value).toEqual(Buffer.from('packed'));
  expect(dictOf(found, 1).get('Type')).toBe('/Catalog');
  const { trailer } = found;
  expect([trailer.get('Root'), trailer.get('Info'), trailer.get('Size')]).toEqual([{ number: 1 }, { number: 2 }, 14]);
  expect(trailer.get('ID')).toEqual([Buffer.from('0123456789abcdef'), Buffer.from('0123456789abcdef')]);
});

test('maps of characters are deflated; metadata and other streams stay as they are', () => {
  const found = packed(file());
  expect(dictOf(found, 5).get('Filter')).toBe('/FlateDecode');
  expect(dictOf(found, 5).get('CMapName')).toBe('/A');
  expect(at(found, 5).data?.length).toBeLessThan(map.length / 4);
  expect(contentOf(at(found, 5), 'the map').toString()).toBe(map);
  for (const number of [3, 6]) expect(dictOf(found, number).has('Filter')).toBe(false);
  expect(at(found, 6).data?.toString()).toBe('stream\n7 0 R '.repeat(9));
});

test('a map that is deflated already stays as it is', () => {
  const own = objectsOf({ 1: '<< /A 3 0 R >>', 2: '<< >>', 3: stream('/Type /CMap /Filter /ASCIIHexDecode', '00>') });
  const bytes = Buffer.from(packObjects(own)).toString('latin1');
  expect(bytes).toContain(
    '3 0 obj\n<< /Type /CMap /Filter /ASCIIHexDecode /Length 3 >>\nstream\n00>\nendstream\nendobj\n',
  );
});

test('streams of up to 2000 objects', () => {
  const bodies = Object.fromEntries(
    Array.from({ length: 2001 }, (_, index) => [index + 1, `<< /N ${index + 2} 0 R >>`]),
  );
  const found = packed({ ...objectsOf(bodies), info: 2001 });
  expect(ofType(found, '/ObjStm').map((number) => dictOf(found, number).get('N'))).toEqual([2000, 1]);
  expect(dictOf(found, 2001).get('N')).toEqual({ number: 2002 });
  const exact = packed({ ...objectsOf({ ...bodies, 2000: '<< >>' }), info: 1 });
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
    4: stream('/Type /CMap', map),
  });
  expect(createHash('sha256').update(packObjects(large)).digest('hex')).toBe(
    '6785cd45ee9972930770f023bf949bb0ba320ac59672ac6b762c3f224a706c37',
  );
});
