import { expect, test } from 'vitest';
import type { Comparison, FieldChange, MeasureChange } from '../../src/compare/change.ts';
import { compare } from '../../src/compare/compare.ts';
import type { Run } from '../../src/model/marked.ts';
import { type BeforeAfterData, beforeAfterData, type Piece, titleOf } from '../../src/papers/before-after.ts';
import { between, edition, measure } from '../compare/editions.ts';
import { revision } from '../compare/revision.ts';

const textOf = (pieces: readonly Piece[]) =>
  pieces
    .map((piece, index) => {
      if (typeof piece === 'string') return piece;
      return 'marked' in piece ? `【${piece.marked}】` : `${index === 0 ? '' : '\n'}${piece.label}: `;
    })
    .join('');

/** The paper as a text: what changed in 【】, the columns from left to right, then 備考. */
function printed({ book, editions, headings, unread, summary, sections }: BeforeAfterData): string {
  const { year, month, day } = book.date;
  const lines = [`${book.title} ${book.publisher} ${year}-${month}-${day}`, editions, headings.join(' | '), ...unread];
  if (summary) {
    const { counts, budgets, measures } = summary;
    lines.push('', `== 概要`, counts.map(({ name, count }) => `${name} ${count}`).join('、'));
    if (budgets) {
      lines.push('', `${budgets.title} | ${budgets.columns.join(' | ')}`);
      for (const { name, ...sides } of budgets.rows)
        for (const [side, amounts] of Object.entries(sides)) lines.push(`${name} ${side} | ${amounts.join(' | ')}`);
      lines.push(...budgets.notes);
    }
    lines.push('', ...measures.map((measure) => Object.values(measure).join(' | ')));
  }
  for (const section of sections) {
    lines.push('', `== ${section.title}`);
    for (const { title, rows } of section.entries) {
      if (title !== '') lines.push('', `-- ${title}`);
      for (const { label, left, right, note, short } of rows)
        lines.push(
          [label, textOf(left), textOf(right), note].map((cell) => cell.replaceAll('\n', '/')).join(' | ') +
            (short ? '' : ' (long)'),
        );
    }
  }
  return `${lines.join('\n')}\n`;
}

test('of a whole revision', async () => {
  const { base, head } = revision({ errors: true });
  head.replace('edition.yaml', '構成:', '新旧対照表: { 新: 改正案, 旧: 現行, 左: 旧 }\n構成:');
  const fresh = head.edition('v2');
  const text = printed(beforeAfterData(compare(base.edition('v1'), fresh), fresh.edition));
  await expect(text).toMatchFileSnapshot('../refs/papers/before-after.txt');
});

const own = edition([measure('1-1-1')]);
const nothing = between([measure('1-1-1')], [measure('1-1-1')]);
const data = (more: Partial<Comparison>, of = own) => beforeAfterData({ ...nothing, ...more }, of);
/** The only row there is. */
const row = (more: Partial<Comparison>) => {
  const rows = data(more).sections.flatMap(({ entries }) => entries.flatMap((entry) => entry.rows));
  expect(rows).toHaveLength(1);
  const [{ label, left, right, note } = { label: '', left: [], right: [], note: '' }] = rows;
  return [label, textOf(right), textOf(left), note];
};
const kept = (text: string): Run => ({ kind: 'kept', text });
const added = (text: string): Run => ({ kind: 'added', text });
const removed = (text: string): Run => ({ kind: 'removed', text });

