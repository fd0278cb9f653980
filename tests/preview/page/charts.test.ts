import { expect, test } from 'vitest';
import { differenceChart } from '../../../src/preview/page/numbers/difference-chart.ts';
import { numberTable } from '../../../src/preview/page/numbers/number-table.ts';
import { loadScales } from '../../../src/preview/page/numbers/scales.ts';
import { type StackedChart, stackedChart } from '../../../src/preview/page/numbers/stacked-chart.ts';
import { svg } from '../../../src/preview/page/svg.ts';
import { all, inPage, texts } from './page.ts';

const scales = loadScales();

/** A drawing as text: an element a line, with its attributes and, behind "|", its text. */
function lines(element: Element, depth = 0): string[] {
  const attributes = [...element.attributes].map(({ name, value }) => ` ${name}=${value}`).join('');
  const children = [...element.children];
  const text = [...element.childNodes].map((child) => (child.nodeType === 3 ? ` | ${child.textContent}` : '')).join('');
  return [
    `${' '.repeat(depth)}${element.tagName}${attributes}${text}`,
    ...children.flatMap((child) => lines(child, depth + 1)),
  ];
}

const stacked = async (more: Partial<StackedChart>): Promise<SVGSVGElement> =>
  stackedChart(await scales(), {
    description: '説明',
    totals: { columns: [], rows: [] },
    unit: '件',
    shown: (value) => `${value}件`,
    keys: ['1:', '2:'],
    ...more,
  });
/** One bar of one layer. */
const bar = (name: string, value: number, more: Partial<StackedChart> = {}) =>
  stacked({ totals: { columns: [name], rows: [{ name: '層', values: [value] }] }, ...more });

test("d3's scales are loaded when they are first wanted, once", async () => {
  const load = loadScales();
  expect(load()).toBe(load());
  expect(Object.keys(await load())).toEqual(expect.arrayContaining(['scaleBand', 'scaleLinear']));
});

test('each part of them after those it stands on', async () => {
  const loaded: string[] = [];
  const load = loadScales(async (address) => void loaded.push(address));
  expect(loaded).toEqual([]);
  expect(await load()).toBe(await scales());
  expect(loaded).toEqual(
    ['array', 'color', 'interpolate', 'format', 'time', 'time-format', 'scale'].map((part) => `/charts/d3-${part}.js`),
  );
});

test('SVG: lengths have two decimals, text is text', () =>
  inPage(() => {
    const drawn = svg('rect', { x: 1.236, y: -0.005, width: 10, class: '1.236' }, '<b>', svg('title'));
    expect(drawn.outerHTML).toBe('<rect x="1.24" y="0" width="10" class="1.236">&lt;b&gt;<title></title></rect>');
    expect(drawn.namespaceURI).toBe('http://www.w3.org/2000/svg');
  }));

test('bars in layers: heights to scale, values where there is room, sums above, names below', () =>
  inPage(async () => {
    const totals = {
      columns: ['R8', 'R9'],
      rows: [
        { name: '1 暮らし', values: [60, 5] },
        { name: '2 産業', values: [40, 0] },
      ],
    };
    expect(
      lines(await stacked({ totals })).join('\n'),
    ).toBe(`svg class=chart viewBox=0 0 720 320 role=img aria-label=説明
 text class=unit x=56 y=12 text-anchor=end | 件
 g
  line class=grid x1=64 x2=712 y1=268 y2=268
  text x=56 y=268 dy=0.35em text-anchor=end | 0件
 g
  line class=grid x1=64 x2=712 y1=220 y2=220
  text x=56 y=220 dy=0.35em text-anchor=end | 20件
 g
  line class=grid x1=64 x2=712 y1=172 y2=172
  text x=56 y=172 dy=0.35em text-anchor=end | 40件
 g
  line class=grid x1=64 x2=712 y1=124 y2=124
  text x=56 y=124 dy=0.35em text-anchor=end | 60件
 g
  line class=grid x1=64 x2=712 y1=76 y2=76
  text x=56 y=76 dy=0.35em text-anchor=end | 80件
 g
  line class=grid x1=64 x2=712 y1=28 y2=28
  text x=56 y=28 dy=0.35em text-anchor=end | 100件
 g class=bar
  g class=layer layer-1
   rect x=148.52 width=197.22 y=124 height=144
    title | R8 1 暮らし 60
   text x=247.13 y=196 dy=0.35em text-anchor=middle | 1: 60件
  g class=layer layer-2
   rect x=148.52 width=197.22 y=28 height=96
    title | R8 2 産業 40
   text x=247.13 y=76 dy=0.35em text-anchor=middle | 2: 40件
  text class=sum x=247.13 y=21 text-anchor=middle | 100件
  text x=247.13 y=288 text-anchor=middle | R8
 g class=bar
  g class=layer layer-1
   rect x=430.26 width=197.22 y=256 height=12
    title | R9 1 暮らし 5
  g class=layer layer-2
   rect x=430.26 width=197.22 y=256 height=0
    title | R9 2 産業 0
  text class=sum x=528.87 y=249 text-anchor=middle | 5件
  text x=528.87 y=288 text-anchor=middle | R9
 line class=zero x1=64 x2=712 y1=268 y2=268`);
  }));

