import type * as z from 'zod';
import type { Code, Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Fields, isOwnOfReprint } from '../model/fields.ts';
import { budgetForm } from './budget-form.ts';
import { differenceOf, isPlain, sameLook } from './look-alike.ts';
import { nearest } from './nearest.ts';
import { type Form, forms } from './schema.ts';
import { type Path, type Place, placeOf, placeOfKey, valueAt, type YamlFile } from './yaml/yaml-file.ts';
import { yearMeant } from './years.ts';

/** The part of a file's value that has the form of `schema`: all of it when nothing was wrong. */
export type Shaped<T> = { [K in keyof T]?: T[K] | undefined };

/** The file's value without the keys that do not have the form of `schema`; these are reported in its diagnostics. */
export function shaped<T extends z.ZodObject>(yaml: YamlFile, schema: T, keys: KnownKeys = noKeys): Shaped<z.infer<T>> {
  const result = schema.safeParse(yaml.value);
  if (result.success) return result.data as Shaped<z.infer<T>>;
  const { issues } = result.error;
  yaml.diagnostics.push(...translateAll(issues, { yaml, schema, keys, prefix: [] }));
  if (issues.some(({ path, code }) => path.length === 0 && code !== 'unrecognized_keys')) return {};
  const wrong = new Set(issues.map(({ path }) => path[0]));
  const entries = Object.entries(yaml.value as object).filter(
    ([key]) => Object.hasOwn(schema.shape, key) && !wrong.has(key),
  );
  return Object.fromEntries(entries) as Shaped<z.infer<T>>;
}

/** What is known of keys that a file's schema does not have where they stand. */
export interface KnownKeys {
  /** Where else a key belongs: 項目 → スケジュールの年度 */
  homes: ReadonlyMap<string, string>;
  /** Keys that stand in the way of another one that is there: a 再掲 has no 取組内容. */
  forbidden: { by: string; keys: ReadonlySet<string> };
}

const noKeys: KnownKeys = { homes: new Map(), forbidden: { by: '', keys: new Set() } };

export function measureKeys({ measure, year }: Fields): KnownKeys {
  const schedule = measure.find(({ kind }) => kind === 'years')?.key ?? '';
  const own = new Set(measure.flatMap(({ key, within }) => (within === undefined ? [key] : [])));
  const inner = measure.flatMap(({ key, within }) =>
    within === undefined || own.has(key) ? [] : [[key, within] as const],
  );
  const budgets = year.filter(({ kind }) => kind === 'budget');
  return {
    homes: new Map([
      ...year.map(({ key }) => [key, `${schedule}の年度`] as const),
      ...inner,
      ...budgets.map(({ key }) => ['額', `${key}の一覧`] as const),
    ]),
    forbidden: {
      by: measure.find(({ reprint }) => reprint === 'only')?.key ?? '',
      keys: new Set(measure.filter((field) => !isOwnOfReprint(field)).map(({ key }) => key)),
    },
  };
}

interface Context {
  yaml: YamlFile;
  schema: z.ZodType;
  keys: KnownKeys;
  /** The path that those of the issues begin at */
  prefix: Path;
}

/** A key that is missing because it is misspelt beside it is told once, as misspelt. */
function translateAll(issues: readonly z.core.$ZodIssue[], context: Context): Diagnostic[] {
  const key = (path: Path) => JSON.stringify(path);
  const misspelt = new Set<string>();
  const told = issues.map((issue) => {
    const path = [...context.prefix, ...issue.path];
    const diagnostics = translate(issue, context);
    for (const { nearest } of diagnostics) if (nearest !== undefined) misspelt.add(key([...path, nearest]));
    return { path, diagnostics };
  });
  return told
    .filter(({ path, diagnostics }) => !isMissing(diagnostics[0]?.code) || !misspelt.has(key(path)))
    .flatMap(({ diagnostics }) => diagnostics);
}

const isMissing = (code: Code | undefined) => code === 'missing-key' || code === 'missing-year';

