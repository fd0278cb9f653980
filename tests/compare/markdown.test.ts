import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addedUp, budgetRow } from '../../src/compare/budgets.ts';
import type { Comparison, MeasureChange } from '../../src/compare/change.ts';
import { compare } from '../../src/compare/compare.ts';
import { htmlPage } from '../../src/compare/html.ts';
import { largestComment, markdown, markdownText } from '../../src/compare/markdown.ts';
import type { Measure } from '../../src/model/measure.ts';
import { between, edition, measure, side } from './editions.ts';
import { commentTags, nodesOf, rendered, tagsOf } from './rendered.ts';

const elsewhere = '[全部](https://example.invalid/artifact)';
const nothing = between([], []);
const measures = ['1-1-1', '1-1-2', '1-2-1'].map((id) =>
  measure(id, { description: '窓口を設ける。', effect: '件数' }),
);

/** What is found where each measure says something else. */
const changed = (change: (measure: Measure, index: number) => Partial<Measure>): Comparison =>
  compare(side(edition(measures)), side(edition(measures.map((one, index) => ({ ...one, ...change(one, index) })))));

const nasty = [
  '| a | b |',
  '<script>alert(1)</script><img src=x onerror=y>',
  '@user @org/team a@example.com',
  '#12 GH-12 owner/name#12',
  '`code` ```fence``` **太字** _斜体_ ~~消す~~',
  '[link](https://example.com) ![画像](x) https://example.com www.example.com',
  ':tada: $x^2$ &lt;b&gt; &#64;user \\| \\n',
  '</details></table><!-- 注記 -->',
  '- 箇条\n\n# 見出し\n\n> 引用\n\n    字下げ\n\n1. 番号\n\n---\n\n| a |\n|---|',
  '\'\'\' """ {{ x }} [x]: y [^1] - [ ] 作業',
];

test.each(nasty)('%j stays text: no Markdown, no HTML, no mention, no issue, no link', (text) => {
  const comment = markdownText(
    changed((_, index) => ({ title: text.replaceAll('\n', ' '), ...(index % 2 === 0 ? { description: text } : {}) })),
    elsewhere,
  );
  const html = rendered(comment);
  expect(tagsOf(html).filter((tag) => !commentTags.includes(tag))).toEqual([]);
  for (const node of nodesOf(html)) expect(node).not.toMatch(/@\w|#\d|GH-\d|https?:\/\/|www\.|:tada:/);
  const whole = nodesOf(html).join('');
  for (const line of text.split('\n').filter((part) => part !== '')) expect(whole).toContain(line);
  expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
});

const none = '<span></span>';
test.each([
  ['窓口', '窓口'],
  ['一\n二', '一<br>二'],
  ['@名前 a@b', `@${none}名前 a@${none}b`],
  ['#12', `#${none}12`],
  [':tada: 1:2', `:${none}tada: 1:2`],
  [':+1: :a-b:', `:${none}+1: :${none}a-b:`],
  ['https://a ftp://b', `https:${none}//a ftp:${none}//b`],
  ['www.a WWW.a wwwa', `www${none}.a WWW${none}.a wwwa`],
  ['GH-1 gh-1 GH1', `GH${none}-1 gh${none}-1 GH1`],
  ['deadbee DEADBEE', `deadbe${none}e DEADBE${none}E`],
  ['abcdef 123456', 'abcdef 123456'],
  ['1234567', `123456${none}7`],
  ['0123456789abcdef', `012345${none}6789ab${none}cdef`],
  ['&<>', '&#38;&#60;&#62;'],
  ['"\'', '&#34;&#39;'],
  ['|`*_~', '&#124;&#96;&#42;&#95;&#126;'],
  ['[]\\!', '&#91;&#93;&#92;&#33;'],
  ['{}$^', '&#123;&#125;&#36;&#94;'],
  ['a-b +c. (d)', 'a-b +c. (d)'],
  ['\u001b\u202e\u200b', '&#92;u&#123;1b&#125;&#92;u&#123;202e&#125;&#92;u&#123;200b&#125;'],
])('%j is written %s', (text, expected) => {
  expect(markdown(text)).toBe(expected);
});

test.each([
  ['v1', 'v1'],
  ['- x', `&#45;${none} x`],
  ['+ x', `&#43;${none} x`],
  ['    x', `&#32;${none}   x`],
  ['===', `&#61;${none}==`],
  ['1. x', `1&#46;${none} x`],
  ['12) x', `12&#41;${none} x`],
  ['1234567890. x', `123456${none}7890. x`],
  ['x - 1. y', 'x - 1. y'],
])('a side named %j begins no list and no heading', (name, expected) => {
  const [, line] = markdownText({ ...nothing, base: { ...nothing.base, name } }, '').split('\n\n');
  expect(line).toBe(`${expected} → v1(令和12年12月1日改定)`.replace(/^(.*?) →/, `${expected}(令和12年12月1日改定) →`));
});

test('any text comes out of the renderer as it went in', () => {
  const piece = fc.oneof(
    fc.constantFrom(...nasty.flatMap((text) => text.split(/(?<=\W)/))),
    fc.string(),
    fc.constantFrom('\n', '窓口'),
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
      const text = pieces.join('').replaceAll(/\p{Cc}/gu, (sign) => (sign === '\n' ? sign : ''));
      fc.pre(text.trim() !== '' && !/[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/.test(text));
      const comparison = changed(({ id }) => (id === '1-1-1' ? { effect: `件数${text}` } : {}));
      const html = rendered(markdownText(comparison, elsewhere));
      const cell = /効果・KPI<\/td><td>(.*?)<\/td>/s.exec(html)?.[1] ?? '';
      const shown = nodesOf(cell.replaceAll('<br>', '\n').replace(/<del>.*?<\/del>/gs, '')).join('');
      expect(shown.replaceAll(/\s+/g, ' ').trim().endsWith(text.replaceAll(/\s+/g, ' ').trim())).toBe(true);
    }),
    { numRuns: Number(process.env.RUNS ?? 40), seed: 5 },
  );
});

