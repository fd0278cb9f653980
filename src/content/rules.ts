import type { Code, Diagnostic } from '../diagnostics/diagnostic.ts';
import { eraDate } from '../model/era-date.ts';
import { sheetFields } from '../model/fields.ts';
import { withoutRole } from '../model/names.ts';
import { categoryOf, numberParts } from '../model/numbers.ts';
import { placeholderDepartment, placeholderSection, placeholderTitle } from '../model/words.ts';
import type { Organization } from './organization.ts';
import type { EditionFile, OrganizationFile, RegularFile, ReprintFile, StructureFile } from './schema.ts';
import type { Shaped } from './shape.ts';
import { restColumn, restOf, widthFields, widthsBy } from './sheet-columns.ts';
import { type ContentSource, unreadableFolder } from './source/source.ts';
import { type Path, placeOf, valueAt, type YamlFile } from './yaml/yaml-file.ts';
import { yearMeant } from './years.ts';

/** A measure as far as its keys are well-formed. */
export type MeasurePart = Shaped<RegularFile> & { 再掲?: ReprintFile['再掲'] | undefined };

// What one key cannot show alone: rules between values and between files. Each reports into its file's diagnostics,
// and looks only at keys that are well-formed.
export function report(yaml: YamlFile, path: Path, code: Code, more: Partial<Diagnostic> = {}): void {
  yaml.diagnostics.push({ code, severity: 'error', ...placeOf(yaml, path), ...more });
}

export function checkEdition(yaml: YamlFile, edition: Shaped<EditionFile>, source: ContentSource): void {
  for (const key of ['策定', '改定'] as const)
    if (edition[key] !== undefined && !eraDate(edition[key]))
      report(yaml, [key], 'not-a-date', { subject: key, actual: edition[key] });
  checkHistory(yaml, edition);
  checkWidths(yaml, edition);
  const isMisspelt = yaml.diagnostics.some(({ nearest }) => nearest === 'ライセンス');
  if ('value' in yaml && isMap(yaml.value) && !('ライセンス' in yaml.value) && !isMisspelt)
    report(yaml, [], 'licence-missing', { severity: 'warning' });
  for (const key of ['年度', '関連計画'] as const) reportRepeated(yaml, key, repeated(edition[key] ?? [], [key]));
  const years = edition.年度;
  for (const [label, year] of Object.entries(edition['現状・実績・目標'] ?? {}))
    if (years && !years.includes(year))
      report(yaml, ['現状・実績・目標', label], 'unknown-year', {
        ...{ actual: year, expected: years.join('、') },
        ...present(yearMeant(year, years)),
      });
  const parts = edition.構成 ?? [];
  const names = parts.map((part) => (typeof part === 'string' ? part : part.別冊));
  reportRepeated(yaml, '構成', repeated(names, ['構成']));
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string') continue;
    const inFolder = part.別冊.startsWith('annexes/');
    if (inFolder && unreadableFolder(source, 'annexes') !== undefined) continue; // which is told itself
    if (!inFolder || source.entries.get(part.別冊)?.kind !== 'file')
      report(yaml, ['構成', index, '別冊'], 'annex-missing', { actual: part.別冊 });
  }
}

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** 列幅: what its columns leave for 取組内容, which takes just that. */
function checkWidths(yaml: YamlFile, { 列幅: written, 関連計画: plans }: Shaped<EditionFile>): void {
  const fields = widthFields(sheetFields);
  const rest = fields.find(({ property }) => property === restColumn);
  if (!written || !plans || !rest) return;
  const left = restOf(widthsBy(written, sheetFields), plans.length);
  const own = written[rest.key];
  const at = (path: Path, more: Partial<Diagnostic>) =>
    report(yaml, path, 'widths-do-not-fit', { subject: rest.key, ...more });
  if (left < rest.least)
    at(['列幅'], {
      actual: String(Math.max(0, left)),
      expected: `${rest.least} mm 以上`,
      count: Math.ceil((rest.least - left) * 10) / 10,
    });
  else if (own !== undefined && Math.abs(own - left) > 0.05)
    at(['列幅', rest.key], { expected: String(own), nearest: String(left) });
}

