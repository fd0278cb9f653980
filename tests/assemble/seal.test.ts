import { describe, expect, test } from 'vitest';
import { type Assembly, assemble, type Seal } from '../../src/assemble/assemble.ts';
import { dictionary, type Value } from '../pdf/strict-file.ts';
import { readFacts } from '../pdf/strict-rules.ts';
import { classicFile } from './objects.ts';
import { anchors, attachment, bookmark, sealed, threePages, usual } from './three-pages.ts';

const factsOf = (own: Partial<Seal> = {}, changes: Record<number, string> = {}) => readFacts(sealed(own, changes));
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
  test.each([
    ['no such anchor', 'z', anchors],
    ['an anchor behind the last page', 'a', [{ id: 'a', page: 4, x: 0, y: 0 }]],
    ['an anchor in front of the first page', 'a', [{ id: 'a', page: 0, x: 0, y: 0 }]],
  ])('%s: a defect', (_, anchor, places) =>
    expect(() => factsOf({ bookmarks: [bookmark('x', anchor)], anchors: places })).toThrow(
      `no place in the document for the bookmark ${anchor}`,
    ),
  );
});

describe('the catalog', () => {
  const files = ['b.csv', 'a.csv'].map(attachment);
  test('without attachments and annexes', () => {
    const { catalog, labels } = factsOf();
    expect([...catalog.keys()].sort()).toEqual(
      'Lang MarkInfo Metadata Outlines PageLabels PageMode Pages StructTreeRoot Type ViewerPreferences'.split(' '),
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
    expect([...dictionary(catalog.get('Names'), 'Names').keys()]).toEqual(['EmbeddedFiles']);
  });
  test('with what annexes add, beside the attachments or alone', () => {
    const merged = {
      names: '/Dests << /Names [<61> [10 0 R /Fit]] >>',
      entries: { OutputIntents: '[<< /Type /OutputIntent >>]' },
    };
    const both = factsOf({ attachments: files, merged });
    expect([...dictionary(both.catalog.get('Names'), 'Names').keys()]).toEqual(['Dests', 'EmbeddedFiles']);
    expect([...both.destinations]).toEqual([['a', '1 Fit']]);
    expect(both.attachments.size).toBe(2);
    expect(plain((both.catalog.get('OutputIntents') as Value[])[0])).toEqual({ Type: '/OutputIntent' });
    const alone = factsOf({ merged });
    expect([...dictionary(alone.catalog.get('Names'), 'Names').keys()]).toEqual(['Dests']);
    const none = factsOf({ merged: { names: '', entries: {} } });
    expect(none.catalog.has('Names')).toBe(false);
  });
  test('its metadata tells the provenance', () => {
    const { xmp: told } = factsOf({ provenance: { ...usual.provenance, plan: `<&>"'` } });
    expect(told).toMatchObject({
      'urn:shisakushu:provenance:1: plan': `<&>"'`,
      'http://www.aiim.org/pdfa/ns/id/ part': '3',
    });
  });
});

test('a page without a size is a defect', () =>
  expect(() => factsOf({}, { 11: '<< /Type /Page >>' })).toThrow('page object 11 has no MediaBox'));

describe('annexes are put where Typst left room for them', () => {
  const merge = (parts: string[], annexes: Record<string, number>) => {
    const seen: unknown[] = [];
    const classic = classicFile(
      Object.entries({ ...threePages, 16: (threePages[16] ?? '').replace('/S /P', '/S /H1') }).map(([number, body]) => [
        Number(number),
        `\n${body}\n`,
      ]),
      `<<\n  /Root 1 0 R\n  /Info 2 0 R\n  /ID [(${'a'.repeat(24)}) (${'b'.repeat(24)})]\n>>`,
    );
    assemble({
      pdf: new Uint8Array(classic.buffer, classic.byteOffset, classic.byteLength),
      data: {
        parts,
        annexes: Object.fromEntries(
          Object.entries(annexes).map(([part, count]) => [
            part,
            { title: `題 ${part}`, pages: Array(count).fill([1, 1]) },
          ]),
        ),
        categories: [],
        book: { date: usual.date, title: '書名' },
      } as unknown as Assembly['data'],
      anchors: [
        ...anchors.map((place) => ({ ...place, id: `part-${place.id}` })),
        ...['表紙', '資料'].map((id) => ({ id: `part-${id}`, page: 1, x: 0, y: 0 })),
      ],
      tables: [],
      attachments: [],
      provenance: usual.provenance,
      merge: (_, found) => {
        seen.push(...found);
        return { bookmarks: new Map(), labels: [{ page: 2, label: '<< /S /r >>' }], names: '', entries: {} };
      },
    });
    return seen;
  };
  test('with the pages that stand for theirs; below 書名 their headings are a level deeper', () => {
    expect(merge(['b', '表紙', 'a'], { b: 2, a: 1 })).toEqual([
      { part: 'b', title: '題 b', first: 1, pages: [11, 12], depth: 0 },
      { part: 'a', title: '題 a', first: 0, pages: [10], depth: 1 },
    ]);
  });
  test('an annex that has no place is a defect', () =>
    expect(() => merge(['d'], { d: 1 })).toThrow('no place in the document for the annex d'));
});