test('the totals: all 大項目 and 合計, all 年度 and 計, what is in no sum', () => {
  const budgets = addedUp({
    years: ['R10', 'R|1'],
    onlyBefore: ['R9'],
    onlyAfter: [],
    categories: [
      budgetRow({ number: '1', name: '暮|らし' }, [1, 2], [1, 5000]),
      budgetRow({ number: '2', name: '仕事' }, [1, 2], [1, 2]),
      budgetRow({ number: '3', name: '海' }, [null, null], [4, 0]),
    ],
  });
  expect(
    markdownText({ ...nothing, budgets }, '')
      .split('\n\n')
      .slice(3),
  ).toEqual([
    '### 予算額の合計(千円、再掲を除く)',
    [
      '| 大項目 | R10 | R&#124;1 | 計 |',
      '|---|--:|--:|--:|',
      '| 1 暮&#124;らし | 1 | 2 → 5,000 (+4,998) | 3 → 5,001 (+4,998) |',
      '| 2 仕事 | 1 | 2 | 3 |',
      '| 3 海 | なし → 4 (+4) | なし → 0 | なし → 4 (+4) |',
      '| 合計 | 2 → 6 (+4) | 4 → 5,002 (+4,998) | 6 → 5,008 (+5,002) |',
    ].join('\n'),
    'R9 は変更前の版だけにある年度なので、合計に入れていません。\n',
  ]);
  const same = addedUp({ ...budgets, categories: budgets.categories.slice(1, 2) });
  expect(markdownText({ ...nothing, budgets: same }, '')).not.toContain('予算額');
});

/** A measure whose block is of `length` characters. */
function block(index: number, length: number): MeasureChange {
  const change = (text: string): MeasureChange => ({
    kind: 'removed',
    base: { id: `1-1-${index}`, title: '題', group: { number: '1-1', name: '窓口' } },
    renumbered: false,
    moved: false,
    fields: [{ field: '効果・KPI', kind: 'removed', type: 'text', runs: [{ kind: 'removed', text }] }],
  });
  const own =
    '<details><summary><b>1-1-1</b> 題 — 廃止</summary>\n<table>\n<tr><td>効果・KPI</td><td><del></del></td></tr>\n</table>\n</details>';
  return change('長'.repeat(length - own.length - String(index).length + 1));
}

test('as long as GitHub takes, and not one block more; what is left out is counted, with where to see it', () => {
  const text = (...lengths: number[]) =>
    markdownText({ ...nothing, measures: lengths.map((length, index) => block(index + 1, length)) }, elsewhere);
  const head = (count: number) =>
    `## 施策集の変更点\n\nv1(令和12年12月1日改定) → v1(令和12年12月1日改定)\n\n| 変わったもの | 件数 |\n|---|--:|\n| 取組の廃止 | ${count} |`;
  const room = largestComment - 1_000 - elsewhere.length - head(1).length;
  const end = (missing: string) =>
    `\n\n### 取組\n\n<b>ほか${missing}は、長さの上限のためここには載せていません。</b> ${elsewhere}\n`;
  expect(text(room - 2)).toHaveLength(head(1).length + '\n\n### 取組\n\n'.length + room - 2 + 1);
  expect(text(room - 1)).toBe(head(1) + end('取組 1 件'));
  // A block that does not fit leaves room for those behind it.
  const several = text(500, room, 600);
  expect(several.match(/<b>1-1-\d+<\/b>/g)).toEqual(['<b>1-1-1</b>', '<b>1-1-3</b>']);
  expect(
    several.endsWith(`</details>\n\n<b>ほか取組 1 件は、長さの上限のためここには載せていません。</b> ${elsewhere}\n`),
  ).toBe(true);
  // Together they must fit too.
  const half = Math.floor(room / 2);
  expect(text(half - 2, half - 2)).not.toContain('ほか');
  expect(text(half, half)).toContain('ほか取組 1 件');
});

