import { expect } from 'vitest';
import { type Cell, cellsOf, expectedOf, keyOf, type Value } from '../../src/compare/cells.ts';
import { type Comparison, type FieldChange, goneOf } from '../../src/compare/change.ts';
import type { ComparedEdition } from '../../src/compare/read.ts';
import { type Edition, measuresOf } from '../../src/model/edition.ts';
import { fieldOf, sheetFields } from '../../src/model/fields.ts';
import type { Run } from '../../src/model/marked.ts';
import type { Measure, YearEntry } from '../../src/model/measure.ts';
import { withoutRole } from '../../src/model/names.ts';

/** What a reader of the findings alone would make of base. */
export interface Applied {
  measures: Measure[];
  edition: Record<string, unknown>;
  structure: string[];
  organization: string[];
}

/** Applies all findings to `base`; fails where a finding does not fit what is there. */
export function apply(base: ComparedEdition, comparison: Comparison): Applied {
  const edition = applyEdition(editionValues(base.edition), comparison);
  const [years, plans] = [edition.年度 as string[], edition.関連計画 as string[]];
  const changes = comparison.measures;
  const old = measuresOf(base.edition).map((measure) => withNewNames(measure, comparison));
  const oldById = new Map(old.map((measure) => [measure.id, measure]));
  const changeOf = (id: string) => changes.find((change) => change.base?.id === id);
  const gone = new Set(goneOf(comparison));
  const newNumber = (id: string) => changeOf(id)?.head?.id ?? id;

  const cells = new Map<string, Map<string, Cell>>();
  for (const measure of old) {
    const change = changeOf(measure.id);
    const before = cellsOf(measure, oldById.get(measure.reprintOf ?? ''), years, sheetFields).map((cell): Cell => {
      const { value } = cell;
      if (cell.field === '再掲' && value.type === 'choice')
        return { ...cell, value: { ...value, text: newNumber(value.text) } };
      if (cell.field === '関連計画' && value.type === 'list')
        return { ...cell, value: { ...value, names: value.names.filter((name) => plans.includes(name)) } };
      return cell;
    });
    const known = new Map(before.map((cell) => [keyOf(cell), cell]));
    if (gone.has(measure.id)) continue;
    for (const field of change?.fields ?? []) applyField(known, field);
    cells.set(newNumber(measure.id), known);
  }
  for (const change of changes) {
    if (change.kind !== 'added' || !change.head) continue;
    const known = new Map<string, Cell>();
    for (const field of change.fields) applyField(known, field);
    expect(cells.has(change.head.id)).toBe(false);
    cells.set(change.head.id, known);
  }
  return {
    measures: rebuilt(cells),
    edition,
    structure: applyStructure(base.edition, comparison),
    organization: applyOrganization(base, comparison),
  };
}

const side = (runs: readonly Run[], kind: Run['kind']) =>
  runs.filter((run) => run.kind === 'kept' || run.kind === kind);
const joined = (runs: readonly Run[]) => runs.map(({ text }) => text).join('');

function applied(before: Value | undefined, change: FieldChange<string>): Value | undefined {
  expect(before === undefined).toBe(change.kind === 'added');
  if (change.type === 'text') {
    expect(joined(side(change.runs, 'removed'))).toBe(before?.type === 'text' ? before.text : '');
    const text = joined(side(change.runs, 'added'));
    expect(text === '').toBe(change.kind === 'removed');
    return text === '' ? undefined : { type: 'text', text };
  }
  if (change.type === 'list') {
    expect(side(change.items, 'removed').map(({ text }) => text)).toEqual(before?.type === 'list' ? before.names : []);
    if (change.kind === 'removed') return undefined;
    return { type: 'list', names: side(change.items, 'added').map(({ text }) => text) };
  }
  if (change.type === 'choice') {
    expect(change.before).toEqual(before?.type === 'choice' ? before.text : undefined);
    return change.after === undefined ? undefined : { type: 'choice', text: change.after };
  }
  expect(change.before).toEqual(before?.type === 'budget' ? before.budget : undefined);
  return change.after === undefined ? undefined : { type: 'budget', budget: change.after };
}

function applyField(cells: Map<string, Cell>, change: Comparison['measures'][number]['fields'][number]): void {
  const { field, year } = change;
  const value = applied(cells.get(keyOf(change))?.value, change);
  if (value) cells.set(keyOf(change), { field, ...(year === undefined ? {} : { year }), value });
  else cells.delete(keyOf(change));
}

/** New names in the lists and the 区分 of 予算額 of the measures that a rename lists. */
function withNewNames(measure: Measure, { renames, measures, continued }: Comparison): Measure {
  const change = measures.find(({ base }) => base?.id === measure.id);
  if (change?.kind === 'removed') return measure;
  const id = change?.head?.id ?? measure.id;
  const fresh = (field: string, written: string) => {
    const rename = renames.find(
      ({ before, measures: touched, ...one }) =>
        one.field === field && before === withoutRole(written) && touched.includes(id),
    );
    return rename ? written.replace(rename.before, rename.after) : written;
  };
  const list = (field: string, names: readonly string[]) => [...new Set(names.map((name) => fresh(field, name)))];
  const follows = measure.overviewSection === measure.sections.join('、');
  const sections = list('担当課', measure.sections);
  return {
    ...measure,
    kind: continued.includes(id) ? '継続' : measure.kind,
    departments: list('担当局・部', measure.departments),
    sections,
    ...(measure.relatedPlans ? { relatedPlans: list('関連計画', measure.relatedPlans) } : {}),
    overviewSection: follows ? sections.join('、') : measure.overviewSection,
    schedule: Object.fromEntries(
      Object.entries(measure.schedule).map(([year, entry]) => [
        year,
        Array.isArray(entry.budget)
          ? { ...entry, budget: entry.budget.map((part) => ({ ...part, label: fresh('担当課', part.label) })) }
          : entry,
      ]),
    ),
  };
}

