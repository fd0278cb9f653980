// Which measure of head is which of base: pairs of editions on either side of each threshold.
import { expect, test } from 'vitest';
import { matchMeasures } from '../../src/compare/match.ts';
import { sheetFields } from '../../src/model/fields.ts';
import type { Measure } from '../../src/model/measure.ts';
import { between, measure, measuresTold, reprint } from './editions.ts';

/** A title of 101 signs, of whose 100 pairs `percent` are those of the title of 100. */
const alike = (percent: number, other = 0x6000): string =>
  String.fromCodePoint(
    ...Array.from({ length: 101 }, (_, index) => (index <= percent ? 0x4e00 + index : other + index)),
  );
const like = (id: string, percent: number, more: Partial<Measure> = {}) =>
  measure(id, { title: alike(percent), ...more });

/** "1-1-1=1-1-2": what was the one is the other. */
const matched = (base: readonly Measure[], head: readonly Measure[]): string[] => {
  const { baseOf, headOf } = matchMeasures(base, head, sheetFields);
  expect([...headOf].map(([id, fresh]) => [fresh.id, id]).sort()).toEqual(
    [...baseOf].map(([id, old]) => [id, old.id]).sort(),
  );
  return [...headOf].map(([id, fresh]) => `${id}=${fresh.id}`).sort();
};

const others = { departments: ['教育局'], sections: ['学校課'] };
/** As many cells of figures as numbers, equal where both say the same. */
const figures = (...budgets: number[]): Partial<Measure> => ({
  ...others,
  schedule: Object.fromEntries(budgets.map((budget, index) => [`R${10 + index}`, { budget }])),
});

