import { expect, test } from 'vitest';
import type { EditionData } from '../../../src/model/edition-json.ts';
import type { Differences, MeasureDifference } from '../../../src/preview/difference-data.ts';
import { byId } from '../../../src/preview/page/element.ts';
import { differencesSection, largestChanges } from '../../../src/preview/page/numbers/differences-section.ts';
import { numbersView } from '../../../src/preview/page/numbers/numbers-view.ts';
import { loadScales } from '../../../src/preview/page/numbers/scales.ts';
import { edition, measure, year } from './edition-data.ts';
import { type FakeComparison, fakeComparison } from './fake-comparison.ts';
import { all, inPage, one, texts } from './page.ts';

const loaded = await loadScales()();

const city = edition([
  measure('1-1-1', {
    区分: '新規',
    スケジュール: [year('R8', { 項目: '◎', 予算額: 12_000 }), year('R9', { 項目: '→', 予算額: '—' })],
  }),
  measure('1-1-2', { 区分: '継続', 再掲: '2-1-1', スケジュール: null }),
  measure('2-1-1', {
    区分: '継続',
    スケジュール: [year('R8', { 項目: '◎', 予算額: 1_500 }), year('R9', { 予算額: 2_000 })],
  }),
]);

/** The view, with its edition told by hand. */
function view(comparison: FakeComparison = fakeComparison()) {
  let tell: (edition: EditionData) => void = () => {};
  const selected: string[] = [];
  const shown = numbersView({
    root: byId('numbers'),
    comparison,
    narrowing: { conditions: [], counts: () => true, clear() {}, subscribe() {} },
    onEdition: (listener) => {
      tell = listener;
    },
    select: (number) => void selected.push(number),
    scales: async () => loaded,
  });
  byId('numbers').hidden = false;
  return { ...shown, tell: (fresh: EditionData) => tell(fresh), comparison, selected };
}

const table = (root: Element) =>
  all('tr', root).map((row) => [...row.children].map((cell) => cell.textContent).join(' | '));

test('its frame: a title, a button that prints, and the comparison', () =>
  inPage(({ printed }) => {
    byId('numbers').append('before');
    view(fakeComparison({ ref: 'v0' }));
    const root = byId('numbers');
    expect(root.children.length).toBe(4);
    expect(root.firstElementChild?.outerHTML).toBe(
      '<div class="line screen"><h2>数字で見る</h2><button type="button">印刷する</button></div>',
    );
    expect(root.children[1]).toMatchObject({ className: 'narrowing', textContent: '条件をすべて消す' });
    expect(root.children[2]?.outerHTML).toBe('<div class="totals"></div>');
    const section = one('section', root);
    expect(section.getAttribute('aria-labelledby')).toBe('differences-title');
    expect(one('h3', section).outerHTML).toBe('<h3 id="differences-title">前の版からの変化</h3>');
    expect(one<HTMLInputElement>('#numbers-ref', section).value).toBe('v0');
    expect(section.lastElementChild?.className).toBe('differences');
    one('.line.screen button').click();
    expect(printed.times).toBe(1);
  }));

