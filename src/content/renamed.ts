import { type Code, type Diagnostic, mostOfOne } from '../diagnostics/diagnostic.ts';
import { withoutRole } from '../model/names.ts';
import { categoryOf, compareNumbers, groupOf } from '../model/numbers.ts';
import { lookOf } from './look-alike.ts';
import { nearest } from './nearest.ts';
import type { Organization } from './organization.ts';
import type { MeasurePart } from './rules.ts';
import type { OrganizationFile } from './schema.ts';
import { type Path, placeOf, valueAt, type YamlFile } from './yaml/yaml-file.ts';
import { isSpellingOf } from './years.ts';

/** What the measures name, and where its names are given. */
export interface Named {
  files: ReadonlyMap<string, YamlFile>;
  measures: ReadonlyMap<string, MeasurePart>;
  edition: YamlFile | undefined;
  structure: YamlFile | undefined;
  organization: YamlFile | undefined;
  entries: OrganizationFile['局・部'] | undefined;
  known: Organization | undefined;
}

interface Kind {
  /** What a name of it is called */
  subject: string;
  /** The file that gives the names, and the list that gives `name`, which these measures use. */
  home: keyof Pick<Named, 'edition' | 'structure' | 'organization'>;
  list(named: Named, ids: readonly string[]): Path;
  /** Each name that is given, and where. */
  given(named: Named): Map<string, Path>;
  /** The list of a measure that uses them */
  used: Path;
  of?(actual: string): string;
}

const itemsAt = (yaml: YamlFile | undefined, path: Path): [string, Path][] => {
  const names = valueAt(yaml?.value, path);
  return Array.isArray(names) ? names.map((name, index) => [String(name), [...path, index]]) : [];
};

const kinds: Partial<Record<Code, Kind>> = {
  'unknown-section': {
    subject: '課',
    home: 'organization',
    list: ({ measures, entries = [] }, ids) => {
      const departments = new Set(ids.flatMap((id) => measures.get(id)?.['担当局・部'] ?? []));
      // Of none of them, the place is that of the whole list.
      return ['局・部', entries.findIndex(({ 名称 }) => departments.has(名称)), '課'];
    },
    given: ({ organization, entries = [] }) =>
      new Map(entries.flatMap((_, index) => itemsAt(organization, ['局・部', index, '課']))),
    used: ['担当課'],
  },
  'unknown-department': {
    subject: '局・部',
    home: 'organization',
    list: () => ['局・部'],
    given: ({ entries = [] }) => new Map(entries.map(({ 名称 }, index) => [名称, ['局・部', index, '名称']])),
    used: ['担当局・部'],
  },
  'unknown-plan': {
    subject: '関連計画',
    home: 'edition',
    list: () => ['関連計画'],
    given: ({ edition }) => new Map(itemsAt(edition, ['関連計画'])),
    used: ['関連計画'],
  },
  'unknown-group': {
    subject: '中項目',
    home: 'structure',
    list: () => ['大項目'],
    given: () => new Map(),
    used: [],
    of: groupOf,
  },
  'unknown-category': {
    subject: '大項目',
    home: 'structure',
    list: () => ['大項目'],
    given: () => new Map(),
    used: [],
    of: categoryOf,
  },
};

const most = 8;
/** 1-1-1、1-1-2 ほか 25 件 */
function shortList(ids: readonly string[]): string {
  const sorted = [...ids].sort(compareNumbers);
  return `${sorted.slice(0, most).join('、')}${sorted.length > most ? ` ほか ${sorted.length - most} 件` : ''}`;
}

/**
 * A name that several measures use and its file does not give is one mistake, most likely a name changed in one place
 * only: it is reported once, where the names are given. So is one of a single measure that another name replaced.
 */
export function gatherRenamed(named: Named): void {
  const found = new Map<string, { code: Code; name: string; uses: Map<string, Diagnostic[]> }>();
  for (const [id, { diagnostics }] of named.files)
    for (const diagnostic of diagnostics) {
      const kind = kinds[diagnostic.code];
      const actual = diagnostic.actual ?? '';
      if (!kind) continue;
      const name = kind.of?.(actual) ?? actual;
      const key = `${diagnostic.code} ${name}`;
      const entry = found.get(key) ?? { code: diagnostic.code, name, uses: new Map() };
      found.set(key, entry);
      const uses = entry.uses.get(id);
      if (uses) uses.push(diagnostic);
      else entry.uses.set(id, [diagnostic]);
    }
  const settled = new Set<Diagnostic>();
  // Of each kind once, however many names are not given.
  const homes = new Map<
    Code,
    { given: Map<string, Path>; byLook: Map<string, string>; unused: string[]; tried: number }
  >();
  for (const { code, name, uses } of found.values()) {
    const kind = kinds[code] as Kind;
    const yaml = named[kind.home];
    if (!yaml) continue;
    const ids = [...uses.keys()];
    let home = homes.get(code);
    if (!home) {
      const given = kind.given(named);
      const byLook = new Map([...given.keys()].map((one) => [lookOf(one), one]));
      home = { given, byLook, unused: unusedNames(kind, given, named), tried: 0 };
      homes.set(code, home);
    }
    const { given, byLook, unused } = home;
    const settle = () => {
      for (const diagnostics of uses.values()) for (const diagnostic of diagnostics) settled.add(diagnostic);
    };
    // Where the name is given, a character of it is wrong and has been reported.
    const wrong = given.get(byLook.get(lookOf(name)) ?? '');
    if (wrong && isReported(yaml, wrong)) settle();
    else {
      // Of one measure it is a slip there, unless a name that nobody uses and that is unlike it stands ready.
      const isLike = () => [...uses.values()].flat().some((diagnostic) => diagnostic.nearest !== undefined);
      if (ids.length === 1 && (home.tried >= mostOfOne || isLike())) continue;
      home.tried += 1;
      const instead = home.tried > mostOfOne ? undefined : unusedName(unused, named, name, ids);
      if (ids.length === 1 && instead === undefined) continue;
      if (instead !== undefined) unused.splice(unused.indexOf(instead), 1); // one name was changed to it
      settle();
      const path = given.get(instead ?? '') ?? kind.list(named, ids);
      yaml.diagnostics.push({
        ...{ code: 'name-not-given', severity: 'error', ...placeOf(yaml, path) },
        ...{ subject: kind.subject, actual: name, expected: shortList(ids) },
        ...(instead === undefined ? {} : { nearest: instead }),
      });
    }
  }
  gatherYears(named, settled);
  for (const yaml of named.files.values())
    yaml.diagnostics = yaml.diagnostics.filter((diagnostic) => !settled.has(diagnostic));
}

