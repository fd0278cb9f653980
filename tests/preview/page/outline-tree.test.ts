import { expect, test } from 'vitest';
import type { MeasureData } from '../../../src/model/edition-json.ts';
import { noFilters } from '../../../src/preview/page/side/filters.ts';
import { outlineOf } from '../../../src/preview/page/side/outline.ts';
import { type Badge, outlineTree } from '../../../src/preview/page/side/outline-tree.ts';
import { searchIndex, words } from '../../../src/preview/page/side/search.ts';
import { edition, measure } from './edition-data.ts';
import { all, inPage, press, texts } from './page.ts';

const numbers = ['1-1-1', '1-1-2', '1-2-1', '2-1-1'];
const city = numbers.map((id) => measure(id, id === '1-1-2' ? { 再掲: '2-1-1', スケジュール: null } : {}));
const known = {
  changed: new Set<string>(),
  errors: new Set<string>(),
  warnings: new Set<string>(),
  unfilled: new Map(),
};
const outline = (measures: MeasureData[] = city, query = '') =>
  outlineOf(searchIndex(edition(measures)), words(query), noFilters, known);

/** A tree in the page, and what was chosen in it. */
function tree() {
  const selected: string[] = [];
  const made = outlineTree('目次', (number) => void selected.push(number));
  document.body.append(made.root);
  const scrolled: unknown[] = [];
  const show = (shown = outline(), badges: Record<string, Badge[]> = {}, allOpen = false) => {
    made.show(shown, (id) => badges[id] ?? [], allOpen);
    for (const row of all('[role=treeitem]'))
      Object.assign(row, {
        focus: (options?: FocusOptions) => {
          if (options) scrolled.push(options);
          HTMLElement.prototype.focus.call(row);
        },
        scrollIntoView: (options: unknown) => void scrolled.push([row.dataset.number, options]),
      });
  };
  show();
  return { ...made, show, selected, scrolled };
}

const row = (number: string) => all(`[data-number="${number}"]`)[0] as HTMLElement;
/** Every row that is seen: "+" closed, "-" open, "*" where Tab leads to. */
const seen = () =>
  all('[role=treeitem]')
    .filter(({ hidden }) => !hidden)
    .map((one) => {
      const sign = { true: '-', false: '+' }[one.getAttribute('aria-expanded') ?? ''] ?? '';
      return `${sign}${one.dataset.number}${one.tabIndex === 0 ? '*' : ''}`;
    });
const focused = () => (document.activeElement as HTMLElement | null)?.dataset.number;
/** Focuses a row and presses keys, one after the other. */
const keys = (start: string, ...pressed: string[]) => {
  row(start).focus();
  for (const key of pressed) press(document.activeElement, key);
  return focused();
};

test('rows of a tree, each with its level, its place among its like, and its text', () =>
  inPage(() => {
    tree();
    expect(all('[role=tree]').map(({ outerHTML }) => outerHTML.slice(0, outerHTML.indexOf('>') + 1))).toEqual([
      '<ul role="tree" aria-label="目次" class="outline">',
    ]);
    const branch = (number: string, level: number, place: number, among: number, open: boolean, name: string) =>
      `<li role="treeitem" data-number="${number}" aria-level="${level}" ` +
      `aria-posinset="${place}" aria-setsize="${among}" aria-expanded="${open}" tabindex="${number === '1' ? 0 : -1}">` +
      '<span class="twisty" aria-hidden="true"></span>' +
      `<span class="name"><span class="number">${number}</span> ${name}</span></li>`;
    const leaf = (number: string, place: number, among: number, more = '') =>
      `<li role="treeitem" data-number="${number}" aria-level="3" aria-posinset="${place}" ` +
      `aria-setsize="${among}" hidden="" tabindex="-1"><span class="name"><span class="number">${number}</span> 取組${number}${more}</span></li>`;
    expect(all('[role=treeitem]').map(({ outerHTML }) => outerHTML)).toEqual([
      branch('1', 1, 1, 2, true, '大1'),
      branch('1-1', 2, 1, 2, false, '中1-1'),
      leaf('1-1-1', 1, 2),
      leaf('1-1-2', 2, 2, ' <span class="badge">再掲</span>'),
      branch('1-2', 2, 2, 2, false, '中1-2'),
      leaf('1-2-1', 1, 1),
      branch('2', 1, 2, 2, true, '大2'),
      branch('2-1', 2, 1, 1, false, '中2-1'),
      leaf('2-1-1', 1, 1),
    ]);
  }));

