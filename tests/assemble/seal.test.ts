import { describe, expect, test } from 'vitest';
import type { MergedAnnexes } from '../../src/assemble/annexes/join.ts';
import type { Seal } from '../../src/assemble/assemble.ts';
import type { Chunk } from '../../src/assemble/chunk.ts';
import { dictionary, type Value } from '../pdf/strict-file.ts';
import { readFacts } from '../pdf/strict-rules.ts';
import { deflated, paragraph } from './chunks.ts';
import { attachment, bookmark, sealed, threePages, usual } from './three-pages.ts';

const merged: MergedAnnexes = {
  bookmarks: new Map(),
  labels: [],
  destinations: new Map(),
  tops: new Map(),
  entries: {},
};
const factsOf = (own: Partial<Seal> = {}, pages = threePages) => readFacts(sealed(own, pages));
const plain = (value: Value | undefined): unknown =>
  value instanceof Map ? Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)])) : value;

describe('the outline', () => {
  test('parts and what stands below them are open, all below them is closed', () => {
    const { outline } = factsOf({
      bookmarks: [
        bookmark('表紙', 'a'),
        bookmark(
          '個票',
          'b',
          bookmark(
            '1',
            'b',
            bookmark('1-1', 'b', bookmark('1-1-1', 'b'), bookmark('1-1-2', 'c')),
            bookmark('1-2', 'c'),
          ),
          bookmark('2', 'c'),
        ),
        bookmark('資料', 'c', bookmark('3', 'c')),
      ],
    });
    expect(outline).toEqual([
      '· 表紙 → 1 XYZ 0 705.25 ·',
      '+ 個票 → 2 XYZ 0 705.25 ·',
      '  - 1 → 2 XYZ 0 705.25 ·',
      '    - 1-1 → 2 XYZ 0 705.25 ·',
      '      · 1-1-1 → 2 XYZ 0 705.25 ·',
      '      · 1-1-2 → 3 XYZ 0 705.25 ·',
      '    · 1-2 → 3 XYZ 0 705.25 ·',
      '  · 2 → 3 XYZ 0 705.25 ·',
      '+ 資料 → 3 XYZ 0 705.25 ·',
      '  · 3 → 3 XYZ 0 705.25 ·',
    ]);
  });
  test('places of annexes are written as they are; a title that leads nowhere has none', () => {
    const { outline } = factsOf({
      bookmarks: [
        { title: '資料', anchor: '', destination: '[11 0 R /Fit]', children: [] },
        { title: '付録', anchor: '', destination: '', children: [bookmark('図', 'a')] },
      ],
    });
    expect(outline).toEqual(['· 資料 → 2 Fit', '+ 付録', '  · 図 → 1 XYZ 0 705.25 ·']);
  });
  test('none at all', () => {
    const { outline, catalog, file } = factsOf();
    expect(outline).toEqual([]);
    const outlines = catalog.get('Outlines') as { number: number };
    expect(plain(file.objects.get(outlines.number)?.value)).toEqual({ Type: '/Outlines' });
  });
  test('no such place: a defect', () =>
    expect(() => factsOf({ bookmarks: [bookmark('x', 'z')] })).toThrow('no place in the document for the bookmark z'));
});

describe('the catalog', () => {
  const files = ['b.csv', 'a.csv'].map(attachment);
  test('without attachments and annexes', () => {
    const { catalog, labels } = factsOf();
    expect([...catalog.keys()].sort()).toEqual(
      'Lang MarkInfo Metadata Names Outlines PageLabels PageMode Pages StructTreeRoot Type ViewerPreferences'.split(
        ' ',
      ),
    );
    expect(catalog.get('PageMode')).toBe('/UseOutlines');
    expect(labels).toEqual(['1', '2', '3']);
  });
  test('with attachments', () => {
    const { catalog, attachments } = factsOf({ attachments: files });
    expect([...attachments].map(([key, { modified, text }]) => [key, modified, text])).toEqual([
      ['a.csv', 'D:20301201000000Z', 'a.csv'],
      ['b.csv', 'D:20301201000000Z', 'b.csv'],
    ]);
    expect((catalog.get('AF') as Value[]).length).toBe(2);
    expect([...dictionary(catalog.get('Names'), 'Names').keys()]).toEqual(['Dests', 'EmbeddedFiles']);
  });
  test('with what annexes add', () => {
    const { catalog } = factsOf({ merged: { ...merged, entries: { OutputIntents: '[<< /Type /OutputIntent >>]' } } });
    expect(plain((catalog.get('OutputIntents') as Value[])[0])).toEqual({ Type: '/OutputIntent' });
  });
  test('its metadata tells the provenance', () => {
    const { xmp: told } = factsOf({ provenance: { ...usual.provenance, plan: `<&>"'` } });
    expect(told).toMatchObject({
      'urn:shisakushu:provenance:1: plan': `<&>"'`,
      'http://www.aiim.org/pdfa/ns/id/ part': '3',
    });
  });
});

