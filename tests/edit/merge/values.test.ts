import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeMeasure } from '../../../src/edit/merge/measure.ts';
import { ruleOfFile } from '../../../src/edit/merge/rules.ts';
import { type Clash, mergeValues, type Three } from '../../../src/edit/merge/values.ts';
import { sheetFields } from '../../../src/model/fields.ts';
import { at, cellsOfFile, measures, put, readValue, swapped } from './material.ts';

const settings = { numRuns: Number(process.env.RUNS ?? 300), seed: 14 };

function merged(three: Three): { value: unknown; clashes: Clash[] } {
  const clashes: Clash[] = [];
  return { value: mergeMeasure(three, sheetFields, clashes), clashes };
}

/** In any order: it follows the one of ours. */
const told = (clashes: readonly Clash[]) => new Set(clashes.map((clash) => JSON.stringify(clash)));
const turned = (clashes: readonly Clash[]) =>
  clashes.map(({ path, base, ours, theirs, why }): Clash => ({ path, base, ours: theirs, theirs: ours, why }));

/** A measure, and what two people make of it: some cells each. */
const edited = fc
  .constantFrom(...measures)
  .chain((measure) => {
    const cell = fc
      .constantFrom(...cellsOfFile(measure))
      .chain(({ path, others }) => fc.constantFrom(...others).map((other) => ({ path, other })));
    const side = fc.array(cell, { maxLength: 4 });
    return fc.record({ measure: fc.constant(measure), here: side, there: side });
  })
  .map(({ measure, here, there }) => {
    const of = (side: typeof here) => side.reduce<unknown>((value, { path, other }) => put(value, path, other), base);
    const base = measure.value;
    return { cells: cellsOfFile(measure), three: { base, ours: of(here), theirs: of(there) } };
  });

test('what one side changed is there; what both changed differently is told, or one value of both', () => {
  fc.assert(
    fc.property(edited, ({ cells, three }) => {
      const { value, clashes } = merged(three);
      fc.pre(!clashes.some(({ why }) => why === 'replaced'));
      const inConflict = new Set(clashes.map(({ path }) => JSON.stringify(path)));
      for (const { path } of cells) {
        const [was, here, there, now] = [three.base, three.ours, three.theirs, value].map((side) => at(side, path));
        const [w, h, t] = [was, here, there].map((side) => JSON.stringify(side));
        const clash = inConflict.has(JSON.stringify(path));
        if (h === t || t === w) expect([now, clash]).toEqual([here, false]);
        else if (h === w) expect([now, clash]).toEqual([there, false]);
        else if (clash) expect(now).toEqual(here);
        else expect(['object', 'string']).toContain(typeof now);
      }
    }),
    settings,
  );
});

test('whichever is whose: the same values, the same conflicts turned round', () => {
  fc.assert(
    fc.property(edited, ({ three }) => {
      const [one, other] = [merged(three), merged(swapped(three))];
      expect(told(turned(other.clashes))).toEqual(told(one.clashes));
      if (one.clashes.length === 0) expect(other.value).toEqual(one.value);
      expect(merged({ ...three, theirs: three.base })).toEqual({ value: three.ours, clashes: [] });
      expect(merged({ ...three, ours: three.base })).toEqual({ value: three.theirs, clashes: [] });
      expect(merged({ ...three, theirs: three.ours })).toEqual({ value: three.ours, clashes: [] });
    }),
    settings,
  );
});

const measure = {
  番号: '1-1-2',
  区分: '継続',
  取組: '窓口の予約',
  担当課: ['窓口課'],
  取組内容: '窓口の予約を受け付ける。',
  スケジュール: {
    R6: {
      項目: '→',
      予算額: [
        { 区分: '窓口課', 額: 1 },
        { 区分: '市民課', 額: 2 },
      ],
    },
    R7: {},
  },
  関連計画: ['総合計画'],
};
const edit = (...edits: [path: string[], other: unknown][]) =>
  edits.reduce<unknown>((value, [path, other]) => put(value, path, other), measure);
const budget = ['スケジュール', 'R6', '予算額'];