test('rows that do not fit are counted as other changes', () => {
  const rename = (length: number) => ({ field: '担当課', before: '長'.repeat(length), after: '短', measures: [] });
  const text = markdownText({ ...nothing, renames: [rename(10), rename(70_000), rename(20)] }, elsewhere);
  expect(text).toContain('### 改称\n\n<table>\n<tr><td>担当課</td><td><del>長長長長長長長長長長</del>');
  expect(text.match(/<tr>/g)).toHaveLength(2);
  expect(text).toContain(`<b>ほかその他の変更 1 件は、長さの上限のためここには載せていません。</b> ${elsewhere}`);
  const both = markdownText({ ...nothing, renames: [rename(70_000)], measures: [block(1, 70_000)] }, elsewhere);
  expect(both).toContain('<b>ほか取組 1 件、その他の変更 1 件は、');
  expect(both).not.toContain('### 改称');
  const many = markdownText({ ...nothing, renames: Array.from({ length: 3_000 }, () => rename(1)) }, elsewhere);
  const [head = ''] = many.split('\n\n### ');
  const row = '<tr><td>担当課</td><td><del>長</del> → <ins>短</ins> (取組 0 件)</td></tr>';
  // A row takes its line break and what may stand between it and the next part.
  const shown = Math.floor((largestComment - 1_000 - elsewhere.length - head.length) / (row.length + 3));
  expect(many.split(row)).toHaveLength(shown + 1);
  expect(many).toContain(`<b>ほかその他の変更 ${3_000 - shown} 件は、`);
});

test('the page holds every change, needs nothing from outside, and has one heading per measure', () => {
  const comparison = changed(({ id }) => ({ effect: `<b>&"'${id}` }));
  const page = htmlPage(comparison);
  expect(page).not.toMatch(/<(script|link|img|iframe)|src=|url\(|https?:/);
  expect(page.match(/<article /g)).toHaveLength(comparison.measures.length);
  expect(page).toContain('&#60;b&#62;&#38;&#34;&#39;1-1-1');
  for (const { head } of comparison.measures) expect(page).toContain(`${head?.id}`);
  const identifiers = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(identifiers).size).toBe(identifiers.length);
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(identifiers).toContain(target);
});

test('on the page: contents only of several measures, no legend without a change, totals only where they differ', () => {
  const main = (more: Partial<Comparison>) =>
    /<main>\n(.*)\n<\/main>/s.exec(htmlPage({ ...nothing, ...more }))?.[1] ?? '';
  const two = [block(1, 300), block(2, 300)];
  expect(main({ measures: two.slice(0, 1) })).not.toContain('<nav');
  expect(main({ measures: two })).toContain('<nav');
  expect(main({ measures: two.slice(0, 1) })).toContain('<p class="legend">');
  expect(main({ unread: [{ side: 'base', file: 'a<b' }] })).toBe(
    '<h1>施策集の変更点</h1>\n<p>v1(令和12年12月1日改定) → v1(令和12年12月1日改定)</p>\n<p>内容の違いはありません。</p>\n<section>\n<h2>読めないため比べていないもの</h2>\n<ul>\n<li>変更前の a&#60;b</li>\n</ul>\n</section>',
  );
  const row = budgetRow({ number: '1', name: '<暮らし>' }, [1], [2]);
  const budgets = addedUp({ years: ['<R10>'], onlyBefore: [], onlyAfter: ['<R11>'], categories: [row] });
  const cells = '<td class="figure">1 → 2 (+1)</td>'.repeat(2);
  const totals = main({ budgets });
  expect(totals).toContain(
    `<thead><tr><th scope="col">大項目</th><th scope="col">&#60;R10&#62;</th><th scope="col">計</th></tr></thead>\n<tbody>\n<tr><th scope="row">1 &#60;暮らし&#62;</th>${cells}</tr>\n<tr><th scope="row">合計</th>${cells}</tr>\n</tbody>`,
  );
  expect(totals).toContain('<p>&#60;R11&#62; は変更後の版だけにある年度なので、合計に入れていません。</p>');
  expect(main({ base: { name: '<v>', errors: 0, warnings: 3, measures: 0, reprints: 0 } })).not.toContain('notice');
});
