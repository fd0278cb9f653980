import { expect, test } from 'vitest';
import { addedUp, budgetRow } from '../../src/compare/budgets.ts';
import type { Comparison, FieldChange, MeasureChange } from '../../src/compare/change.ts';
import { isSame } from '../../src/compare/change.ts';
import { budgetTitle, describe as described, excerpt, sideName, unreadLine } from '../../src/compare/describe.ts';
import type { Run } from '../../src/model/marked.ts';
import { between, measure, runsText } from './editions.ts';

const nothing: Comparison = between([measure('1-1-1')], [measure('1-1-1')]);
const kept = (text: string): Run => ({ kind: 'kept', text });
const name = (id: string, title = '題') => ({
  id,
  title,
  group: { number: id.slice(0, 3), name: `中${id.slice(0, 3)}` },
});
type Some<T> = { [Key in keyof T]?: T[Key] | undefined };
const changed = (more: Some<MeasureChange>): MeasureChange =>
  ({
    kind: 'changed',
    base: name('1-1-1'),
    head: name('1-1-1'),
    renumbered: false,
    moved: false,
    fields: [],
    ...more,
  }) as MeasureChange;
const text: FieldChange<string> = { field: '取組内容', kind: 'changed', type: 'text', runs: [kept('い')] };

test('nothing', () => {
  expect(described(nothing)).toEqual({
    summary: '内容の違いはありません。',
    counts: [],
    sections: [],
    measures: [],
    unread: [],
  });
  expect(isSame(nothing)).toBe(true);
});

test.each<[string, Partial<Comparison>, string]>([
  ['edition', { edition: [{ field: '書名', kind: 'added', type: 'text', runs: [] }] }, '版の変更 1 件'],
  ['continued', { continued: ['1-1-1', '1-1-2'] }, '版の変更 1 件'],
  ['structure', { structure: [{ level: '大項目', head: { number: '1', name: 'あ' } }] }, '大項目・中項目の変更 1 件'],
  ['organization', { organization: [{ kind: 'added', department: 'あ' }] }, '組織の変更 1 件'],
  ['renames', { renames: [{ field: '担当課', before: 'あ', after: 'い', measures: [] }] }, '改称 1 件'],
  ['annexes', { annexes: [{ kind: 'removed', path: 'a', title: 'あ' }] }, '別冊の変更 1 件'],
  ['a measure changed', { measures: [changed({ fields: [text] })] }, '取組の変更 1 件'],
  ['a measure added', { measures: [changed({ kind: 'added' })] }, '取組の新設 1 件'],
  ['a measure removed', { measures: [changed({ kind: 'removed' })] }, '取組の廃止 1 件'],
  ['only another number', { measures: [changed({ renumbered: true })] }, '取組の番号だけの変更 1 件'],
  ['another number and 中項目', { measures: [changed({ renumbered: true, moved: true })] }, '取組の変更 1 件'],
  ['a 再掲 that says the same', { measures: [changed({ reprint: 'made' })] }, '再掲にした取組 1 件'],
  [
    'several',
    {
      measures: [
        changed({ fields: [text] }),
        changed({ renumbered: true }),
        changed({ kind: 'added' }),
        changed({ kind: 'added' }),
      ],
    },
    '取組の変更 1 件、取組の新設 2 件、取組の番号だけの変更 1 件',
  ],
])('counted: %s', (_, more, summary) => {
  const comparison = { ...nothing, ...more };
  expect(described(comparison).summary).toBe(summary);
  expect(isSame(comparison)).toBe(false);
});

test('what could not be read is no difference', () => {
  const comparison: Comparison = { ...nothing, unread: [{ side: 'head', file: 'structure.yaml' }] };
  expect(isSame(comparison)).toBe(true);
  expect(described(comparison).unread).toEqual(['変更後の structure.yaml']);
  expect(budgetTitle(comparison)).toBe('予算額の合計(千円、再掲を除く、読めないものは 0)');
  expect(budgetTitle(nothing)).toBe('予算額の合計(千円、再掲を除く)');
});

const rowText = ({ label, runs, note }: { label: string; runs: readonly Run[]; note?: string }) =>
  `${label}: ${runsText(runs)}${note === undefined ? '' : ` ${note}`}`;
const rowsOf = (field: FieldChange<string>) =>
  described({ ...nothing, measures: [changed({ fields: [field] })] }).measures[0]?.rows.map(rowText);
const items = (...names: string[]): Run[] =>
  names.map((one) => ({ kind: one[0] === '+' ? 'added' : one[0] === '-' ? 'removed' : 'kept', text: one.slice(1) }));

