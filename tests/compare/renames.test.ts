import { describe, expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import { findRenames, type KnownNames, renamed } from '../../src/compare/renames.ts';
import { sheetFields } from '../../src/model/fields.ts';
import type { Measure } from '../../src/model/measure.ts';
import { edition, measure, measuresTold, othersTold, reprint, side } from './editions.ts';

type Names = string[];
const nobody: KnownNames = { departments: [], sections: [], plans: [] };
const found = (pairs: [Names, Names][], base: Names = [], head: Names = []) =>
  findRenames({
    pairs: pairs.map(([old, fresh], index) => ({
      old: measure(`1-1-${index + 1}`, { sections: old }),
      fresh: measure(`1-1-${index + 1}`, { sections: fresh }),
    })),
    base: { ...nobody, sections: base },
    head: { ...nobody, sections: head },
    fields: sheetFields,
  }).map(({ field, before, after, measures }) => `${field} ${before} → ${after} (${measures})`);

// 甲 and the others are 課; what each measure says before and after.
test.each<[string, [Names, Names][], string[], base?: Names, head?: Names]>([
  ['a new name, told by one', [[['甲'], ['乙']]], ['担当課 甲 → 乙 (1-1-1)']],
  [
    'by all who have it',
    [
      [['甲'], ['乙']],
      [['甲'], ['乙']],
    ],
    ['担当課 甲 → 乙 (1-1-1,1-1-2)'],
  ],
  ['nothing', [[['甲'], ['甲']]], []],
  [
    'in one list of several',
    [
      [
        ['丙', '甲', '丁'],
        ['丙', '乙', '丁'],
      ],
    ],
    ['担当課 甲 → 乙 (1-1-1)'],
  ],
  [
    'two in one list, by their places',
    [
      [
        ['甲', '丙'],
        ['乙', '丁'],
      ],
    ],
    ['担当課 甲 → 乙 (1-1-1)', '担当課 丙 → 丁 (1-1-1)'],
  ],
  [
    'with its role',
    [
      [
        ['(発注)甲', '丙'],
        ['(発注)乙', '丙'],
      ],
    ],
    ['担当課 甲 → 乙 (1-1-1)'],
  ],
  [
    'a name that is still there is none: in another measure',
    [
      [['甲'], ['乙']],
      [['甲'], ['甲']],
    ],
    [],
  ],
  ['a name that is still there is none: in organization.yaml', [[['甲'], ['乙']]], [], [], ['甲', '乙']],
  ['only taken away', [[['甲', '丙'], ['丙']]], []],
  ['only added', [[['丙'], ['甲', '丙']]], []],
  ['two gave way to one', [[['甲', '丙'], ['乙']]], ['担当課 甲 → 乙 (1-1-1)', '担当課 丙 → 乙 (1-1-1)']],
  ['one gave way to two: it is not known which', [[['甲'], ['乙', '丙']]], []],
  [
    'three gave way to two: neither',
    [
      [
        ['甲', '丙', '戊'],
        ['乙', '丁'],
      ],
    ],
    [],
  ],
  // A new name, where measures disagree: more than half.
  [
    'new, three of four agree',
    [
      [['甲'], ['乙']],
      [['甲'], ['乙']],
      [['甲'], ['乙']],
      [['甲', '丙'], ['丙']],
    ],
    ['担当課 甲 → 乙 (1-1-1,1-1-2,1-1-3,1-1-4)'],
  ],
  [
    'new, two of four agree',
    [
      [['甲'], ['乙']],
      [['甲'], ['乙']],
      [['甲', '丙'], ['丙']],
      [['甲', '丙'], ['丙']],
    ],
    [],
  ],
  [
    'new, the most frequent of two successors',
    [
      [['甲'], ['丁']],
      [['甲'], ['乙']],
      [['甲'], ['乙']],
    ],
    ['担当課 甲 → 乙 (1-1-1,1-1-2,1-1-3)'],
  ],
  [
    'new, one against one',
    [
      [['甲'], ['乙']],
      [['甲'], ['丁']],
    ],
    [],
  ],
  // A name that base had too: a merger, only where all of several agree.
  ['merged, told by one', [[['甲'], ['乙']]], [], ['甲', '乙']],
  [
    'merged, two agree',
    [
      [['甲'], ['乙']],
      [['甲'], ['乙']],
    ],
    ['担当課 甲 → 乙 (1-1-1,1-1-2)'],
    ['甲', '乙'],
  ],
  [
    'merged, known from another measure alone',
    [
      [['甲'], ['乙']],
      [['甲'], ['乙']],
      [['乙'], ['乙']],
    ],
    ['担当課 甲 → 乙 (1-1-1,1-1-2)'],
  ],
  [
    'merged, told by one, known from another measure',
    [
      [['甲'], ['乙']],
      [['乙'], ['乙']],
    ],
    [],
  ],
  [
    'merged in part: two of three',
    [
      [['甲'], ['乙']],
      [['甲'], ['乙']],
      [['甲', '丙'], ['丙']],
    ],
    [],
    ['甲', '乙'],
  ],
  [
    'merged in part: one goes elsewhere',
    [
      [['甲'], ['乙']],
      [['甲'], ['乙']],
      [['甲'], ['丙']],
    ],
    [],
    ['甲', '乙', '丙'],
  ],
  [
    'merged into what is beside it',
    [
      [['甲', '乙'], ['乙']],
      [['甲'], ['乙']],
    ],
    [],
    ['甲', '乙'],
  ],
  ['merged, the name only unused in base', [[['甲'], ['乙']]], [], ['甲', '乙'], ['乙']],
  [
    'two in one list, beside one that stays',
    [
      [
        ['甲', '丙', '戊'],
        ['乙', '丁', '戊'],
      ],
    ],
    ['担当課 甲 → 乙 (1-1-1)', '担当課 丙 → 丁 (1-1-1)'],
  ],
])('%s', (_, pairs, expected, base, head) => {
  expect(found(pairs, base, head)).toEqual(expected);
});

test('each list has its own names', () => {
  const names = (name: string) => ({
    departments: [name],
    sections: [name],
    relatedPlans: [name],
    overviewSection: name,
  });
  const pairs = [{ old: measure('1-1-1', names('甲')), fresh: measure('1-1-2', names('乙')) }];
  const rename = (field: string) => ({ field, before: '甲', after: '乙', measures: ['1-1-2'] });
  const told = (base: Partial<KnownNames>, head: Partial<KnownNames> = {}) =>
    findRenames({ pairs, base: { ...nobody, ...base }, head: { ...nobody, ...head }, fields: sheetFields });
  expect(told({})).toEqual([rename('担当局・部'), rename('担当課'), rename('関連計画')]);
  expect(told({ departments: ['乙'] })).toEqual([rename('担当課'), rename('関連計画')]);
  expect(told({ sections: ['乙'] })).toEqual([rename('担当局・部'), rename('関連計画')]);
  expect(told({ plans: ['乙'] })).toEqual([rename('担当局・部'), rename('担当課')]);
  expect(told({}, { departments: ['甲'] })).toEqual([rename('担当課'), rename('関連計画')]);
  expect(told({}, { plans: ['甲'] })).toEqual([rename('担当局・部'), rename('担当課')]);
});

test('a 再掲 made or dissolved tells nothing: its names are its target’s', () => {
  const own = measure('1-1-1', { sections: ['甲'] });
  const other = reprint('1-1-1', measure('1-2-1', { sections: ['乙'] }));
  const told = (old: Measure, fresh: Measure) =>
    findRenames({ pairs: [{ old, fresh }], base: nobody, head: nobody, fields: sheetFields });
  expect(told(own, other)).toEqual([]);
  expect(told(other, own)).toEqual([]);
  expect(told(other, { ...other, sections: ['丙'] })).toHaveLength(1);
});

describe('a measure with the new names', () => {
  const rename = (before: string, after: string, field = '担当課') => ({ field, before, after, measures: [] });
  const of = (more: Partial<Measure>, ...renames: ReturnType<typeof rename>[]) => {
    const old = measure('1-1-1', more);
    const fresh = renamed(old, renames, sheetFields);
    const changed = Object.entries(fresh).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(old[key as 'title']),
    );
    return fresh === old ? 'itself' : Object.fromEntries(changed);
  };
  const split = (...labels: string[]) => ({
    R10: { mark: '○', budget: labels.map((label) => ({ label, amount: 1 })) },
  });

  test.each<[string, () => ReturnType<typeof of>, unknown]>([
    ['nothing', () => of({ sections: ['甲'] }), 'itself'],
    ['other names', () => of({ sections: ['甲'] }, rename('丙', '丁')), 'itself'],
    ['another list', () => of({ sections: ['甲'] }, rename('甲', '乙', '担当局・部')), 'itself'],
    [
      'the overview follows',
      () => of({ sections: ['甲', '丙'] }, rename('甲', '乙')),
      { sections: ['乙', '丙'], overviewSection: '乙、丙' },
    ],
    [
      'the overview has its own',
      () => of({ sections: ['甲'], overviewSection: '全課' }, rename('甲', '乙')),
      { sections: ['乙'] },
    ],
    [
      'the role stays',
      () => of({ sections: ['(発注)甲'] }, rename('甲', '乙')),
      { sections: ['(発注)乙'], overviewSection: '(発注)乙' },
    ],
    [
      'two become one',
      () => of({ sections: ['甲', '乙'] }, rename('甲', '乙')),
      { sections: ['乙'], overviewSection: '乙' },
    ],
    ['not what only begins with it', () => of({ sections: ['甲乙'] }, rename('甲', '丙')), 'itself'],
    [
      'the overview’s own names, whole',
      () => of({ sections: ['甲', '丙'], overviewSection: '甲・丙、甲ほか、(発注、監理)甲' }, rename('甲', '乙')),
      { sections: ['乙', '丙'], overviewSection: '乙・丙、甲ほか、(発注、監理)乙' },
    ],
    [
      'names that have a ・ in them',
      () => of({ sections: ['甲・丙'], overviewSection: '丁・甲・丙、甲' }, rename('甲', '乙')),
      { overviewSection: '丁・甲・丙、乙' },
    ],
    [
      'two of the overview become one',
      () => of({ sections: ['丁'], overviewSection: '甲・丙・乙' }, rename('甲', '乙')),
      { overviewSection: '乙・丙' },
    ],
    [
      'brackets in front are a role of 課 alone',
      () =>
        of({ relatedPlans: ['(仮称)甲', '甲'] }, rename('(仮称)甲', '乙', '関連計画'), rename('甲', '丙', '関連計画')),
      { relatedPlans: ['乙', '丙'] },
    ],
    ['局・部', () => of({ departments: ['甲'] }, rename('甲', '乙', '担当局・部')), { departments: ['乙'] }],
    ['関連計画', () => of({ relatedPlans: ['甲'] }, rename('甲', '乙', '関連計画')), { relatedPlans: ['乙'] }],
    [
      'the 区分 of a 予算額',
      () => of({ schedule: split('甲', '丙') }, rename('甲', '乙')),
      { schedule: split('乙', '丙') },
    ],
    ['not by a 局・部', () => of({ schedule: split('甲') }, rename('甲', '乙', '担当局・部')), 'itself'],
    [
      'a 予算額 in one',
      () => of({ sections: ['甲'], schedule: { R10: { budget: 1 } } }, rename('甲', '乙')),
      { sections: ['乙'], overviewSection: '乙' },
    ],
  ])('%s', (_, fresh, expected) => {
    expect(fresh()).toEqual(expected);
  });
});

