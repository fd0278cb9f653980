import type { Path } from '../../content/yaml/yaml-file.ts';
import { type Field, type FieldKind, type Fields, pathOf, sheetFields } from '../../model/fields.ts';
import { legendKey, signsOf } from '../../model/meanings.ts';
import type { KeyOrder } from '../yaml/edits.ts';

/** How three values become one. */
export type Rule =
  /** As a whole */
  | { kind: 'whole' }
  /** By line and by word */
  | { kind: 'text' }
  /** Names as an ordered set */
  | { kind: 'names' }
  /** Maps by what stands at one key of each */
  | { kind: 'list'; by: string; of: Rule }
  /** By key; `bare`: without any key it is as good as not there. */
  | { kind: 'map'; of(key: string): Rule; keys: readonly string[]; bare?: true }
  /** As its own rule says, but one value: it is kept whole where a part of it conflicts. */
  | { kind: 'cell'; rule: Rule };

export const whole: Rule = { kind: 'whole' };
const names: Rule = { kind: 'names' };

const map = (rules: Readonly<Record<string, Rule>>, more: { bare?: true } = {}): Rule => ({
  kind: 'map',
  of: (key) => (Object.hasOwn(rules, key) ? (rules[key] as Rule) : whole),
  keys: Object.keys(rules),
  ...more,
});
const list = (by: string, rules: Readonly<Record<string, Rule>>): Rule => ({
  kind: 'list',
  by,
  of: map({ [by]: whole, ...rules }),
});

/** Of 予算額: parts by the name at `by`. */
export const budget = (by: string): Rule => ({ kind: 'cell', rule: list(by, {}) });

const byKind: Readonly<Record<Exclude<FieldKind, 'years'>, Rule>> = {
  text: { kind: 'text' },
  choice: whole,
  number: whole,
  names,
  flags: names,
  budget: budget('区分'),
};

/** A measure's file. */
export function measureRule({ measure, year }: Fields): Rule {
  const entry = map(Object.fromEntries(year.map((field) => [field.key, ruleOf(field)])));
  const years: Rule = { kind: 'map', of: () => entry, keys: [], bare: true };
  const rule = (field: Field) => (field.kind === 'years' ? years : ruleOf(field));
  const rules: Record<string, Rule> = {};
  for (const { within } of measure)
    if (within !== undefined)
      rules[within] = map(
        Object.fromEntries(measure.filter((one) => one.within === within).map((field) => [field.key, rule(field)])),
        { bare: true },
      );
  // In the order of the sheet, what holds others where the first of them stands.
  return map(
    Object.fromEntries(
      measure.map((field) => {
        const [top = ''] = pathOf(field);
        return [top, field.within === undefined ? rule(field) : (rules[top] as Rule)];
      }),
    ),
  );
}

const ruleOf = ({ kind }: Field): Rule => (kind === 'years' ? whole : byKind[kind]);

const legends = Object.fromEntries(
  sheetFields.year
    .filter((field) => signsOf(field).length > 0)
    .map((field) => [legendKey(field), map(Object.fromEntries(signsOf(field).map((sign) => [sign, whole])))]),
);

const others: Readonly<Record<string, Rule>> = {
  'edition.yaml': map({ 年度: names, 関連計画: names, 列幅: map({}), 新旧対照表: map({}), ...legends }),
  'structure.yaml': map({ 大項目: list('番号', { 名称: whole, 中項目: list('番号', { 名称: whole }) }) }),
  'organization.yaml': map({ '局・部': list('名称', { 課: names }) }),
};

/** The names of the files that are merged, below the content folder. */
export const mergedFiles: readonly string[] = ['measures/*.yaml', ...Object.keys(others), '*.schema.json'];

/** What editors are told of the content: it follows from that. */
export const isSchemaFile = (path: string): boolean => path.endsWith('.schema.json');

/** Of a file of content, by its path below the content folder or a longer one; undefined for any other. */
export function ruleOfFile(path: string, fields: Fields = sheetFields): Rule | undefined {
  if (isMeasureFile(path)) return measureRule(fields);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return Object.hasOwn(others, name) ? others[name] : undefined;
}

export const isMeasureFile = (path: string): boolean => /(?:^|\/)measures\/[^/]+\.yaml$/.test(path);

/** What a path of a file is called: of a measure's the field and its 年度, of others the keys and names that lead there. */
export function nameOf(path: Path, fields: Fields): { field: string; year?: string } {
  const [first, second, third] = path.map(String);
  const schedule = fields.measure.find(({ kind }) => kind === 'years');
  if (schedule && first === schedule.key && second !== undefined)
    return { field: third === undefined ? schedule.key : path.slice(2).map(String).join('・'), year: second };
  return { field: path.map(String).join('・') };
}

/** The order of keys that a rule knows, or else that of the value that is to be. */
export const orderBy =
  (rule: Rule, value: unknown): KeyOrder =>
  (path) => {
    let [inner, at]: [Rule, unknown] = [rule, value];
    for (const key of path) {
      if (inner.kind === 'cell') inner = inner.rule;
      inner = inner.kind === 'list' ? inner.of : inner.kind === 'map' ? inner.of(String(key)) : whole;
      at = (at as Record<PropertyKey, unknown> | undefined)?.[key];
    }
    return inner.kind === 'map' && inner.keys.length > 0 ? inner.keys : Object.keys(Object(at));
  };
