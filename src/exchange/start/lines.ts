// What is told of tables that became content, in lines.
import { fixedLines } from '../../diagnostics/fixed.ts';
import { severityWords } from '../../model/words.ts';
import { columnName } from '../xlsx/book.ts';
import type { Column, Mapped } from './columns.ts';
import { targetName } from './headings.ts';
import type { Started } from './start.ts';
import { placeAt, quoted, tableName } from './table.ts';

export function startedLines({ read, unread, remarks, fixed }: Started): string[] {
  return [
    ...read.flatMap(({ mapped, measures }) => tableLines(mapped, measures)),
    ...unread.map((table) => `${tableName(table)}: 見出しの行(取組名、担当課など)が見つからないため、読んでいません。`),
    ...(remarks.length > 0 ? ['', '読み込むときに気づいたこと:'] : []),
    // What is lost stands in front of what was only chosen.
    ...[...remarks]
      .sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'))
      .map(
        ({ severity, place, message }) => `  ${place === '' ? '' : `${place} `}${severityWords[severity]} ${message}`,
      ),
    ...(fixed.length > 0 ? ['', '文字や書き方を直した所:', ...fixedLines(fixed).map((line) => `  ${line}`)] : []),
  ];
}

function tableLines({ table, first, columns, unread, assumedYear, assumedUnit }: Mapped, measures: number): string[] {
  const heading = (index: number, text: string) => `    ${columnName(index)}列${quoted(text)}`;
  const [same, others] = [true, false].map((wish) =>
    columns
      .filter((column) => (column.heading === targetName(column) || column.target.to === 'follows') === wish)
      .sort((a, b) => a.index - b.index),
  ) as [Column[], Column[]];
  return [
    `${tableName(table)}: 取組 ${measures} 件(見出しは ${placeAt(table, first).slice(tableName(table).length + 1)})`,
    ...(assumedYear === undefined ? [] : [`  見出しに年度のない列は、表題から ${assumedYear} の列としました。`]),
    ...(assumedUnit === undefined || assumedUnit === 1 ? [] : [`  予算額は、表題の単位から千円に直しました。`]),
    ...(same.length > 0 ? [`  見出しのとおりに読んだ列: ${same.map((column) => column.heading).join('、')}`] : []),
    ...(others.length > 0 ? ['  読んだ列:'] : []),
    ...others.map((column) => `${heading(column.index, column.heading)} → ${targetName(column)}`),
    ...(unread.length > 0 ? ['  読まなかった列:'] : []),
    ...unread.map(({ index, heading: text, examples, same }) => {
      const values = examples.length === 0 ? '値はありません' : `例: ${examples.map(quoted).join('、')}`;
      return `${heading(index, text)} ${same === undefined ? '' : `${quoted(same)}と同じ欄になるため。`}${values}`;
    }),
  ];
}
