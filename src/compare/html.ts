import type { Run } from '../model/marked.ts';
import { visibleLines } from '../model/visible.ts';
import { markedWords, severityWords } from '../model/words.ts';
import type { Comparison } from './change.ts';
import { type Block, type BudgetTable, describe, excerpt, type Row, sideName } from './describe.ts';

/** One page that needs nothing else: no script, no font, no picture, no network. */
export function htmlPage(comparison: Comparison): string {
  const { counts, summary, sections, measures, totals, unread } = describe(comparison);
  const { base, head } = comparison;
  const title = `変更点: ${sideName(base)} → ${sideName(head)}`;
  const errors = [base, head].filter((side) => side.errors > 0);
  const parts = [
    `<h1>施策集の変更点</h1>\n<p>${escaped(sideName(base))} → ${escaped(sideName(head))}</p>`,
    ...errors.map(
      (side) =>
        `<p class="notice"><strong>${severityWords.warning}:</strong> ${escaped(side.name)} には内容の誤りが ${side.errors} 件あります。読めた範囲で比べています。</p>`,
    ),
    `<p>${escaped(summary)}</p>`,
    ...(counts.length > 0
      ? [
          `<p class="legend">見方: ${runHtml({ kind: 'removed', text: '消えた文字' })} ${runHtml({ kind: 'added', text: '加わった文字' })}</p>`,
        ]
      : []),
    ...(measures.length > 1 ? [contents(measures)] : []),
    ...(totals ? [totalsTable(totals)] : []),
    ...sections.map(({ title, rows }) => section(title, table(rows))),
    ...(unread.length > 0
      ? [
          section(
            '読めないため比べていないもの',
            `<ul>\n${unread.map((line) => `<li>${escaped(line)}</li>`).join('\n')}\n</ul>`,
          ),
        ]
      : []),
    ...(measures.length > 0 ? [section('取組', measures.map(article).join('\n'))] : []),
  ].filter((part) => part !== '');
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`;
}

const style = `
:root { --ink: #1b1b1b; --paper: #fff; --line: #b8b8b8; --quiet: #595959; --added: #0b5d1e; --added-paper: #dff5e1; --removed: #9b1c1c; --removed-paper: #fde4e4; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --paper: #161616; --line: #5a5a5a; --quiet: #b5b5b5; --added: #9be3a9; --added-paper: #123d1c; --removed: #ffb3b3; --removed-paper: #4a1515; }
}
body { margin: 0; background: var(--paper); color: var(--ink); font-family: "BIZ UDPGothic", "Hiragino Sans", "Yu Gothic UI", Meiryo, sans-serif; line-height: 1.7; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 2px solid var(--line); } h3 { font-size: 1.05rem; margin: 2rem 0 .4rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--quiet); }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; vertical-align: top; text-align: left; overflow-wrap: anywhere; }
tbody th { width: 10rem; font-weight: normal; color: var(--quiet); } td.figure { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal; min-width: 6rem; }
.wide tbody th { width: auto; min-width: 6rem; }
.text { white-space: pre-wrap; } .tag { display: inline-block; border: 1px solid var(--line); border-radius: .25rem; padding: 0 .4rem; margin-left: .5rem; font-size: .85rem; font-weight: normal; }
ins { color: var(--added); background: var(--added-paper); text-decoration: underline; } del { color: var(--removed); background: var(--removed-paper); text-decoration: line-through; }
.notice { border-left: .4rem solid var(--removed); padding-left: .8rem; } a { color: inherit; } .wide { overflow-x: auto; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { main { max-width: none; } h3, tr { break-inside: avoid; } h3 { break-after: avoid; } }
`;

const escaped = (text: string): string =>
  visibleLines(text).replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const section = (title: string, inner: string) => `<section>\n<h2>${escaped(title)}</h2>\n${inner}\n</section>`;

const contents = (measures: readonly Block[]) =>
  `<nav aria-label="変わった取組">\n<ul>\n${measures.map(({ id, title, tags }, index) => `<li><a href="#m${index}">${escaped(`${id} ${title}`)}</a>${tags.map((tag) => `<span class="tag">${escaped(tag)}</span>`).join('')}</li>`).join('\n')}\n</ul>\n</nav>`;

const article = ({ id, title, tags, rows }: Block, index: number) =>
  `<article aria-labelledby="m${index}">\n<h3 id="m${index}">${escaped(`${id} ${title}`)}${tags.map((tag) => `<span class="tag">${escaped(tag)}</span>`).join('')}</h3>\n${rows.length > 0 ? table(rows) : ''}\n</article>`;

const table = (rows: readonly Row[]) =>
  `<table>\n<thead class="hidden"><tr><th scope="col">欄</th><th scope="col">変更</th></tr></thead>\n<tbody>\n${rows.map(rowHtml).join('\n')}\n</tbody>\n</table>`;

const rowHtml = ({ label, runs, note }: Row) =>
  `<tr><th scope="row">${escaped(label)}</th><td class="text">${excerpt(runs).map(runHtml).join('')}${note ? ` ${escaped(note)}` : ''}</td></tr>`;

/** Colour and line are not heard: a word for those who listen. */
function runHtml({ kind, text }: Run): string {
  const inner = escaped(text);
  if (kind === 'kept') return inner;
  const tag = kind === 'added' ? 'ins' : 'del';
  return `<${tag}><span class="hidden">(${markedWords[kind]}: </span>${inner}<span class="hidden">)</span></${tag}>`;
}

function totalsTable({ title, columns, rows, notes }: BudgetTable): string {
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('');
  const body = rows.map(
    ({ name, cells }) =>
      `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td class="figure">${escaped(cell)}</td>`).join('')}</tr>`,
  );
  const table = `<div class="wide" role="region" aria-label="予算額の合計" tabindex="0"><table>\n<thead><tr><th scope="col">大項目</th>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table></div>`;
  return section(title, [table, ...notes.map((note) => `<p>${escaped(note)}</p>`)].join('\n'));
}
