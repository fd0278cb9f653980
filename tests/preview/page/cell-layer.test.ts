import { expect, test } from 'vitest';
import type { Cell } from '../../../src/preview/messages.ts';
import { CellLayer, cellName, cellOf } from '../../../src/preview/page/sheet/cell-layer.ts';
import { all, inPage, same, texts } from './page.ts';

const cell = (path: (string | number)[], text: string, more: Partial<Cell> = {}): Cell => ({
  x: 10,
  y: 20,
  width: 100,
  height: 50,
  file: 'measures/1-1-1.yaml',
  path,
  text,
  ...more,
});
const run = (x: number, y: number, text: string, size = 10) => ({ x, y, size, text });
const place = (shown: HTMLElement) =>
  ['left', 'top', 'width', 'height', 'size']
    .map((name) => shown.style.getPropertyValue(`--${name}`))
    .join(' ')
    .trim();
const shownIn = ({ root }: CellLayer) => all('.cell', root);
const htmlOf = (layer: CellLayer, place = 0) => shownIn(layer)[place]?.innerHTML.replace(/ style="[^"]*"/g, '');

test('a cell is called by its file and the keys of its field; one that only leads elsewhere by its target', () => {
  expect(cellName(cell(['スケジュール', 'R8', 0], ''))).toBe('measures/1-1-1.yaml › スケジュール › R8 › 0');
  expect(cellName(cell([], '', { file: '', target: 'sheet-1-2' }))).toBe('sheet-1-2');
  expect(cellName(cell(['x'], '', { file: '' }))).toBe('');
});

test('cells stand over the picture, in order, as buttons that are called by their text', () =>
  inPage(() => {
    const layer = new CellLayer();
    const [title, blank] = [cell(['取組'], '<書かない>\n窓口', { x: 1.23456 }), cell(['スケジュール', 'R8'], '')];
    expect(layer.show([title, blank])).toEqual([]);
    expect(layer.root.className).toBe('cells');
    expect(layer.root.innerHTML.replace(/ style="[^"]*"/g, '')).toBe(
      '<div class="cell" role="button" tabindex="-1" data-field="measures/1-1-1.yaml › 取組">&lt;書かない&gt;\n窓口</div>' +
        '<div class="cell" role="button" tabindex="-1" data-field="measures/1-1-1.yaml › スケジュール › R8" ' +
        'aria-label="スケジュール R8(空欄)"></div><div class="loose"></div>',
    );
    const [first, second] = shownIn(layer) as [HTMLElement, HTMLElement];
    expect(place(first)).toBe('1.235 20.000 100.000 50.000');
    expect([cellOf(first), cellOf(second), cellOf(layer.root)]).toEqual([title, blank, undefined]);
  }));

test('cells that stay keep their elements; what is new in their text is told, not what moved', () =>
  inPage(() => {
    const layer = new CellLayer();
    const [a, b, c] = [cell(['a'], 'a'), cell(['b'], 'b'), cell(['c'], '')];
    layer.show([a, b, c]);
    const [first, second, third] = shownIn(layer);
    expect(layer.show([a, b, c])).toEqual([]);
    const moved = cell(['a'], 'a', { x: 30 });
    const changed = layer.show([moved, cell(['b'], 'B'), cell(['c'], 'c'), cell(['d'], 'd')]);
    expect(same(changed, [second, third, shownIn(layer)[3]])).toBe(true);
    expect(same(shownIn(layer).slice(0, 3), [first, second, third])).toBe(true);
    expect(texts('.cell', layer.root)).toEqual(['a', 'B', 'c', 'd']);
    expect(third?.hasAttribute('aria-label')).toBe(false);
    expect(place(first as HTMLElement)).toMatch(/^30\.000 /);
    expect(cellOf(first as HTMLElement)).toBe(moved);
    layer.show([cell(['c'], ''), a]);
    expect(same(shownIn(layer), [third, first])).toBe(true);
    expect(third?.getAttribute('aria-label')).toBe('c(空欄)');
    expect(layer.root.lastElementChild?.className).toBe('loose');
    layer.show([cell(['x'], 'x'), a]);
    expect(texts('.cell', layer.root)).toEqual(['x', 'a']);
    expect(shownIn(layer)[1]).toBe(first);
  }));

test('a field that is shown several times has as many cells, told apart by their order', () =>
  inPage(() => {
    const layer = new CellLayer();
    layer.show([cell(['関連計画'], '○'), cell(['関連計画'], '×'), cell(['関連計画'], '△')]);
    const [first, second, third] = shownIn(layer);
    const fresh = [cell(['関連計画'], '○'), cell(['関連計画'], '○'), cell(['関連計画'], '△')];
    expect(same(layer.show(fresh), [second])).toBe(true);
    expect(same(shownIn(layer), [first, second, third])).toBe(true);
  }));

test('nodes that stand where they belong are not moved: the selection in them would go', () =>
  inPage(() => {
    const layer = new CellLayer();
    layer.show([cell(['a'], 'a'), cell(['b'], 'b')]);
    let moved = 0;
    const { insertBefore, append } = layer.root;
    layer.root.insertBefore = function <T extends Node>(node: T, at: Node | null): T {
      moved += 1;
      return insertBefore.call(this, node, at) as T;
    };
    layer.root.append = function (...nodes) {
      moved += 1;
      append.apply(this, nodes);
    };
    layer.show([cell(['a'], 'A'), cell(['b'], 'b')]);
    expect(moved).toBe(0);
    layer.show([cell(['a'], 'A'), cell(['c'], 'c'), cell(['b'], 'b')]);
    expect(moved).toBe(1);
  }));