test.each<[string, FieldChange<string>, string]>([
  ['a text', { ...text, runs: [kept('あ'), { kind: 'removed', text: 'い' }] }, '取組内容: あ[-い-]'],
  ['of a 年度', { ...text, field: '内容', year: 'R10' }, 'R10 内容: い'],
  [
    'a list',
    { field: '担当課', kind: 'changed', type: 'list', items: items('=甲', '-乙', '+丙') },
    '担当課: 甲、[-乙-]、{+丙+}',
  ],
  ['a list added', { field: '関連計画', kind: 'added', type: 'list', items: items('+甲') }, '関連計画: {+甲+}'],
  [
    'a list removed: the cell is blank',
    { field: '関連計画', kind: 'removed', type: 'list', items: items('-甲') },
    '関連計画: [-甲-]',
  ],
  [
    'a list emptied: all ×',
    { field: '関連計画', kind: 'changed', type: 'list', items: items('-甲', '-乙') },
    '関連計画: [-甲-]、[-乙-]、{+(すべて ×)+}',
  ],
  [
    'a list filled: all were ×',
    { field: '関連計画', kind: 'changed', type: 'list', items: items('+甲') },
    '関連計画: [-(すべて ×)-]、{+甲+}',
  ],
  [
    'all × where the cell was blank',
    { field: '関連計画', kind: 'added', type: 'list', items: [] },
    '関連計画: {+(すべて ×)+}',
  ],
  [
    'all × no longer: the cell is blank',
    { field: '関連計画', kind: 'removed', type: 'list', items: [] },
    '関連計画: [-(すべて ×)-]',
  ],
  [
    'a choice',
    { field: '区分', kind: 'changed', type: 'choice', before: '新規', after: '継続' },
    '区分: [-新規-] → {+継続+}',
  ],
  ['a choice added', { field: '再掲', kind: 'added', type: 'choice', after: '1-1-1' }, '再掲: {+1-1-1+}'],
  ['a choice removed', { field: '再掲', kind: 'removed', type: 'choice', before: '1-1-1' }, '再掲: [-1-1-1-]'],
  [
    'more',
    { field: '予算額', year: 'R10', kind: 'changed', type: 'budget', before: 1000, after: 2500, difference: 1500 },
    'R10 予算額: [-1,000-] → {+2,500+} (+1,500千円)',
  ],
  [
    'less',
    { field: '予算額', year: 'R10', kind: 'changed', type: 'budget', before: 2500, after: 1000, difference: -1500 },
    'R10 予算額: [-2,500-] → {+1,000+} (−1,500千円)',
  ],
  [
    'no difference in sum',
    { field: '予算額', year: 'R10', kind: 'changed', type: 'budget', before: 0, after: '—', difference: 0 },
    'R10 予算額: [-0-] → {+—+}',
  ],
  [
    'an amount added',
    { field: '予算額', year: 'R10', kind: 'added', type: 'budget', after: 1200 },
    'R10 予算額: {+1,200+}',
  ],
  [
    'an amount removed',
    { field: '予算額', year: 'R10', kind: 'removed', type: 'budget', before: 1200 },
    'R10 予算額: [-1,200-]',
  ],
  [
    'parts',
    {
      field: '予算額',
      year: 'R10',
      kind: 'added',
      type: 'budget',
      after: [
        { label: '甲', amount: 1200 },
        { label: '乙', amount: '—' },
      ],
    },
    'R10 予算額: {+甲 1,200、乙 —+}',
  ],
])('a field: %s', (_, field, expected) => {
  expect(rowsOf(field)).toEqual([expected]);
});

test('lists of edition.yaml are empty, not ×', () => {
  const edition: Comparison['edition'] = [
    { field: '関連計画', kind: 'changed', type: 'list', items: items('+甲') },
    { field: '年度', kind: 'changed', type: 'list', items: items('-R10') },
  ];
  expect(described({ ...nothing, edition }).sections[0]?.rows.map(rowText)).toEqual([
    '関連計画: [-(なし)-]、{+甲+}',
    '年度: [-R10-]、{+(なし)+}',
  ]);
});

