import type { ReadFiles } from '../../content/readable.ts';
import { type Path, valueAt } from '../../content/yaml/yaml-file.ts';
import { type NameSource, sheetFields } from '../../model/fields.ts';
import { roleOf } from '../../model/names.ts';

/** A name where it is given: in organization.yaml, edition.yaml or structure.yaml. */
export interface Given {
  name: string;
  path: Path;
}

/** What may be renamed. */
export interface Kind {
  /** What a name of it is called */
  subject: string;
  /** The file that gives the names */
  file: string;
  given(value: unknown): Given[];
  /** Which lists of measures hold them; without it they are headings, and nothing refers to them. */
  source?: NameSource;
  /** The name that another one gives way to, where 旧 does to 新 */
  successor(name: string, before: string, after: string): string | undefined;
}

/** A name that gives way to another one, as what it stands. */
export interface Renaming {
  kind: Kind;
  /** Where it is given; a 局 by its 部 */
  given: readonly Given[];
  /** The other one is a name already: two become one. */
  joins: boolean;
  of(written: string): string | undefined;
}

const itemsAt = (value: unknown, path: Path): [unknown, Path][] => {
  const items = valueAt(value, path);
  return Array.isArray(items) ? items.map((item, index): [unknown, Path] => [item, [...path, index]]) : [];
};
const textsOf = (entries: [unknown, Path][]): Given[] =>
  entries.flatMap(([name, path]) => (typeof name === 'string' ? [{ name, path }] : []));
/** 名称 of each item */
const titlesOf = (entries: [unknown, Path][]): Given[] =>
  textsOf(entries.map(([entry, path]) => [valueAt(entry, ['名称']), [...path, '名称']]));

const itself: Kind['successor'] = (name, before, after) => (name === before ? after : undefined);

export const kinds: readonly Kind[] = [
  {
    subject: '課',
    file: 'organization.yaml',
    source: 'sections',
    given: (value) => textsOf(itemsAt(value, ['局・部']).flatMap(([, path]) => itemsAt(value, [...path, '課']))),
    successor: itself,
  },
  {
    subject: '局・部',
    file: 'organization.yaml',
    source: 'departments',
    given: (value) => titlesOf(itemsAt(value, ['局・部'])),
    // A 局 is the first word of the names of its 部 too; one that becomes a 部 of its own leaves the others where they are.
    successor: (name, before, after) =>
      name.startsWith(`${before} `) && !after.startsWith(`${before} `)
        ? after + name.slice(before.length)
        : itself(name, before, after),
  },
  {
    subject: '関連計画',
    file: 'edition.yaml',
    source: 'plans',
    given: (value) => textsOf(itemsAt(value, ['関連計画'])),
    successor: itself,
  },
  {
    subject: '大項目',
    file: 'structure.yaml',
    given: (value) => titlesOf(itemsAt(value, ['大項目'])),
    successor: itself,
  },
  {
    subject: '中項目',
    file: 'structure.yaml',
    given: (value) => titlesOf(itemsAt(value, ['大項目']).flatMap(([, path]) => itemsAt(value, [...path, '中項目']))),
    successor: itself,
  },
];

/** Whether roles stand in front of names of the kind. */
export const hasRoles = ({ source }: Kind): boolean =>
  sheetFields.measure.some(({ names, roles }) => names !== undefined && names === source && roles === true);

/** Of a name as it is written, with its role, the one that it gives way to. */
export function successorOf(kind: Kind, before: string, after: string): (written: string) => string | undefined {
  const withRoles = hasRoles(kind);
  return (written) => {
    const role = withRoles ? roleOf(written) : '';
    const fresh = kind.successor(written.slice(role.length), before, after);
    return fresh === undefined ? undefined : role + fresh;
  };
}

export const givenIn = (files: ReadFiles, { file, given }: Kind): Given[] => given(files.get(file)?.value);
export const namesOf = (files: ReadFiles, kind: Kind): string[] => givenIn(files, kind).map(({ name }) => name);
