import { describe, expect, test } from 'vitest';
import { byteString, bytesOf } from '../../src/assemble/annexes/strings.ts';
import { pageLabels } from '../../src/assemble/labels.ts';
import { linkTo, linkWords, wordsFor } from '../../src/assemble/link-names.ts';
import { type Bookmark, bookmarks } from '../../src/assemble/outline.ts';
import type { BookData, DrawRequest } from '../../src/render/requests.ts';
import { utf16 } from './objects.ts';

const measure = (id: string, title: string) => ({ id, title });
const data = {
  parts: ['表紙', '目次', '取組事項一覧', 'annexes/a.pdf', '個票'],
  annexes: { 'annexes/a.pdf': { title: '資料 <1>', pages: [] } },
  categories: [
    {
      number: '1',
      name: '暮らし',
      groups: [
        {
          number: '1-1',
          name: '窓口',
          measures: [measure('1-1-1', '書かない\n窓口'), measure('1-1-2', '電子\n申\n請')],
        },
        { number: '1-2', name: '防災', measures: [measure('1-2-1', '避難所')] },
      ],
    },
    { number: '2', name: '仕事', groups: [{ number: '2-1', name: '漁業', measures: [measure('2-1-1', '競り')] }] },
  ],
} as unknown as BookData;
const withParts = (...parts: string[]): BookData => ({ ...data, parts });

const lines = (tree: readonly Bookmark[], depth = 0): string[] =>
  tree.flatMap(({ title, anchor, destination, children }) => [
    `${'  '.repeat(depth)}${title} → ${destination ?? anchor}`,
    ...lines(children, depth + 1),
  ]);

describe('bookmarks', () => {
  const sheets = [
    '1. 暮らし → sheet-1',
    '  1-1. 窓口 → sheet-1-1',
    '    1-1-1 書かない窓口 → sheet-1-1-1',
    '    1-1-2 電子申請 → sheet-1-1-2',
    '  1-2. 防災 → sheet-1-2',
    '    1-2-1 避難所 → sheet-1-2-1',
    '2. 仕事 → sheet-2',
    '  2-1. 漁業 → sheet-2-1',
    '    2-1-1 競り → sheet-2-1-1',
  ];
  const own = {
    title: '資料',
    anchor: '',
    destination: '[9 0 R /Fit]',
    children: [{ title: '統計', anchor: '', destination: '', children: [] }],
  };

  test('of a whole edition: parts, then what stands below them', () => {
    expect(lines(bookmarks(data, new Map([['annexes/a.pdf', own]])))).toEqual([
      '表紙 → part-表紙',
      '目次 → part-目次',
      '取組事項一覧 → part-取組事項一覧',
      '  1. 暮らし → overview-1',
      '    1-1. 窓口 → overview-1-1',
      '    1-2. 防災 → overview-1-2',
      '  2. 仕事 → overview-2',
      '    2-1. 漁業 → overview-2-1',
      '資料 → [9 0 R /Fit]',
      '  統計 → ',
      '個票 → part-個票',
      ...sheets.map((line) => `  ${line}`),
    ]);
  });

  test.each(['個票', 'A4個票'])('of single sheets (%s): without the part above', (part) =>
    expect(lines(bookmarks(withParts(part)))).toEqual(sheets),
  );
  test('of 表紙 alone: none', () => expect(bookmarks(withParts('表紙'))).toEqual([]));
});

describe('page labels', () => {
  const label = (page: number, words: string) => ({ page, label: words });
  test.each<[string, BookData, ReturnType<typeof label>[], string]>([
    ['the cover shows its name', data, [], `0 << /P ${utf16('表紙')} >> 1 << /S /D /St 2 >>`],
    ['without one all are numbers', withParts('目次', '表紙'), [], '0 << /S /D >>'],
    [
      'annexes show their own',
      data,
      [label(3, 'a'), label(12, 'c'), label(4, 'b')],
      `0 << /P ${utf16('表紙')} >> 1 << /S /D /St 2 >> 3 a 4 b 12 c`,
    ],
    [
      'behind the last page nothing',
      withParts('個票'),
      [label(19, 'a'), label(20, 'b'), label(21, 'c')],
      '0 << /S /D >> 19 a',
    ],
    ['an annex directly behind the cover', data, [label(1, 'a'), label(2, 'b')], `0 << /P ${utf16('表紙')} >> 1 a 2 b`],
  ])('%s', (_, document, annexes, wanted) => expect(pageLabels(document, annexes, 20)).toBe(`<< /Nums [${wanted}] >>`));
});