test.each<[string, Measure[], Measure[], string[]]>([
  // Another number: three fifths.
  ['renumbered, just alike enough', [like('1-1-1', 100)], [like('1-1-2', 60)], ['1-1-1=1-1-2']],
  ['renumbered, just not alike enough', [like('1-1-1', 100)], [like('1-1-2', 59)], []],
  // The same number: a quarter, or half of the figures.
  ['rewritten, just alike enough', [like('1-1-1', 100)], [like('1-1-1', 25, others)], ['1-1-1=1-1-1']],
  ['rewritten, just not alike enough', [like('1-1-1', 100)], [like('1-1-1', 24, others)], []],
  // The same number and nearly the same: no other one is asked.
  [
    'settled, although another one is as it was',
    [like('1-1-1', 100)],
    [like('1-1-1', 80), like('1-1-2', 100)],
    ['1-1-1=1-1-1'],
  ],
  [
    'just not settled, where another one is as it was',
    [like('1-1-1', 100)],
    [like('1-1-1', 79), like('1-1-2', 100)],
    ['1-1-1=1-1-2'],
  ],
  [
    'title and 取組内容 as they were: settled, whatever its 年度 say',
    [measure('1-1-1', { title: 'あいう', schedule: { R10: { plan: 'かきくけこ' } } })],
    [
      measure('1-1-1', { title: 'あいう', schedule: { R10: { plan: 'さしすせそ' } } }),
      measure('1-1-2', { title: 'あいう', schedule: { R10: { plan: 'かきくけこ' } } }),
    ],
    ['1-1-1=1-1-1'],
  ],
  [
    'the title alone settles nothing',
    [measure('1-1-1', { title: 'あいう', description: 'かきくけこ' })],
    [
      measure('1-1-1', { title: 'あいう', description: 'さしすせそ' }),
      measure('1-1-2', { title: 'あいう', description: 'かきくけこ' }),
    ],
    ['1-1-1=1-1-2'],
  ],
  [
    'the 取組内容 alone neither',
    [measure('1-1-1', { title: 'あいう', description: 'かきくけこ' })],
    [
      measure('1-1-1', { title: 'たちつ', description: 'かきくけこ' }),
      measure('1-1-2', { title: 'あいう', description: 'かきくけこ' }),
    ],
    ['1-1-1=1-1-2'],
  ],
  [
    'a title of one sign has no pairs, but is the same',
    [measure('1-1-1', { title: '港', ...others })],
    [measure('1-1-1', { title: '港' })],
    ['1-1-1=1-1-1'],
  ],
  // Twins.
  [
    'twins stay what they are',
    [like('1-1-1', 100), like('1-1-2', 100)],
    [like('1-1-1', 100), like('1-1-2', 100)],
    ['1-1-1=1-1-1', '1-1-2=1-1-2'],
  ],
  ['of twins the second goes', [like('1-1-1', 100), like('1-1-2', 100)], [like('1-1-1', 100)], ['1-1-1=1-1-1']],
  ['of twins the first goes', [like('1-1-1', 100), like('1-1-2', 100)], [like('1-1-2', 100)], ['1-1-2=1-1-2']],
  [
    'twins that move keep their order',
    [like('1-1-1', 100), like('1-1-2', 100)],
    [like('1-2-1', 100), like('1-2-2', 100)],
    ['1-1-1=1-2-1', '1-1-2=1-2-2'],
  ],
  ['a third one is new', [like('1-1-1', 100)], [like('1-1-1', 100), like('1-1-2', 100)], ['1-1-1=1-1-1']],
  [
    'of equally alike ones that with its number, wherever it stands',
    [like('1-1-2', 100)],
    [like('1-1-1', 70), like('1-1-2', 70), like('1-1-3', 70)],
    ['1-1-2=1-1-2'],
  ],
  [
    'of equally alike old ones that with the number, wherever it stands',
    [like('1-1-1', 70), like('1-1-2', 70), like('1-1-3', 70)],
    [like('1-1-2', 100)],
    ['1-1-2=1-1-2'],
  ],
  // Renumbered and edited.
  [
    'the most alike first',
    [like('1-1-1', 100)],
    [like('1-2-1', 61), like('1-2-2', 75), like('1-2-3', 62)],
    ['1-1-1=1-2-2'],
  ],
  [
    'what is taken is not given again: the next best remains',
    [like('1-1-1', 100), like('1-1-2', 90)],
    [like('1-2-1', 95), like('1-2-2', 70)],
    ['1-1-1=1-2-1', '1-1-2=1-2-2'],
  ],
  [
    'one goes, the later ones move up and are edited',
    [
      measure('1-1-1', { title: 'あいうえおか' }),
      measure('1-1-2', { title: 'さしすせそた' }),
      measure('1-1-3', { title: 'なにぬねのは' }),
    ],
    [measure('1-1-1', { title: 'さしすせそち' }), measure('1-1-2', { title: 'なにぬねのひ' })],
    ['1-1-2=1-1-1', '1-1-3=1-1-2'],
  ],
  [
    'a number given to something else',
    [like('1-1-1', 100)],
    [measure('1-1-1', { title: 'あいうえお', ...others }), like('1-1-2', 90)],
    ['1-1-1=1-1-2'],
  ],
  [
    'two change places',
    [measure('1-1-1', { title: 'あいうえお' }), measure('1-1-2', { title: 'さしすせそ' })],
    [measure('1-1-1', { title: 'さしすせそ' }), measure('1-1-2', { title: 'あいうえお' })],
    ['1-1-1=1-1-2', '1-1-2=1-1-1'],
  ],
  // Rewritten in all texts: half of the other cells.
  [
    'half of the figures',
    [like('1-1-1', 100, figures(1, 2, 3, 4))],
    [like('1-1-1', 0, { ...figures(1, 7, 8, 9), departments: ['教育局'] })],
    ['1-1-1=1-1-1'],
  ],
  [
    'less than half of the figures',
    [like('1-1-1', 100, figures(1, 2, 3, 4, 5))],
    [like('1-1-1', 0, figures(6, 7, 8, 9, 1))],
    [],
  ],
  [
    'the 内容 of a 年度 that the edition dropped does not count',
    [measure('1-1-1', { title: 'あいう', schedule: { R10: { plan: 'かきくけこ' }, R11: {} } })],
    [measure('1-2-1', { title: 'あいう', schedule: { R11: {}, R12: { plan: 'さしすせそ' } } })],
    ['1-1-1=1-2-1'],
  ],
  [
    'that of a 年度 which another measure still has does',
    [measure('1-1-1', { title: 'あいう', schedule: { R10: { plan: 'かきくけこ' } } })],
    [measure('1-2-1', { title: 'あいう' }), measure('1-2-2', { title: 'たちつてと', schedule: { R10: {} } })],
    [],
  ],
  [
    'a 年度 that went leaves those that stayed',
    [like('1-1-1', 100, figures(1, 2, 3))],
    [like('1-1-1', 0, { ...others, schedule: { R11: { budget: 2 }, R12: { budget: 3 }, R13: { budget: 4 } } })],
    ['1-1-1=1-1-1'],
  ],
  ['figures without the number are nothing', [like('1-1-1', 100)], [like('1-1-2', 0)], []],
  ['who is in charge, alone', [like('1-1-1', 100)], [like('1-1-1', 0)], ['1-1-1=1-1-1']],
  [
    'one of two who are in charge',
    [like('1-1-1', 100)],
    [like('1-1-1', 0, { departments: ['教育局'] })],
    ['1-1-1=1-1-1'],
  ],
  ['nobody of them', [like('1-1-1', 100)], [like('1-1-1', 0, others)], []],
])('%s', (_, base, head, expected) => {
  expect(matched(base, head)).toEqual(expected);
});

