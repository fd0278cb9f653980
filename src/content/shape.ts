import type * as z from 'zod';
import type { Code, Diagnostic } from '../diagnostics/diagnostic.ts';
import { partNames } from '../model/edition.ts';
import { kinds, marks } from '../model/measure.ts';
import { nearest } from './nearest.ts';
import { type Path, type Place, placeOf, placeOfKey, valueAt, type YamlFile } from './yaml/yaml-file.ts';

/** The part of a file's value that has the form of `schema`: all of it when nothing was wrong. */
export type Shaped<T> = { [K in keyof T]?: T[K] | undefined };

/** The file's value without the keys that do not have the form of `schema`; these are reported in its diagnostics. */
export function shaped<T extends z.ZodObject>(yaml: YamlFile, schema: T, keys: KeyHomes): Shaped<z.infer<T>> {
  const result = schema.safeParse(yaml.value);
  if (result.success) return result.data as Shaped<z.infer<T>>;
  const { issues } = result.error;
  yaml.diagnostics.push(...translateAll(issues, yaml, schema, keys, []));
  if (issues.some(({ path, code }) => path.length === 0 && code !== 'unrecognized_keys')) return {};
  const wrong = new Set(issues.map(({ path }) => path[0]));
  const entries = Object.entries(yaml.value as object).filter(([key]) => key in schema.shape && !wrong.has(key));
  return Object.fromEntries(entries) as Shaped<z.infer<T>>;
}

/** Where else a known key belongs: 項目 → a year of スケジュール. */
export type KeyHomes = Readonly<Record<string, string>>;

export const measureKeyHomes: KeyHomes = {
  項目: 'スケジュールの年度',
  内容: 'スケジュールの年度',
  予算額: 'スケジュールの年度',
  事業実績: 'スケジュールの年度',
  取組事項: '一覧表',
  額: '予算額の一覧',
};

const reprintForbids: ReadonlySet<string> = new Set([
  '取組内容',
  '効果・KPI',
  '現状・実績・目標',
  'スケジュール',
  '関連計画',
]);

/** A key that is missing because it is misspelt beside it is told once, as misspelt. */
function translateAll(
  issues: readonly z.core.$ZodIssue[],
  yaml: YamlFile,
  schema: z.ZodType,
  homes: KeyHomes,
  prefix: Path,
): Diagnostic[] {
  const key = (path: Path) => JSON.stringify(path);
  const misspelt = new Set<string>();
  const told = issues.map((issue) => {
    const path = [...prefix, ...issue.path];
    const diagnostics = translate(issue, yaml, schema, homes, prefix);
    if (issue.code === 'unrecognized_keys')
      for (const { nearest } of diagnostics) if (nearest !== undefined) misspelt.add(key([...path, nearest]));
    return { path, diagnostics };
  });
  return told
    .filter(({ path, diagnostics }) => diagnostics[0]?.code !== 'missing-key' || !misspelt.has(key(path)))
    .flatMap(({ diagnostics }) => diagnostics);
}

function translate(
  issue: z.core.$ZodIssue,
  yaml: YamlFile,
  schema: z.ZodType,
  homes: KeyHomes,
  prefix: Path,
): Diagnostic[] {
  const path = [...prefix, ...issue.path];
  const value = valueAt(yaml.value, path);
  const subject = nameOf(path);
  const at = (code: Code, more: Partial<Diagnostic> = {}, place: Place = placeOf(yaml, path)): Diagnostic[] => [
    { code, severity: 'error', ...place, subject, ...(value === undefined ? {} : { actual: shown(value) }), ...more },
  ];

  if (issue.code === 'unrecognized_keys')
    return issue.keys.flatMap((key) => unknownKey(key, yaml, schema, homes, path));
  if (value === undefined && path.length > 0) {
    const parent = path.slice(0, -1);
    const code = parent.at(-1) === 'スケジュール' ? 'missing-year' : 'missing-key';
    return at(code, {}, placeOf(yaml, parent));
  }
  if (value === null || value === '') return at('empty-value');
  const key = path.findLast((part) => typeof part === 'string');
  if ((key === '予算額' || key === '額') && !Array.isArray(value)) return at('not-an-amount');
  if (issue.code === 'invalid_union') {
    const branch = issue.errors.find((issues) => issues.every((inner) => inner.path.length > 0)) ?? [];
    if (branch.length > 0) return translateAll(branch, yaml, schema, homes, path);
    if (parentOf(path) === '構成')
      return at('unknown-part', { expected: partNames.join('、'), ...nearest(shown(value), partNames) });
    return at('unknown-value', { expected: '' });
  }
  if (issue.code === 'invalid_type')
    return at('wrong-type', { actual: typeName(value), expected: expectedName(issue.expected) });
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    const more = { expected: allowed.join('、'), ...(typeof value === 'string' ? nearest(value, allowed) : {}) };
    if (typeof value !== 'string') return at('wrong-type', { actual: typeName(value), expected: '文字' });
    if (key === '項目') return at('unknown-mark', { expected: marks.join(' '), ...nearestMark(value) });
    if (key === '関連計画') return at('unknown-plan', more);
    if (key === '区分') return at('unknown-value', { ...more, expected: kinds.join('、') });
    return at('unknown-value', more);
  }
  if (issue.code === 'invalid_format') {
    const example = key === '再掲' || path.length === 1 ? '2-3-16' : path.length > 3 ? '2-3' : '2';
    return at('not-a-number', { expected: example });
  }
  if (issue.code === 'too_small') return at('empty-value');
  return at('wrong-type', { actual: typeName(value), expected: '正しい値' });
}

