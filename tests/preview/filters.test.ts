import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { choicesOf, type Filters, type Known, noFilters } from '../../src/preview/page/side/filters.ts';
import { outlineOf, toldOf } from '../../src/preview/page/side/outline.ts';
import { searchIndex, words } from '../../src/preview/page/side/search.ts';
import { editionOf } from './edition-of.ts';

const edition = editionOf('content');
const index = searchIndex(edition);
const nothing: Known = { changed: new Set(), errors: new Set(), warnings: new Set() };
const left = (filters: Partial<Filters>, known: Partial<Known> = {}, query = '') =>
  outlineOf(index, words(query), { ...noFilters, ...filters }, { ...nothing, ...known }).categories.flatMap(
    ({ groups }) => groups.flatMap(({ measures }) => measures.map(({ measure }) => measure.番号)),
  );

interface Written {
  番号: string;
  区分: string;
  再掲?: string;
  担当課?: string[];
  スケジュール?: Record<string, { 項目?: string }>;
  関連計画?: string[];
}
/** The files themselves, read by another way than the program's. */
const files = readdirSync('content/measures').map(
  (name) => parse(readFileSync(`content/measures/${name}`, 'utf8')) as Written,
);
const order = new Map(edition.取組.map(({ 番号 }, place) => [番号, place]));
const written = (meets: (file: Written) => boolean) =>
  files
    .filter(meets)
    .map(({ 番号 }) => 番号)
    .sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
const sectionsOf = (file: Written): string[] =>
  file.担当課 ?? files.find(({ 番号 }) => 番号 === file.再掲)?.担当課 ?? [];

test("no condition leaves all, in the document's order", () => {
  expect(left({})).toEqual(edition.取組.map(({ 番号 }) => 番号));
  expect(files.length).toBe(edition.取組.length);
});

test("each 担当課, 再掲 with their target's, a role in front left out", () => {
  const { sections } = choicesOf(edition);
  expect(sections.length).toBeGreaterThan(30);
  expect(sections.filter((name) => /^[((]/.test(name))).toEqual([]);
  for (const section of sections) {
    const expected = written((file) => sectionsOf(file).some((name) => name.replace(/^\(.*?\)/, '') === section));
    expect(expected.length).toBeGreaterThan(0);
    expect(left({ section })).toEqual(expected);
  }
});

test('each 区分, each 関連計画, each mark of each year', () => {
  const { kinds, plans, marks, years } = choicesOf(edition);
  expect(kinds.sort()).toEqual(['新規', '継続'].sort());
  for (const kind of kinds) expect(left({ kind })).toEqual(written((file) => file.区分 === kind));
  for (const plan of plans) expect(left({ plan })).toEqual(written((file) => file.関連計画?.includes(plan) ?? false));
  expect(marks.at(0)).toBe('→');
  for (const mark of marks) {
    const wanted = mark === '空欄' ? undefined : mark;
    const has = (file: Written, year: string) => !file.再掲 && file.スケジュール?.[year]?.項目 === wanted;
    for (const year of years) expect(left({ mark, year })).toEqual(written((file) => has(file, year)));
    expect(left({ mark })).toEqual(written((file) => years.some((year) => has(file, year))));
  }
});

test('changed, and told by the check', () => {
  const known: Known = { changed: new Set(['1-1-2']), ...toldOf(diagnostics) };
  expect(left({ changed: true }, known)).toEqual(['1-1-2']);
  expect(left({ told: 'error' }, known)).toEqual(['1-1-1']);
  expect(left({ told: 'any' }, known)).toEqual(['1-1-1', '2-3-16']);
});

const diagnostics = [
  { severity: 'error', file: 'content/measures/1-1-1.yaml' },
  { severity: 'warning', file: 'content/measures/2-3-16.yaml' },
  { severity: 'error', file: 'content/edition.yaml' },
];

test('conditions and words together', () => {
  const { sections } = choicesOf(edition);
  const section = sections.find((name) => name === 'DX推進課') ?? '';
  const both = left({ section, kind: '継続' });
  expect(both).toEqual(left({ section }).filter((id) => left({ kind: '継続' }).includes(id)));
  expect(left({ section: '納税課' }, {}, 'SMS')).toContain('2-3-16');
  expect(left({ section: '広報課' }, {}, '督促状')).toEqual([]);
});