test.each<[string, Partial<Measure>, Partial<Measure>, same: boolean]>([
  // 担当局・部 and 担当課 differ: two cells. As many others must be the same.
  [
    '効果・KPI, 関連計画',
    { effect: 'か', relatedPlans: ['総合計画'] },
    { effect: 'か', relatedPlans: ['総合計画'] },
    true,
  ],
  [
    '現状・実績・目標, 項目',
    { indicators: 'か', schedule: { R10: { mark: '○' } } },
    { indicators: 'か', schedule: { R10: { mark: '○' } } },
    true,
  ],
  [
    '内容, 予算額',
    { schedule: { R10: { plan: 'か', budget: 1 } } },
    { schedule: { R10: { plan: 'か', budget: 1 } } },
    true,
  ],
  [
    'a split 予算額',
    { schedule: { R10: { mark: '○', budget: [{ label: 'か', amount: 1 }] } } },
    { schedule: { R10: { mark: '○', budget: [{ label: 'か', amount: 1 }] } } },
    true,
  ],
  ['one cell alone', { effect: 'か' }, { effect: 'か' }, false],
  [
    'a cell more in base',
    { effect: 'か', indicators: 'き', schedule: { R10: { mark: '○' } } },
    { effect: 'か', indicators: 'き', schedule: { R10: {} } },
    false,
  ],
  [
    'a cell of a 年度 that one edition does not have',
    { effect: 'か', indicators: 'き' },
    { effect: 'か', indicators: 'き', schedule: { R10: { mark: '○' } } },
    true,
  ],
  [
    'a cell more in head',
    { effect: 'か', indicators: 'き', schedule: { R10: {} } },
    { effect: 'か', indicators: 'き', schedule: { R10: { mark: '○' } } },
    false,
  ],
  ['区分 does not count', { kind: '新規', effect: 'か' }, { kind: '新規', effect: 'か' }, false],
  [
    '取組内容 and 事業実績 neither',
    { description: 'か', schedule: { R10: { result: 'き' } } },
    { description: 'か', schedule: { R10: { result: 'き' } } },
    false,
  ],
  [
    'nor the wording of the overview',
    { overviewTitle: 'か', overviewSection: 'き' },
    { overviewTitle: 'か', overviewSection: 'き' },
    false,
  ],
  [
    'the same value in another 年度',
    { schedule: { R10: { mark: '○', budget: 1 }, R11: {} } },
    { schedule: { R10: {}, R11: { mark: '○', budget: 1 } } },
    false,
  ],
  ['blank cells are none', { effect: 'か', schedule: { R10: {} } }, { effect: 'か', schedule: { R10: {} } }, false],
  [
    '事業実績 does not count, however many',
    { schedule: { R10: { result: 'き' }, R11: { result: 'く' } } },
    { schedule: { R10: { result: 'き' }, R11: { result: 'く' } } },
    false,
  ],
  [
    '年度 as such are no cell',
    { effect: 'か', indicators: 'き', schedule: { R9: {} } },
    { effect: 'か', indicators: 'き', schedule: { R8: {} } },
    true,
  ],
])('the same figures: %s', (_, left, right, same) => {
  // Long titles, so that a text in common counts for little.
  const base = measure('1-1-1', { title: alike(100), ...left } as Partial<Measure>);
  const head = measure('1-1-1', { title: alike(0), ...others, ...right } as Partial<Measure>);
  const padded = (one: Measure, other: number) => ({ ...one, description: (one.description ?? '') + alike(0, other) });
  expect(matched([padded(base, 0x7000)], [padded(head, 0x8000)])).toEqual(same ? ['1-1-1=1-1-1'] : []);
});

