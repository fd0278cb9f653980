import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeMeasure } from '../../../src/edit/merge/measure.ts';
import { merge, UnreadableSide } from '../../../src/edit/merge/merge.ts';
import { orderOf } from '../../../src/edit/orders.ts';
import { editYaml } from '../../../src/edit/yaml/edit-yaml.ts';
import type { Written } from '../../../src/edit/yaml/edits.ts';
import { sheetFields } from '../../../src/model/fields.ts';
import { type Cell, cellsOfFile, type MeasureMaterial, measures, readValue } from './material.ts';

/** RUNS=3000 PAIRS=1 npx vitest run tests/edit/merge tries as many edits, and all measures instead of each 97th. */
const settings = { numRuns: Number(process.env.RUNS ?? 60), seed: 14 };
const every = Number(process.env.PAIRS ?? 193);

type CellEdit = Pick<Cell, 'path' | 'name'> & { other: unknown };
const order = orderOf('measures/');
const edited = (text: string, edits: readonly CellEdit[]) =>
  edits.reduce((now, { path, other }) => {
    const emptied = path[0] === '一覧表' ? { emptied: true as const } : {};
    return editYaml(
      now,
      [other === undefined ? { path, remove: true, ...emptied } : { path, value: other as Written }],
      order,
    );
  }, text);
const editsOf = (measure: MeasureMaterial): CellEdit[] =>
  cellsOfFile(measure).flatMap(({ path, name, others }) => others.map((other) => ({ path, name, other })));

test('two edits of different fields of a file: no conflict, and both are made', () => {
  let tried = 0;
  const wrong: string[] = [];
  for (const measure of measures.filter((_, index) => index % every === 0)) {
    const { path, text: base } = measure;
    const sides = editsOf(measure).map((one) => ({ ...one, text: edited(base, [one]) }));
    for (const [index, left] of sides.entries())
      for (const right of sides.slice(index + 1)) {
        if (left.name === right.name) continue;
        const { text, conflicts } = merge({ path, base, ours: left.text, theirs: right.text });
        tried += 1;
        const expected = readValue(path, edited(left.text, [right]));
        if (conflicts.length > 0 || JSON.stringify(sorted(readValue(path, text))) !== JSON.stringify(sorted(expected)))
          wrong.push(`${path} ${left.name} × ${right.name}`);
      }
  }
  expect(wrong).toEqual([]);
  expect(tried).toBeGreaterThan(481);
});

/** Keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}

const manners: Record<string, (text: string) => string> = {
  plain: (text) => text,
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'without a line end': (text) => text.trimEnd(),
  'with a mark': (text) => `\ufeff${text}`,
  'with comments': (text) => text.replaceAll(/^(?=\S)/gm, '# 注記\n'),
};
const sides = fc
  .constantFrom(...measures)
  .chain((measure) => {
    const edits = fc.array(fc.constantFrom(...editsOf(measure)), { maxLength: 4 });
    const manner = fc.constantFrom(...Object.values(manners));
    return fc.record({ measure: fc.constant(measure), here: edits, there: edits, manner, another: manner });
  })
  .map(({ measure: { path, text }, here, there, manner, another }) => ({
    path,
    base: manner(text),
    ours: edited(manner(text), here),
    theirs: edited(another(text), there),
  }));

test('texts in any manner read as their values merged, and nothing of ours is lost', () => {
  fc.assert(
    fc.property(sides, ({ path, base, ours, theirs }) => {
      const { text, conflicts } = merge({ path, base, ours, theirs });
      const three = { base: read(path, base), ours: read(path, ours), theirs: read(path, theirs) };
      const expected = mergeMeasure(three, sheetFields, []);
      expect(sorted(read(path, text))).toEqual(sorted(expected));
      expect(text).not.toMatch(/^[<=>|]{7}/m);
      const turned = merge({ path, base, ours: theirs, theirs: ours });
      if (conflicts.length === 0) expect(sorted(read(path, turned.text))).toEqual(sorted(expected));
      const named = ({ field, year, why }: (typeof conflicts)[number]) => `${field} ${year} ${why}`;
      expect(turned.conflicts.map(named).sort()).toEqual(conflicts.map(named).sort());
      expect(merge({ path, base, ours, theirs: base })).toEqual({ text: ours, conflicts: [] });
      expect(merge({ path, base, ours, theirs: ours })).toEqual({ text: ours, conflicts: [] });
      expect(merge({ path, base, ours: base, theirs })).toEqual({ text: theirs, conflicts: [] });
    }),
    settings,
  );
});

const read = (path: string, text: string) => readValue(path, text.replace('\ufeff', ''));

const path = 'tests/city/measures/1-1-1.yaml';
const base = readFileSync(path, 'utf8');

test('comments of both stay where their lines do not meet; where they do, those of ours', () => {
  const ours = `# こちらの注記\n${base}`.replace(/^区分: .*/m, '区分: 新規 # 急ぐ');
  const theirs = `${base}# あちらの注記\n`.replace(/^取組: .*/m, '取組: 別の名前');
  const { text, conflicts } = merge({ path, base, ours, theirs });
  expect(conflicts).toEqual([]);
  expect(text).toMatch(/^# こちらの注記\n/);
  expect(text).toContain('# 急ぐ\n取組: 別の名前\n');
});

