import { grouped, signed } from '../model/amounts.ts';
import type { Run } from '../model/marked.ts';
import { type Budget, kinds } from '../model/measure.ts';
import { oneLine } from '../model/names.ts';
import { visible } from '../model/visible.ts';
import { changeWords } from '../model/words.ts';
import {
  type AnnexChange,
  type Comparison,
  type FieldChange,
  isLayout,
  isOnlyRenumbered,
  latest,
  type MeasureChange,
  type OrganizationChange,
  type Rename,
  type Side,
  type StructureChange,
  type Unread,
} from './change.ts';
import { type Count, countsOf } from './counts.ts';

/** A comparison in Japanese, for any form of output: nothing left to word, only to lay out. */
export interface Description {
  /** "変更した取組 3 件、新設 1 件…"; or that nothing changed */
  summary: string;
  /** What and how many, for a table */
  counts: Count[];
  /** Changes outside the measures */
  sections: { title: string; rows: Row[] }[];
  /** One block each; those that only got another number are in a section */
  measures: Block[];
  /** 予算額; undefined where no sum differs */
  totals: BudgetTable | undefined;
  /** What could not be compared */
  unread: string[];
}

/** The sums that every form of output shows: all 大項目 and 合計, those 年度 that both editions have and 計. */
export interface BudgetTable {
  title: string;
  columns: string[];
  /** "1,188 → 1,200 (+12)" */
  rows: { name: string; cells: string[] }[];
  /** What is in no sum */
  notes: string[];
}

export interface Block {
  id: string;
  title: string;
  /** 新設, 廃止, 番号 1-1-20 → 1-1-19 … */
  tags: string[];
  rows: Row[];
}

export interface Row {
  label: string;
  runs: Run[];
  /** Behind the value: (+12千円) */
  note?: string;
}

export function describe(comparison: Comparison): Description {
  const { measures } = comparison;
  const plain = measures.filter(isOnlyRenumbered);
  const counts = countsOf(comparison);
  const layout = comparison.edition.filter(isLayout);
  const content = comparison.edition.filter((change) => !isLayout(change));
  const sections = [
    {
      title: '版',
      rows: [...content.map((change) => fieldRow(change, '(なし)')), ...continuedRows(comparison)],
    },
    { title: '体裁', rows: layout.map((change) => ({ ...fieldRow(change, '(なし)'), note: '(内容は変わりません)' })) },
    { title: '大項目・中項目', rows: comparison.structure.map(structureRow) },
    { title: '改称', rows: comparison.renames.map(renameRow) },
    { title: '組織', rows: comparison.organization.map(organizationRow) },
    { title: '別冊', rows: comparison.annexes.flatMap(annexRows) },
    { title: '番号だけが変わった取組', rows: plain.map(numberRow) },
  ].filter(({ rows }) => rows.length > 0);
  return {
    summary:
      counts.length === 0
        ? '内容の違いはありません。'
        : `${counts.map(({ name, count }) => `${name} ${count} 件`).join('、')}`,
    counts,
    sections,
    measures: measures.filter((change) => !isOnlyRenumbered(change)).map(blockOf),
    totals: totalsOf(comparison),
    unread: comparison.unread.map(unreadLine),
  };
}

function totalsOf(comparison: Comparison): BudgetTable | undefined {
  const { years, categories, total } = comparison.budgets;
  const rows = [...categories, total];
  if (!rows.some(({ before, after }) => before.some((amount, index) => amount !== after[index]))) return undefined;
  return {
    title: budgetTitle(comparison),
    columns: [...years, '計'],
    rows: rows.map((row) => ({
      name: `${row.number} ${row.name}`.trim(),
      cells: [
        ...years.map((_, index) => totalText(row.before[index], row.after[index], row.difference[index])),
        totalText(row.sum.before, row.sum.after, row.sum.difference),
      ],
    })),
    notes: budgetNotes(comparison),
  };
}