describe('where links lead to, in words', () => {
  const places = new Map([
    ['overview-1', 3],
    ['sheet-1', 5],
    ['sheet-1-1-1', 6],
    ['part-annexes/a.pdf', 4],
    ['part-個票', 5],
  ]);
  const words = linkWords(data, places);

  test('parts with their pages, annexes by their titles', () => {
    expect(words.get('part-個票')).toBe('個票(5ページ)');
    expect(words.get('part-annexes/a.pdf')).toBe('資料 <1>(4ページ)');
  });
  test('大項目 and 中項目 of both parts that have them', () => {
    expect(words.get('overview-1')).toBe('1. 暮らし(取組事項一覧、3ページ)');
    expect(words.get('sheet-1')).toBe('1. 暮らし(個票、5ページ)');
    expect(words.get('sheet-2-1')).toMatch(/^2-1\. 漁業\(個票、/);
    expect(words.has('overview-1-1-1')).toBe(false);
  });
  test('a sheet, its title in one line; of 見え消し the new one', () => {
    expect(words.get('sheet-1-1-1')).toBe('1-1-1 書かない窓口(個票、6ページ)');
    const runs = [
      { kind: 'removed', text: '古い' },
      { kind: 'added', text: '新しい\n' },
      { kind: 'kept', text: '窓口' },
    ];
    const marked = structuredClone(data);
    Object.assign(marked.categories[0]?.groups[0]?.measures[0] ?? {}, { title: { runs, framed: false } });
    expect(linkWords(marked, places).get('sheet-1-1-1')).toBe('1-1-1 新しい窓口(個票、6ページ)');
  });

  const drawn = (part: string, pages: unknown) => ({ sections: [{ part, pages }] }) as unknown as DrawRequest;
  test.each<[string, DrawRequest, string[]]>([
    [
      '目次: its lines, annexes too',
      drawn('目次', [
        { columns: [[{ targets: ['sheet-1', 'overview-1'] }], [{ targets: [] }, { targets: ['part-annexes/a.pdf'] }]] },
      ]),
      ['sheet-1', 'overview-1', 'part-annexes/a.pdf'],
    ],
    ['取組事項一覧: its measures', drawn('取組事項一覧', [{ rows: [{ measure: { id: '1-1-1' } }] }]), ['sheet-1-1-1']],
    [
      '個票: the targets of 再掲',
      drawn('個票', [{ bands: [{ measure: { id: '1-1-2', reprint: '1-1-1' } }] }]),
      ['sheet-1-1-1'],
    ],
    ['A4個票: the same', drawn('A4個票', [{ measure: { id: '1-1-2', reprint: '1-1-1' } }]), ['sheet-1-1-1']],
    ['表紙: none', drawn('表紙', undefined), []],
    [
      'all sections',
      {
        sections: ['1-1', '1-2'].map((id) => ({
          part: '取組事項一覧',
          pages: [{ rows: [{ measure: { id: `${id}-1` } }] }],
        })),
      } as unknown as DrawRequest,
      ['sheet-1-1-1', 'sheet-1-2-1'],
    ],
  ])('of the pages drawn alone: %s', (_, request, targets) =>
    expect(wordsFor(request, words)).toEqual(Object.fromEntries(targets.map((target) => [target, words.get(target)]))),
  );
});

describe('a link', () => {
  const annotation = (uri: string, contents: string) =>
    `<<\n  /Type /Annot\n  /Subtype /Link\n  /Rect [0 0 1 1]\n  /A <<\n    /Type /Action\n    /S /URI\n    /URI ${uri}\n  >>\n` +
    `  /F 4\n  /StructParent 0\n  /Contents ${contents}\n>>`;
  const led = (uri: string, contents: string, name: string) =>
    linkTo(annotation(uri, contents), { [name]: '資料(4ページ)' }).replaceAll(/\s+/g, ' ');
  test.each([
    ['(#sheet-1-1)', '(#sheet-1-1)', 'sheet-1-1'],
    ['<23706172742DE79BAEE6ACA1>', utf16('#part-目次'), 'part-目次'],
    ['(#part-a \\(1\\) b\\\\c.pdf)', '(x)', 'part-a (1) b\\c.pdf'],
    ['(#part-a(1(2)).pdf)', '(#part-a(1(2)).pdf)', 'part-a(1(2)).pdf'],
    ['(#a#b)', '(x)', 'a#b'],
  ])('to %s', (uri, contents, name) => {
    expect(led(uri, contents, name)).toBe(
      `<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] /Dest ${byteString(bytesOf(name))} /F 4 /StructParent 0 ` +
        `/Contents ${utf16('資料(4ページ)')} >>`,
    );
  });
  test('the bytes of the name in UTF-8', () => expect(byteString(bytesOf('目a'))).toBe('<E79BAE61>'));
  test('to a place that there is not is a defect', () =>
    expect(() => led('(#sheet-9)', '(x)', 'sheet-1')).toThrow('a link to sheet-9, which no place is called'));
  test('without words is a defect', () =>
    expect(() => led('(#sheet-1)', '1', 'sheet-1')).toThrow('a link without a string behind /Contents '));
});