test('texts are put where they are drawn, line by line, from the corner of their cell', () =>
  inPage(() => {
    const layer = new CellLayer();
    layer.show([cell(['a'], '一行目は\n二行目です')]);
    layer.align([run(40, 45.5, 'です', 9), run(15, 45, '二行目', 9), run(15, 30, '一行目は')]);
    expect(htmlOf(layer)).toBe('<span>一行目は\n</span><span>二行目です</span>');
    expect(all('span', layer.root).map(place)).toEqual(['5.000 10.000   10.000', '5.000 25.000   9.000']);
  }));

test.each([
  ['broken by its width alone', '申請書を書かずに', ['申請書を', '書かずに'], '申請書を|書かずに'],
  ['broken by a line break', '申請書を\n書かずに', ['申請書を', '書かずに'], '申請書を\n|書かずに'],
  ['broken by both', '申請書を書か\nずに', ['申請書を', '書か', 'ずに'], '申請書を|書か\n|ずに'],
  ['that goes on after a line break', 'ab\ncdef', ['ab', 'cd', 'ef'], 'ab\n|cd|ef'],
  ['with a blank that no line shows', '申請 書を', ['申請', '書を'], '申請|書を'],
  ['drawn otherwise than written', '1914', ['1,914', '千円'], '1,914\n|千円'],
  ['in one line', '継続', ['継続'], '継続'],
])('a text %s is found and copied as it is written', (_what, text, drawn, expected) =>
  inPage(() => {
    const layer = new CellLayer();
    layer.show([cell(['a'], text)]);
    layer.align(drawn.map((line, index) => run(15, 25 + index * 12, line)));
    expect(texts('span', layer.root).join('|')).toBe(expected);
  }),
);

test('a text belongs to the cell that its middle is in; what is in none stands by itself', () =>
  inPage(() => {
    const at = (x: number, y: number) => {
      const layer = new CellLayer();
      layer.show([cell(['a'], 'a'), cell(['b'], 'b', { x: 110 }), cell(['c'], 'c', { y: 70 })]);
      layer.align([run(x, y, 'x')]);
      const [found] = all('span', layer.root);
      return found?.parentElement?.dataset.field?.at(-1) ?? 'loose';
    };
    expect([at(9.5, 30), at(9.4, 30), at(109.4, 30), at(109.6, 30), at(110, 30), at(210, 30)]).toEqual([
      'a',
      'loose',
      'a',
      'a',
      'b',
      'loose',
    ]);
    expect([at(20, 15), at(20, 14.9), at(20, 64.9), at(20, 65), at(20, 114.9), at(20, 115)]).toEqual([
      'a',
      'loose',
      'a',
      'c',
      'c',
      'loose',
    ]);
  }));

test('what stands by itself is placed from the corner of the page', () =>
  inPage(() => {
    const layer = new CellLayer();
    layer.show([]);
    layer.align([run(300, 5, '1ページ')]);
    const [line] = all('.loose span', layer.root);
    expect([line?.textContent, place(line as HTMLElement)]).toEqual(['1ページ', '300.000 5.000   10.000']);
    layer.align([]);
    expect(texts('.loose', layer.root)).toEqual(['']);
  }));

test('lines less than 1 pt apart are one; from 1 pt on they are two', () =>
  inPage(() => {
    const layer = new CellLayer();
    layer.show([cell(['a'], 'abcd')]);
    layer.align([run(30, 30.9, 'b'), run(15, 30, 'a'), run(15, 31, 'c'), run(15, 42, 'd')]);
    expect(texts('span', layer.root)).toEqual(['ab', 'c', 'd']);
  }));

test('what is drawn as before keeps its lines, also when the cell moved; a new text gets new ones', () =>
  inPage(() => {
    const layer = new CellLayer();
    layer.show([cell(['a'], 'a')]);
    layer.align([run(15, 30, 'a')]);
    const [line] = all('span', layer.root);
    layer.align([run(15, 30, 'a')]);
    layer.show([cell(['a'], 'a', { x: 13, y: 40 })]);
    layer.align([run(18, 50, 'a')]);
    expect(same(all('span', layer.root), [line])).toBe(true);
    layer.align([run(19, 50, 'a')]);
    expect(all('span', layer.root)[0]).not.toBe(line);
    layer.show([cell(['a'], 'b')]);
    expect(all('span', layer.root)).toEqual([]);
    layer.show([cell(['a'], 'a')]);
    layer.align([run(16, 30, 'a')]);
    expect(texts('span', layer.root)).toEqual(['a']);
  }));

test('texts of a line follow each other from the left', () =>
  inPage(() => {
    const layer = new CellLayer();
    layer.show([cell(['a'], 'abc')]);
    layer.align([run(30, 30, 'b'), run(15, 30, 'a'), run(45, 30, 'c')]);
    expect(texts('span', layer.root)).toEqual(['abc']);
  }));

test('runs are not changed: they are read again for the next drawing', () =>
  inPage(() => {
    const layer = new CellLayer();
    layer.show([cell(['a'], 'ab')]);
    const runs = [run(15, 30, 'a'), run(25, 30, 'b')];
    layer.align(runs);
    expect(runs).toEqual([run(15, 30, 'a'), run(25, 30, 'b')]);
  }));