/** 年度 that are in no sum. */
export const budgetNotes = ({ budgets: { onlyBefore, onlyAfter } }: Comparison): string[] =>
  [
    { years: onlyBefore, side: '変更前' },
    { years: onlyAfter, side: '変更後' },
  ].flatMap(({ years, side }) =>
    years.length === 0 ? [] : [`${years.join('、')} は${side}の版だけにある年度なので、合計に入れていません。`],
  );

function blockOf(change: MeasureChange): Block {
  const { base, head, kind, moved, reprint, renumbered, instead } = change;
  const tags = [
    ...(kind === 'changed' ? [] : [changeWords[kind]]),
    ...(renumbered ? [`番号 ${base?.id} → ${head?.id}`] : []),
    ...(moved ? [`中項目「${base?.group.name}」から「${head?.group.name}」へ`] : []),
    ...(reprint
      ? [reprint === 'made' ? '再掲にした' : instead ? `再掲だった ${instead.id} が取組になった` : '再掲をやめた']
      : []),
  ];
  const { id, title } = latest(change);
  return {
    id: visible(id),
    title: oneLine(title),
    tags,
    rows: change.fields
      .filter(({ field }) => kind === 'changed' || field !== '取組')
      .map((one) => fieldRow(one, '(すべて ×)')),
  };
}

/** `none` stands for an empty list, which is a value too. */
function fieldRow(change: FieldChange<string>, none: string): Row {
  const label = change.year === undefined ? change.field : `${change.year} ${change.field}`;
  if (change.type === 'text') return { label, runs: change.runs };
  if (change.type === 'list') return { label, runs: separated(listedRuns(change, none)) };
  if (change.type === 'choice') return { label, runs: runsOf(change.before, change.after) };
  const { before, after, difference } = change;
  const runs = runsOf(
    before === undefined ? undefined : budgetText(before),
    after === undefined ? undefined : budgetText(after),
  );
  return { label, runs, ...(difference ? { note: `(${signed(difference)}千円)` } : {}) };
}

/** The names of both sides; `none` where a side has a list without any. */
function listedRuns({ kind, items }: Extract<FieldChange<string>, { type: 'list' }>, none: string): Run[] {
  const only = (side: 'added' | 'removed') => kind !== side && items.every((item) => item.kind === side);
  return [
    ...(only('added') ? [{ kind: 'removed' as const, text: none }] : []),
    ...items,
    ...(only('removed') ? [{ kind: 'added' as const, text: none }] : []),
  ];
}

const runsOf = (before: string | undefined, after: string | undefined): Run[] => [
  ...(before === undefined ? [] : [{ kind: 'removed' as const, text: before }]),
  ...(before === undefined || after === undefined ? [] : [{ kind: 'kept' as const, text: ' → ' }]),
  ...(after === undefined ? [] : [{ kind: 'added' as const, text: after }]),
];

/** One row, where 年度 moved on. */
const continuedRows = ({ continued }: Pick<Comparison, 'continued'>): Row[] =>
  continued.length === 0 ? [] : [{ label: '区分', runs: runsOf(...kinds), note: `(取組 ${continued.length} 件)` }];

const separated = (items: readonly Run[]): Run[] =>
  items.flatMap((item, index) => (index === 0 ? [item] : [{ kind: 'kept' as const, text: '、' }, item]));

/** An amount, or its parts with theirs. */
export const budgetText = (budget: Budget): string =>
  Array.isArray(budget) ? budget.map(({ label, amount }) => `${label} ${grouped(amount)}`).join('、') : grouped(budget);

function structureRow({ level, base, head, runs }: StructureChange): Row {
  const number = base && head && base.number !== head.number ? `${base.number} → ${head.number}` : undefined;
  const label = `${level} ${number ?? (head ?? base)?.number}`;
  if (!base || !head)
    return { label, runs: runsOf(base?.name, head?.name), note: `(${changeWords[head ? 'added' : 'removed']})` };
  return { label, runs: runs ?? [{ kind: 'kept', text: head.name }] };
}

