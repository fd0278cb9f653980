import { expect, test } from 'vitest';
import { linkWords } from '../../src/assemble/link-names.ts';
import { compare } from '../../src/compare/compare.ts';
import type { ComparedEdition } from '../../src/compare/read.ts';
import { measuresOf } from '../../src/model/edition.ts';
import { isMarked, type Text } from '../../src/model/marked.ts';
import { oneLine } from '../../src/model/names.ts';
import type { MarkedMeasure } from '../../src/papers/marked-measure.ts';
import { type MarkedDocument, markedDocument } from '../../src/papers/markup.ts';
import { picturesData } from '../../src/papers/pictures.ts';
import type { BookData } from '../../src/render/requests.ts';
import { edition, measure, reprint, runsText, side } from '../compare/editions.ts';
import { revision } from '../compare/revision.ts';

const marked = (base: ComparedEdition, head: ComparedEdition): MarkedDocument =>
  markedDocument(base.edition, head.edition, compare(base, head));
const shown = (text: unknown): unknown => {
  const one = text as Text | null;
  return isMarked(one) && 'runs' in one ? `<${runsText(one.runs)}>` : text;
};
/** JSON a line a value, marked texts as <kept[-removed-]{+added+}>. */
const told = (data: unknown) => `${JSON.stringify(data, (_, value) => shown(value), 1)}\n`;

test('of a whole revision', async () => {
  const { base, head } = revision({});
  const data = marked(base.edition('v1'), head.edition('v2'));
  await expect(told(data)).toMatchFileSnapshot('../refs/papers/markup.json');
});

test('links of a whole revision say what head calls the place, or base where head has it no more', () => {
  const { base, head } = revision({});
  const [old, fresh] = [base.edition('v1'), head.edition('v2')];
  const data = marked(old, fresh);
  const words = linkWords(data as unknown as BookData, new Map());
  const titles = new Map(
    [...measuresOf(old.edition).map((one) => ({ ...one, id: `removed-${one.id}` })), ...measuresOf(fresh.edition)].map(
      ({ id, title }) => [id, oneLine(title)],
    ),
  );
  const all = measuresOf<MarkedMeasure>(data);
  expect(all.filter(({ title }) => isMarked(title)).length).toBeGreaterThan(2);
  expect(all.filter(({ id }) => id.startsWith('removed-')).length).toBeGreaterThan(0);
  for (const { id } of all) expect(words.get(`sheet-${id}`)).toBe(`${id} ${titles.get(id)}(個票、0ページ)`);
  for (const { number, name } of fresh.edition.categories)
    expect(words.get(`overview-${number}`)).toBe(`${number}. ${name}(取組事項一覧、0ページ)`);
});

test('pictures of a whole revision: which, and what is framed', async () => {
  const { base, head } = revision({});
  const [old, fresh] = [base.edition('v1'), head.edition('v2')];
  const { data, names } = picturesData(compare(old, fresh), old, fresh);
  const framed = (value: unknown) =>
    typeof value === 'object' && value !== null && 'framed' in value && 'runs' in value
      ? `[${(value.runs as { text: string }[]).map(({ text }) => text).join('')}]`
      : value;
  const pictures = data.pictures.map((picture, index) => ({ name: names[index], ...picture }));
  const text = JSON.stringify({ editions: data.editions, pictures }, (_, value) => framed(value), 1);
  await expect(`${text}\n`).toMatchFileSnapshot('../refs/papers/pictures.json');
});

const nothing = edition([measure('1-1-1')]);
/** What became of the measures of an edition: their keys in order, and what is marked of each. */
const measuresMarked = (base: ComparedEdition, head: ComparedEdition) =>
  measuresOf<MarkedMeasure>(marked(base, head)).map((one) => {
    const found = Object.entries(one).flatMap(([key, value]) =>
      shown(value) === value ? [] : [`${key} ${shown(value)}`],
    );
    return `${one.id}${one.changed ? '*' : ''}${found.length === 0 ? '' : `: ${found.join('; ')}`}`;
  });