test('a layer has its value from the height of a line on: 15 of 240 units', () =>
  inPage(async () => {
    const layers = async (value: number) => {
      const rows = [
        { name: 'a', values: [value] },
        { name: 'b', values: [800 - value] },
      ];
      return texts('.layer > text', await stacked({ totals: { columns: ['R8'], rows } }));
    };
    expect(await layers(50)).toEqual(['1: 50件', '2: 750件']);
    expect(await layers(49)).toEqual(['2: 751件']);
  }));

test('a chart of nothing has an axis from 0 to 1 all the same, and no value in its bars', () =>
  inPage(async () => {
    const drawn = await bar('R8', 0);
    expect(texts('.grid + text', drawn)).toEqual(['0件', '1件']);
    expect(texts('.layer text', drawn)).toEqual([]);
    expect(texts('.sum', drawn)).toEqual(['0件']);
    expect(texts('.bar', await stacked({}))).toEqual([]);
  }));

test('ticks are whole numbers; the axis ends on a round one; large values have separators where they are spoken', () =>
  inPage(async () => {
    expect(texts('.grid + text', await bar('R8', 2))).toEqual(['0件', '1件', '2件']);
    const drawn = await bar('R8', 4_321);
    expect(texts('.grid + text', drawn)).toEqual(['0件', '1000件', '2000件', '3000件', '4000件', '5000件']);
    expect(texts('title', drawn)).toEqual(['R8 層 4,321']);
  }));

test('a layer without a key has its value alone', () =>
  inPage(async () => {
    expect(texts('.layer > text', await bar('R8', 5, { keys: [] }))).toEqual(['5件']);
  }));

test.each([
  ['九つの字の大項目名', ['九つの字の大項目名']],
  ['十の字である大項目名', ['十の字であ', 'る大項目名']],
  ['十一の字である大項目名', ['十一の字であ', 'る大項目名']],
  ['あいうえおかきくけこさしすせそたちつ', ['あいうえおかきくけ', 'こさしすせそたちつ']],
  ['あいうえおかきくけこさしすせそたちつて', ['あいうえおかき', 'くけこさしすせ', 'そたちつて']],
  [
    'あいうえおかきくけこさしすせそたちつてとなにぬねのはひ',
    ['あいうえおかきくけ', 'こさしすせそたちつ', 'てとなにぬねのはひ'],
  ],
  [
    'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふ',
    ['あいうえおかきくけ', 'こさしすせそたちつ', 'てとなにぬねのは…'],
  ],
  ['𠮟𠮟𠮟𠮟𠮟𠮟𠮟𠮟𠮟', ['𠮟𠮟𠮟𠮟𠮟𠮟𠮟𠮟𠮟']],
])("a bar's name in lines: %s", (name, expected) =>
  inPage(async () => {
    const drawn = all('.bar > text:not(.sum)', await bar(name, 1));
    expect(drawn.map(({ textContent }) => textContent)).toEqual(expected);
    expect(drawn.map((line) => line.getAttribute('y'))).toEqual(['288', '303', '318'].slice(0, expected.length));
  }),
);