test('予算額, 区分 and 項目: each a chart, its names, its table and what to know of it', () =>
  inPage(async ({ settle }) => {
    view().tell(city);
    await settle();
    const figures = all('#numbers .totals > figure');
    expect(
      figures.map((figure) => ({
        title: texts('figcaption h3', figure),
        description: one('svg', figure).getAttribute('aria-label'),
        parts: [...figure.children].map(({ className }) => className),
        names: all('.drawing > ul.legend li', figure).map((name) => name.innerHTML),
        layers: texts('.layer > text', figure),
        sums: texts('.bar .sum', figure),
        unit: texts('.unit', figure),
        caption: texts('caption', figure),
        table: table(figure),
        sumRows: all('tr.sum', figure).length,
        note: texts('.data > .note', figure),
      })),
    ).toEqual([
      {
        title: ['年度ごとの予算額(大項目別)'],
        description:
          '年度ごとの予算額を大項目別に積み上げた棒グラフ。R8 13,500千円、R9 2,000千円。数値は表にあります。',
        parts: ['', 'drawing', 'data'],
        names: [
          '<span class="swatch layer-1" aria-hidden="true"></span> 1 大1',
          '<span class="swatch layer-2" aria-hidden="true"></span> 2 大2',
        ],
        layers: ['1: 12', '2: 1.5', '2: 2'],
        sums: ['13.5', '2'],
        unit: ['百万円'],
        caption: ['予算額(千円)'],
        table: ['大項目 | R8 | R9', '1 大1 | 12,000 | 0', '2 大2 | 1,500 | 2,000', '計 | 13,500 | 2,000'],
        sumRows: 1,
        note: ['再掲の取組は再掲先で数えます。「—」と空欄は 0 とします。'],
      },
      {
        title: ['大項目ごとの取組の数(区分別)'],
        description: '大項目ごとの取組の数を区分別に積み上げた棒グラフ。1 大1 2件、2 大2 1件。数値は表にあります。',
        parts: ['', 'drawing', 'data'],
        names: [
          '<span class="swatch layer-1" aria-hidden="true"></span> 新規',
          '<span class="swatch layer-2" aria-hidden="true"></span> 継続',
        ],
        layers: ['新規 1', '継続 1', '継続 1'],
        sums: ['2', '1'],
        unit: ['件'],
        caption: ['取組の数(件)'],
        table: [
          '大項目 | 新規 | 継続 | 計 | うち再掲',
          '1 大1 | 1 | 1 | 2 | 1',
          '2 大2 | 0 | 1 | 1 | 0',
          '計 | 1 | 2 | 3 | 1',
        ],
        sumRows: 1,
        note: ['再掲の取組も数えます。'],
      },
      {
        title: ['年度ごとの取組の数(項目の印別)'],
        description: '年度ごとの取組の数を項目の印別に積み上げた棒グラフ。R8 2件、R9 2件。数値は表にあります。',
        parts: ['', 'drawing', 'data'],
        names: [
          '<span class="swatch layer-1" aria-hidden="true"></span> →',
          '<span class="swatch layer-2" aria-hidden="true"></span> ◎',
          '<span class="swatch layer-3" aria-hidden="true"></span> 空欄',
        ],
        layers: ['◎ 2', '→ 1', '空欄 1'],
        sums: ['2', '2'],
        unit: ['件'],
        caption: ['取組の数(件)'],
        table: ['項目 | R8 | R9', '→ | 0 | 1', '◎ | 2 | 0', '空欄 | 0 | 1', '計 | 2 | 2'],
        sumRows: 1,
        note: ['再掲の取組は、スケジュールを持たないため数えません。'],
      },
    ]);
    expect(all('#numbers .legend + svg.chart').length).toBe(3);
  }));

test('what is still to be filled in: a heading, a table by 課, what is due', () =>
  inPage(async ({ settle }) => {
    const { tell } = view();
    tell(edition([measure('1-1-1', { スケジュール: [year('R8', { 項目: '○' })] })]));
    await settle();
    const section = one('.totals > section.unfilled');
    expect(section.getAttribute('aria-labelledby')).toBe('unfilled-title');
    expect(one('h3', section).outerHTML).toBe('<h3 id="unfilled-title">未記入の取組</h3>');
    expect(texts('caption', section)).toEqual(['課ごとの未記入の取組の数(件)']);
    expect(table(section)).toEqual([
      '担当課 | R8 事業実績 | 現状・実績・目標 | いずれか',
      '企画課 | 1 | 1 | 1',
      '計 | 1 | 1 | 1',
    ]);
    expect(texts('tr.sum th', section)).toEqual(['計']);
    expect(texts('p', section)).toEqual([
      '事業実績を書く年度は、改定(令和9年10月)の前に終わった R8 です。',
      '計は、担当課が2つ以上の取組も1回だけ数えます。再掲の取組には、書く欄がありません。',
    ]);
    expect(texts('.unfilled > .note').length).toBe(2);
    tell(edition([], { 年度: ['R9'] }));
    await settle();
    expect([...one('.unfilled').childNodes].map((child) => (child as Element).tagName)).toEqual(['H3', 'P', 'P']);
    expect(texts('.unfilled p')).toEqual([
      '未記入の取組はありません。',
      '改定(令和9年10月)の前に終わった年度がないため、事業実績の未記入は数えていません。',
    ]);
  }));

test('small amounts are in 千円; an edition without measures is drawn, too', () =>
  inPage(async ({ settle }) => {
    const { tell } = view();
    tell(edition([measure('1-1-1', { スケジュール: [year('R8', { 予算額: 9_999 })] })]));
    await settle();
    expect([texts('figure .unit')[0], texts('figure .sum')[0]]).toEqual(['千円', '9,999']);
    tell(edition([]));
    await settle();
    expect(table(all('figure')[0] as Element)).toEqual(['大項目 | R8 | R9', '計 | 0 | 0']);
    expect(texts('figure .unit')[0]).toBe('千円');
  }));

test('a title of numbers only at its beginning: the key of a layer is the number of its 大項目', () =>
  inPage(async ({ settle }) => {
    const { tell } = view();
    const named = { 大項目: { 番号: '12', 名称: '長い 名前' }, スケジュール: [year('R8', { 予算額: 5 })] };
    tell(edition([measure('12-1-1', named)]));
    await settle();
    expect(texts('figure .layer > text')[0]).toBe('12: 5');
  }));

