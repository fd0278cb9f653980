import type { UnreadPart } from '../content/readable.ts';
import { type Edition, measuresOf } from '../model/edition.ts';
import type { Fields } from '../model/fields.ts';
import type { Measure } from '../model/measure.ts';
import { groupOf, measureFile } from '../model/numbers.ts';
import { budgetTotals } from './budgets.ts';
import { type Cell, cellsOf, inSheetOrder, keyOf } from './cells.ts';
import type { Comparison, FieldChange, MeasureChange, MeasureName, Side, Unread } from './change.ts';
import { compareAnnexes, compareEditionFields } from './edition-fields.ts';
import { matchMeasures } from './match.ts';
import type { ComparedEdition } from './read.ts';
import { findRenames, type KnownNames, renamed } from './renames.ts';
import { compareOrganization, compareStructure } from './structure.ts';
import { unreadCells, unreadField, unreadFiles } from './unread.ts';
import { compareValues } from './values.ts';

/** All that differs between two editions; what cannot be read in either is left out and listed. */
export function compare(base: ComparedEdition, head: ComparedEdition): Comparison {
  const missing = new Set([...unreadFiles(base.unread), ...unreadFiles(head.unread)]);
  const readable = (edition: Edition) => measuresOf(edition).filter(({ id }) => !missing.has(measureFile(id)));
  const [before, after] = [readable(base.edition), readable(head.edition)];
  const { years, fields } = head.edition;
  const structure = compareStructure(base.edition, head.edition);
  const matching = matchMeasures(before, after, head.edition.fields);
  const pairs = after.flatMap((fresh) => {
    const old = matching.baseOf.get(fresh.id);
    return old ? [{ old, fresh }] : [];
  });
  const renames = findRenames({ pairs, base: knownNames(base), head: knownNames(head), fields });
  const whole = (file: string) => ![...base.unread, ...head.unread].some((part) => part.file === file);

  const [baseGroups, headGroups] = [groupNames(base.edition), groupNames(head.edition)];
  const still = (measure: Measure) => (matching.headOf.has(measure.id) ? renamed(measure, renames, fields) : measure);
  const baseById = new Map(before.map((measure) => [measure.id, still(measure)]));
  const headById = new Map(after.map((measure) => [measure.id, measure]));
  const allBase = new Map(measuresOf(base.edition).map((measure) => [measure.id, measure]));
  const newNumber = (id: string) => matching.headOf.get(id)?.id ?? id;
  /** What base says, with all that follows from elsewhere already done. */
  const expectedCells = (old: Measure): Cell[] => {
    const target = baseById.get(old.reprintOf ?? '') ?? allBase.get(old.reprintOf ?? '');
    return cellsOf(baseById.get(old.id) ?? old, target, years, fields).map((cell): Cell => {
      const { field, value } = cell;
      if (field === '再掲' && value.type === 'choice')
        return { ...cell, value: { ...value, text: newNumber(value.text) } };
      if (field === '関連計画' && value.type === 'list' && whole('edition.yaml'))
        return {
          ...cell,
          value: { ...value, names: value.names.filter((name) => head.edition.relatedPlans.includes(name)) },
        };
      return cell;
    });
  };
  const targetOf = (measure: Measure) => headById.get(measure.reprintOf ?? '');
  const changedPair = ({ old, fresh }: { old: Measure; fresh: Measure }): MeasureChange | undefined => {
    const skipped = [unreadCells(base.unread, old.id, fields), unreadCells(head.unread, fresh.id, fields)];
    const changes = compareCells(
      expectedCells(old),
      cellsOf(fresh, targetOf(fresh), years, fields),
      years,
      fields,
    ).filter((change) => !skipped.some((unread) => unread(change.field, change.year)));
    const renumbered = old.id !== fresh.id;
    const moved = structure.groups.get(groupOf(fresh.id)) !== groupOf(old.id);
    const flipped = (old.reprintOf === undefined) !== (fresh.reprintOf === undefined);
    if (changes.length === 0 && !renumbered) return undefined;
    return {
      kind: 'changed',
      base: nameOf(old, baseGroups),
      head: nameOf(fresh, headGroups),
      renumbered,
      moved: renumbered && moved,
      ...(flipped ? { reprint: fresh.reprintOf === undefined ? ('dissolved' as const) : ('made' as const) } : {}),
      fields: changes,
    };
  };

  const measures: MeasureChange[] = [];
  const gone = before.filter(({ id }) => !matching.headOf.has(id));
  const goneAfter = (id: string | undefined) => {
    for (const old of gone.filter((measure) => forerunner(measure, before, matching.headOf) === id))
      measures.push({
        kind: 'removed',
        base: nameOf(old, baseGroups),
        renumbered: false,
        moved: false,
        fields: compareCells(
          cellsOf(old, allBase.get(old.reprintOf ?? ''), base.edition.years, fields),
          [],
          base.edition.years,
          fields,
        ),
      });
  };
  goneAfter(undefined);
  for (const fresh of after) {
    const old = matching.baseOf.get(fresh.id);
    const change: MeasureChange | undefined = old
      ? changedPair({ old, fresh })
      : {
          kind: 'added',
          head: nameOf(fresh, headGroups),
          renumbered: false,
          moved: false,
          fields: compareCells([], cellsOf(fresh, targetOf(fresh), years, fields), years, fields),
        };
    if (change) measures.push(change);
    goneAfter(fresh.id);
  }

  return {
    base: sideOf(base),
    head: sideOf(head),
    edition: compareEditionFields(base.edition, head.edition, editionUnread(base.unread, head.unread)),
    structure: whole('structure.yaml') ? structure.changes : [],
    organization: whole('organization.yaml') ? compareOrganization(base.organization, head.organization, renames) : [],
    renames,
    annexes: editionUnread(base.unread, head.unread).has('構成') ? [] : compareAnnexes(base, head),
    measures,
    budgets: budgetTotals(base.edition, head.edition, structure.categories),
    unread: [...unreadOf('base', base.unread), ...unreadOf('head', head.unread)],
  };
}