test.each<[string, Partial<Comparison>, string, string[]]>([
  [
    'renamed',
    {
      structure: [
        {
          level: '大項目',
          base: { number: '1', name: 'あ' },
          head: { number: '1', name: 'い' },
          runs: [{ kind: 'added', text: 'い' }],
        },
      ],
    },
    '大項目・中項目',
    ['大項目 1: {+い+}'],
  ],
  [
    'renumbered',
    { structure: [{ level: '中項目', base: { number: '1-1', name: 'あ' }, head: { number: '1-2', name: 'あ' } }] },
    '大項目・中項目',
    ['中項目 1-1 → 1-2: あ'],
  ],
  [
    'added',
    { structure: [{ level: '中項目', head: { number: '1-2', name: 'あ' } }] },
    '大項目・中項目',
    ['中項目 1-2: {+あ+} (新設)'],
  ],
  [
    'removed',
    { structure: [{ level: '中項目', base: { number: '1-2', name: 'あ' } }] },
    '大項目・中項目',
    ['中項目 1-2: [-あ-] (廃止)'],
  ],
  [
    'rename',
    { renames: [{ field: '担当課', before: 'あ', after: 'い', measures: ['1-1-1', '1-1-2'] }] },
    '改称',
    ['担当課: [-あ-] → {+い+} (取組 2 件)'],
  ],
  ['局 added', { organization: [{ kind: 'added', department: 'あ' }] }, '組織', ['局・部: {+あ+}']],
  ['局 removed', { organization: [{ kind: 'removed', department: 'あ' }] }, '組織', ['局・部: [-あ-]']],
  ['課 added', { organization: [{ kind: 'added', department: 'あ', section: 'い' }] }, '組織', ['あ の課: {+い+}']],
  ['課 removed', { organization: [{ kind: 'removed', department: 'あ', section: 'い' }] }, '組織', ['あ の課: [-い-]']],
  [
    '課 moved',
    { organization: [{ kind: 'moved', department: 'あ', section: 'い', from: 'う' }] },
    '組織',
    ['課 い: [-う-] → {+あ+}'],
  ],
  [
    '別冊 added',
    { annexes: [{ kind: 'added', path: 'a.pdf', title: 'あ', alternative: 'い' }] },
    '別冊',
    ['別冊の新設: {+あ(a.pdf) 代替テキスト: い+}'],
  ],
  [
    '別冊 removed',
    { annexes: [{ kind: 'removed', path: 'a.pdf', title: 'あ' }] },
    '別冊',
    ['別冊の廃止: [-あ(a.pdf)-]'],
  ],
  [
    '別冊 replaced',
    { annexes: [{ kind: 'replaced', path: 'a.pdf', title: 'あ', alternative: 'い' }] },
    '別冊',
    ['別冊の差し替え: あ(a.pdf)'],
  ],
  [
    '別冊 replaced with other words',
    {
      annexes: [
        {
          kind: 'replaced',
          path: 'a.pdf',
          title: 'あ',
          titleBefore: 'う',
          alternative: 'い',
          alternativeRuns: [{ kind: 'added', text: 'い' }],
        },
      ],
    },
    '別冊',
    ['別冊の差し替え: あ(a.pdf)', '別冊の題名 a.pdf: [-う-] → {+あ+}', '別冊の代替テキスト a.pdf: {+い+}'],
  ],
  [
    '別冊 with another title',
    { annexes: [{ kind: 'reworded', path: 'a.pdf', title: 'あ', titleBefore: 'う' }] },
    '別冊',
    ['別冊の題名 a.pdf: [-う-] → {+あ+}'],
  ],
  [
    'only numbers',
    { measures: [changed({ base: name('1-1-1'), head: name('1-1-2', '題\n名'), renumbered: true })] },
    '番号だけが変わった取組',
    ['1-1-1 → 1-1-2: 題名'],
  ],
])('outside the measures: %s', (_, more, title, rows) => {
  const { sections } = described({ ...nothing, ...more });
  expect(sections.map((section) => section.title)).toEqual([title]);
  expect(sections[0]?.rows.map(rowText)).toEqual(rows);
});

test.each<[string, Some<MeasureChange>, string, string[]]>([
  ['changed', { fields: [text] }, '1-1-1 題', []],
  ['added', { kind: 'added', base: undefined }, '1-1-1 題', ['新設']],
  ['removed', { kind: 'removed', head: undefined, base: name('1-1-9') }, '1-1-9 題', ['廃止']],
  ['renumbered', { renumbered: true, fields: [text], head: name('1-1-2') }, '1-1-2 題', ['番号 1-1-1 → 1-1-2']],
  [
    'moved',
    { renumbered: true, moved: true, head: name('1-2-1') },
    '1-2-1 題',
    ['番号 1-1-1 → 1-2-1', '中項目「中1-1」から「中1-2」へ'],
  ],
  ['made', { reprint: 'made' }, '1-1-1 題', ['再掲にした']],
  ['dissolved', { reprint: 'dissolved' }, '1-1-1 題', ['再掲をやめた']],
  ['a title of two lines', { fields: [text], head: name('1-1-1', '題\n名\u202e') }, '1-1-1 題名\u202e', []],
])('a measure: %s', (_, more, title, tags) => {
  const [block] = described({ ...nothing, measures: [changed(more)] }).measures;
  expect([`${block?.id} ${block?.title}`, block?.tags]).toEqual([title, tags]);
});