test('added on both sides: the same values are no conflict, anything else is, and ours stays', () => {
  expect(merge({ path, base: '', ours: base, theirs: `# 注記\n${base}` })).toEqual({ text: base, conflicts: [] });
  const theirs = base.replace(/^区分: .*/m, '区分: 廃止').replace(/^関連計画: .*\n/m, '');
  const { text, conflicts } = merge({ path, base: '', ours: base, theirs });
  expect(text).toBe(base);
  expect(conflicts).toMatchObject([
    { field: '区分', theirs: '廃止', why: 'new' },
    { field: '関連計画', theirs: undefined, why: 'new' },
  ]);
});

test.each([
  ['base', '区分: "新規'],
  ['ours', '<<<<<<< HEAD\n番号: 1\n=======\n番号: 2\n>>>>>>> x'],
  ['theirs', '番号: 1-1-1\n区分: 新規\n区分: 継続'],
  ['theirs', ''],
  ['theirs', '- a\n- b'],
] as const)('a side that cannot be read is told: %s %j', (side, broken) => {
  const texts = { path, base, ours: `${base}#\n`, theirs: `${base}# x\n`, [side]: broken };
  expect(() => merge(texts)).toThrow(UnreadableSide);
  try {
    merge(texts);
  } catch (error) {
    expect(error).toMatchObject({ side });
  }
});

test.each(['content', 'tests/city', 'tests/lake'])('the other files of %s', (folder) => {
  const both = (name: string, ours: [string | RegExp, string], theirs: [string | RegExp, string]) => {
    const file = `${folder}/${name}`;
    const before = readFileSync(file, 'utf8');
    const texts = { base: before, ours: before.replace(...ours), theirs: before.replace(...theirs) };
    expect(new Set(Object.values(texts)).size).toBe(3);
    const { text, conflicts } = merge({ path: file, ...texts });
    expect(conflicts).toEqual([]);
    expect(merge({ path: file, base: before, ours: texts.theirs, theirs: texts.ours }).text).toBe(text);
    return text;
  };
  const names = both('organization.yaml', ['課: [', '課: [い課, '], ['課: [', '課: [あ課, ']);
  expect(names).toContain('課: [あ課, い課, ');
  const edition = both(
    'edition.yaml',
    [/^関連計画: \[/m, '関連計画: [い計画, '],
    [/^関連計画: \[/m, '関連計画: [あ計画, '],
  );
  expect(edition).toContain('関連計画: [あ計画, い計画, ');
  // Of one 大項目, and of one that is new.
  const structure = both(
    'structure.yaml',
    [/(名称: )(.*)/, '$1別の名称'],
    [/\n$/, '\n  - 番号: 99\n    名称: 新しい大項目\n    中項目:\n      - { 番号: 99-1, 名称: 甲 }\n'],
  );
  expect(structure).toContain('名称: 別の名称\n');
  expect(structure).toContain('名称: 新しい大項目\n');
});

test('a file that is none of content is no case for it', () => {
  expect(() => merge({ path: 'README.md', base: '', ours: 'a', theirs: 'b' })).toThrow('README.md');
});