/** Findings between two editions whose 課 are `before` and `after`, in organization.yaml and in a measure each. */
function between(before: [Names, Names[]], after: [Names, Names[]]) {
  const of = ([known, used]: [Names, Names[]]) =>
    side(edition(used.map((sections, index) => measure(`1-1-${index + 1}`, { sections }))), {
      organization: [{ 名称: '市民局', 課: known }],
    });
  const comparison = compare(of(before), of(after));
  return [...othersTold(comparison), ...measuresTold(comparison)];
}

test.each<[string, [Names, Names[]], [Names, Names[]], string[]]>([
  [
    'renamed throughout: one finding',
    [
      ['甲', '丙'],
      [['甲'], ['丙'], ['甲']],
    ],
    [
      ['乙', '丙'],
      [['乙'], ['丙'], ['乙']],
    ],
    ['担当課 甲 → 乙 (1-1-1,1-1-3)'],
  ],
  [
    'renamed, and one measure gives it up',
    [
      ['甲', '丙'],
      [['甲'], ['甲'], ['甲', '丙']],
    ],
    [
      ['乙', '丙'],
      [['乙'], ['乙'], ['丙']],
    ],
    ['担当課 甲 → 乙 (1-1-1,1-1-2,1-1-3)', '1-1-3: 担当課 ([-乙-] 丙)'],
  ],
  [
    'renamed in part only: the old one is still there',
    [['甲'], [['甲'], ['甲']]],
    [
      ['甲', '乙'],
      [['乙'], ['甲']],
    ],
    ['+ 市民局/乙', '1-1-1: 担当課 ([-甲-] {+乙+})'],
  ],
  [
    'merged into one',
    [
      ['甲', '乙'],
      [['甲'], ['甲'], ['乙']],
    ],
    [['乙'], [['乙'], ['乙'], ['乙']]],
    ['担当課 甲 → 乙 (1-1-1,1-1-2)'],
  ],
  [
    'merged in part',
    [
      ['甲', '乙', '丙'],
      [['甲'], ['甲'], ['甲']],
    ],
    [
      ['乙', '丙'],
      [['乙'], ['乙'], ['丙']],
    ],
    ['- 市民局/甲', '1-1-1: 担当課 ([-甲-] {+乙+})', '1-1-2: 担当課 ([-甲-] {+乙+})', '1-1-3: 担当課 ([-甲-] {+丙+})'],
  ],
])('between editions: %s', (_, base, head, expected) => {
  expect(between(base, head)).toEqual(expected);
});

test('局・部 that organization.yaml knows are known, whether a measure uses them or not', () => {
  const of = (known: Names, used: string) =>
    side(edition([measure('1-1-1', { departments: [used] })]), {
      organization: known.map((名称) => ({ 名称, 課: [] })),
    });
  const told = (base: Names, head: Names) => othersTold(compare(of(base, '甲局'), of(head, '乙局')));
  expect(told(['甲局'], ['乙局'])).toEqual(['担当局・部 甲局 → 乙局 (1-1-1)']);
  expect(told(['甲局', '乙局'], ['乙局'])).toEqual(['- 甲局']);
  expect(told(['甲局'], ['甲局', '乙局'])).toEqual(['+ 乙局']);
});