test('nothing is marked without a difference', () => {
  const own = measure('1-1-1', {
    description: '内容',
    relatedPlans: ['総合計画'],
    schedule: { R10: { mark: '○', budget: 5 } },
  });
  const same = side(edition([own, reprint('1-1-2', own)]));
  expect(measuresMarked(same, same)).toEqual(['1-1-1', '1-1-2']);
  expect(told(marked(same, same))).not.toMatch(/\[-|\{\+/);
});

test('what went stands behind its forerunner, under a key of its own', () => {
  const of = (...ids: string[]) =>
    side(edition(ids.map((id) => measure(id, { title: `題${id.repeat(3)}`, departments: [id], sections: [id] }))));
  const order = (base: ComparedEdition, head: ComparedEdition) =>
    measuresMarked(base, head).map((line) => line.split(':')[0]);
  expect(order(of('1-1-1', '1-1-2', '1-1-3'), of('1-1-1', '1-1-3'))).toEqual(['1-1-1', 'removed-1-1-2*', '1-1-3']);
  expect(order(of('1-1-1', '1-1-2'), of('1-1-2'))).toEqual(['removed-1-1-1*', '1-1-2']);
  expect(order(of('1-1-1', '1-2-1', '2-1-1'), of('1-1-1'))).toEqual(['1-1-1', 'removed-1-2-1*', 'removed-2-1-1*']);
  expect(order(of('1-1-1'), of('1-1-1', '1-1-2', '2-1-1'))).toEqual(['1-1-1', '1-1-2*', '2-1-1*']);
});

test('大項目 and 中項目 begin with their first measure, whether it is there still or went', () => {
  const of = (...ids: string[]) =>
    side(edition(ids.map((id) => measure(id, { title: `題${id.repeat(3)}`, departments: [id], sections: [id] }))));
  const begins = measuresOf<MarkedMeasure>(marked(of('1-1-1', '1-1-2', '1-2-1', '2-1-1'), of('1-1-2', '1-2-1')));
  expect(begins.map(({ id, begins: numbers }) => [id, numbers])).toEqual([
    ['removed-1-1-1', ['1', '1-1']],
    ['1-1-2', []],
    ['1-2-1', ['1-2']],
    ['removed-2-1-1', ['removed-2', 'removed-2-1']],
  ]);
});

test('a 大項目 or 中項目 whose measures all went elsewhere is not shown', () => {
  const names = { 1: '暮らし', '1-1': '窓口', '1-2': '防災', 2: '仕事', '2-1': '漁業' };
  const of = (...ids: string[]) =>
    side(
      edition(
        ids.map((id, index) => measure(id, { title: `${'窓防漁'[index]}の取組を行う` })),
        { names },
      ),
    );
  const shownNames = (base: ComparedEdition, head: ComparedEdition) =>
    marked(base, head).categories.map(({ label, groups }) => [
      shown(label),
      ...groups.map((group) => shown(group.label)),
    ]);
  expect(shownNames(of('1-1-1', '1-2-1', '2-1-1'), of('1-1-1', '1-1-2', '1-1-3'))).toEqual([
    ['1. 暮らし', '1-1. 窓口'],
  ]);
  expect(shownNames(of('1-1-1', '1-1-2', '1-1-3'), of('1-1-1', '1-2-1', '2-1-1'))).toEqual([
    ['1. 暮らし', '1-1. 窓口', '<{+1-2. 防災+}>'],
    ['<{+2. 仕事+}>', '<{+2-1. 漁業+}>'],
  ]);
});

test('a 再掲 has one row; one that is made or dissolved has all', () => {
  const own = measure('1-1-1', { title: 'あいう', description: 'かきく', schedule: { R10: { mark: '○' } } });
  const other = measure('1-1-2', { title: 'なにぬ', description: 'まみむ', schedule: { R11: { plan: '運用' } } });
  const of = (second: typeof own) => side(edition([own, second]));
  const second = (base: ComparedEdition, head: ComparedEdition) => measuresOf<MarkedMeasure>(marked(base, head))[1];
  const still = second(of(reprint('1-1-2', own)), of(reprint('1-1-2', own)));
  expect([still?.years, still?.description, still?.reprint, still?.reprintLink]).toEqual([[], '', '1-1-1', true]);
  const made = second(of(other), of(reprint('1-1-2', own)));
  expect(made?.years.map(({ plan }) => shown(plan))).toEqual(['', '<[-運用-]>']);
  expect([made?.reprint, made?.reprintLink]).toEqual([null, false]);
  expect([shown(made?.description ?? ''), shown(made?.reprintMark ?? ''), shown(made?.overviewTitle ?? '')]).toEqual([
    '<[-まみむ-]{+※再掲(1-1-1)+}>',
    '<{+○+}>',
    '<[-なにぬ-]{+(再掲)あいう+}>',
  ]);
  const dissolved = second(of(reprint('1-1-2', own)), of(other));
  expect(dissolved?.years.map(({ plan }) => shown(plan))).toEqual(['', '<{+運用+}>']);
  expect(shown(dissolved?.description ?? '')).toBe('<[-※再掲(1-1-1)-]{+まみむ+}>');
});

test('what could not be read of base is not known to have changed', () => {
  const before = { title: 'あいうえお', effect: '前', schedule: { R10: { budget: 1 }, R11: { budget: 2 } } };
  const after = { title: 'あいうえか', effect: '後', schedule: { R10: { budget: 3 }, R11: { budget: 4 } } };
  const found = (...path: (string | number)[][]) => {
    const unread = path.map((one) => ({ file: 'measures/1-1-1.yaml', path: one }));
    const [base, head] = [
      side(edition([measure('1-1-1', before)]), { unread }),
      side(edition([measure('1-1-1', after)])),
    ];
    const [only] = measuresOf<MarkedMeasure>(marked(base, head));
    return [only?.title, only?.effect, ...(only?.years ?? []).map(({ budget }) => budget as Text)].map((text) =>
      isMarked(text ?? null),
    );
  };
  expect(found()).toEqual([true, true, true, true]);
  expect(found(['効果・KPI'])).toEqual([true, false, true, true]);
  expect(found(['取組'])).toEqual([false, true, true, true]);
  expect(found(['スケジュール', 'R11', '予算額'])).toEqual([true, true, true, false]);
  expect(found(['スケジュール', 'R11'])).toEqual([true, true, true, false]);
  expect(found(['効果・KPI'], ['スケジュール', 'R10', '予算額'])).toEqual([true, false, false, true]);
  // All of the measure hangs on it, or nobody knows what it was.
  expect(found(['スケジュール'])).toEqual([false, false, false, false]);
  expect(found(['再掲'])).toEqual([false, false, false, false]);
  expect(found([])).toEqual([false, false, false, false]);
});

test('only what could not be read counts as unchanged: not another cell, 年度 or measure', () => {
  const before = { sections: ['甲'], effect: '前', schedule: { R10: { budget: 1 }, R11: { budget: 2 } } };
  const after = { sections: ['乙'], effect: '後', schedule: { R10: { budget: 1 }, R11: { budget: 4 } } };
  const of = (more: typeof before, unread: { file: string; path: string[] }[] = []) =>
    side(edition([measure('1-1-1', more), measure('1-1-2', { effect: more.effect })]), { unread });
  const found = (...path: string[]) => {
    const [first, second] = measuresOf<MarkedMeasure>(
      marked(of(before, [{ file: 'measures/1-1-1.yaml', path }]), of(after)),
    );
    const told = [first?.sections, first?.effect, ...(first?.years ?? []).map(({ budget }) => budget), second?.effect];
    return told.map(shown);
  };
  const [effect, sections, amount] = ['<[-前-]{+後+}>', '<[-甲-]{+\n乙+}>', '<[-2-]{+\n4+}>'];
  expect(found('関連計画')).toEqual([sections, effect, '1', amount, effect]);
  expect(found('担当課')).toEqual(['乙', effect, '1', amount, effect]);
  expect(found('区分')).toEqual([sections, effect, '1', amount, effect]);
  expect(found('スケジュール', 'R10', '予算額')).toEqual([sections, effect, '1', amount, effect]);
  expect(found('スケジュール', 'R11', '予算額')).toEqual([sections, effect, '1', '4', effect]);
});

test('関連計画 that could not be read of base are those of head', () => {
  const of = (relatedPlans: string[], plans: string[], unread: { file: string; path: string[] }[] = []) =>
    side(edition([measure('1-1-1', { relatedPlans })], { relatedPlans: plans }), { unread });
  const flags = (base: ComparedEdition, head: ComparedEdition) =>
    measuresOf<MarkedMeasure>(marked(base, head))[0]?.flags.map(shown);
  const unread = [{ file: 'measures/1-1-1.yaml', path: ['関連計画'] }];
  const head = of(['総合計画'], ['防災計画', '総合計画']);
  expect(flags(of(['防災計画'], ['防災計画', '総合計画'], unread), head)).toEqual(['×', '○']);
  expect(flags(of(['防災計画'], ['防災計画'], unread), head)).toEqual(['×', '<{+○+}>']);
  expect(flags(of(['防災計画'], ['湖岸構想', '防災計画', '総合計画'], unread), head)).toEqual(['', '×', '○']);
  expect(flags(of(['防災計画'], ['防災計画', '総合計画']), head)).toEqual(['<[-○-]{+×+}>', '<[-×-]{+○+}>']);
});

test('the overview’s wording is not known either where that of the sheet is not', () => {
  const of = (title: string, unread: { file: string; path: string[] }[] = []) =>
    side(edition([measure('1-1-1', { title })]), { unread });
  const base = of('あいうえお', [{ file: 'measures/1-1-1.yaml', path: ['取組'] }]);
  expect(measuresMarked(base, of('あいうえか'))).toEqual(['1-1-1']);
  expect(measuresMarked(of('あいうえお'), of('あいうえか'))).toEqual([
    '1-1-1*: title <あいうえ[-お-]{+か+}>; overviewTitle <あいうえ[-お-]{+か+}>',
  ]);
});

test('the cover, the columns and the legend', () => {
  const base = side(
    edition([measure('1-1-1')], { parts: ['表紙', { annex: 'annexes/a.pdf', title: '付録' }, '個票'] }),
  );
  const head = side({
    ...base.edition,
    publisher: '湊町市',
    years: ['R11', 'R12'],
    relatedPlans: ['防災計画'],
    indicatorYears: [{ label: '現状', year: 'R11' }],
  });
  const { cover, years, plans, indicatorLabels, legend, parts, annexes } = JSON.parse(told(marked(base, head)));
  expect(cover).toEqual({
    planName: '湾岸計画',
    planPeriod: '2028→2031',
    title: '取組集',
    established: '令和9年4月',
    revised: '令和12年12月1日',
    publisher: '<[-港-]{+湊+}町市>',
  });
  expect([years, plans, indicatorLabels]).toEqual([
    ['<[-R10-]>', 'R11', '<{+R12+}>'],
    ['<[-総合計画-]>', '防災計画'],
    ['<[-現状(R10)-]>', '<{+現状(R11)+}>'],
  ]);
  expect(legend).toEqual({ removed: '削る部分', added: '加える部分' });
  expect([parts, annexes]).toEqual([['表紙', '個票'], {}]);
});

test('a measure without a title has words instead: a heading must not be empty', () => {
  const of = side({ ...nothing, ...edition([measure('1-1-1', { title: '', overviewTitle: '' })]) });
  expect(measuresOf<MarkedMeasure>(marked(of, of))[0]?.title).toBe('(取組の名前がありません)');
});

test('改定履歴: entries of one 年月 are set against each other; what went stands behind its forerunner', () => {
  const of = (...history: [date: string, text: string][]) =>
    side(
      edition([measure('1-1-1')], {
        parts: ['改定履歴'],
        history: history.map(([date, text]) => ({ date, text })),
      }),
    );
  const rows = (base: ComparedEdition, head: ComparedEdition) =>
    JSON.parse(told(marked(base, head).history)).map(
      (row: Record<string, unknown>) => `${row.index}${row.changed ? '*' : ''} ${row.date} ${row.text}`,
    );
  const old = of(['令和9年4月', '策定'], ['令和10年4月', '追加'], ['令和10年4月', '更新'], ['令和11年4月', '廃止']);
  expect(rows(old, old)).toEqual([
    '0 令和9年4月 策定',
    '1 令和10年4月 追加',
    '2 令和10年4月 更新',
    '3 令和11年4月 廃止',
  ]);
  const fresh = of(['令和9年4月', '策定'], ['令和10年4月', '追加'], ['令和11年4月', '統合'], ['令和12年4月', '新設']);
  expect(rows(old, fresh)).toEqual([
    '0 令和9年4月 策定',
    '1 令和10年4月 追加',
    '6* <[-令和10年4月-]> <[-更新-]>',
    '2* 令和11年4月 <[-廃止-]{+統合+}>',
    '3* <{+令和12年4月+}> <{+新設+}>',
  ]);
  expect(rows(of(), of(['令和9年4月', '策定']))).toEqual(['0* <{+令和9年4月+}> <{+策定+}>']);
  // What was not printed before is new.
  expect(rows(side({ ...old.edition, parts: ['表紙'] }), of(['令和9年4月', '策定']))).toEqual([
    '0* <{+令和9年4月+}> <{+策定+}>',
  ]);
});