test('at first 大項目 are open and 中項目 closed; while something is searched all is open', () =>
  inPage(() => {
    const { show } = tree();
    expect(seen()).toEqual(['-1*', '+1-1', '+1-2', '-2', '+2-1']);
    show(outline(), {}, true);
    expect(seen()).toEqual(['-1*', '-1-1', '1-1-1', '1-1-2', '-1-2', '1-2-1', '-2', '-2-1', '2-1-1']);
    show();
    expect(seen()).toEqual(['-1*', '+1-1', '+1-2', '-2', '+2-1']);
  }));

test('badges, hits and an excerpt stand behind the title', () =>
  inPage(() => {
    const { show } = tree();
    const found = outline([measure('1-1-1', { 取組: '<b>窓口', 取組内容: '書かない' })], '窓口 書かない');
    const badges: Badge[] = [
      { text: '変更', kind: 'changed' },
      { text: '誤り', kind: 'error' },
    ];
    show(found, { '1-1-1': badges }, true);
    expect(row('1-1-1').innerHTML).toBe(
      '<span class="name"><span class="number">1-1-1</span> &lt;b&gt;<mark>窓口</mark> ' +
        '<span class="badge changed">変更</span> <span class="badge error">誤り</span> ' +
        '<span class="excerpt"><span class="field">取組内容: </span><mark>書かない</mark></span></span>',
    );
    show(outline([measure('1-1-1', { 取組: '窓口' })], '1-1'), {}, true);
    expect(row('1-1-1').innerHTML).toBe(
      '<span class="name"><span class="number"><mark>1-1</mark>-1</span> 窓口</span>',
    );
  }));

test.each([
  ['1', 'ArrowDown', '1-1'],
  ['1-1', 'ArrowDown', '1-2'],
  ['2-1', 'ArrowDown', '2-1'],
  ['1-2', 'ArrowUp', '1-1'],
  ['1', 'ArrowUp', '1'],
  ['1-2', 'Home', '1'],
  ['1-1', 'End', '2-1'],
  ['1', 'ArrowRight', '1-1'],
  ['1-2', 'ArrowLeft', '1'],
  ['2-1', 'ArrowLeft', '2'],
])('from %s, %s leads to %s', (start, key, end) =>
  inPage(() => {
    const { scrolled, selected } = tree();
    expect(keys(start, key)).toBe(end);
    expect(all('[tabindex="0"][role=treeitem]').map(({ dataset }) => dataset.number)).toEqual(
      start === end ? ['1'] : [end],
    );
    expect(scrolled).toEqual(start === end ? [] : [{ preventScroll: true }, [end, { block: 'nearest' }]]);
    expect(selected).toEqual([]);
  }),
);

test('the right arrow opens, then goes in; the left one goes out, then closes; a measure has nothing to open', () =>
  inPage(() => {
    tree();
    expect(keys('1-1', 'ArrowRight')).toBe('1-1');
    expect(seen()).toEqual(['-1*', '-1-1', '1-1-1', '1-1-2', '+1-2', '-2', '+2-1']);
    expect(keys('1-1', 'ArrowRight')).toBe('1-1-1');
    expect(keys('1-1-1', 'ArrowRight')).toBe('1-1-1');
    expect(keys('1-1-2', 'ArrowLeft')).toBe('1-1');
    expect(keys('1-1', 'ArrowLeft')).toBe('1-1');
    expect(seen()).toEqual(['-1', '+1-1*', '+1-2', '-2', '+2-1']);
    expect(keys('1', 'ArrowLeft')).toBe('1');
    expect(seen()).toEqual(['+1', '-2', '+2-1']);
    expect(keys('1', 'ArrowLeft')).toBe('1');
    keys('1', 'ArrowRight');
    expect(seen()).toEqual(['-1', '+1-1*', '+1-2', '-2', '+2-1']);
  }));