test('without a difference; the new wording on the left unless edition.yaml says otherwise', () => {
  const side = { name: 'v1', errors: 0, warnings: 0, measures: 0, reprints: 0 };
  expect(data({})).toEqual({
    book: { title: '湾岸計画 取組集', publisher: '港町市', date: { year: 2030, month: 12, day: 1 } },
    editions: '令和12年12月1日改定',
    headings: ['改正後', '改正前'],
    sides: { after: '改正後', before: '改正前' },
    unread: [],
    summary: null,
    sections: [],
  });
  expect(data({ base: side }).editions).toBe('v1 → 令和12年12月1日改定');
  expect(data({ head: { ...side, revised: '令和13年3月' } }).editions).toBe('令和12年12月1日改定 → 令和13年3月改定');
  expect(data({}, { ...own, revised: '' }).book.date).toEqual({ year: 1970, month: 1, day: 1 });
  expect(data({ unread: [{ side: 'base', file: 'structure.yaml' }] }).unread).toEqual(['変更前の structure.yaml']);
  const turned = { ...own, beforeAfter: { after: '新', before: '旧', left: 'before' as const } };
  const renames = [{ field: '担当課', before: '甲', after: '乙', measures: [] }];
  const [section] = data({ renames }, turned).sections;
  expect(data({ renames }, turned).headings).toEqual(['旧', '新']);
  expect(section?.entries[0]?.rows[0]).toMatchObject({ left: [{ marked: '甲' }], right: [{ marked: '乙' }] });
});

test('sections in their order, each with its anchor; measures with number and title', () => {
  const name = { id: '1-1-2', title: '題\n名', group: { number: '1-1', name: '窓口' } };
  const change: MeasureChange = { kind: 'removed', base: name, renumbered: false, moved: false, fields: [] };
  const { sections } = data({
    edition: [{ field: '書名', kind: 'added', type: 'text', runs: [added('あ')] }],
    structure: [{ level: '大項目', head: { number: '1', name: 'あ' } }],
    renames: [{ field: '担当課', before: 'あ', after: 'い', measures: [] }],
    organization: [{ kind: 'added', department: 'あ' }],
    annexes: [{ kind: 'added', path: 'a', title: 'あ' }],
    measures: [change, change],
  });
  expect(sections.map(({ anchor, title }) => [anchor, title])).toEqual(
    ['版', '大項目・中項目', '名称の変更', '組織', '別冊', '取組'].map((title) => [`section-${title}`, title]),
  );
  expect(sections.map(({ entries }) => entries.map(({ anchor, title }) => [anchor, title]))).toEqual([
    ...['版', '大項目・中項目', '名称の変更', '組織', '別冊'].map((title) => [[`entry-${title}`, '']]),
    [
      ['entry-1', '1-1-2 題名(廃止)'],
      ['entry-2', '1-1-2 題名(廃止)'],
    ],
  ]);
  expect(titleOf({ ...change, head: { ...name, id: '1-1-3', title: 'ほか' } })).toBe('1-1-3 ほか(廃止)');
});

