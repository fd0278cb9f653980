import {
  type AnnexChange,
  type Comparison,
  type FieldChange,
  isLayout,
  isOnlyRenumbered,
  latest,
  type MeasureChange,
  type NumberedName,
  type OrganizationChange,
  type Rename,
  type StructureChange,
} from '../compare/change.ts';
import { unreadLine } from '../compare/describe.ts';
import { grouped, signed, totalLabel, totalOf } from '../model/amounts.ts';
import type { Edition } from '../model/edition.ts';
import { eraDate } from '../model/era-date.ts';
import type { Run } from '../model/marked.ts';
import { kinds } from '../model/measure.ts';
import { oneLine } from '../model/names.ts';
import { changeWords, markedWords } from '../model/words.ts';
import { type SummaryData, summaryOf, touched } from './summary.ts';

/** What templates/before-after.typ reads: 新旧対照表, texts as they are printed. */
export interface BeforeAfterData {
  book: { title: string; publisher: string; date: { year: number; month: number; day: number } };
  /** What is compared: 令和7年3月改定 → 令和8年3月改定 */
  editions: string;
  /** Headings of the two columns, left first */
  headings: [string, string];
  /** What could not be compared */
  unread: string[];
  /** Null where nothing changed */
  summary: SummaryData | null;
  /** What the editions are called in the sums */
  sides: { before: string; after: string };
  sections: SectionData[];
}
export interface SectionData {
  anchor: string;
  title: string;
  entries: EntryData[];
}
/** One measure, or one kind of other changes; without a title the section's stands for it. */
export interface EntryData {
  anchor: string;
  title: string;
  rows: RowData[];
}
export interface RowData {
  label: string;
  left: Piece[];
  right: Piece[];
  /** 備考 */
  note: string;
  /** So short that it need not be split over two pages */
  short: boolean;
}
/** Stretches of a text, those that changed marked; `label` begins a value of a measure that is there on one side alone. */
export type Piece = string | { marked: string } | { label: string };
/** What it shows. */
export const shownOf = (piece: Piece): string =>
  typeof piece === 'string' ? piece : 'marked' in piece ? piece.marked : piece.label;

/** What both sides of a row say, before it is known which one stands on the left. */
interface Sides {
  label: string;
  before: Piece[];
  after: Piece[];
  note?: string;
}

const added = `(${changeWords.added})`;
const removed = `(${markedWords.removed})`;
const unchanged = '(略)';

/** 新旧対照表 in the order of the document: only what changed, the changed words marked. */
export function beforeAfterData(comparison: Comparison, edition: Edition): BeforeAfterData {
  const { after, before, left } = edition.beforeAfter;
  const inOrder = <T>(fresh: T, old: T): [T, T] => (left === 'after' ? [fresh, old] : [old, fresh]);
  const rows = (sides: Sides[]): RowData[] =>
    sides.map(({ label, before, after, note = '' }) => {
      const [first, second] = inOrder(after, before);
      return { label, left: first, right: second, note, short: [before, after].every(isShort) };
    });
  const section = (title: string, sides: Sides[]): SectionData => ({
    anchor: `section-${title}`,
    title,
    entries: sides.length === 0 ? [] : [{ anchor: `entry-${title}`, title: '', rows: rows(sides) }],
  });
  const sections: SectionData[] = [
    section('版', [
      ...comparison.edition.filter((change) => !isLayout(change)).map((change) => fieldRow(change, '(なし)')),
      ...continuedRows(comparison),
    ]),
    section('大項目・中項目', comparison.structure.map(structureRow)),
    section('名称の変更', comparison.renames.map(renameRow)),
    section('組織', comparison.organization.map(organizationRow)),
    section('別冊', comparison.annexes.map(annexRow)),
    {
      anchor: 'section-取組',
      title: '取組',
      entries: touched(comparison).map(({ change, anchor }) => ({
        anchor,
        title: titleOf(change),
        rows: rows(rowsOf(change)),
      })),
    },
    section('番号だけが変わった取組', comparison.measures.filter(isOnlyRenumbered).map(numberRow)),
  ];
  const { base, head } = comparison;
  const side = ({ name, revised }: Comparison['base']) => (revised === undefined ? name : `${revised}改定`);
  const same = side(base) === side(head);
  return {
    book: {
      title: `${edition.planName} ${edition.title}`,
      publisher: edition.publisher,
      date: eraDate(edition.revised) ?? { year: 1970, month: 1, day: 1 },
    },
    editions: same ? side(head) : `${side(base)} → ${side(head)}`,
    headings: inOrder(after, before),
    unread: comparison.unread.map(unreadLine),
    summary: summaryOf(comparison),
    sides: { before, after },
    sections: sections.filter(({ entries }) => entries.length > 0),
  };
}

