import { describe, expect, test } from 'vitest';
import { NotStrict, parseValue } from './strict-file.ts';
import { attachment, bookmark, catalog, metadata, packed, threePages, xmp } from './strict-pages.ts';
import { readFacts } from './strict-rules.ts';
import { readXml } from './strict-xml.ts';

// The readers of the tests forgive nothing: each of these is one mistake in a file that is right.
const refused = (bytes: Buffer, what: RegExp) => {
  expect(() => readFacts(bytes)).toThrow(NotStrict);
  expect(() => readFacts(bytes)).toThrow(what);
};

describe('bytes', () => {
  const good = packed({ ...attachment(), ...bookmark('a') });
  const text = good.toString('latin1');
  const edited = (from: string | RegExp, to: string) => {
    const after = text.replace(from, to);
    expect(after).not.toBe(text);
    return Buffer.from(after, 'latin1');
  };
  test('a good file', () => expect(readFacts(good).pages).toEqual([10, 11, 12]));
  test.each<[string, () => Buffer, RegExp]>([
    ['another header', () => edited('%PDF-1.7', '%PDF-1.4'), /header/],
    ['bytes behind the end', () => Buffer.concat([good, Buffer.from('\n')]), /end of the file/],
    ['startxref beside the table', () => edited(/startxref\n\d/, 'startxref\n9'), /startxref|is not at/],
    ['an object that is moved', () => edited('44 0 obj', '\n44 0 obj'), /./],
    ['a blank between two objects', () => edited('endobj\n', 'endobj \n'), /./],
    ['a length too small', () => edited(/\/Length (\d)/, '/Length 1'), /length|inflate|behind/],
    ['a table that names another size', () => edited(/\/XRef \/Size \d/, '/XRef /Size 1'), /Size/],
    ['another number of objects', () => edited(/\/N \d/, '/N 9'), /number of objects/],
    ['a first object that is elsewhere', () => edited(/\/First \d/, '/First 9'), /./],
  ])('%s', (_, bytes, what) => expect(() => readFacts(bytes())).toThrow(what));
});

describe('values', () => {
  test.each([
    '',
    '1 2',
    '/',
    '/a#zz',
    '<0>',
    '(a',
    '(\\q)',
    '[1',
    '<< /A >>',
    '<< /A 1 /A 2 >>',
    '<< 1 2 >>',
    'True',
    '1e5',
    '--1',
    ']',
    '% 1',
  ])('%j', (text) => expect(() => parseValue(text)).toThrow(NotStrict));
  test('read', () =>
    expect(parseValue('[<< /A#20B (a(b)\\)\\n) /C <fF> >> 12 0 R 12 0 -.5 true null]')).toEqual([
      new Map<string, unknown>([
        ['A B', Buffer.from('a(b))\n')],
        ['C', Buffer.from([255])],
      ]),
      { number: 12 },
      12,
      0,
      -0.5,
      true,
      null,
    ]));
});