test('what is not seen is not drawn until it is; an edition that came meanwhile counts', () =>
  inPage(async ({ settle }) => {
    const { tell, show } = view();
    const root = byId('numbers');
    const sums = () => texts('.totals figure:first-child .data tr.sum td');
    show();
    await settle();
    expect(sums()).toEqual([]);
    root.hidden = true;
    tell(edition([]));
    tell(city);
    await settle();
    expect(sums()).toEqual([]);
    root.hidden = false;
    show();
    await settle();
    expect(sums()).toEqual(['13,500', '2,000']);
    const drawn = one('.totals figure:first-child svg');
    show();
    await settle();
    expect(one('.totals figure:first-child svg')).toBe(drawn);
    tell(edition([]));
    tell(city);
    await settle();
    expect(sums()).toEqual(['13,500', '2,000']);
  }));

test('an edition that comes while scales are loaded is the one that is drawn, once', () =>
  inPage(async ({ settle }) => {
    const { tell } = view();
    let drawn = 0;
    const { replaceChildren } = one('.totals');
    one('.totals').replaceChildren = function (...all) {
      drawn += 1;
      replaceChildren.apply(this, all);
    };
    tell(edition([]));
    tell(city);
    await settle();
    expect(drawn).toBe(1);
  }));

const changed = (
  kind: MeasureDifference['kind'],
  id: string,
  budget: number[],
  fields: string[] = [],
): MeasureDifference => ({
  kind,
  id,
  title: `取組の\n${id}`,
  fields,
  budget,
});
const differences = (more: Partial<Differences> = {}): Differences => ({
  ref: 'v0',
  measures: [],
  cells: [],
  years: ['R8', 'R9'],
  budgets: [{ name: '合計', before: [10, 1_000], after: [10, 2_000] }],
  unread: 0,
  ...more,
});

test('what a ref differs in is drawn with the numbers, and anew when it is known', () =>
  inPage(async ({ settle }) => {
    const { tell, comparison, selected } = view();
    tell(city);
    await settle();
    const shown = () => one('.differences').textContent;
    expect(one('.differences').innerHTML).toBe('<p class="note">版を選ぶと、その版からの予算額の変化を示します。</p>');
    comparison.set({ ref: 'v0', waiting: true });
    await settle();
    expect(shown()).toBe('');
    comparison.set({ ref: 'v0', differences: differences({ measures: [changed('changed', '1-1-1', [5, 0])] }) });
    await settle();
    expect(texts('.differences caption')).toEqual([
      '取組ごとの予算額の変化(千円)',
      '大項目ごとの予算額(千円): v0 → いま',
      'v0 から変わった取組',
    ]);
    all('.differences button.link')[1]?.click();
    expect(selected).toEqual(['1-1-1']);
    comparison.set({ ref: 'v1', problem: 'ありません。' });
    await settle();
    expect(shown()).toBe('');
  }));

/** The section by itself. */
function section(state: Parameters<typeof fakeComparison>[0]) {
  const selected: string[] = [];
  const root = byId('numbers');
  root.replaceChildren(...differencesSection(loaded, fakeComparison(state), (number) => void selected.push(number)));
  return { root, selected };
}

test.each([
  ['nothing is compared', {}, '版を選ぶと、その版からの予算額の変化を示します。'],
  ['an answer is awaited', { ref: 'v0', waiting: true }, ''],
  ['awaited, the ref not known', { ref: '', waiting: true }, ''],
  ['there is a problem', { ref: 'v0', problem: 'x' }, ''],
])('no differences: %s', (_what, state, told) =>
  inPage(() => {
    expect(section(state).root.textContent).toBe(told);
  }),
);

test('the largest changes of 予算額 by their size, then as in the document; what left it as it was is not among them', () => {
  const measures = [
    changed('changed', '1-1-1', [0, 0]),
    changed('changed', '1-1-2', [100, 0]),
    changed('added', '1-1-3', [-150, -150]),
    changed('removed', '1-1-4', [0, 300]),
    changed('changed', '1-1-5', [500, -500]),
    changed('changed', '1-1-6', []),
  ];
  expect(largestChanges(differences({ measures })).map(({ measure, total }) => [measure.id, total])).toEqual([
    ['1-1-3', -300],
    ['1-1-4', 300],
    ['1-1-2', 100],
    ['1-1-5', 0],
  ]);
});