/** At most about half a page: 24 full-width characters are less than a line. */
function isShort(pieces: readonly Piece[]): boolean {
  const text = pieces.map(shownOf).join('');
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 24)), 0) <= 16;
}

/** Number and title of a measure in one line; of a removed one those that it had. */
export function titleOf(change: MeasureChange): string {
  const { kind, base, renumbered } = change;
  const { id, title } = latest(change);
  const former = renumbered ? `(旧 ${base?.id})` : '';
  return `${id}${former} ${oneLine(title)}${kind === 'changed' ? '' : `(${changeWords[kind]})`}`;
}

/** All rows of a measure; one of a new or removed one, with all it has. */
function rowsOf(change: MeasureChange): Sides[] {
  const { kind, base, head, renumbered, moved, reprint, instead, fields } = change;
  const rows = fields.map((field) => fieldRow(field, '(すべて ×)'));
  if (kind !== 'changed') {
    const whole = rows.flatMap(({ label, before, after }): Piece[] => [
      { label },
      ...(kind === 'added' ? after : before),
    ]);
    const sides = kind === 'added' ? { before: [added], after: whole } : { before: whole, after: [removed] };
    return [{ label: `取組の${changeWords[kind]}`, ...sides }];
  }
  const named = ({ number, name }: NumberedName) => `${number}. ${name}`;
  const numbers: Sides[] = [];
  if (moved && base && head)
    numbers.push({ label: '中項目', ...replaced(named(base.group), named(head.group)), note: '移動' });
  if (renumbered && base && head) numbers.push({ label: '番号', ...replaced(base.id, head.id), note: '番号の変更' });
  const whole = [...numbers, ...rows];
  const note =
    reprint === 'made'
      ? '再掲にする'
      : instead
        ? `再掲だった ${instead.id} を取組にする`
        : reprint === 'dissolved'
          ? '再掲をやめる'
          : undefined;
  if (note !== undefined && whole[0]) whole[0] = { ...whole[0], note };
  return whole;
}

/** A measure that got only another number. */
const numberRow = ({ base, head }: MeasureChange): Sides => ({
  label: '番号',
  before: base ? [marked(base.id), ` ${oneLine(base.title)}`] : [],
  after: head ? [marked(head.id), ` ${oneLine(head.title)}`] : [],
});

const marked = (text: string): Piece => ({ marked: text });
const replaced = (before: string, after: string): Pick<Sides, 'before' | 'after'> => ({
  before: [marked(before)],
  after: [marked(after)],
});

/** `none` stands for an empty list, which is a value too; a blank cell stays blank. */
function fieldRow(change: FieldChange<string>, none: string): Sides {
  const { before, after, note } = valuesOf(change, none);
  return {
    label: change.year === undefined ? change.field : `${change.year} ${change.field}`,
    before: change.kind === 'added' ? [] : before,
    after: change.kind === 'removed' ? [] : after,
    ...(note === undefined ? {} : { note }),
  };
}

function valuesOf(change: FieldChange<string>, none: string): Omit<Sides, 'label'> {
  if (change.type === 'text') {
    const shown = abridged(change.runs);
    return { before: side(shown, 'removed'), after: side(shown, 'added') };
  }
  if (change.type === 'list')
    return { before: names(change.items, 'removed', none), after: names(change.items, 'added', none) };
  if (change.type === 'choice') {
    const piece = (value: string | undefined) => (value === undefined ? [] : [marked(value)]);
    return { before: piece(change.before), after: piece(change.after) };
  }
  const { before, after, difference } = change;
  const [old, fresh] = [budgetLines(before), budgetLines(after)];
  return {
    before: joinedLines(old, fresh),
    after: joinedLines(fresh, old),
    ...(difference ? { note: `${signed(difference)}千円` } : {}),
  };
}

