import { isDeepStrictEqual } from 'node:util';
import type { Comparison, EditionField } from '../../compare/change.ts';
import { valueAfter } from '../../compare/values.ts';
import { checkContent } from '../../content/check.ts';
import type { ReadFiles } from '../../content/readable.ts';
import { type NewFiles, writtenText } from '../../content/source/new-files.ts';
import type { ContentSource } from '../../content/source/source.ts';
import { ParsedFiles } from '../../content/yaml/parsed-files.ts';
import { valueAt } from '../../content/yaml/yaml-file.ts';
import { fieldOf, pathOf, sheetFields } from '../../model/fields.ts';
import { numberOfFile } from '../../model/numbers.ts';
import { orderOf } from '../orders.ts';
import { editYaml } from '../yaml/edit-yaml.ts';
import type { KeyOrder, Written, YamlEdit } from '../yaml/edits.ts';
import { editionAfter } from './edition.ts';
import { measuresAfter } from './measures.ts';
import { organizationAfter, structureAfter } from './others.ts';

/**
 * What makes the files of base say what head says; `comparison` is of the two. What could not be read on either side stays
 * as it is. The bytes of 別冊 are in no comparison: edition.yaml names those of head, the files themselves stay.
 */
export function apply(comparison: Comparison, source: ContentSource, parsed = new ParsedFiles()): NewFiles {
  const { files, readable } = checkContent(source, parsed);
  const base = readable();
  const unread = new Set([...comparison.unread, ...base.unread].map(({ file }) => file));
  const result = new Map<string, string | undefined>();
  const rewrite = (path: string, after: object, order: KeyOrder, from = path) => {
    const before = writtenText(source, from);
    const yaml = files.get(from);
    const text = editYaml(before, editsTo(yaml?.value as object, after), order, yaml);
    if (text !== before || from !== path) result.set(path, text);
  };

  const wholes = { 'structure.yaml': structureAfter, 'organization.yaml': organizationAfter };
  for (const [path, afterOf] of Object.entries({ 'edition.yaml': editionAfter, ...wholes })) {
    const value = files.get(path)?.value;
    if (value === undefined || (path in wholes && unread.has(path))) continue;
    const after = afterOf(value as never, comparison);
    rewrite(path, after, (at) => Object.keys(Object(valueAt(after, at))));
  }

  const names = (field: EditionField, before: readonly string[]): readonly string[] => {
    const change = comparison.edition.find((one) => one.field === field);
    const after = change && valueAfter(change);
    return after?.type === 'list' ? after.names : before;
  };
  const years = names('年度', base.edition.years);
  const plans = unread.has('edition.yaml') ? undefined : names('関連計画', base.edition.relatedPlans);
  const order = orderOf('measures/', years, base.edition.fields);
  const measures = measuresAfter(comparison, { ...base, files, years, plans });
  for (const [path, { from, value }] of measures) {
    if (value === undefined) {
      if (!result.has(path)) result.set(path, undefined);
    } else if (from !== undefined) rewrite(path, value, order, from);
    else result.set(path, newFile(value, firstLine(files), order));
  }
  return result;
}

/** A measure's file in the form in which editors find the others. */
function newFile(value: object, first: string, order: KeyOrder): string {
  const [key = ''] = pathOf(fieldOf(sheetFields.measure, 'id'));
  const number = valueAt(value, [key]);
  return editYaml(`${first}${key}: ${number}\n`, editsTo({ [key]: number }, value), order);
}

/** The line that tells editors the schema of a measure, as the others have it. */
function firstLine(files: ReadFiles): string {
  for (const [path, yaml] of files) {
    const [line] =
      numberOfFile(path) === undefined ? [] : (/^# yaml-language-server:.*\n/.exec(yaml?.text ?? '') ?? []);
    if (line !== undefined) return line;
  }
  return '';
}

/** What makes of the values of a file others; editYaml leaves what is the same in them as it is. */
function editsTo(before: object, after: object): YamlEdit[] {
  const written = new Map<string, unknown>(Object.entries(before));
  const gone = [...written.keys()].filter((key) => !Object.hasOwn(after, key));
  return [
    ...Object.entries(after).flatMap(([path, value]): YamlEdit[] => {
      const old = written.get(path);
      const come: YamlEdit = { path: [path], value: value as Written };
      if (!inOrder(old, value)) return [{ path: [path], remove: true }, come];
      return isDeepStrictEqual(old, value) ? [] : [come];
    }),
    ...gone.map((key): YamlEdit => ({ path: [key], remove: true })),
  ];
}

/** Whether what both maps have stands in the same order. */
function inOrder(before: unknown, after: unknown): boolean {
  const [old, fresh] = [Object.keys(Object(before)), Object.keys(Object(after))];
  const kept = old.filter((key) => fresh.includes(key));
  return fresh.filter((key) => old.includes(key)).every((key, index) => key === kept[index]);
}