const several = (count: number) => Array.from({ length: count }, (_, index) => `1-1-${index + 1}`);
test.each<[string, Partial<Comparison>, string[]]>([
  // Label, what was, what is, 備考.
  [
    '名称の変更',
    { renames: [{ field: '担当課', before: '甲', after: '乙', measures: several(2) }] },
    ['担当課', '【甲】', '【乙】', '2件の取組(1-1-1、1-1-2)'],
  ],
  [
    'of eight',
    { renames: [{ field: '担当課', before: '甲', after: '乙', measures: several(8) }] },
    ['担当課', '【甲】', '【乙】', `8件の取組(${several(8).join('、')})`],
  ],
  [
    'of nine',
    { renames: [{ field: '担当課', before: '甲', after: '乙', measures: several(9) }] },
    ['担当課', '【甲】', '【乙】', `9件の取組(${several(8).join('、')} ほか)`],
  ],
  ['局 added', { organization: [{ kind: 'added', department: '甲局' }] }, ['局・部', '(新設)', '【甲局】', '']],
  ['局 removed', { organization: [{ kind: 'removed', department: '甲局' }] }, ['局・部', '【甲局】', '(削る)', '']],
  [
    '課 added',
    { organization: [{ kind: 'added', department: '甲局', section: '乙課' }] },
    ['課', '(新設)', '【甲局 乙課】', ''],
  ],
  [
    '課 removed',
    { organization: [{ kind: 'removed', department: '甲局', section: '乙課' }] },
    ['課', '【甲局 乙課】', '(削る)', ''],
  ],
  [
    '課 moved',
    { organization: [{ kind: 'moved', department: '甲局', section: '乙課', from: '丙局' }] },
    ['課', '【丙局 乙課】', '【甲局 乙課】', '所属の変更'],
  ],
  [
    '大項目 added',
    { structure: [{ level: '大項目', head: { number: '2', name: '海' } }] },
    ['大項目', '(新設)', '【2. 】【海】', ''],
  ],
  [
    '大項目 removed',
    { structure: [{ level: '大項目', base: { number: '2', name: '海' } }] },
    ['大項目', '【2. 】【海】', '(削る)', ''],
  ],
  [
    'renamed',
    {
      structure: [
        {
          level: '大項目',
          base: { number: '2', name: '海' },
          head: { number: '2', name: '湾' },
          runs: [kept('深'), removed('海'), added('湾')],
        },
      ],
    },
    ['大項目', '2. 深【海】', '2. 深【湾】', ''],
  ],
  [
    'renumbered',
    { structure: [{ level: '中項目', base: { number: '1-2', name: '海' }, head: { number: '1-3', name: '海' } }] },
    ['中項目', '【1-2. 】海', '【1-3. 】海', ''],
  ],
  [
    'both',
    {
      structure: [
        {
          level: '中項目',
          base: { number: '1-2', name: '海' },
          head: { number: '1-3', name: '湾' },
          runs: [removed('海'), added('湾')],
        },
      ],
    },
    ['中項目', '【1-2. 】【海】', '【1-3. 】【湾】', ''],
  ],
  ['別冊 added', { annexes: [{ kind: 'added', path: 'a.pdf', title: '図' }] }, ['別冊', '(新設)', '【図】', 'a.pdf']],
  [
    '別冊 removed',
    { annexes: [{ kind: 'removed', path: 'a.pdf', title: '図' }] },
    ['別冊', '【図】', '(削る)', 'a.pdf'],
  ],
  [
    '別冊 replaced',
    { annexes: [{ kind: 'replaced', path: 'a.pdf', title: '図' }] },
    ['別冊', '図', '図', '差し替え(a.pdf)'],
  ],
  [
    '別冊 with another title',
    { annexes: [{ kind: 'reworded', path: 'a.pdf', title: '図', titleBefore: '絵' }] },
    ['別冊', '【絵】', '【図】', 'a.pdf'],
  ],
  [
    '別冊 replaced with another title',
    { annexes: [{ kind: 'replaced', path: 'a.pdf', title: '図', titleBefore: '絵' }] },
    ['別冊', '【絵】', '【図】', '差し替え(a.pdf)'],
  ],
  [
    '別冊 with another 代替テキスト',
    { annexes: [{ kind: 'reworded', path: 'a.pdf', title: '図', alternativeRuns: [] }] },
    ['別冊', '図', '図', '代替テキストの変更(a.pdf)'],
  ],
])('a row: %s', (_, more, expected) => {
  expect(row(more)).toEqual(expected);
});

const items = (...names: string[]): Run[] =>
  names.map((one) => (one[0] === '+' ? added : one[0] === '-' ? removed : kept)(one.slice(1)));
const budget = (more: Partial<Extract<FieldChange<string>, { type: 'budget' }>>): FieldChange<string> =>
  ({ field: '予算額', year: 'R10', kind: 'changed', type: 'budget', ...more }) as FieldChange<string>;
const parts = (...amounts: (number | '—')[]) => amounts.map((amount, index) => ({ label: `課${index}`, amount }));