describe.each<[string, unknown, unknown, string[]]>([
  ['both another value', edit([['区分'], '新規']), edit([['区分'], '廃止']), ['changed 区分']],
  ['blank and changed', edit([['取組内容'], undefined]), edit([['取組内容'], '別']), ['removed 取組内容']],
  ['both new', edit([['効果・KPI'], '件数']), edit([['効果・KPI'], '人数']), ['added 効果・KPI']],
  [
    'a 年度 gone, and a result for it',
    edit([['スケジュール', 'R6'], undefined]),
    edit([['スケジュール', 'R6', '事業実績'], '済']),
    ['removed スケジュール R6 事業実績'],
  ],
  [
    'a 年度 gone, and another one filled',
    edit([['スケジュール', 'R6'], undefined]),
    edit([['スケジュール', 'R7', '項目'], '→']),
    [],
  ],
  [
    'a part of 予算額 each',
    edit([
      budget,
      [
        { 区分: '窓口課', 額: 5 },
        { 区分: '市民課', 額: 2 },
      ],
    ]),
    edit([
      budget,
      [
        { 区分: '窓口課', 額: 1 },
        { 区分: '市民課', 額: 6 },
      ],
    ]),
    [],
  ],
  [
    'the same part of 予算額',
    edit([
      budget,
      [
        { 区分: '窓口課', 額: 5 },
        { 区分: '市民課', 額: 2 },
      ],
    ]),
    edit([
      budget,
      [
        { 区分: '窓口課', 額: 6 },
        { 区分: '市民課', 額: 2 },
      ],
    ]),
    ['changed スケジュール R6 予算額'],
  ],
  [
    'another form of 予算額',
    edit([budget, 3]),
    edit([
      budget,
      [
        { 区分: '窓口課', 額: 6 },
        { 区分: '市民課', 額: 2 },
      ],
    ]),
    ['changed スケジュール R6 予算額'],
  ],
  ['a name each', edit([['担当課'], ['窓口課', '市民課']]), edit([['担当課'], ['税務課', '窓口課']]), []],
  ['one name, two successors', edit([['担当課'], ['市民課']]), edit([['担当課'], ['税務課']]), ['changed 担当課']],
  ['renumbered, and changed', edit([['番号'], '1-1-3']), edit([['区分'], '新規']), ['renumbered 番号']],
  ['renumbered by both', edit([['番号'], '1-1-3']), edit([['番号'], '1-1-4']), ['changed 番号']],
  [
    'a 再掲, and changed',
    { 番号: '1-1-2', 区分: '継続', 再掲: '1-2-1' },
    edit([['取組内容'], '別'], [['区分'], '新規']),
    ['reprint 再掲', 'reprint 取組内容', 'reprint 区分'],
  ],
  [
    'another measure, and changed',
    {
      ...measure,
      取組: '道路の補修',
      担当課: ['道路課'],
      取組内容: '橋や道路の傷みを直す。',
      スケジュール: { R6: { 項目: '○', 内容: '点検' }, R7: { 項目: '○' } },
      関連計画: [],
    },
    edit([['区分'], '新規']),
    ['replaced 区分'],
  ],
  ['keys nobody knows', edit([['メモ'], { 甲: '1' }]), edit([['備考'], ['x']]), []],
  ['one key nobody knows', edit([['メモ'], { 甲: '1' }]), edit([['メモ'], { 乙: '1' }]), ['added メモ']],
  [
    'what is no text where one should be',
    edit([['取組内容'], ['別']]),
    edit([['取組内容'], '別']),
    ['changed 取組内容'],
  ],
  ['一覧表 gone key by key', edit([['一覧表', '取組事項'], '予約']), edit([['一覧表', '担当課'], '窓口']), []],
])('%s', (_, ours, theirs, conflicts) => {
  test.each(['ours', 'theirs'])('%s', (first) => {
    const three = first === 'ours' ? { base: measure, ours, theirs } : { base: measure, ours: theirs, theirs: ours };
    const { value, clashes } = merged(three);
    expect(new Set(clashes.map(({ why, path }) => [why, ...path].join(' ')))).toEqual(new Set(conflicts));
    for (const { path, ...sides } of clashes) {
      expect(at(value, path)).toEqual(sides.ours);
      for (const side of ['base', 'ours', 'theirs'] as const) expect(sides[side]).toEqual(at(three[side], path));
    }
  });
});

describe.each(['content', 'tests/city', 'tests/lake'])('the other files of %s', (folder) => {
  const read = (name: string) => {
    const path = `${folder}/${name}`;
    const rule = ruleOfFile(path);
    if (!rule) throw new Error(`no rule of ${path}`);
    return { rule, base: readValue(path, readFileSync(path, 'utf8')) as Record<string, Record<string, unknown>[]> };
  };
  const both = (name: string, ours: unknown, theirs: unknown) => {
    const { rule, base } = read(name);
    const clashes: Clash[] = [];
    return { value: mergeValues(rule, { base, ours, theirs }, clashes), clashes };
  };

  test('a 課 that is new, and a 局・部 that is', () => {
    const key = '局・部';
    const { base } = read('organization.yaml');
    const all = base[key] ?? [];
    const [first, ...rest] = all as [{ 名称: string; 課: string[] }];
    const grown = { ...first, 課: [...first.課, '新しい課'] };
    const fresh = { 名称: '新しい局', 課: [] };
    expect(both('organization.yaml', { [key]: [grown, ...rest] }, { [key]: [...all, fresh] })).toEqual({
      value: { [key]: [grown, ...rest, fresh] },
      clashes: [],
    });
    const { value, clashes } = both('organization.yaml', { [key]: [grown, ...rest] }, { [key]: [...rest, fresh] });
    expect(clashes).toMatchObject([{ why: 'removed', path: [key, first.名称, '課'], theirs: undefined }]);
    expect(value).toEqual({ [key]: [grown, ...rest, fresh] });
  });

  test('a 中項目 each', () => {
    const { base } = read('structure.yaml');
    const add = (number: string) => ({
      大項目: (base.大項目 ?? []).map((one, index) =>
        index === 0 ? { ...one, 中項目: [...(one.中項目 as object[]), { 番号: number, 名称: number }] } : one,
      ),
    });
    const { value, clashes } = both('structure.yaml', add('1-99'), add('1-98'));
    expect(clashes).toEqual([]);
    expect((value as typeof base).大項目?.[0]?.中項目).toEqual([
      ...((base.大項目?.[0]?.中項目 ?? []) as object[]),
      { 番号: '1-98', 名称: '1-98' },
      { 番号: '1-99', 名称: '1-99' },
    ]);
  });

  test('改定 and 関連計画', () => {
    const { base } = read('edition.yaml');
    const plans = [...(base.関連計画 ?? []), '新しい計画'];
    const changed = both('edition.yaml', { ...base, 改定: '令和99年1月' }, { ...base, 関連計画: plans });
    expect(changed).toEqual({ value: { ...base, 改定: '令和99年1月', 関連計画: plans }, clashes: [] });
    const twice = both('edition.yaml', { ...base, 改定: '令和99年1月' }, { ...base, 改定: '令和99年2月' });
    expect(twice.clashes).toMatchObject([{ path: ['改定'], why: 'changed' }]);
  });
});