function translate(issue: z.core.$ZodIssue, context: Context): Diagnostic[] {
  const { yaml, schema, prefix } = context;
  const path = [...prefix, ...issue.path];
  const value = valueAt(yaml.value, path);
  const subject = nameOf(path);
  const at = (code: Code, more: Partial<Diagnostic> = {}, place: Place = placeOf(yaml, path)): Diagnostic[] => [
    { code, severity: 'error', ...place, subject, ...(value === undefined ? {} : { actual: shown(value) }), ...more },
  ];
  const form = formAt(schema, path);

  if (issue.code === 'unrecognized_keys') return issue.keys.flatMap((key) => unknownKey(key, path, context));
  if (value === undefined) {
    const parent = path.slice(0, -1);
    return at(formAt(schema, parent).missing ?? 'missing-key', {}, placeOf(yaml, parent));
  }
  if (value === null || value === '') {
    const isYear = formAt(schema, path.slice(0, -1)).missing === 'missing-year';
    return at('empty-value', isYear ? { expected: `${subject}: {}` } : {});
  }
  const parts = form.code === 'not-an-amount' && path.at(-1) !== '額' ? budgetForm(value) : undefined;
  if (parts !== undefined) return at('budget-form', { expected: parts });
  if (form.code === 'not-an-amount' && !Array.isArray(value)) return at('not-an-amount');
  if (issue.code === 'invalid_union') {
    // The option whose form the value has, apart from what is inside it.
    const isInside = ({ path, code }: z.core.$ZodIssue) => path.length > 0 || code === 'unrecognized_keys';
    const branch = issue.errors.find((issues) => issues.every(isInside)) ?? [];
    if (branch.length > 0) return translateAll(branch, { ...context, prefix: path });
    const expected = form.expected ?? '';
    return at(form.code ?? 'unknown-value', {
      expected,
      ...nearest(shown(value), expected.split('、')),
    });
  }
  if (form.code === 'not-a-width') return at('not-a-width', { expected: form.expected ?? '' });
  if (issue.code === 'invalid_type')
    return at('wrong-type', { actual: typeName(value), expected: expectedName(issue.expected) });
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    if (typeof value !== 'string') return at('wrong-type', { actual: typeName(value), expected: '文字' });
    const near = form.code === 'unknown-mark' ? nearestMark(value, allowed) : nearest(value, allowed);
    return at(form.code ?? 'unknown-value', { expected: form.expected ?? allowed.join('、'), ...near });
  }
  if (issue.code === 'invalid_format' && form.code) return at(form.code, { expected: form.expected ?? '' });
  if (issue.code === 'too_small') return at('empty-value');
  if (issue.code === 'too_big' && Array.isArray(value))
    return at('list-too-long', { actual: String(value.length), expected: String(issue.maximum) });
  return at('wrong-type', { actual: typeName(value), expected: '正しい値' });
}

function unknownKey(key: string, path: Path, { yaml, schema, keys }: Context): Diagnostic[] {
  const place = placeOfKey(yaml, path, key);
  const base = { severity: 'error' as const, ...place, actual: key };
  const allowed = keysAt(schema, path);
  const lookAlike = sameLook(key, allowed);
  const { homes, forbidden } = keys;
  const top = keysAt(schema, []);
  const { unknown, expected } = formAt(schema, path);
  if (unknown === 'unknown-mark')
    return [{ ...base, code: unknown, subject: nameOf(path), expected: expected ?? '', ...nearestMark(key, allowed) }];
  if (unknown !== undefined && !homes.has(key) && !top.includes(key)) {
    const written = new Set(Object.keys((valueAt(yaml.value, path) as object | undefined) ?? {}));
    const missing = allowed.filter((name) => !written.has(name));
    const only = [...written].every((name) => name === key || allowed.includes(name)) ? missing : [];
    const meant = yearMeant(key, allowed) ?? (only.length === 1 ? only[0] : undefined);
    if (allowed.length > 0 && (lookAlike === undefined || (meant !== undefined && isPlain(key))))
      return [
        { ...base, code: unknown, expected: allowed.join('、'), ...(meant === undefined ? {} : { nearest: meant }) },
      ];
  }
  if (lookAlike !== undefined)
    return [{ ...base, code: 'look-alike-key', nearest: lookAlike, expected: differenceOf(key, lookAlike) }];
  if (path.length === 0 && forbidden.keys.has(key) && valueAt(yaml.value, [forbidden.by]) !== undefined)
    return [{ ...base, code: 'reprint-has-own' }];
  // A comma in an amount of a flow map: "1,914" became 1 and the key 914.
  const amount = allowed.find((name) => formAt(schema, [...path, name]).code === 'not-an-amount');
  if (/^\d{3}$/.test(key) && amount !== undefined && typeof valueAt(yaml.value, [...path, amount]) === 'number') {
    const actual = `${valueAt(yaml.value, [...path, amount])},${key}`;
    return [{ ...base, ...placeOf(yaml, [...path, amount]), code: 'not-an-amount', subject: amount, actual }];
  }
  const home = homes.get(key);
  if (home !== undefined) return [{ ...base, code: 'misplaced-key', expected: home }];
  if (top.includes(key)) return [{ ...base, code: 'misplaced-key', expected: 'いちばん外側(字下げなし)' }];
  const glued = /^([^:\uff1a]+)[:\uff1a]/.exec(key)?.[1];
  if (glued !== undefined && allowed.includes(glued)) return [{ ...base, code: 'yaml-missing-colon', nearest: glued }];
  const written = Object(valueAt(yaml.value, path));
  return [
    {
      ...base,
      code: 'unknown-key',
      expected: allowed.join('、'),
      ...nearest(
        key,
        allowed.filter((name) => !Object.hasOwn(written, name)),
      ),
    },
  ];
}