/** Measures from their cells; what a 再掲 or the overview takes from elsewhere is taken from there. */
function rebuilt(all: ReadonlyMap<string, ReadonlyMap<string, Cell>>): Measure[] {
  const measures = new Map<string, Measure>();
  const isReprint = (cells: ReadonlyMap<string, Cell>) => cells.has('再掲');
  for (const reprints of [false, true])
    for (const [id, cells] of all) {
      if (isReprint(cells) !== reprints) continue;
      const text = (key: string) => {
        const value = cells.get(key)?.value;
        return value && 'text' in value ? value.text : undefined;
      };
      const names = (key: string) => {
        const value = cells.get(key)?.value;
        return value?.type === 'list' ? [...value.names] : undefined;
      };
      const target = measures.get(text('再掲') ?? '');
      const schedule: Record<string, YearEntry> = {};
      for (const { field, year, value } of cells.values()) {
        if (year === undefined) continue;
        const key = { 項目: 'mark', 内容: 'plan', 予算額: 'budget', 事業実績: 'result' }[field as '項目'];
        schedule[year] = {
          ...schedule[year],
          [key]: value.type === 'budget' ? value.budget : text(`${field}/${year}`),
        };
      }
      const measure = {
        id,
        kind: text('区分') ?? '',
        reprintOf: text('再掲'),
        title: text('取組') ?? target?.title ?? '',
        departments: names('担当局・部') ?? target?.departments ?? [],
        sections: names('担当課') ?? target?.sections ?? [],
        description: text('取組内容'),
        effect: text('効果・KPI'),
        indicators: text('現状・実績・目標'),
        schedule,
        relatedPlans: names('関連計画'),
      };
      measures.set(id, {
        ...measure,
        overviewTitle:
          text('一覧表・取組事項') ??
          expectedOf(fieldOf(sheetFields.measure, 'overviewTitle'), measure as Measure, target, sheetFields),
        overviewSection:
          text('一覧表・担当課') ??
          expectedOf(fieldOf(sheetFields.measure, 'overviewSection'), measure as Measure, target, sheetFields),
      } as Measure);
    }
  return [...measures.values()];
}

/** As `rebuilt` gives them: no empty years, no absent keys, in no order. */
export const normal = (measures: readonly Measure[], years: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    measures.map((measure) => {
      const schedule = Object.entries(measure.schedule).filter(
        ([year, entry]) => years.includes(year) && Object.keys(entry).length > 0,
      );
      return [measure.id, JSON.parse(JSON.stringify({ ...measure, schedule: Object.fromEntries(schedule) }))];
    }),
  );

export function editionValues(edition: Edition): Record<string, unknown> {
  return {
    計画名: edition.planName,
    計画期間: edition.planPeriod,
    書名: edition.title,
    策定: edition.established,
    改定: edition.revised,
    発行者: edition.publisher,
    ライセンス: edition.licence,
    年度: edition.years,
    '現状・実績・目標': edition.indicatorYears.map(({ label, year }) => `${label}: ${year}`),
    関連計画: edition.relatedPlans,
    構成: edition.parts.map((part) => (typeof part === 'string' ? part : `別冊 ${part.annex}`)),
  };
}

function applyEdition(values: Record<string, unknown>, { edition }: Comparison): Record<string, unknown> {
  const result = { ...values };
  for (const change of edition) {
    const before = values[change.field];
    const value = applied(
      before === undefined
        ? undefined
        : Array.isArray(before)
          ? { type: 'list', names: before }
          : { type: 'text', text: String(before) },
      change,
    );
    result[change.field] = value?.type === 'list' ? value.names : value?.type === 'text' ? value.text : undefined;
  }
  return result;
}

export const structureNames = (edition: Edition): string[] =>
  edition.categories
    .flatMap(({ number, name, groups }) => [
      `${number} ${name}`,
      ...groups.map((group) => `${group.number} ${group.name}`),
    ])
    .sort();

function applyStructure(base: Edition, { structure }: Comparison): string[] {
  const names = new Set(structureNames(base));
  for (const { base: old } of structure)
    if (old) expect(names.delete(`${old.number} ${old.name}`), `${old.number} ${old.name}`).toBe(true);
  for (const { head } of structure) if (head) names.add(`${head.number} ${head.name}`);
  return [...names].sort();
}

export const organizationNames = (organization: ComparedEdition['organization']): string[] =>
  organization.flatMap(({ 名称, 課 }) => [名称, ...課.map((section) => `${名称}/${section}`)]).sort();

function applyOrganization({ organization }: ComparedEdition, comparison: Comparison): string[] {
  const fresh = (field: string, name: string) =>
    comparison.renames.find((rename) => rename.field === field && rename.before === name)?.after ?? name;
  const names = new Set(
    organizationNames(
      organization.map(({ 名称, 課 }) => ({
        名称: fresh('担当局・部', 名称),
        課: 課.map((section) => fresh('担当課', section)),
      })),
    ),
  );
  const named = (department: string, section: string | undefined) =>
    section === undefined ? department : `${department}/${section}`;
  for (const { kind, department, section, from } of comparison.organization) {
    if (kind === 'removed') expect(names.delete(named(department, section))).toBe(true);
    if (kind === 'moved') expect(names.delete(named(from ?? '', section))).toBe(true);
    if (kind !== 'removed') names.add(named(department, section));
  }
  return [...names].sort();
}
