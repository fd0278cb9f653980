import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { unfilledByNumber, unfilledName } from '../../../src/model/due.ts';
import { choicesOf, type Filters, type Known, noFilters } from '../../../src/preview/page/side/filters.ts';
import { outlineOf, toldOf } from '../../../src/preview/page/side/outline.ts';
import { searchIndex, words } from '../../../src/preview/page/side/search.ts';
import { editionOf } from './edition-of.ts';

describe.each(['tests/city', 'tests/lake'])('%s', (folder) => {
  const edition = editionOf(folder);
  const index = searchIndex(edition);
  const nothing: Known = { changed: new Set(), errors: new Set(), warnings: new Set(), unfilled: new Map() };
  const left = (filters: Partial<Filters>, known: Partial<Known> = {}, query = '') =>
    outlineOf(index, words(query), { ...noFilters, ...filters }, { ...nothing, ...known }).categories.flatMap(
      ({ groups }) => groups.flatMap(({ measures }) => measures.map(({ measure }) => measure.番号)),
    );

  interface Written {
    番号: string;
    区分: string;
    再掲?: string;
    担当課?: string[];
    スケジュール?: Record<string, { 項目?: string; 事業実績?: string }>;
    関連計画?: string[];
    '現状・実績・目標'?: string;
  }
  /** The files themselves, read by another way than the program's. */
  const files = readdirSync(`${folder}/measures`).map(
    (name) => parse(readFileSync(`${folder}/measures/${name}`, 'utf8')) as Written,
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
    expect(sections.length).toBeGreaterThan(3);
    expect(sections.filter((name) => /^[((]/.test(name))).toEqual([]);
    for (const section of sections) {
      const expected = written((file) => sectionsOf(file).some((name) => name.replace(/^\(.*?\)/, '') === section));
      expect(expected.length).toBeGreaterThan(0);
      expect(left({ section })).toEqual(expected);
    }
  });

  test('each 区分, each 関連計画, each mark of each year', () => {
    const { kinds, plans, marks, years } = choicesOf(edition);
    expect([...kinds].sort()).toEqual([...new Set(files.map(({ 区分 }) => 区分))].sort());
    for (const kind of kinds) expect(left({ kind })).toEqual(written((file) => file.区分 === kind));
    for (const plan of plans) expect(left({ plan })).toEqual(written((file) => file.関連計画?.includes(plan) ?? false));
    if (folder === 'tests/lake') expect(marks.at(0)).toBe('→');
    for (const mark of marks) {
      const wanted = mark === '空欄' ? undefined : mark;
      const has = (file: Written, year: string) => !file.再掲 && file.スケジュール?.[year]?.項目 === wanted;
      for (const year of years) expect(left({ mark, year })).toEqual(written((file) => has(file, year)));
      expect(left({ mark })).toEqual(written((file) => years.some((year) => has(file, year))));
    }
  });

  test('what they lack: every blank 現状・実績・目標, 事業実績 of years that are due', () => {
    const known = { unfilled: unfilledByNumber(edition) };
    const { unfilled } = choicesOf(edition);
    expect(unfilled.at(-1)).toBe('現状・実績・目標');
    expect(unfilled.length).toBeGreaterThan(2);
    const found = unfilled.map((wanted) => left({ unfilled: wanted }, known));
    expect(found.at(-1)).toEqual(written((file) => !file.再掲 && file['現状・実績・目標'] === undefined));
    for (const [at, name] of unfilled.slice(0, -1).entries()) {
      const [year = ''] = name.split(' ');
      const marked = (file: Written) => /[→◎○△]/.test(file.スケジュール?.[year]?.項目 ?? '');
      const lacking = written((file) => !file.再掲 && marked(file) && !file.スケジュール?.[year]?.事業実績);
      expect(found[at]).toEqual(expect.arrayContaining(lacking));
      for (const id of found[at] ?? []) expect(known.unfilled.get(id)?.map(unfilledName)).toContain(name);
    }
    const any = new Set(found.flat());
    expect(left({ unfilled: 'any' }, known)).toEqual(written(({ 番号 }) => any.has(番号)));
    expect(any.size).toBeGreaterThan(1);
  });

  test('changed, and told by the check', () => {
    const [first = '', second = '', third = ''] = edition.取組.map(({ 番号 }) => 番号);
    const known: Known = {
      ...nothing,
      changed: new Set([second]),
      ...toldOf([
        { severity: 'error', file: `content/measures/${first}.yaml` },
        { severity: 'warning', file: `content/measures/${third}.yaml` },
        { severity: 'error', file: 'content/edition.yaml' },
      ]),
    };
    expect(left({ changed: true }, known)).toEqual([second]);
    expect(left({ told: 'error' }, known)).toEqual([first]);
    expect(left({ told: 'any' }, known)).toEqual([first, third]);
  });

  test('conditions and words together', () => {
    const { sections, kinds } = choicesOf(edition);
    const title = (id: string) => edition.取組.find(({ 番号 }) => 番号 === id)?.取組.split('\n', 1)[0] ?? '';
    for (const section of sections.slice(0, 5)) {
      for (const kind of kinds)
        expect(left({ section, kind })).toEqual(left({ section }).filter((id) => left({ kind }).includes(id)));
      const [one = ''] = left({ section });
      expect(left({ section }, {}, title(one))).toContain(one);
      expect(left({ section }, {}, 'この言葉はどこにも書かれていない')).toEqual([]);
    }
  });
});