// biome-ignore lint/suspicious/noExplicitAny: zod's definitions are a union that has no common reader
type AnySchema = any;

const withoutOptional = (schema: AnySchema): AnySchema =>
  schema?.def.type === 'optional' ? withoutOptional(schema.def.innerType) : schema;

/** The schema at `path`, as it stands there; of a union on the way the option that has the key. */
function schemaAt(schema: z.ZodType, path: Path): AnySchema {
  let inner = withoutOptional(schema);
  for (const key of path) {
    const { shape, element, valueType } = optionFor(inner, key)?.def ?? {};
    inner = withoutOptional(shape?.[key] ?? element ?? valueType);
  }
  return inner;
}

const optionFor = (schema: AnySchema, key?: PropertyKey): AnySchema =>
  schema?.def.type === 'union'
    ? (schema.def.options.find(
        (option: z.ZodType) => option.def.type === (typeof key === 'number' ? 'array' : 'object'),
      ) ?? schema)
    : schema;

/** How the value at `path` is reported. */
function formAt(schema: z.ZodType, path: Path): Form {
  const found = schemaAt(schema, path);
  return (found && forms.get(found)) ?? {};
}

/** The keys that `schema` allows at `path`. */
export const keysAt = (schema: z.ZodType, path: Path): string[] =>
  Object.keys(optionFor(schemaAt(schema, path))?.def.shape ?? {});

const lookAlikes: Record<string, string> = {
  〇: '○',
  '◯': '○',
  O: '○',
  o: '○',
  '0': '○',
  '●': '○',
  '⇒': '→',
  '➡': '→',
  '->': '→',
  '▲': '△',
  '◉': '◎',
  x: '×',
  X: '×',
  ｘ: '×',
  Ｘ: '×',
  '✕': '×',
  '✖': '×',
  '☓': '×',
};

/** The one of `marks` that `written` looks like. */
export function nearestMark(written: string, marks: readonly string[]): { nearest?: string } {
  const value = written.trim();
  if (marks.includes(value)) return { nearest: value };
  // Where a figure is a sign, what looks like it is not a ring.
  if (marks.includes('0') && /^[０〇○◯Oo]$/.test(value)) return { nearest: '0' };
  const mark = /^[-\u2010-\u2015\u2212\u2500\u30fc\uff0d\uff70]+$/.test(value)
    ? '—'
    : Object.hasOwn(lookAlikes, value)
      ? lookAlikes[value]
      : undefined;
  return mark === undefined || !marks.includes(mark) ? {} : { nearest: mark };
}

/** What a path is called in a sentence: its last key. */
function nameOf(path: Path): string {
  const key = path.findLast((part) => typeof part === 'string');
  return key === undefined ? 'このファイル' : String(key);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return '一覧([ ] や - )';
  if (typeof value === 'object') return '「キー: 値」のまとまり';
  return `「${String(value).split('\n')[0]}」という文字`;
}

function expectedName(type: string): string {
  return (
    {
      array: '一覧',
      string: '文字',
      object: '「キー: 値」のまとまり',
      record: '「キー: 値」のまとまり',
    }[type] ?? type
  );
}
