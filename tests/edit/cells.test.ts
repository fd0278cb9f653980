import { expect, test } from 'vitest';
import { cellsOf, type Value } from '../../src/compare/cells.ts';
import { readableEdition } from '../../src/content/readable.ts';
import { parseYaml, type YamlFile } from '../../src/content/yaml/yaml-file.ts';
import { edit } from '../../src/edit/edit.ts';
import { sheetFields } from '../../src/model/fields.ts';
import { files, sampled } from './files.ts';

const folders = ['content', 'tests/city', 'tests/lake'];
const editionOf = (read: ReadonlyMap<string, YamlFile>) => readableEdition(read).edition;

/** Another value of the same kind. */
function other(value: Value): Value {
  if (value.type === 'text') return { type: 'text', text: `${value.text}\n# 追記: 「a」` };
  if (value.type === 'choice')
    return {
      type: 'choice',
      text: ({ '→': '◎', 新規: '継続', 継続: '新規' } as Record<string, string>)[value.text] ?? '→',
    };
  if (value.type === 'list') return { type: 'list', names: [...value.names.slice(1), '(発注)新しい課'] };
  return {
    type: 'budget',
    budget: Array.isArray(value.budget)
      ? 1200
      : [
          { label: '新しい課', amount: 0 },
          { label: '他: 課', amount: '—' },
        ],
  };
}

// A comparison's own words for what a measure says are what is edited.
test.each(folders)('cells of %s are taken out, changed and put back', (folder) => {
  const texts = new Map(
    files.filter(({ name }) => name.startsWith(`${folder}/`)).map(({ path, text }) => [path, text]),
  );
  const read = new Map([...texts].map(([path, text]) => [path, parseYaml(path, text)]));
  const withText = (path: string, text: string) => editionOf(new Map([...read, [path, parseYaml(path, text)]]));
  const before = editionOf(read);
  const { years } = before;
  const all = (edition: typeof before) =>
    edition.categories.flatMap(({ groups }) => groups.flatMap(({ measures }) => measures));
  for (const measure of folder === 'content' ? sampled(all(before), 'cells', 5) : all(before)) {
    const path = `measures/${measure.id}.yaml`;
    const text = texts.get(path) as string;
    const targets = new Map(all(before).map((one) => [one.id, one]));
    const target = measure.reprintOf === undefined ? undefined : targets.get(measure.reprintOf);
    const cells = cellsOf(measure, target, years, sheetFields);
    const changes = cells
      .map(({ value, ...cell }) => ({ ...cell, value: other(value) }))
      .filter(({ field }) => field !== '再掲');
    expect(edit(text, cells, years), measure.id).toBe(text);
    const changed = edit(text, changes, years);
    const restored = edit(changed, cells, years);
    const again = withText(path, restored);
    expect(
      all(again).find(({ id }) => id === measure.id),
      measure.id,
    ).toEqual(measure);
    const now = all(withText(path, changed)).find(({ id }) => id === measure.id);
    const found = cellsOf(now as typeof measure, target, years, sheetFields);
    for (const change of changes) expect(found, `${measure.id} ${change.field}`).toContainEqual(change);
    // Without its cells, and with them again in any order, a file has its keys where they were.
    const optional = cells.filter(
      ({ field, year }) =>
        year !== undefined || ['取組内容', '効果・KPI', '現状・実績・目標', '関連計画'].includes(field),
    );
    const bare = edit(
      text,
      optional.map(({ field, year }) => (year === undefined ? { field } : { field, year })),
      years,
    );
    const filled = edit(bare, optional.toReversed(), years);
    expect(JSON.stringify(parseYaml('', filled).value), measure.id).toBe(JSON.stringify(parseYaml('', text).value));
  }
});