test('differences: bars from a common zero, names before them, values at their ends', () =>
  inPage(async () => {
    const bars = [
      { name: '1-1-1 長い\n名前', value: 300, label: '+300' },
      { name: 'b', value: -100, label: '−100' },
      { name: 'c', value: 0, label: '±0' },
    ];
    expect(
      lines(differenceChart(await scales(), '説明', bars)).join('\n'),
    ).toBe(`svg class=chart viewBox=0 0 720 94 role=img aria-label=説明
 g class=grew
  text x=322 y=23 dy=0.35em text-anchor=end | 1-1-1 長い名前
  rect x=481 width=123 y=14 height=18
   title | 1-1-1 長い
名前 +300
  text class=sum x=610 y=23 dy=0.35em text-anchor=start | +300
 g class=shrank
  text x=322 y=47 dy=0.35em text-anchor=end | b
  rect x=440 width=41 y=38 height=18
   title | b −100
  text class=sum x=434 y=47 dy=0.35em text-anchor=end | −100
 g class=grew
  text x=322 y=71 dy=0.35em text-anchor=end | c
  rect x=481 width=1 y=62 height=18
   title | c ±0
  text class=sum x=487 y=71 dy=0.35em text-anchor=start | ±0
 line class=zero x1=481 x2=481 y1=8 y2=86`);
  }));

test('differences of one direction take the whole width', () =>
  inPage(async () => {
    const drawn = (...values: number[]) =>
      scales().then((all) =>
        lines(
          differenceChart(
            all,
            '',
            values.map((value) => ({ name: '', value, label: '' })),
          ),
        ).filter((line) => /rect|zero/.test(line)),
      );
    const widths = async (...values: number[]) =>
      (await drawn(...values)).map((line) => line.replace(/ y=.*| y1=.*/, ''));
    expect(await widths(50, 0, 100)).toEqual([
      '  rect x=330 width=137',
      '  rect x=330 width=1',
      '  rect x=330 width=274',
      ' line class=zero x1=330 x2=330',
    ]);
    expect(await widths(-50, -100)).toEqual([
      '  rect x=522 width=82',
      '  rect x=440 width=164',
      ' line class=zero x1=604 x2=604',
    ]);
  }));

test.each([
  ['二十四字まではそのまま出る名前の取組です。長さ。', '二十四字まではそのまま出る名前の取組です。長さ。'],
  ['二十五字からは終わりを「…」とする名前の取組です。', '二十五字からは終わりを「…」とする名前の取組で…'],
  ['𠮟'.repeat(25), `${'𠮟'.repeat(23)}…`],
])('a name in front of a bar: %s', (name, expected) =>
  inPage(async () => {
    expect([...expected].length).toBe(24);
    const drawn = differenceChart(await scales(), '', [{ name, value: 1, label: '+1' }]);
    expect(texts('g > text:not(.sum)', drawn)).toEqual([expected]);
    expect(texts('title', drawn)).toEqual([`${name} +1`]);
  }),
);

test('a table: headings for columns and rows, its sum told apart; to be scrolled by keys, called by its caption', () =>
  inPage(() => {
    const link = document.createElement('a');
    const rows = [
      { name: '<b>', cells: ['1', '2'] },
      { name: link, cells: ['3', '4'], sum: true },
    ];
    expect(numberTable({ caption: '題', heading: ['a', 'b', 'c'], rows }).outerHTML).toBe(
      '<div class="table" tabindex="0" role="group" aria-label="題"><table><caption>題</caption>' +
        '<thead><tr><th scope="col">a</th><th scope="col">b</th><th scope="col">c</th></tr></thead>' +
        '<tbody><tr><th scope="row">&lt;b&gt;</th><td>1</td><td>2</td></tr>' +
        '<tr class="sum"><th scope="row"><a></a></th><td>3</td><td>4</td></tr></tbody></table></div>',
    );
  }));