describe('parts', () => {
  /** An object, edited. */
  const edited = (number: number, from: string, to: string): Record<number, string> => {
    const before = threePages[number] ?? '';
    expect(before).toContain(from);
    return { [number]: before.replace(from, to) };
  };
  const labels = (nums: string) => ({ 5: `<< /Nums [${nums}] >>` });
  const names = (dests: string) => ({ 1: catalog(`/Names << /Dests ${dests} >>`) });
  test.each<[string, RegExp, Record<number, string>]>([
    ['a reference to nothing', /no object 99/, edited(33, '/Count', '/X 99 0 R /Count')],
    ['an object that nothing leads to', /nothing leads/, { 99: '[]' }],
    ['another count of pages', /count of pages/, edited(33, '3', '4')],
    ['a page of another parent', /a page/, edited(11, '33 0 R', '66 0 R')],
    ['a title with a line break', /title/, bookmark('a\nb')],
    ['a title with an invisible character', /title/, bookmark('a\u2060')],
    ['a title of nothing', /title/, bookmark('')],
    ['a title of half a character', /surrogate/, bookmark('\ud842')],
    ['a bookmark to no page', /destination/, bookmark('a', '[9 0 R /Fit]')],
    ['a view with too few numbers', /destination/, bookmark('a', '[10 0 R /XYZ 1 2]')],
    ['labels that begin later', /labels/, labels('1 << /S /D >>')],
    ['labels behind the pages', /labels/, labels('0 << /S /D >> 3 << /S /D >>')],
    ['labels out of order', /stands behind/, labels('0 << /S /D >> 2 << /S /D >> 1 << /S /D >>')],
    ['a label of no style', /page label/, labels('0 << /S /x >>')],
    ['a label from 0 on', /page label/, labels('0 << /S /D /St 0 >>')],
    ['names out of order', /stands behind/, names('<< /Names [(b) [10 0 R /Fit] (a) [10 0 R /Fit]] >>')],
    [
      'a name behind what begins with it',
      /stands behind/,
      names('<< /Names [(a-1) [10 0 R /Fit] (a) [10 0 R /Fit]] >>'),
    ],
    ['a name twice', /stands behind/, names('<< /Names [(a) [10 0 R /Fit] (a) [10 0 R /Fit]] >>')],
    ['wrong limits', /limits/, names('<< /Kids [<< /Limits [(a) (b)] /Names [(a) [10 0 R /Fit]] >>] >>')],
    ['limits of the root', /limits/, names('<< /Limits [(a) (a)] /Names [(a) [10 0 R /Fit]] >>')],
    ['kids without limits', /Limits/, names('<< /Kids [<< /Names [(a) [10 0 R /Fit]] >>] >>')],
    ['a file of another size', /size of a file/, attachment({ size: 2 })],
    ['a file that AF does not know', /AF/, attachment({ associated: '[]' })],
    ['an ampersand in XMP', /XML/, { 44: metadata(xmp.replace('>T<', '>T&<')) }],
    ['another title in XMP', /Title/, { 44: metadata(xmp.replace('>T<', '>U<')) }],
    ['another date in XMP', /CreationDate/, edited(2, '20301201', '20301202')],
    ['a parent tree out of order', /stands behind/, edited(66, '0 13 0 R 1 14 0 R', '1 14 0 R 0 13 0 R')],
    ['two pages exchanged in it', /parent tree/, edited(66, '0 13 0 R 1 14 0 R', '0 14 0 R 1 13 0 R')],
    [
      'a key that nothing has',
      /nothing has/,
      { 66: (threePages[66] ?? '').replace('2 15 0 R', '2 15 0 R 3 [16 0 R]').replace('Key 3', 'Key 4') },
    ],
    ['a next key that is taken', /NextKey/, edited(66, 'Key 3', 'Key 2')],
    ['an element with another parent', /parent of element/, edited(17, '9 0 R', '66 0 R')],
    ['a role that means nothing', /role/, edited(17, '/S /P', '/S /Q')],
    ['an ID that the tree does not know', /ID tree/, edited(17, '/S /P', '/S /P /ID (a)')],
    ['a header that is none', /header/, edited(17, '/S /P', '/S /TD /A << /O /Table /Headers [(a)] >>')],
    ['a content that two elements claim', /two elements/, edited(17, '[0]', '[0 0]')],
    ['no language', /no string|catalog/, edited(1, '/Lang (ja-JP)', '')],
  ])('%s', (_, what, changes) => refused(packed(changes), what));
});

describe('XML', () => {
  test.each([
    '<a>&</a>',
    '<a>&b;</a>',
    '<a>&amp</a>',
    '<a><</a>',
    '<a>]]></a>',
    '<a>\x01</a>',
    '<a></b>',
    '<a>',
    '<a/><b/>',
    'a<a/>',
    '<a b=c/>',
    '<a b="<"/>',
    '<a b="1" b="2"/>',
    '<x:a/>',
    '</a>',
    '',
  ])('%j', (text) => expect(() => readXml(text)).toThrow(NotStrict));
  test('read', () =>
    expect(readXml(`<?x y?><n:a xmlns:n="urn:n" n:b="&lt;'"><c>&#x8A08;&amp;"'></c><d/></n:a>`)).toEqual({
      name: 'urn:n a',
      attributes: new Map([['urn:n b', "<'"]]),
      children: [
        { name: 'c', attributes: new Map(), children: ['計&"\'>'] },
        { name: 'd', attributes: new Map(), children: [] },
      ],
    }));
});
