import type { Run } from '../model/marked.ts';
import { visibleLines } from '../model/visible.ts';
import { severityWords } from '../model/words.ts';
import type { Comparison } from './change.ts';
import { type Block, type BudgetTable, describe, excerpt, type Row, sideName } from './describe.ts';

/** GitHub refuses a comment of more characters than 65,536; some room is left for whoever posts it. */
export const largestComment = 65_000;

/**
 * A pull request comment, shorter than `largestComment`: a table of what changed, budget totals, one collapsible block a
 * measure. What does not fit is counted, and `elsewhere` (Markdown) says where it is to be seen.
 */
export function markdownText(comparison: Comparison, elsewhere: string): string {
  const { counts, sections, measures, totals, unread } = describe(comparison);
  const { base, head } = comparison;
  const parts = [
    '## 施策集の変更点',
    startOfLine(markdown(`${sideName(base)} → ${sideName(head)}`)),
    ...[base, head]
      .filter(({ errors }) => errors > 0)
      .map(
        ({ name, errors }) =>
          `${severityWords.warning}: ${markdown(name)} には内容の誤りが ${errors} 件あります。読めた範囲で比べています。`,
      ),
    counts.length === 0
      ? '内容の違いはありません。'
      : ['| 変わったもの | 件数 |', '|---|--:|', ...counts.map(({ name, count }) => `| ${name} | ${count} |`)].join(
          '\n',
        ),
    ...(totals ? [totalsTable(totals)] : []),
  ];
  const reserve = 1_000 + elsewhere.length;
  let room = largestComment - reserve - parts.join('\n\n').length;
  const fits = (text: string) => {
    if (text.length + 2 > room) return false;
    room -= text.length + 2;
    return true;
  };
  let missing = 0;
  const table = (title: string, rows: readonly string[]) => {
    const shown = rows.filter((row) => fits(`${row}\n`));
    missing += rows.length - shown.length;
    if (shown.length > 0) parts.push(`### ${title}\n\n<table>\n${shown.join('\n')}\n</table>`);
  };
  for (const { title, rows } of sections) table(title, rows.map(rowHtml));
  table(
    '読めないため比べていないもの',
    unread.map((line) => `<tr><td>${markdown(line)}</td></tr>`),
  );
  const blocks = measures.map(blockHtml);
  const shown = blocks.filter(fits);
  if (blocks.length > 0) parts.push('### 取組');
  parts.push(...shown);
  const left = blocks.length - shown.length;
  if (left > 0 || missing > 0) {
    const what = [...(left > 0 ? [`取組 ${left} 件`] : []), ...(missing > 0 ? [`その他の変更 ${missing} 件`] : [])];
    parts.push(`<b>ほか${what.join('、')}は、長さの上限のためここには載せていません。</b> ${elsewhere}`);
  }
  return `${parts.join('\n\n')}\n`;
}

function totalsTable({ title, columns, rows, notes }: BudgetTable): string {
  const table = [
    `| 大項目 | ${columns.map(markdown).join(' | ')} |`,
    `|---|${columns.map(() => '--:').join('|')}|`,
    ...rows.map(({ name, cells }) => `| ${markdown(name)} | ${cells.join(' | ')} |`),
  ];
  return [`### ${title}`, table.join('\n'), ...notes.map((note) => startOfLine(markdown(note)))].join('\n\n');
}

function blockHtml({ id, title, tags, rows }: Block): string {
  const notes = tags.length > 0 ? ` — ${tags.map(markdown).join('、')}` : '';
  const table = rows.length > 0 ? `<table>\n${rows.map(rowHtml).join('\n')}\n</table>\n` : '';
  return `<details><summary><b>${markdown(id)}</b> ${markdown(title)}${notes}</summary>\n${table}</details>`;
}

// No blank line inside: the whole table is one HTML block, in which nothing is read as Markdown.
const rowHtml = ({ label, runs, note }: Row): string =>
  `<tr><td>${markdown(label)}</td><td>${excerpt(runs).map(runHtml).join('')}${note ? ` ${markdown(note)}` : ''}</td></tr>`;

function runHtml({ kind, text }: Run): string {
  const inner = markdown(text);
  return kind === 'kept' ? inner : kind === 'added' ? `<ins>${inner}</ins>` : `<del>${inner}</del>`;
}

/**
 * Text that stays text on GitHub: no Markdown, no HTML, and, by an empty element inside, no mention, no number of an
 * issue, no commit, no emoji name and no address becomes a link (GitHub looks for these in the text that Markdown left).
 * The comment's workflow lets pass what is written like this and nothing else: .github/workflows/comment.yml.
 */
export function markdown(text: string): string {
  return visibleLines(text)
    .replaceAll(
      /[0-9a-f]{6}(?=[0-9a-f])|[@#]|:(?=[\w+-]+:|\/\/)|(?:www|GH)(?=[.-])|[&<>"'|`*_~[\]\\!{}$^]/gi,
      (found) => (/^[a-z\d@#:]/i.test(found) ? found + nothing : entity(found)),
    )
    .replaceAll('\n', '<br>');
}

/** What `markdown` gave, where a line begins with it: no list, no line under a heading, no indented code. */
const startOfLine = (text: string): string =>
  text.replace(
    /^(?:(\d{1,9})([.)])|([ +=-]))/,
    (_, digits = '', mark, sign) => digits + entity(mark ?? sign) + nothing,
  );

const nothing = '<span></span>';
const entity = (sign: string): string => `&#${sign.charCodeAt(0)};`;