/** 改定履歴: there where it is printed, printed where it is there, the oldest first, up to 改定. */
function checkHistory(yaml: YamlFile, { 改定履歴: history, 構成: parts, 改定: revised }: Shaped<EditionFile>): void {
  const place = parts?.indexOf('改定履歴') ?? -1;
  if (place >= 0 && history === undefined && valueAt(yaml.value, ['改定履歴']) === undefined)
    report(yaml, ['構成', place], 'history-missing');
  if (parts && place < 0 && history) report(yaml, ['構成'], 'history-not-printed', { severity: 'warning' });
  let last: string | undefined;
  for (const [index, { 年月: date }] of (history ?? []).entries()) {
    const path = ['改定履歴', index, '年月'];
    if (!eraDate(date)) report(yaml, path, 'not-a-date', { subject: '年月', actual: date });
    else if (last !== undefined && orderOf(date) < orderOf(last))
      report(yaml, path, 'history-order', { severity: 'warning', actual: date, expected: last });
    else last = date;
  }
  if (last !== undefined && revised !== undefined && eraDate(revised) && monthOf(last) !== monthOf(revised))
    report(yaml, ['改定履歴', (history ?? []).findLastIndex(({ 年月 }) => 年月 === last), '年月'], 'history-behind', {
      severity: 'warning',
      actual: last,
      expected: revised,
    });
}

/** The same for dates of the same month; a later one is greater. */
const monthOf = (date: string): number => {
  const { year, month } = eraDate(date) ?? { year: 0, month: 0 };
  return year * 12 + month;
};
/** Of two dates of a month, one without a day is not earlier than one with. */
const orderOf = (date: string): number => monthOf(date) * 32 + (date.endsWith('日') ? (eraDate(date)?.day ?? 0) : 31);

const present = (nearest: string | undefined) => (nearest === undefined ? {} : { nearest });

export function checkStructure(yaml: YamlFile, structure: Shaped<StructureFile>): void {
  for (const [index, category] of (structure.大項目 ?? []).entries()) {
    const number = String(index + 1);
    if (category.番号 !== number)
      report(yaml, ['大項目', index, '番号'], 'wrong-numbering', { actual: category.番号, expected: number });
    for (const [inner, group] of category.中項目.entries()) {
      const expected = `${category.番号}-${inner + 1}`;
      if (group.番号 !== expected)
        report(yaml, ['大項目', index, '中項目', inner, '番号'], 'wrong-numbering', { actual: group.番号, expected });
    }
  }
}

export function checkOrganization(yaml: YamlFile, organization: Shaped<OrganizationFile>): void {
  const departments = organization['局・部'] ?? [];
  const names = departments.map((entry) => entry.名称);
  reportRepeated(yaml, '局・部', repeated(names, ['局・部'], ['名称']));
  const placeholder = (path: Path, subject: string, actual: string) =>
    report(yaml, path, 'placeholder-title', { severity: 'warning', subject, actual });
  for (const [index, entry] of departments.entries()) {
    reportRepeated(yaml, '課', repeated(entry.課, ['局・部', index, '課']));
    if (entry.名称 === placeholderDepartment) placeholder(['局・部', index, '名称'], '局・部', entry.名称);
    const section = entry.課.indexOf(placeholderSection);
    if (section >= 0) placeholder(['局・部', index, '課', section], '課', placeholderSection);
  }
}

/** Names of the list at `path` that stand there before, and where: at the item, or `below` it. */
function repeated(names: readonly string[], path: Path, below: Path = []): { actual: string; path: Path }[] {
  const known = new Set<string>();
  return names.flatMap((actual, index) => {
    if (known.has(actual)) return [{ actual, path: [...path, index, ...below] }];
    known.add(actual);
    return [];
  });
}

function reportRepeated(yaml: YamlFile, subject: string, found: readonly { actual: string; path: Path }[]): void {
  for (const { actual, path } of found) report(yaml, path, 'duplicate-value', { subject, actual });
}

/** A measure's own file: number, names, no name twice. */
export function checkMeasure(
  yaml: YamlFile,
  measure: MeasurePart,
  name: string,
  organization: Organization | undefined,
): void {
  if (measure.番号 !== undefined && measure.番号 !== name)
    report(yaml, ['番号'], 'number-differs-from-file', { actual: measure.番号, expected: name });
  if (measure.取組 === placeholderTitle)
    report(yaml, ['取組'], 'placeholder-title', { severity: 'warning', actual: placeholderTitle });
  for (const { key, names } of sheetFields.measure)
    if (names) reportRepeated(yaml, key, repeated((measure[key as keyof MeasurePart] ?? []) as string[], [key]));
  if (organization) checkNames(yaml, measure, organization);
}