describe('the places that links lead to, by name', () => {
  const destinations = (own: Partial<Seal>, pages = threePages) =>
    [...factsOf(own, pages).destinations].map(([name, place]) => `${Buffer.from(name, 'latin1')} → ${place}`);

  test('those of the pages, a little above', () => {
    expect(destinations({})).toEqual(['a → 1 XYZ 20 710.25 ·', 'b → 2 XYZ 20 710.25 ·', 'c → 3 XYZ 20 710.25 ·']);
    const [first] = threePages;
    const high = { ...(first as Chunk), anchors: [{ id: 'あ', page: 1, x: 1.5, y: 3 }] };
    expect(destinations({}, [high])).toEqual(['あ → 1 XYZ 1.5 800.25 ·']);
  });
  test('those of annexes, and where each begins; the document keeps its names', () => {
    const own = {
      ...merged,
      destinations: new Map([
        ['b', '[6 0 R /Fit]'],
        ['\xe9', '[6 0 R /FitB]'],
        ['b-1', '[6 0 R /FitBH 2]'],
      ]),
      tops: new Map([['annexes/計画.pdf', '[6 0 R /FitH 1]']]),
    };
    expect(destinations({ merged: own })).toEqual([
      'a → 1 XYZ 20 710.25 ·',
      'b → 2 XYZ 20 710.25 ·',
      'b-1 → 1 FitBH 2',
      'c → 3 XYZ 20 710.25 ·',
      'part-annexes/計画.pdf → 1 FitH 1',
      '\ufffd → 1 FitB',
    ]);
  });
  test('none at all', () => expect(factsOf({}, [paragraph()]).catalog.has('Names')).toBe(false));
});

describe('what the file says of itself', () => {
  const id = (own: Partial<Seal> = {}, pages = threePages) =>
    (factsOf(own, pages).file.trailer.get('ID') as Buffer[]).map((bytes) => bytes.toString('hex'));

  test('title, author and date, in XMP too', () => {
    const { info, xmp } = factsOf({ title: '計画 <1> & 2', date: { year: 2030, month: 1, day: 9 } });
    expect(info).toEqual({
      Title: '計画 <1> & 2',
      Author: '市',
      Creator: 'Typst 0.14.2',
      CreationDate: 'D:20300109000000Z',
      ModDate: 'D:20300109000000Z',
    });
    expect(xmp).toMatchObject({
      'http://ns.adobe.com/xap/1.0/ CreateDate': '2030-01-09T00:00:00Z',
      'http://ns.adobe.com/xap/1.0/t/pg/ NPages': '3',
    });
  });
  test('what tells the document from others, and its state from others', () => {
    const [document, state] = id();
    expect(id()).toEqual([document, state]);
    expect([document, state].map((digest) => digest?.length)).toEqual([32, 32]);
    expect(factsOf().xmp).toMatchObject({
      'http://ns.adobe.com/xap/1.0/mm/ DocumentID': document,
      'http://ns.adobe.com/xap/1.0/mm/ InstanceID': state,
    });
    /** With another content, and another box. */
    const drawn = threePages.map((page) => ({
      ...page,
      objects: page.objects.with(1, deflated('/P <</MCID 0>> BDC n EMC')),
    }));
    const wider = threePages.map((page) => ({
      ...page,
      objects: page.objects.map((object) => (typeof object === 'string' ? object.replace('595.2', '595') : object)),
    }));
    const states = [
      id({ provenance: { ...usual.provenance, content: 'd' } }),
      id({}, threePages.slice(1)),
      id({}, drawn),
      id({}, wider),
    ];
    for (const [same, own] of states) {
      expect(same).toBe(document);
      expect(own).not.toBe(state);
    }
    expect(new Set(states.map(([, own]) => own)).size).toBe(4);
    expect(id({ title: '別' })[0]).not.toBe(document);
    expect(id({ author: '別' })[0]).not.toBe(document);
  });
});