function unknownKey(key: string, yaml: YamlFile, schema: z.ZodType, homes: KeyHomes, path: Path): Diagnostic[] {
  const place = placeOfKey(yaml, path, key);
  const base = { severity: 'error' as const, ...place, actual: key };
  const fullWidth = /^\u3000+/.exec(key)?.[0].length;
  if (fullWidth) return [{ ...base, code: 'yaml-fullwidth-space' }];
  const top = keysAt(schema, []);
  if (path.at(-1) === 'スケジュール' && !Object.hasOwn(homes, key) && !top.includes(key)) {
    const years = keysAt(schema, path);
    if (years.length > 0) return [{ ...base, code: 'unknown-year', expected: years.join('、') }];
  }
  if (path.length === 0 && reprintForbids.has(key) && valueAt(yaml.value, ['再掲']) !== undefined)
    return [{ ...base, code: 'reprint-has-own' }];
  // A comma in 額 of a flow map: "1,914" became 1 and the key 914.
  if (path.includes('予算額') && /^\d{3}$/.test(key)) {
    const actual = `${valueAt(yaml.value, [...path, '額'])},${key}`;
    return [{ ...base, ...placeOf(yaml, [...path, '額']), code: 'not-an-amount', subject: '額', actual }];
  }
  const home = Object.hasOwn(homes, key) ? homes[key] : undefined;
  if (home !== undefined) return [{ ...base, code: 'misplaced-key', expected: home }];
  const allowed = keysAt(schema, path);
  if (path.length > 0 && top.includes(key))
    return [{ ...base, code: 'misplaced-key', expected: 'いちばん外側(字下げなし)' }];
  const glued = /^([^:\uff1a]+)[:\uff1a]/.exec(key)?.[1];
  if (glued !== undefined && allowed.includes(glued)) return [{ ...base, code: 'yaml-missing-colon', nearest: glued }];
  const written = new Set(Object.keys((valueAt(yaml.value, path) as object | undefined) ?? {}));
  return [
    {
      ...base,
      code: 'unknown-key',
      expected: allowed.join('、'),
      ...nearest(
        key,
        allowed.filter((name) => !written.has(name)),
      ),
    },
  ];
}

/** The keys that `schema` allows at `path`. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  // biome-ignore lint/suspicious/noExplicitAny: zod's definitions are a union that has no common reader
  let inner: any = schema;
  const unwrap = (key?: PropertyKey) => {
    while (inner?.def?.type === 'optional') inner = inner.def.innerType;
    if (inner?.def?.type === 'union')
      inner =
        inner.def.options.find(
          (option: z.ZodType) => option.def.type === (typeof key === 'number' ? 'array' : 'object'),
        ) ?? inner;
  };
  for (const key of path) {
    unwrap(key);
    inner = inner?.def?.shape?.[key] ?? inner?.def?.element ?? inner?.def?.valueType;
  }
  unwrap();
  return Object.keys(inner?.def?.shape ?? {});
}

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
};

function nearestMark(value: string): { nearest?: string } {
  const mark = /^[-\u2010-\u2015\u2212\u2500\u30fc\uff0d\uff70]+$/.test(value)
    ? '—'
    : Object.hasOwn(lookAlikes, value)
      ? lookAlikes[value]
      : undefined;
  return mark === undefined ? {} : { nearest: mark };
}

const parentOf = (path: Path) => path.findLast((part, index) => typeof part === 'string' && index < path.length);

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
      number: '整数',
      int: '整数',
    }[type] ?? type
  );
}