test.each<[string, FieldChange<string>, string[]]>([
  [
    'a text',
    { field: '取組内容', kind: 'changed', type: 'text', runs: [kept('あ'), removed('い'), added('う')] },
    ['取組内容', 'あ【い】', 'あ【う】', ''],
  ],
  [
    'of a 年度',
    { field: '内容', year: 'R10', kind: 'changed', type: 'text', runs: [removed('い'), kept('あ')] },
    ['R10 内容', '【い】あ', 'あ', ''],
  ],
  [
    'a text added',
    { field: '取組内容', kind: 'added', type: 'text', runs: [added('あ')] },
    ['取組内容', '', '【あ】', ''],
  ],
  [
    'a text removed',
    { field: '取組内容', kind: 'removed', type: 'text', runs: [removed('あ')] },
    ['取組内容', '【あ】', '', ''],
  ],
  [
    'a choice',
    { field: '区分', kind: 'changed', type: 'choice', before: '新規', after: '継続' },
    ['区分', '【新規】', '【継続】', ''],
  ],
  ['a choice added', { field: '再掲', kind: 'added', type: 'choice', after: '1-1-2' }, ['再掲', '', '【1-1-2】', '']],
  [
    'a choice removed',
    { field: '再掲', kind: 'removed', type: 'choice', before: '1-1-2' },
    ['再掲', '【1-1-2】', '', ''],
  ],
  [
    'a list: a name a line',
    { field: '担当課', kind: 'changed', type: 'list', items: items('=甲', '-乙', '+丙', '+丁') },
    ['担当課', '甲\n【乙】', '甲\n【丙】\n【丁】', ''],
  ],
  [
    'a list emptied',
    { field: '関連計画', kind: 'changed', type: 'list', items: items('-甲') },
    ['関連計画', '【甲】', '【(すべて ×)】', ''],
  ],
  [
    'a list filled',
    { field: '関連計画', kind: 'changed', type: 'list', items: items('+甲') },
    ['関連計画', '【(すべて ×)】', '【甲】', ''],
  ],
  [
    'a list added',
    { field: '関連計画', kind: 'added', type: 'list', items: items('+甲') },
    ['関連計画', '', '【甲】', ''],
  ],
  [
    'all × where nothing was',
    { field: '関連計画', kind: 'added', type: 'list', items: [] },
    ['関連計画', '', '【(すべて ×)】', ''],
  ],
  [
    'an amount',
    budget({ before: 1000, after: 2500, difference: 1500 }),
    ['R10 予算額', '【1,000千円】', '【2,500千円】', '+1,500千円'],
  ],
  ['—', budget({ before: '—', after: 0, difference: 0 }), ['R10 予算額', '【—】', '【0千円】', '']],
  ['an amount added', budget({ kind: 'added', after: 5 }), ['R10 予算額', '', '【5千円】', '']],
  ['an amount removed', budget({ kind: 'removed', before: 5 }), ['R10 予算額', '【5千円】', '', '']],
  [
    'parts: those that differ',
    budget({ before: parts(1, 2000, 3), after: parts(1, 2500, '—'), difference: 497 }),
    [
      'R10 予算額',
      '課0 1千円\n【課1 2,000千円】\n【課2 3千円】\n【合計 2,004千円】',
      '課0 1千円\n【課1 2,500千円】\n【課2 —】\n【合計 2,501千円】',
      '+497千円',
    ],
  ],
])('a field: %s', (_, field, expected) => {
  const name = { id: '1-1-1', title: '題', group: { number: '1-1', name: '窓口' } };
  const change: MeasureChange = {
    kind: 'changed',
    base: name,
    head: name,
    renumbered: false,
    moved: false,
    fields: [field],
  };
  const rows = data({ measures: [change] }).sections[0]?.entries[0]?.rows ?? [];
  expect(rows).toHaveLength(1);
  expect([rows[0]?.label, textOf(rows[0]?.right ?? []), textOf(rows[0]?.left ?? []), rows[0]?.note]).toEqual(expected);
});

test('an empty list of edition.yaml has no names, not ×', () => {
  expect(row({ edition: [{ field: '関連計画', kind: 'changed', type: 'list', items: items('+甲') }] })).toEqual([
    '関連計画',
    '【(なし)】',
    '【甲】',
    '',
  ]);
});

