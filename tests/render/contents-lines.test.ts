import { expect, test } from 'vitest';
import { contentsLines, contentsOf, lineOf } from '../../src/render/contents-lines.ts';
import { bookOf } from './laid-out.ts';

const annexes = { 'annexes/a.pdf': { title: '資料', pages: [] }, 'annexes/b.pdf': { title: '用語', pages: [] } };
const title = { indent: 0, weight: 'bold', file: null, path: [] };
const label = { weight: 'regular', file: 'structure.yaml', path: ['大項目'] };
const annex = { indent: 0, weight: 'bold', wide: false, file: 'edition.yaml', path: ['構成'] };

test('目次 lists 取組事項一覧 and 個票 side by side, each with its 大項目 and 中項目, and the annexes below', () => {
  const parts = ['表紙', 'annexes/b.pdf', '目次', '取組事項一覧', '個票', 'annexes/a.pdf'];
  const listed = (part: string, prefix: string) => [
    { ...title, wide: false, target: `part-${part}`, text: part },
    { ...label, wide: false, target: `${prefix}-1`, text: 'l1', indent: 6 },
    { ...label, wide: false, target: `${prefix}-1-1`, text: 'l1-1', indent: 14 },
    { ...label, wide: false, target: `${prefix}-1-2`, text: 'l1-2', indent: 14 },
    { ...label, wide: false, target: `${prefix}-2`, text: 'l2', indent: 6 },
    { ...label, wide: false, target: `${prefix}-2-1`, text: 'l2-1', indent: 14 },
  ];
  expect(contentsOf(bookOf([[1, 2], [1]], parts, annexes))).toStrictEqual({
    columns: [listed('取組事項一覧', 'overview'), listed('個票', 'sheet')],
    annexes: [
      { ...annex, target: 'part-annexes/b.pdf', text: '用語' },
      { ...annex, target: 'part-annexes/a.pdf', text: '資料' },
    ],
  });
});

test('a single column is as wide as the page; without a part to list there is none', () => {
  for (const [part, prefix] of [
    ['個票', 'sheet'],
    ['取組事項一覧', 'overview'],
  ] as const)
    expect(contentsOf(bookOf([[1]], ['表紙', '目次', part]))).toStrictEqual({
      columns: [
        [
          { ...title, wide: true, target: `part-${part}`, text: part },
          { ...label, wide: true, target: `${prefix}-1`, text: 'l1', indent: 6 },
          { ...label, wide: true, target: `${prefix}-1-1`, text: 'l1-1', indent: 14 },
        ],
      ],
      annexes: [],
    });
  expect(contentsOf(bookOf([[1]], ['目次', '表紙', 'annexes/a.pdf'], annexes))).toStrictEqual({
    columns: [],
    annexes: [{ ...annex, target: 'part-annexes/a.pdf', text: '資料' }],
  });
});

test('a line is measured once, wherever it leads; in what makes it look as it does', () => {
  const book = bookOf([[1], [1]], ['取組事項一覧', '個票', 'annexes/a.pdf'], annexes);
  const [first] = book.categories;
  if (first) first.label = 'l2'; // a label of the same words
  expect(contentsLines(book)).toStrictEqual([
    { ...title, wide: false, text: '取組事項一覧' },
    { ...label, wide: false, text: 'l2', indent: 6 },
    { ...label, wide: false, text: 'l1-1', indent: 14 },
    { ...label, wide: false, text: 'l2-1', indent: 14 },
    { ...title, wide: false, text: '個票' },
    { ...annex, text: '資料' },
  ]);
  const line = { text: 'x', indent: 1, weight: 'bold' as const, wide: true, file: 'f', path: ['p'] };
  expect(lineOf({ ...line, target: 't', y: 3 } as typeof line)).toStrictEqual(line);
});

test('改定履歴 is listed beside the annexes, in the order of the parts, and always fits', () => {
  const { annexes: below } = contentsOf(bookOf([[1]], ['目次', 'annexes/a.pdf', '改定履歴', 'annexes/b.pdf'], annexes));
  expect(below).toStrictEqual([
    { ...annex, target: 'part-annexes/a.pdf', text: '資料' },
    { ...title, wide: false, target: 'part-改定履歴', text: '改定履歴' },
    { ...annex, target: 'part-annexes/b.pdf', text: '用語' },
  ]);
});