const [a, b] = [measure('1-1-1', { title: 'あいうえお' }), measure('1-1-2', { title: 'さしすせそ' })];
const moved = measure('1-2-1', { title: 'あいうえお' });

test.each<[string, Measure[], Measure[], string[]]>([
  ['in two 中項目, one goes', [a, reprint('2-1-1', a), reprint('3-1-1', a)], [a, reprint('3-1-1', a)], ['3-1-1=3-1-1']],
  [
    'in two 中項目, both get another number',
    [a, reprint('2-1-1', a), reprint('3-1-1', a)],
    [a, reprint('2-1-2', a), reprint('3-1-2', a)],
    ['2-1-1=2-1-2', '3-1-1=3-1-2'],
  ],
  [
    'in two 中項目, in the other order',
    [a, reprint('2-1-1', a), reprint('3-1-1', a)],
    [a, reprint('1-2-1', a), reprint('2-1-2', a)],
    ['2-1-1=2-1-2', '3-1-1=1-2-1'],
  ],
  [
    'twice in one 中項目: the number first',
    [a, reprint('2-1-1', a), reprint('2-1-2', a)],
    [a, reprint('2-1-2', a), reprint('2-1-3', a)],
    ['2-1-1=2-1-3', '2-1-2=2-1-2'],
  ],
  ['in another 中項目', [a, reprint('2-1-1', a)], [a, reprint('3-1-1', a)], ['2-1-1=3-1-1']],
  ['its target got another number', [a, reprint('2-1-1', a)], [moved, reprint('2-1-1', moved)], ['2-1-1=2-1-1']],
  ['its target and itself', [a, reprint('2-1-1', a)], [moved, reprint('3-1-1', moved)], ['2-1-1=3-1-1']],
  ['another target under the same number', [a, b, reprint('2-1-1', a)], [a, b, reprint('2-1-1', b)], ['2-1-1=2-1-1']],
  ['another target and another number: another one', [a, b, reprint('2-1-1', a)], [a, b, reprint('2-1-2', b)], []],
  [
    'two that change places',
    [a, b, reprint('2-1-1', a), reprint('2-1-2', b)],
    [a, b, reprint('2-1-1', b), reprint('2-1-2', a)],
    ['2-1-1=2-1-2', '2-1-2=2-1-1'],
  ],
  ['a target that went', [a, b, reprint('2-1-1', a)], [b, reprint('2-1-1', a)], ['2-1-1=2-1-1']],
  ['made', [a, measure('2-1-1', { title: 'なにぬねの' })], [a, reprint('2-1-1', a)], ['2-1-1=2-1-1']],
  ['dissolved', [a, reprint('2-1-1', a)], [a, measure('2-1-1', { title: 'なにぬねの' })], ['2-1-1=2-1-1']],
  [
    'made, but what it was is elsewhere',
    [a, measure('2-1-1', { title: 'なにぬねの' })],
    [a, reprint('2-1-1', a), measure('2-1-2', { title: 'なにぬねの' })],
    ['2-1-1=2-1-2'],
  ],
  [
    'dissolved, but the 再掲 is elsewhere',
    [a, reprint('2-1-1', a)],
    [a, measure('2-1-1', { title: 'なにぬねの' }), reprint('2-1-2', a)],
    ['2-1-1=2-1-2'],
  ],
  ['dissolved under another number', [a, reprint('2-1-1', a)], [a, measure('2-1-2', { title: 'なにぬねの' })], []],
  ['made under another number', [a, measure('2-1-1', { title: 'なにぬねの' })], [a, reprint('2-1-2', a)], []],
  [
    'target and 再掲 change places',
    [a, reprint('2-1-1', a)],
    [{ ...a, id: '2-1-1' }, reprint('1-1-1', { ...a, id: '2-1-1' })],
    ['1-1-1=2-1-1', '2-1-1=1-1-1'],
  ],
])('再掲: %s', (_, base, head, expected) => {
  const own = new Set(['1-1-1=1-1-1', '1-1-2=1-1-2', '1-1-1=1-2-1']);
  expect(matched(base, head).filter((pair) => !own.has(pair))).toEqual(expected);
});

