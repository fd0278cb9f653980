import { compareCells } from '../compare/cell-changes.ts';
import { cellsOf } from '../compare/cells.ts';
import type { Comparison, FieldChange } from '../compare/change.ts';
import { budgetText } from '../compare/describe.ts';
import type { ComparedEdition } from '../compare/read.ts';
import { unreadCells, unreadFiles } from '../compare/unread.ts';
import { textRuns } from '../compare/words.ts';
import { type Edition, measuresOf } from '../model/edition.ts';
import { type Fields, pathOf } from '../model/fields.ts';
import type { Run } from '../model/marked.ts';
import type { Measure } from '../model/measure.ts';
import { measureFile, numberCells } from '../model/numbers.ts';
import type { CellDifference } from './difference-data.ts';

/** The cells of the pages that show something else than in `base`, for whatever reason: a name that is another one too. */
export function cellDifferences(
  { measures: changes }: Pick<Comparison, 'measures'>,
  base: ComparedEdition,
  head: ComparedEdition,
): CellDifference[] {
  const before = new Map(measuresOf(base.edition).map((measure) => [measure.id, measure]));
  const known = new Map(changes.flatMap((change) => (change.head ? [[change.head.id, change] as const] : [])));
  const [lost, gone] = [base, head].map(({ unread }) => new Set(unreadFiles(unread))) as [Set<string>, Set<string>];
  return [
    ...(lost.has('structure.yaml') || gone.has('structure.yaml')
      ? []
      : structureDifferences(base.edition, head.edition)),
    ...measuresOf(head.edition).flatMap((fresh): CellDifference[] => {
      if (gone.has(measureFile(fresh.id))) return [];
      const change = known.get(fresh.id);
      const old = change?.kind === 'added' ? undefined : before.get(change?.base?.id ?? fresh.id);
      if (old && lost.has(measureFile(old.id))) return [];
      return old ? changedCells({ old, fresh, base, head }) : newCells(fresh, head);
    }),
  ];
}

interface Pair {
  old: Measure;
  fresh: Measure;
  base: ComparedEdition;
  head: ComparedEdition;
}

function changedCells({ old, fresh, base, head }: Pair): CellDifference[] {
  const { years, fields, relatedPlans } = head.edition;
  const cells = (measure: Measure) => cellsOf(measure, undefined, years, fields);
  const unread = [unreadCells(base.unread, old.id, fields), unreadCells(head.unread, fresh.id, fields)];
  const differences = compareCells(cells(old), cells(fresh), years, fields)
    .filter(({ field, year }) => !unread.some((isUnread) => isUnread(field, year)))
    .map((change) => difference('changed', change, fresh, { fields, plans: relatedPlans }));
  if (old.id === fresh.id) return differences;
  const parts = numberCells(fresh.id).map((part, index) => part !== numberCells(old.id)[index]);
  const number = sides([
    { kind: 'removed', text: old.id },
    { kind: 'added', text: fresh.id },
  ]);
  return [
    { file: measureFile(fresh.id), path: ['番号'], label: `${fresh.id} 番号`, kind: 'changed', ...number, parts },
    ...differences,
  ];
}

/** All that a measure has, and its number. */
function newCells(fresh: Measure, { edition: { years, fields, relatedPlans } }: ComparedEdition): CellDifference[] {
  const all = compareCells([], cellsOf(fresh, undefined, years, fields), years, fields);
  const number = sides([{ kind: 'added', text: fresh.id }]);
  return [
    { file: measureFile(fresh.id), path: ['番号'], label: `${fresh.id} 番号`, kind: 'added', ...number },
    ...all.map((change) => difference('added', change, fresh, { fields, plans: relatedPlans })),
  ];
}

function difference(
  kind: CellDifference['kind'],
  change: FieldChange<string>,
  { id }: Measure,
  { fields, plans }: { fields: Fields; plans: readonly string[] },
): CellDifference {
  const { field, year } = change;
  const row = [...(year === undefined ? fields.measure : fields.year)].find(({ name }) => name === field);
  const own = row ? pathOf(row) : [field];
  return {
    file: measureFile(id),
    path: year === undefined ? own : ['スケジュール', year, ...own],
    label: [id, year, field].filter((part) => part !== undefined).join(' '),
    kind,
    ...sides(runsOf(change)),
    ...(row?.kind === 'flags' && kind === 'changed' && { parts: plans.map(isTouched(change)) }),
  };
}

/** Whether a 関連計画 is one of those that the list got or lost; where there is no list on one side, all of them. */
const isTouched =
  (change: FieldChange<string>) =>
  (plan: string): boolean =>
    change.type !== 'list' ||
    change.kind !== 'changed' ||
    change.items.some(({ kind, text }) => kind !== 'kept' && text === plan);

const sides = (runs: readonly Run[]): Pick<CellDifference, 'before' | 'after'> => ({
  before: runs.filter(({ kind }) => kind !== 'added'),
  after: runs.filter(({ kind }) => kind !== 'removed'),
});

function runsOf(change: FieldChange<string>): Run[] {
  if (change.type === 'text') return change.runs;
  if (change.type === 'list') return lined(change.items);
  const text = (value: typeof change.before) =>
    value === undefined
      ? undefined
      : typeof value === 'object' || typeof value === 'number'
        ? budgetText(value)
        : value;
  const [before, after] = [text(change.before), text(change.after)];
  return [
    ...(before === undefined ? [] : [{ kind: 'removed' as const, text: before }]),
    ...(after === undefined ? [] : [{ kind: 'added' as const, text: after }]),
  ];
}

/** Names on lines of their own, on either side. */
function lined(items: readonly Run[]): Run[] {
  return items.map(({ kind, text }) => ({ kind, text: `${text}\n` }));
}

/** Names of 大項目 and 中項目, where 取組事項一覧 shows them. */
function structureDifferences(base: Edition, head: Edition): CellDifference[] {
  const names = new Map(
    base.categories.flatMap((category) => [category, ...category.groups]).map(({ number, name }) => [number, name]),
  );
  const shown = head.categories
    .map((category) => ({ ...category, groups: category.groups.filter(({ measures }) => measures.length > 0) }))
    .filter(({ groups }) => groups.length > 0);
  const one = ({ number, name }: { number: string; name: string }, path: CellDifference['path']): CellDifference[] => {
    const before = names.get(number);
    if (before === name) return [];
    const kind = before === undefined ? 'added' : 'changed';
    return [{ file: 'structure.yaml', path, label: `${number} 名称`, kind, ...sides(textRuns(before ?? '', name)) }];
  };
  return shown.flatMap((category, at) => [
    ...one(category, ['大項目', at, '名称']),
    ...category.groups.flatMap((group, below) => one(group, ['大項目', at, '中項目', below, '名称'])),
  ]);
}