/** Every cell that is in only one of the two, or differs. */
function compareCells(before: Cell[], after: Cell[], years: readonly string[], fields: Fields): FieldChange<string>[] {
  const old = new Map(before.map((cell) => [keyOf(cell), cell]));
  const fresh = new Map(after.map((cell) => [keyOf(cell), cell]));
  const changes = [...new Map([...old, ...fresh])].flatMap(([key, { field, year }]): FieldChange<string>[] => {
    const change = compareValues(old.get(key)?.value, fresh.get(key)?.value);
    return change ? [{ field, ...(year === undefined ? {} : { year }), ...change }] : [];
  });
  return inSheetOrder(changes, years, fields);
}

/** The number in head of the nearest measure before `old` in base that is still there. */
function forerunner(old: Measure, base: readonly Measure[], headOf: ReadonlyMap<string, Measure>): string | undefined {
  return headOf.get(base.slice(0, base.indexOf(old)).findLast(({ id }) => headOf.has(id))?.id ?? '')?.id;
}

const groupNames = (edition: Edition) =>
  new Map(edition.categories.flatMap(({ groups }) => groups.map(({ number, name }) => [number, { number, name }])));

function nameOf({ id, title }: Measure, groups: ReturnType<typeof groupNames>): MeasureName {
  const number = groupOf(id);
  return { id, title, group: groups.get(number) ?? { number, name: '' } };
}

const knownNames = ({ edition, organization }: ComparedEdition): KnownNames => ({
  departments: organization.map(({ 名称 }) => 名称),
  sections: organization.flatMap(({ 課 }) => 課),
  plans: edition.relatedPlans,
});

function sideOf({ name, edition, diagnostics }: ComparedEdition): Side {
  const count = (severity: string) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return {
    name,
    ...(edition.revised ? { revised: edition.revised } : {}),
    errors: count('error'),
    warnings: count('warning'),
  };
}

const unreadOf = (side: Unread['side'], parts: readonly UnreadPart[]): Unread[] =>
  parts.map(({ file, path }) => ({ side, file, ...unreadField(path) }));

function editionUnread(...sides: readonly UnreadPart[][]): Set<string> {
  const parts = sides.flat().filter(({ file }) => file === 'edition.yaml');
  const all = [
    '計画名',
    '計画期間',
    '書名',
    '策定',
    '改定',
    '発行者',
    'ライセンス',
    '年度',
    '現状・実績・目標',
    '関連計画',
    '構成',
  ];
  return new Set(parts.flatMap(({ path }) => (path.length === 0 ? all : [String(path[0])])));
}