test.each<[string, Measure[], Measure[], string[]]>([
  ['nothing', [a, b], [a, b], []],
  [
    'another number, and a word',
    [a, b],
    [a, measure('1-2-1', { title: 'さしすせそた' })],
    ['1-2-1 ← 1-1-2 moved: 取組 さしすせそ{+た+}'],
  ],
  [
    'a number given to something else',
    [a],
    [measure('1-1-1', { title: 'かきくけこ', ...others }), { ...a, id: '1-1-2' }],
    ['+ 1-1-1', '1-1-2 ← 1-1-1'],
  ],
  ['rewritten', [a], [measure('1-1-1', { title: 'かきくけこ' })], ['1-1-1: 取組 [-あいうえお-]{+かきくけこ+}']],
  ['one goes, the later one moves up', [a, b], [{ ...b, id: '1-1-1' }], ['- 1-1-1', '1-1-1 ← 1-1-2']],
  [
    'two in a row go: behind their forerunner',
    [measure('1-1-1'), a, b].map((one, index) => ({ ...one, id: `1-1-${index + 1}` })),
    [measure('1-1-1')],
    ['- 1-1-2', '- 1-1-3'],
  ],
  ['one goes, one comes', [a], [measure('1-1-1', { title: 'かきくけこ', ...others })], ['- 1-1-1', '+ 1-1-1']],
  [
    'a 再掲 of another target',
    [a, b, reprint('2-1-1', a)],
    [a, b, reprint('2-1-1', b)],
    ['2-1-1: 再掲 "1-1-1" → "1-1-2"'],
  ],
  [
    'its target got another number: nothing of its own',
    [a, reprint('2-1-1', a)],
    [moved, reprint('2-1-1', moved)],
    ['1-2-1 ← 1-1-1 moved'],
  ],
  [
    'a 再掲 with its own title',
    [a, reprint('2-1-1', a)],
    [a, reprint('2-1-1', a, { title: 'かきく', overviewTitle: 'かきく' })],
    ['2-1-1: 取組 {+かきく+}'],
  ],
  [
    'a 再掲 made',
    [a, measure('2-1-1', { title: 'なに', description: 'ぬねの' })],
    [a, reprint('2-1-1', a)],
    ['2-1-1 made: 再掲 · → "1-1-1"; 取組 [-なに-]; 担当局・部 ([-市民局-]); 担当課 ([-窓口課-]); 取組内容 [-ぬねの-]'],
  ],
  [
    'a 再掲 dissolved',
    [a, reprint('2-1-1', a)],
    [a, measure('2-1-1', { title: 'なに' })],
    ['2-1-1 dissolved: 再掲 "1-1-1" → ·; 取組 {+なに+}; 担当局・部 ({+市民局+}); 担当課 ({+窓口課+})'],
  ],
  ['another 課 of the overview alone', [a], [{ ...a, overviewSection: '全課' }], ['1-1-1: 一覧表・担当課 {+全課+}']],
  [
    '年度 that the edition does not have',
    [measure('1-1-1', { schedule: { R9: { budget: 1 } } })],
    [measure('1-1-1')],
    [],
  ],
  [
    'the target of a 再掲 goes: it says nothing by itself',
    [a, b, reprint('2-1-1', a)],
    [b, reprint('2-1-1', a, { title: '', departments: [], sections: [], overviewTitle: '', overviewSection: '' })],
    ['- 1-1-1'],
  ],
])('findings: %s', (_, base, head, expected) => {
  expect(measuresTold(between(base, head))).toEqual(expected);
});