function checkNames(yaml: YamlFile, measure: MeasurePart, organization: Organization): void {
  const departments = measure['担当局・部'] ?? [];
  const covered = new Set<string>();
  let unknown = false;
  for (const [index, actual] of departments.entries()) {
    const own = organization.covered(actual);
    for (const name of own) covered.add(name);
    if (own.length > 0) continue;
    unknown = true;
    report(yaml, ['担当局・部', index], 'unknown-department', { actual, ...organization.nearestDepartment(actual) });
  }
  for (const [index, written] of (measure.担当課 ?? []).entries()) {
    const section = withoutRole(written);
    const homes = organization.homes(section);
    if (homes.length === 0)
      report(yaml, ['担当課', index], 'unknown-section', {
        actual: section,
        ...organization.nearestSection(section),
      });
    else if (
      departments.length > 0 &&
      !unknown &&
      !homes.some((home) => covered.has(home)) &&
      !open(departments, organization)
    )
      report(yaml, ['担当課', index], 'section-elsewhere', {
        severity: 'warning',
        actual: section,
        expected: departments.join('、'),
        nearest: homes.join('、'),
      });
  }
}

/** A 局・部 without 課 of its own, like ほか, leaves the 課 open. */
const open = (departments: readonly string[], organization: Organization) =>
  departments.some((name) => name.endsWith('ほか') && organization.departments.includes(name));

/** More than any edition has of one kind: what is above is a date or a slip, not a number that follows the others. */
const largestNumber = 9999;

/** Numbers of one edition: every 大項目 and 中項目 known, none skipped, none empty. */
export function checkNumbers(
  names: ReadonlySet<string>,
  files: ReadonlyMap<string, YamlFile>,
  { 大項目: categories = [] }: Shaped<StructureFile>,
  structureYaml: YamlFile,
): void {
  const groups = new Map<string, number[]>();
  for (const category of categories) for (const group of category.中項目) groups.set(group.番号, []);
  for (const id of names) {
    const { category, group, item } = numberParts(id);
    const known = groups.get(group);
    const yaml = files.get(id);
    if (known && Number(item) > largestNumber) {
      if (yaml) report(yaml, ['番号'], 'number-too-large', { actual: id, expected: String(largestNumber) });
    } else if (known) known.push(Number(item));
    else if (!yaml) continue;
    else if (categories.some((entry) => entry.番号 === category)) {
      const expected = [...groups.keys()].filter((name) => categoryOf(name) === category).join('、');
      report(yaml, ['番号'], 'unknown-group', { actual: id, expected });
    } else {
      const expected = categories.map((entry) => entry.番号).join('、');
      report(yaml, ['番号'], 'unknown-category', { actual: id, expected });
    }
  }
  for (const [index, category] of categories.entries())
    for (const [inner, { 番号: group }] of category.中項目.entries()) {
      const numbers = (groups.get(group) ?? []).sort((a, b) => a - b);
      if (numbers.length === 0)
        report(structureYaml, ['大項目', index, '中項目', inner, '番号'], 'empty-group', {
          actual: group,
          expected: `${group}-1`,
        });
      let next = 1;
      for (const number of numbers) {
        const yaml = files.get(`${group}-${number}`);
        if (yaml && next < number) {
          const last = next < number - 1 ? { nearest: `${group}-${number - 1}` } : {};
          report(yaml, ['番号'], 'missing-number', { expected: `${group}-${next}`, ...last });
        }
        next = number + 1;
      }
    }
}

/** 再掲 names another measure that stands for itself, of the same 区分; `names` holds unreadable files too. */
export function checkReprints(
  files: ReadonlyMap<string, YamlFile>,
  measures: ReadonlyMap<string, MeasurePart>,
  names: ReadonlySet<string>,
): void {
  for (const [id, measure] of measures) {
    const yaml = files.get(id);
    const actual = measure.再掲;
    if (!yaml || actual === undefined) continue;
    const target = measures.get(actual);
    if (actual === id) report(yaml, ['再掲'], 'reprint-itself', { actual });
    else if (!names.has(actual)) report(yaml, ['再掲'], 'reprint-unknown', { actual });
    else if (target?.再掲 !== undefined)
      report(yaml, ['再掲'], 'reprint-of-reprint', { actual, expected: target.再掲 });
    else if (target?.区分 !== undefined && measure.区分 !== undefined && target.区分 !== measure.区分)
      report(yaml, ['区分'], 'reprint-kind-differs', { subject: actual, actual: measure.区分, expected: target.区分 });
  }
}