/** Those of the given names that no measure uses, nor a 局 that stands for all its 部. */
function unusedNames({ used }: Kind, given: ReadonlyMap<string, Path>, { files, known }: Named): string[] {
  const inUse = new Set([...files.values()].flatMap((yaml) => itemsAt(yaml, used).map(([use]) => withoutRole(use))));
  const isUsed = (candidate: string) =>
    inUse.has(candidate) ||
    Array.from(candidate.slice(0, 200).matchAll(/ /g), ({ index }) => candidate.slice(0, index)).some(
      (start) => inUse.has(start) && !known?.sections.has(start),
    );
  return [...given.keys()].filter((candidate) => !isUsed(candidate));
}

/** The name that `name` may have been changed to. */
function unusedName(
  unused: readonly string[],
  { measures, known }: Named,
  name: string,
  ids: readonly string[],
): string | undefined {
  const departments = new Set(ids.flatMap((id) => measures.get(id)?.['担当局・部'] ?? []));
  const near = unused.filter((candidate) => known?.homes(candidate).some((home) => departments.has(home)));
  for (const candidates of [near, unused]) if (candidates.length === 1) return candidates[0];
  return nearest(name, unused).nearest;
}

function isReported(yaml: YamlFile, path: Path): boolean {
  const { start, end } = placeOf(yaml, path);
  return yaml.diagnostics.some(
    (diagnostic) =>
      diagnostic.start.line >= start.line &&
      diagnostic.start.line <= end.line &&
      diagnostic.start.column >= start.column &&
      diagnostic.start.column < end.column,
  );
}

/** 年度 that edition.yaml and several measures do not have in common. */
function gatherYears({ files, edition }: Named, settled: Set<Diagnostic>): void {
  if (!edition) return;
  const groups = new Map<string, { code: Code; year: string; uses: Map<string, Diagnostic> }>();
  for (const [id, { diagnostics }] of files)
    for (const diagnostic of diagnostics) {
      const { code, nearest: meant } = diagnostic;
      if (code !== 'unknown-year' && code !== 'missing-year') continue;
      const year = (code === 'unknown-year' ? diagnostic.actual : diagnostic.subject) ?? '';
      if (meant !== undefined && isSpellingOf(year, meant)) continue;
      // One year instead of another is a year too many and a year too few.
      for (const [kind, name] of [[code, year], ...(meant === undefined ? [] : [['missing-year', meant]])] as const) {
        const entry = groups.get(`${kind} ${name}`) ?? { code: kind as Code, year: name ?? '', uses: new Map() };
        groups.set(`${kind} ${name}`, entry);
        entry.uses.set(id, diagnostic);
      }
    }
  const shared = [...groups.values()].filter(({ uses }) => uses.size > 1);
  if (shared.length === 0) return;
  const ids = new Set(shared.flatMap(({ uses }) => [...uses.keys()]));
  for (const { uses } of shared) for (const diagnostic of uses.values()) settled.add(diagnostic);
  const years = (code: Code) => shared.flatMap((group) => (group.code === code ? [group.year] : [])).join('、');
  const [actual, expected] = [years('unknown-year'), years('missing-year')];
  const [first] = expected.split('、');
  const index = itemsAt(edition, ['年度']).findIndex(([year]) => year === first);
  // The same year among 現状・実績・目標 is the same mistake.
  edition.diagnostics = edition.diagnostics.filter(
    (diagnostic) => diagnostic.code !== 'unknown-year' || !actual.split('、').includes(diagnostic.actual ?? ''),
  );
  edition.diagnostics.push({
    ...{ code: 'years-differ', severity: 'error', ...placeOf(edition, ['年度', index]) },
    ...{ subject: shortList([...ids]), actual, expected },
  });
}
