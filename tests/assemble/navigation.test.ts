import { describe, expect, test } from 'vitest';
import { pageLabels } from '../../src/assemble/labels.ts';
import { linkNames, nameLinks } from '../../src/assemble/link-names.ts';
import { type Bookmark, bookmarks } from '../../src/assemble/outline.ts';
import { openStructure } from '../../src/assemble/structure.ts';
import type { DocumentData } from '../../src/render/data.ts';
import { bodiesOf, objectsOf, utf16 } from './objects.ts';

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
} as unknown as DocumentData;
const withParts = (...parts: string[]): DocumentData => ({ ...data, parts });

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
  test.each<[string, DocumentData, ReturnType<typeof label>[], string]>([
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
  const pages: Record<string, number> = { 'overview-1': 3, 'sheet-1': 5, 'sheet-1-1-1': 6, 'part-annexes/a.pdf': 4 };
  const names = (document: DocumentData) => linkNames(document, (anchor) => pages[anchor] ?? 9);
  const sheets = [
    '個票(9ページ)',
    '1. 暮らし(個票、5ページ)',
    '1-1. 窓口(個票、9ページ)',
    '1-2. 防災(個票、9ページ)',
    '2. 仕事(個票、9ページ)',
    '2-1. 漁業(個票、9ページ)',
  ];
  test('the entries of 目次 in its order: annexes at its end', () => {
    expect(names(data).contents).toEqual([
      '取組事項一覧(9ページ)',
      '1. 暮らし(取組事項一覧、3ページ)',
      ...sheets.slice(2).map((line) => line.replace('個票', '取組事項一覧')),
      ...sheets,
      '資料 <1>(4ページ)',
    ]);
    expect(names(withParts('目次', '個票')).contents).toEqual(sheets);
  });
  test('a sheet, its title in one line', () => {
    expect(names(data).sheet('1-1-1')).toBe('1-1-1 書かない窓口(個票、6ページ)');
    expect(names(data).sheet('9-9-9')).toBe('9-9-9 (個票、9ページ)');
  });
  test('are written into every annotation of a Link', () => {
    const annotation = `<< /Subtype /Link /Rect [0 0 1 1] /Contents <FEFF00AB> /F 4 >>`;
    const file = objectsOf({
      1: '<< /StructTreeRoot 3 0 R >>',
      2: '<< >>',
      3: '<< /K [4 0 R] >>',
      4: '<< /S /Document /K [5 0 R] >>',
      5: '<< /S /Link /K [1 << /Type /OBJR /Obj 6 0 R >> << /Type /OBJR /Obj 7 0 R >>] >>',
      6: annotation,
      7: annotation.replace('00AB', ''),
      8: annotation,
    });
    nameLinks(openStructure(file), 5, '資料(4ページ)');
    const named = annotation.replace('<FEFF00AB>', utf16('資料(4ページ)'));
    expect([6, 7, 8].map((number) => bodiesOf(file)[number])).toEqual([named, named, annotation]);
  });
});
