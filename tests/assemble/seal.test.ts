import { describe, expect, test } from 'vitest';
import { type Assembly, assemble, type Seal, seal } from '../../src/assemble/assemble.ts';
import { packAttachment } from '../../src/assemble/attachments.ts';
import { dictionary, type Value } from '../pdf/strict-file.ts';
import { readFacts } from '../pdf/strict-rules.ts';
import { classicFile, objectsOf, stream } from './objects.ts';

const xmp = Buffer.from(
  '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ' +
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" ' +
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part><dc:title>T</dc:title>' +
    '<dc:creator>A</dc:creator><xmp:CreatorTool>C</xmp:CreatorTool><xmp:CreateDate>2030-12-01T00:00:00Z</xmp:CreateDate>' +
    '<xmp:ModifyDate>2030-12-01T00:00:00Z</xmp:ModifyDate></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>',
).toString('latin1');

/** Three pages with one paragraph each, as Typst writes them. */
const bodies: Record<number, string> = {
  1:
    '<< /Type /Catalog /Pages 3 0 R /Metadata 4 0 R /PageLabels 5 0 R /Lang (ja-JP) /StructTreeRoot 6 0 R\n' +
    '/MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >> /Outlines 7 0 R >>',
  2: '<< /Title (T) /Author (A) /Creator (C) /CreationDate (D:20301201000000Z) /ModDate (D:20301201000000Z) >>',
  3: '<< /Type /Pages /Count 3 /Kids [10 0 R 11 0 R\n12 0 R] >>',
  4: stream('/Type /Metadata /Subtype /XML', xmp),
  5: '<< /Nums [0 << /S /R >>] >>',
  6: '<< /Type /StructTreeRoot /K [9 0 R] /ParentTree << /Nums [0 13 0 R 1 14 0 R 2 15 0 R] >> /ParentTreeNextKey 3 >>',
  7: '<< /Type /Outlines >>',
  9: '<< /Type /StructElem /S /Document /P 6 0 R /K [16 0 R 17 0 R 18 0 R] >>',
  ...Object.fromEntries(
    [10, 11, 12].flatMap((page, index) => [
      [page, `<< /Type /Page /Parent 3 0 R /MediaBox [0 -0.5 595.2 ${800 + index}.25] /StructParents ${index} >>`],
      [page + 3, `[${page + 6} 0 R]`],
      [page + 6, `<< /Type /StructElem /S /P /P 9 0 R /K [0] /Pg ${page} 0 R >>`],
    ]),
  ),
};
const anchors = ['a', 'b', 'c'].map((id, index) => ({ id, page: index + 1, x: 20, y: 100.004 + index }));
const bookmark = (title: string, anchor: string, ...children: Seal['bookmarks']) => ({ title, anchor, children });
const usual: Seal = {
  bookmarks: [],
  anchors,
  labels: '<< /Nums [0 << /S /D >>] >>',
  attachments: [],
  date: { year: 2030, month: 12, day: 1 },
  provenance: { plan: 'p', title: 't', revised: 'r', parts: 'x', content: 'c', fonts: 'f', tool: 't' },
};
const sealed = (own: Partial<Seal> = {}, changes: Record<number, string> = {}) =>
  readFacts(Buffer.from(seal(objectsOf({ ...bodies, ...changes }), { ...usual, ...own })));
const plain = (value: Value | undefined): unknown =>
  value instanceof Map ? Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)])) : value;

describe('the outline', () => {
  test('parts and what stands below them are open, all below them is closed', () => {
    const { outline } = sealed({
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
    const { outline } = sealed({
      bookmarks: [
        { title: '資料', anchor: '', destination: '[11 0 R /Fit]', children: [] },
        { title: '付録', anchor: '', destination: '', children: [bookmark('図', 'a')] },
      ],
    });
    expect(outline).toEqual(['· 資料 → 2 Fit', '+ 付録', '  · 図 → 1 XYZ 0 705.25 ·']);
  });
  test('none at all', () => {
    const { outline, catalog, file } = sealed();
    expect(outline).toEqual([]);
    const outlines = catalog.get('Outlines') as { number: number };
    expect(plain(file.objects.get(outlines.number)?.value)).toEqual({ Type: '/Outlines' });
  });
  test.each([
    ['no such anchor', 'z', anchors],
    ['an anchor behind the last page', 'a', [{ id: 'a', page: 4, x: 0, y: 0 }]],
    ['an anchor in front of the first page', 'a', [{ id: 'a', page: 0, x: 0, y: 0 }]],
  ])('%s: a defect', (_, anchor, places) =>
    expect(() => sealed({ bookmarks: [bookmark('x', anchor)], anchors: places })).toThrow(
      `no place in the document for the bookmark ${anchor}`,
    ),
  );
});

describe('the catalog', () => {
  const files = ['b.csv', 'a.csv'].map((plainName) =>
    packAttachment({
      plainName,
      name: plainName,
      type: 'text/csv',
      description: 'd',
      relationship: 'Data',
      text: plainName,
    }),
  );
  test('without attachments and annexes', () => {
    const { catalog, labels } = sealed();
    expect([...catalog.keys()].sort()).toEqual(
      'Lang MarkInfo Metadata Outlines PageLabels PageMode Pages StructTreeRoot Type ViewerPreferences'.split(' '),
    );
    expect(catalog.get('PageMode')).toBe('/UseOutlines');
    expect(labels).toEqual(['1', '2', '3']);
  });
  test('with attachments', () => {
    const { catalog, attachments } = sealed({ attachments: files });
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
    const both = sealed({ attachments: files, merged });
    expect([...dictionary(both.catalog.get('Names'), 'Names').keys()]).toEqual(['Dests', 'EmbeddedFiles']);
    expect([...both.destinations]).toEqual([['a', '1 Fit']]);
    expect(both.attachments.size).toBe(2);
    expect(plain((both.catalog.get('OutputIntents') as Value[])[0])).toEqual({ Type: '/OutputIntent' });
    const alone = sealed({ merged });
    expect([...dictionary(alone.catalog.get('Names'), 'Names').keys()]).toEqual(['Dests']);
    const none = sealed({ merged: { names: '', entries: {} } });
    expect(none.catalog.has('Names')).toBe(false);
  });
  test('its metadata tells the provenance', () => {
    const { xmp: told } = sealed({ provenance: { ...usual.provenance, plan: `<&>"'` } });
    expect(told).toMatchObject({
      'urn:shisakushu:provenance:1: plan': `<&>"'`,
      'http://www.aiim.org/pdfa/ns/id/ part': '3',
    });
  });
});

test('a page without a size is a defect', () =>
  expect(() => sealed({}, { 11: '<< /Type /Page >>' })).toThrow('page object 11 has no MediaBox'));

describe('annexes are put where Typst left room for them', () => {
  const merge = (parts: string[], annexes: Record<string, number>, places = anchors) => {
    const seen: unknown[] = [];
    const classic = classicFile(
      Object.entries(bodies).map(([number, body]) => [Number(number), `\n${body}\n`]),
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
        book: { date: usual.date },
      } as unknown as Assembly['data'],
      anchors: [
        ...places.map((place) => ({ ...place, id: `part-${place.id}` })),
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
    expect(merge(['b', '資料', 'a'], { b: 2, a: 1 })).toEqual([
      { part: 'b', title: '題 b', first: 1, pages: [11, 12], depth: 0 },
      { part: 'a', title: '題 a', first: 0, pages: [10], depth: 0 },
    ]);
  });
  test('an annex that has no place is a defect', () =>
    expect(() => merge(['d'], { d: 1 })).toThrow('no place in the document for the annex d'));
});