test('changes: chart and table by measure, 予算額 before and after, all that changed', () =>
  inPage(() => {
    const measures = [
      changed('changed', '1-1-1', [1_200, -200], ['内容', '予算額']),
      changed('removed', '1-1-2', [-3_000, 0]),
      changed('added', '1-1-3', [0, 0]),
    ];
    const budgets = [
      { name: '1 大1', before: [10, null], after: [1_210, 5] },
      { name: '2 大2', before: [7, null], after: [null, null] },
      { name: '合計', before: [17, 1_000], after: [1_217, 1_000] },
    ];
    const { root, selected } = section({ ref: 'other', differences: differences({ measures, budgets }) });
    expect([...root.children].map(({ tagName, className }) => `${tagName}.${className}`)).toEqual([
      'FIGURE.wide',
      'DIV.table wrapping',
      'DIV.table texts',
    ]);
    const [figure, sums, list] = [...root.children] as [Element, Element, Element];
    expect(one('figcaption h4', figure).textContent).toBe('予算額の変化が大きい取組(v0 から)');
    expect([...figure.children].map(({ className }) => className)).toEqual(['', 'drawing', 'data']);
    expect(one('.drawing svg', figure).getAttribute('aria-label')).toBe(
      '予算額の変化が大きい取組 2 件の棒グラフ。右は増、左は減。数値は表にあります。',
    );
    expect(texts('svg g > text', figure)).toEqual(['1-1-2 取組の1-1-2', '−3,000', '1-1-1 取組の1-1-1', '+1,000']);
    expect(texts('.note', figure)).toEqual(['単位は千円。両方の版にある年度の合計の変化です。']);
    expect(table(figure)).toEqual([
      '取組 | R8 | R9 | 計',
      '1-1-2 取組の1-1-2 | −3,000 | ±0 | −3,000',
      '1-1-1 取組の1-1-1 | +1,200 | −200 | +1,000',
    ]);
    expect(table(sums)).toEqual([
      '大項目 | R8 | R9',
      '1 大1 | 10 → 1,210 | — → 5',
      '2 大2 | 7 → — | —',
      '合計 | 17 → 1,217 | 1,000',
    ]);
    expect(texts('tr.sum th', sums)).toEqual(['合計']);
    expect(table(list)).toEqual([
      '取組 | 変化 | 違う欄',
      '1-1-1 取組の1-1-1 | 変更 | 内容、予算額',
      '1-1-2 取組の1-1-2 | 廃止 | ',
      '1-1-3 取組の1-1-3 | 新設 | ',
    ]);
    expect(all('th[scope=row] > *', list).map(({ outerHTML }) => outerHTML)).toEqual([
      '<button type="button" class="link">1-1-1 取組の1-1-1</button>',
      '<span>1-1-2 取組の1-1-2</span>',
      '<button type="button" class="link">1-1-3 取組の1-1-3</button>',
    ]);
    for (const button of all('button.link', list)) button.click();
    expect(selected).toEqual(['1-1-1', '1-1-3']);
  }));

test('of editions without a 年度 in common no 予算額 is compared', () =>
  inPage(() => {
    const { root } = section({ ref: 'v0', differences: { ...differences(), years: [] } });
    expect(texts('caption', root)).toEqual([]);
  }));

test('of many changes fifteen are drawn, and the others counted', () =>
  inPage(() => {
    const many = (count: number) =>
      differences({
        measures: Array.from({ length: count }, (_, index) => changed('changed', `1-1-${index + 1}`, [count - index])),
      });
    const { root } = section({ ref: 'v0', differences: many(17) });
    expect(texts('svg .sum', root).slice(13)).toEqual(['+4', '+3']);
    expect(all('figure tbody tr', root).length).toBe(15);
    expect(one('figure .note', root).textContent).toBe(
      '単位は千円。両方の版にある年度の合計の変化です。ほかに 2 件あります。',
    );
    const { root: fifteen } = section({ ref: 'v0', differences: many(15) });
    expect(one('figure .note', fifteen).textContent).toBe('単位は千円。両方の版にある年度の合計の変化です。');
  }));

test('no change of 予算額 is said; without any change the list of measures is left out', () =>
  inPage(() => {
    const { root } = section({
      ref: 'x',
      differences: differences({ measures: [changed('changed', '1-1-1', [0, 0], ['内容'])] }),
    });
    expect(root.firstElementChild?.outerHTML).toBe('<p>v0 から予算額が変わった取組はありません。</p>');
    expect(texts('caption', root)).toEqual(['大項目ごとの予算額(千円): v0 → いま', 'v0 から変わった取組']);
    const { root: same } = section({ ref: 'x', differences: differences() });
    expect(texts('caption', same)).toEqual(['大項目ごとの予算額(千円): v0 → いま']);
    expect(same.childNodes.length).toBe(2);
    expect(table(same)).toEqual(['大項目 | R8 | R9', '合計 | 10 | 1,000 → 2,000']);
  }));