test.each<[string, Partial<MeasureChange>, string[][]]>([
  ['changed', {}, [['効果・KPI', '', 'あ', '']]],
  [
    'renumbered',
    { renumbered: true },
    [
      ['番号', '【1-1-1】', '【1-2-2】', '番号の変更'],
      ['効果・KPI', '', 'あ', ''],
    ],
  ],
  [
    'moved',
    { renumbered: true, moved: true },
    [
      ['中項目', '【1-1. 窓口】', '【1-2. 防災】', '移動'],
      ['番号', '【1-1-1】', '【1-2-2】', '番号の変更'],
      ['効果・KPI', '', 'あ', ''],
    ],
  ],
  ['made', { reprint: 'made' }, [['効果・KPI', '', 'あ', '再掲にする']]],
  ['dissolved', { reprint: 'dissolved' }, [['効果・KPI', '', 'あ', '再掲をやめる']]],
  [
    'dissolved and renumbered',
    { reprint: 'dissolved', renumbered: true },
    [
      ['番号', '【1-1-1】', '【1-2-2】', '再掲をやめる'],
      ['効果・KPI', '', 'あ', ''],
    ],
  ],
  ['made, with nothing else', { reprint: 'made', fields: [] }, []],
  ['added', { kind: 'added' }, [['取組の新設', '(新設)', '効果・KPI: あ', '']]],
  ['removed', { kind: 'removed' }, [['取組の廃止', '効果・KPI: ', '(削る)', '']]],
  ['added without anything', { kind: 'added', fields: [] }, [['取組の新設', '(新設)', '', '']]],
])('a measure: %s', (_, more, expected) => {
  const name = (id: string, group: string) => ({ id, title: '題', group: { number: id.slice(0, 3), name: group } });
  const fields: FieldChange<string>[] = [{ field: '効果・KPI', kind: 'changed', type: 'text', runs: [added('あ')] }];
  const change: MeasureChange = {
    kind: 'changed',
    base: name('1-1-1', '窓口'),
    head: name('1-2-2', '防災'),
    renumbered: false,
    moved: false,
    fields,
    ...more,
  };
  const rows = data({ measures: [change] }).sections[0]?.entries[0]?.rows ?? [];
  expect(
    rows.map(({ label, left, right, note }) => [label, textOf(right), textOf(left).replace('【あ】', 'あ'), note]),
  ).toEqual(expected);
});

// Lines that stayed, two or more, not next to a change.
test.each<[string, Run[], string]>([
  ['one line in front', [kept('一\n'), added('甲')], '一\n【甲】'],
  ['two lines in front', [kept('一\n二\n'), added('甲')], '(略)\n【甲】'],
  ['two lines in front, one of the change', [kept('一\n二\nこ'), added('甲')], '(略)\nこ【甲】'],
  ['one line in front, one of the change', [kept('一\nこ'), added('甲')], '一\nこ【甲】'],
  ['one line behind', [added('甲'), kept('こ\n一')], '【甲】こ\n一'],
  ['two lines behind', [added('甲'), kept('こ\n一\n二')], '【甲】こ\n(略)'],
  ['one line between', [added('甲'), kept('こ\n一\nこ'), added('乙')], '【甲】こ\n一\nこ【乙】'],
  ['two lines between', [added('甲'), kept('こ\n一\n二\nこ'), added('乙')], '【甲】こ\n(略)\nこ【乙】'],
  ['three lines between', [added('甲'), kept('\n一\n二\n三\n'), added('乙')], '【甲】\n(略)\n【乙】'],
  ['what changed is never left out', [added('一\n二\n三\n四')], '【一\n二\n三\n四】'],
])('(略): %s', (_, runs, expected) => {
  expect(row({ edition: [{ field: '書名', kind: 'changed', type: 'text', runs }] })[2]).toBe(expected);
});

test.each<[string, string, boolean]>([
  ['sixteen lines', 'あ\n'.repeat(15), true],
  ['seventeen lines', 'あ\n'.repeat(16), false],
  ['sixteen lines of 24', 'あ'.repeat(24 * 16), true],
  ['a character more', 'あ'.repeat(24 * 16 + 1), false],
  ['blank lines count', '\n'.repeat(15), true],
  ['too many of them', '\n'.repeat(16), false],
])('a row that need not be split: %s', (_, text, short) => {
  const rows = (before: string, after: string) =>
    data({ renames: [{ field: '担当課', before, after, measures: [] }] }).sections[0]?.entries[0]?.rows[0]?.short;
  expect(rows(text, 'い')).toBe(short);
  expect(rows('い', text)).toBe(short);
});

test.each([
  [24 * 16 - 1, true],
  [24 * 16, false],
])('of a text that stayed for %i characters and one more', (length, short) => {
  const runs = [kept('あ'.repeat(length)), added('い')];
  const [section] = data({ edition: [{ field: '書名', kind: 'changed', type: 'text', runs }] }).sections;
  expect(section?.entries[0]?.rows[0]?.short).toBe(short);
});