test('what is closed above stays closed below when it is opened again', () =>
  inPage(() => {
    tree();
    keys('1-1', 'ArrowRight');
    keys('1', 'ArrowLeft', 'ArrowRight');
    expect(row('1-1-1').hidden).toBe(false);
    keys('1-1', 'ArrowLeft');
    keys('1', 'ArrowLeft', 'ArrowRight');
    expect(row('1-1-1').hidden).toBe(true);
  }));

test('Enter and Space choose; every key that does something is taken, the others are left', () =>
  inPage(() => {
    const { selected } = tree();
    row('1-1').focus();
    for (const key of ['Enter', ' ', 'ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft', 'Home', 'End'])
      expect(press(row('1-1'), key)).toBe(true);
    expect(selected).toEqual(['1-1', '1-1']);
    for (const key of ['x', 'Tab', 'PageDown']) expect(press(row('1-1'), key)).toBe(false);
    for (const modifier of ['ctrlKey', 'altKey', 'metaKey'])
      expect(press(row('1-1'), 'Enter', { [modifier]: true })).toBe(false);
    expect(press(all('[role=tree]')[0], 'Enter')).toBe(false);
    expect(selected.length).toBe(2);
  }));

test('a click chooses and takes the focus; on the triangle it only opens and closes', () =>
  inPage(() => {
    const { selected } = tree();
    const twisty = () => all('.twisty', row('1-1'))[0];
    all('.number', row('1-1'))[0]?.click();
    expect([selected, focused()]).toEqual([['1-1'], '1-1']);
    twisty()?.click();
    expect([selected.length, row('1-1-1').hidden, row('1-1').getAttribute('aria-expanded')]).toEqual([
      1,
      false,
      'true',
    ]);
    twisty()?.click();
    expect([selected.length, row('1-1-1').hidden, row('1-1').getAttribute('aria-expanded')]).toEqual([
      1,
      true,
      'false',
    ]);
    all('[role=tree]')[0]?.click();
    expect(selected.length).toBe(1);
  }));

test('an edit leaves what is open, focused and chosen; what is gone gives way to the first row', () =>
  inPage(() => {
    const { show } = tree();
    keys('1-1', 'ArrowRight', 'ArrowDown', 'ArrowDown');
    expect(focused()).toBe('1-1-2');
    show();
    expect([focused(), seen()]).toEqual(['1-1-2', ['-1', '-1-1', '1-1-1', '1-1-2*', '+1-2', '-2', '+2-1']]);
    show(outline(city.filter(({ 番号 }) => 番号 !== '1-1-2')));
    expect([focused(), seen()[0]]).toEqual(['1', '-1*']);
    row('1').blur();
    show();
    expect(focused()).toBe(undefined);
    show(outline([]));
    expect(seen()).toEqual([]);
    show();
    expect(seen()[0]).toBe('-1*');
  }));

test('the focus goes to the first row that is seen; without rows it stays', () =>
  inPage(() => {
    const { focus, show } = tree();
    focus();
    expect(focused()).toBe('1');
    show(outline([]));
    row('1')?.focus();
    focus();
    expect(texts('[role=treeitem]')).toEqual([]);
  }));

test('what the user opened is forgotten when a search begins or ends, not within one', () =>
  inPage(() => {
    const { show } = tree();
    keys('1-1', 'ArrowRight');
    show(outline(), {}, true);
    row('1-2').click();
    keys('1-2', 'ArrowLeft');
    show(outline(), {}, true);
    expect(row('1-2-1').hidden).toBe(true);
    show();
    expect(seen()).toEqual(['-1', '+1-1', '+1-2*', '-2', '+2-1']);
  }));