test('the title of a new measure is its heading, not a row', () => {
  const title: FieldChange<string> = { field: '取組', kind: 'added', type: 'text', runs: [] };
  const rows = (more: Partial<MeasureChange>) =>
    described({ ...nothing, measures: [changed({ fields: [title, text], ...more })] }).measures[0]?.rows.map(
      ({ label }) => label,
    );
  expect(rows({ kind: 'added' })).toEqual(['取組内容']);
  expect(rows({ kind: 'removed' })).toEqual(['取組内容']);
  expect(rows({})).toEqual(['取組', '取組内容']);
});

test.each<[Parameters<typeof unreadLine>[0], string]>([
  [{ side: 'base', file: 'measures/1-1-1.yaml' }, '変更前の measures/1-1-1.yaml'],
  [{ side: 'head', file: 'measures/1-1-1.yaml', field: '取組' }, '変更後の measures/1-1-1.yaml の「取組」'],
  [
    { side: 'head', file: 'measures/1-1-1.yaml', field: '予算額', year: 'R10' },
    '変更後の measures/1-1-1.yaml の「R10 予算額」',
  ],
  [{ side: 'base', file: 'a\nb' }, '変更前の a\\u{a}b'],
])('%j', (unread, line) => {
  expect(unreadLine(unread)).toBe(line);
});

test.each<[number | null, number | null, string]>([
  [1188, 1200, '1,188 → 1,200 (+12)'],
  [1200, 1188, '1,200 → 1,188 (−12)'],
  [1200, 1200, '1,200'],
  [null, null, 'なし'],
  [null, 0, 'なし → 0'],
  [0, null, '0 → なし'],
  [null, 5, 'なし → 5 (+5)'],
  [5, null, '5 → なし (−5)'],
])('totals %j and %j', (before, after, expected) => {
  const row = budgetRow({ number: '1', name: '海' }, [before, 1], [after, 2]);
  const budgets = addedUp({ years: ['R10', 'R11'], onlyBefore: [], onlyAfter: [], categories: [row] });
  expect(described({ ...nothing, budgets }).totals?.rows[0]).toMatchObject({
    name: '1 海',
    cells: [expected, '1 → 2 (+1)', expect.any(String)],
  });
});

test('a side is named with its 改定', () => {
  expect(sideName({ name: 'v1', revised: '令和8年3月', errors: 0, warnings: 0, measures: 0, reprints: 0 })).toBe(
    'v1(令和8年3月改定)',
  );
  expect(sideName({ name: 'v1\u001b', errors: 0, warnings: 0, measures: 0, reprints: 0 })).toBe('v1\\u{1b}');
});

// Sixteen characters on either side of a change, and four more where cutting would save next to nothing.
const long = (length: number) => Array.from({ length }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
const [change, other]: Run[] = [
  { kind: 'added', text: '甲' },
  { kind: 'removed', text: '乙' },
] as Run[] as [Run, Run];
test.each<[string, Run[], Run[]]>([
  ['nothing changed: all of it', [kept(long(100))], [kept(long(100))]],
  ['in front, just short enough', [kept(long(20)), change], [kept(long(20)), change]],
  ['in front, cut', [kept(long(21)), change], [kept(`…${long(21).slice(5)}`), change]],
  ['behind, just short enough', [change, kept(long(20))], [change, kept(long(20))]],
  ['behind, cut', [change, kept(long(21))], [change, kept(`${long(16)}…`)]],
  ['between, just short enough', [change, kept(long(36)), other], [change, kept(long(36)), other]],
  ['between, cut', [change, kept(long(37)), other], [change, kept(`${long(16)}…${long(37).slice(21)}`), other]],
  [
    'what changed is never cut',
    [kept('あ'), { kind: 'added', text: long(100) }],
    [kept('あ'), { kind: 'added', text: long(100) }],
  ],
  ['whole lines only, in front', [kept(`${long(20)}\nあ\nいう`), change], [kept('…\nあ\nいう'), change]],
  ['whole lines only, behind', [change, kept(`いう\nあ\n${long(20)}`)], [change, kept('いう\nあ\n…')]],
  ['of characters beyond U+FFFF too', [kept('𠮟'.repeat(21)), change], [kept(`…${'𠮟'.repeat(16)}`), change]],
  ['these count once', [kept('𠮟'.repeat(20)), change], [kept('𠮟'.repeat(20)), change]],
])('shortened: %s', (_, runs, expected) => {
  expect(excerpt(runs)).toEqual(expected);
});

test('those that 年度 made 継続 are one row of the edition', () => {
  const [section, ...others] = described({ ...nothing, continued: ['1-1-1', '2-1-1'] }).sections;
  expect(others).toEqual([]);
  expect([
    section?.title,
    ...(section?.rows ?? []).map((row) => `${row.label}: ${runsText(row.runs)} ${row.note}`),
  ]).toEqual(['版', '区分: [-新規-] → {+継続+} (取組 2 件)']);
});