const renameRow = ({ field, before, after, measures }: Rename): Row => ({
  label: field,
  runs: runsOf(before, after),
  note: `(取組 ${measures.length} 件)`,
});

function organizationRow({ kind, department, section, from }: OrganizationChange): Row {
  const name = section ?? department;
  if (kind === 'moved') return { label: `課 ${name}`, runs: runsOf(from, department) };
  return {
    label: section === undefined ? '局・部' : `${department} の課`,
    runs: kind === 'added' ? runsOf(undefined, name) : runsOf(name, undefined),
  };
}

function annexRows({ kind, path, title, titleBefore, alternative, alternativeRuns }: AnnexChange): Row[] {
  const name = `${title}(${visible(path)})`;
  const words = alternative === undefined ? name : `${name} 代替テキスト: ${alternative}`;
  if (kind === 'added') return [{ label: `別冊の${changeWords.added}`, runs: runsOf(undefined, words) }];
  if (kind === 'removed') return [{ label: `別冊の${changeWords.removed}`, runs: runsOf(words, undefined) }];
  return [
    ...(kind === 'replaced' ? [{ label: '別冊の差し替え', runs: [{ kind: 'kept' as const, text: name }] }] : []),
    ...(titleBefore === undefined ? [] : [{ label: `別冊の題名 ${visible(path)}`, runs: runsOf(titleBefore, title) }]),
    ...(alternativeRuns ? [{ label: `別冊の代替テキスト ${visible(path)}`, runs: alternativeRuns }] : []),
  ];
}

const numberRow = (change: MeasureChange): Row => ({
  label: `${change.base?.id} → ${change.head?.id}`,
  runs: [{ kind: 'kept', text: oneLine(latest(change).title) }],
});

export function unreadLine({ side, file, field, year }: Unread): string {
  const where = [year, field].filter((part) => part !== undefined).join(' ');
  return `${side === 'base' ? '変更前' : '変更後'}の ${visible(file)}${where ? ` の「${where}」` : ''}`;
}

/** One cell of the totals: "1,188 → 1,200 (+12)"; a 大項目 that an edition lacks is "なし". */
function totalText(before: number | null | undefined, after: number | null | undefined, difference = 0): string {
  const text = (amount: number | null | undefined) =>
    amount === null || amount === undefined ? 'なし' : grouped(amount);
  if (before === after) return text(after);
  return `${text(before)} → ${text(after)}${difference === 0 ? '' : ` (${signed(difference)})`}`;
}

/** `runs` without lines that stayed, and long stretches that stayed cut to what stands next to a change. */
export function excerpt(runs: readonly Run[]): Run[] {
  if (runs.every(({ kind }) => kind === 'kept')) return [...runs];
  return runs.flatMap((run, index): Run[] => {
    if (run.kind !== 'kept') return [run];
    const [first, last] = [index === 0, index === runs.length - 1];
    const characters = [...run.text];
    if (characters.length <= (first || last ? context + 4 : 2 * context + 4)) return [run];
    const head = first ? '' : characters.slice(0, context).join('');
    const tail = last ? '' : characters.slice(-context).join('');
    return [{ kind: 'kept', text: `${untilBreak(head)}…${fromBreak(tail)}` }];
  });
}

/** Characters shown on either side of a change. */
const context = 16;
/** Whole lines only, where there is a line break. */
const untilBreak = (text: string) => (text.includes('\n') ? text.slice(0, text.lastIndexOf('\n') + 1) : text);
const fromBreak = (text: string) => (text.includes('\n') ? text.slice(text.indexOf('\n')) : text);

export const sideName = ({ name, revised }: Side): string =>
  visible(revised === undefined ? name : `${name}(${revised}改定)`);

export const budgetTitle = ({ unread }: Comparison): string =>
  `予算額の合計(千円、再掲を除く${unread.length > 0 ? '、読めないものは 0' : ''})`;
