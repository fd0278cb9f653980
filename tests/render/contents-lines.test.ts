import { expect, test } from 'vitest';
import { contentsLines, contentsOf, lineOf } from '../../src/render/contents-lines.ts';
import type { LineToMeasure } from '../../src/render/requests.ts';
import { bookOf } from './laid-out.ts';

const annexes = { 'annexes/a.pdf': { title: '資料', pages: [] }, 'annexes/b.pdf': { title: '用語', pages: [] } };
const line = { note: '', file: null, path: [] };
const part = (name: string) => ({ ...line, kind: 'part', text: name, names: [name] });
const annex = (path: string, text: string) => ({ ...part(path), text, file: 'edition.yaml', path: ['構成'] });
const head = (text: string, ...names: string[]) => ({ ...line, kind: 'head', text, names });
const label = (kind: 'category' | 'group', text: string, note: string, ...names: string[]) => ({
  ...{ kind, text, note, names, file: 'structure.yaml', path: ['大項目'] },
});
const section = (text: string, ...names: string[]) => ({ ...line, kind: 'section', text, names });

test('目次 lists the parts; 大項目 and 中項目 with the places of both tables; 課 with their 取組', () => {
  const parts = ['表紙', 'annexes/b.pdf', '目次', '取組事項一覧', '個票', '改定履歴', 'annexes/a.pdf'];
  const both = ['個票', '取組事項一覧'];
  const placed = (number: string) => ({ targets: [`sheet-${number}`, `overview-${number}`] });
  const to = (name: string) => ({ targets: [`part-${name}`] });
  const sections = [
    { name: '防災課', ids: ['1-1-1', '2-1-1'] },
    { name: '窓口課', ids: ['1-2-1'] },
  ];
  expect(contentsOf(bookOf([[1, 2], [1]], parts, annexes, sections))).toStrictEqual([
    [
      { ...annex('annexes/b.pdf', '用語'), ...to('annexes/b.pdf') },
      { ...part('取組事項一覧'), ...to('取組事項一覧') },
      { ...part('個票'), ...to('個票') },
      { ...part('改定履歴'), ...to('改定履歴') },
      { ...annex('annexes/a.pdf', '資料'), ...to('annexes/a.pdf') },
      { ...head('大項目・中項目', ...both), targets: [] },
      { ...label('category', 'l1', '3件', ...both), ...placed('1') },
      { ...label('group', 'l1-1', '1件', ...both), ...placed('1-1') },
      { ...label('group', 'l1-2', '2件', ...both), ...placed('1-2') },
      { ...label('category', 'l2', '1件', ...both), ...placed('2') },
      { ...label('group', 'l2-1', '1件', ...both), ...placed('2-1') },
    ],
    [
      { ...head('担当課', '取組の番号'), targets: [] },
      { ...section('防災課', '1-1-1', '2-1-1'), targets: ['sheet-1-1-1', 'sheet-2-1-1'] },
      { ...section('窓口課', '1-2-1'), targets: ['sheet-1-2-1'] },
    ],
  ]);
});

test('with one of both tables there is one place; without any no 大項目; without anything nothing', () => {
  for (const [name, prefix] of [
    ['個票', 'sheet'],
    ['取組事項一覧', 'overview'],
  ] as const)
    expect(contentsOf(bookOf([[1]], ['表紙', '目次', name]))).toStrictEqual([
      [
        { ...part(name), targets: [`part-${name}`] },
        { ...head('大項目・中項目', name), targets: [] },
        { ...label('category', 'l1', '1件', name), targets: [`${prefix}-1`] },
        { ...label('group', 'l1-1', '1件', name), targets: [`${prefix}-1-1`] },
      ],
    ]);
  expect(contentsOf(bookOf([], ['個票']))).toStrictEqual([[{ ...part('個票'), targets: ['part-個票'] }]]);
  expect(contentsOf(bookOf([[1]], ['目次', '表紙', 'annexes/a.pdf'], annexes))).toStrictEqual([
    [{ ...annex('annexes/a.pdf', '資料'), targets: ['part-annexes/a.pdf'] }],
  ]);
  expect(contentsOf(bookOf([[1]], ['目次', '表紙']))).toStrictEqual([]);
});

test('a 課 that a revision renamed is called as it is now', () => {
  const name = {
    runs: [
      { kind: 'removed', text: '旧' },
      { kind: 'added', text: '新' },
      { kind: 'kept', text: '課' },
    ],
  };
  const sections = [{ name: { ...name, framed: false }, ids: ['1-1-1'] }] as never;
  expect(
    contentsOf(bookOf([[1]], ['個票'], {}, sections))
      .at(-1)
      ?.at(-1)?.text,
  ).toBe('新課');
});

test('a line is measured once, wherever it leads; in what makes it look as it does', () => {
  const book = bookOf([[1], [1]], ['取組事項一覧', '個票', 'annexes/a.pdf'], annexes);
  for (const [index, category] of book.categories.entries()) {
    category.label = 'l'; // labels of the same words
    if (index > 0) category.groups = [];
  }
  const both = ['個票', '取組事項一覧'];
  expect(contentsLines(book)).toStrictEqual([
    ...[part('取組事項一覧'), part('個票'), annex('annexes/a.pdf', '資料')],
    ...[head('大項目・中項目', ...both), label('category', 'l', '1件', ...both)],
    ...[label('group', 'l1-1', '1件', ...both), label('category', 'l', '0件', ...both)],
  ]);
  const one: LineToMeasure = { kind: 'group', text: 'x', note: '1件', names: ['n'], file: 'f', path: ['p'] };
  expect(lineOf({ ...one, targets: ['t'], y: 3 } as typeof one)).toStrictEqual(one);
});