/** One side of a text. */
const side = (runs: readonly Run[], kind: 'added' | 'removed'): Piece[] =>
  runs.flatMap((run) => (run.kind === 'kept' ? [run.text] : run.kind === kind ? [marked(run.text)] : []));

/** One side of a list, a name a line. */
function names(items: readonly Run[], kind: 'added' | 'removed', none: string): Piece[] {
  const shown = items.filter((item) => item.kind === 'kept' || item.kind === kind);
  if (shown.length === 0) return [marked(none)];
  return shown.flatMap((item, index): Piece[] => [
    ...(index === 0 ? [] : ['\n']),
    item.kind === 'kept' ? item.text : marked(item.text),
  ]);
}

type BudgetValue = Extract<FieldChange<string>, { type: 'budget' }>['before'];

function budgetLines(budget: BudgetValue): string[] {
  const amount = (value: number | '—') => (value === '—' ? value : `${grouped(value)}千円`);
  if (!Array.isArray(budget)) return budget === undefined ? [] : [amount(budget)];
  const total = totalOf(budget);
  const sum = total === undefined ? [] : [{ label: totalLabel, amount: total }];
  return [...budget, ...sum].map((part) => `${part.label} ${amount(part.amount)}`);
}

/** `lines`, those that the other side does not have marked. */
const joinedLines = (lines: readonly string[], others: readonly string[]): Piece[] =>
  lines.flatMap((line, index) => [...(index === 0 ? [] : ['\n']), others.includes(line) ? line : marked(line)]);

/** Lines that stayed, two or more one after another and not next to a change, are (略). */
function abridged(runs: readonly Run[]): Run[] {
  return runs.map((run, index) => {
    if (run.kind !== 'kept') return run;
    const lines = run.text.split('\n');
    const from = index === 0 ? 0 : 1; // the line of the change before
    const to = lines.length - (index === runs.length - 1 ? 0 : 1);
    if (to - from < 2) return run;
    return { ...run, text: [...lines.slice(0, from), unchanged, ...lines.slice(to)].join('\n') };
  });
}

function structureRow({ level, base, head, runs }: StructureChange): Sides {
  const number = (name: NumberedName | undefined, other: NumberedName | undefined): Piece[] => {
    if (!name) return [];
    const text = `${name.number}. `;
    return [other && name.number === other.number ? text : marked(text)];
  };
  const name = (own: NumberedName | undefined, kind: 'added' | 'removed'): Piece[] =>
    !own ? [] : !base || !head ? [marked(own.name)] : runs ? side(runs, kind) : [own.name];
  return {
    label: level,
    before: base ? [...number(base, head), ...name(base, 'removed')] : [added],
    after: head ? [...number(head, base), ...name(head, 'added')] : [removed],
  };
}

const renameRow = ({ field, before, after, measures }: Rename): Sides => ({
  label: field,
  ...replaced(before, after),
  note: measuresNote(measures),
});

/** One row, where 年度 moved on. */
const continuedRows = ({ continued }: Comparison): Sides[] =>
  continued.length === 0 ? [] : [{ label: '区分', ...replaced(...kinds), note: measuresNote(continued) }];

const measuresNote = (ids: readonly string[]) =>
  `${ids.length}件の取組(${ids.slice(0, 8).join('、')}${ids.length > 8 ? ' ほか' : ''})`;

function organizationRow({ kind, department, section, from }: OrganizationChange): Sides {
  const name = section === undefined ? department : `${department} ${section}`;
  const label = section === undefined ? '局・部' : '課';
  if (kind === 'moved') return { label, ...replaced(`${from} ${section}`, name), note: '所属の変更' };
  if (kind === 'added') return { label, before: [added], after: [marked(name)] };
  return { label, before: [marked(name)], after: [removed] };
}

function annexRow({ kind, path, title, titleBefore }: AnnexChange): Sides {
  if (kind === 'added') return { label: '別冊', before: [added], after: [marked(title)], note: path };
  if (kind === 'removed') return { label: '別冊', before: [marked(title)], after: [removed], note: path };
  const renamed = titleBefore !== undefined;
  const note = kind === 'replaced' ? `差し替え(${path})` : renamed ? path : `代替テキストの変更(${path})`;
  if (renamed) return { label: '別冊', ...replaced(titleBefore, title), note };
  return { label: '別冊', before: [title], after: [title], note };
}
