import { sentences } from '../../diagnostics/report.ts';
import { oneLine } from '../../model/names.ts';
import { csv, numberColumns } from '../csv.ts';
import type { Status } from './status.ts';

const columns = ['課', '大項目', '中項目', '小項目', '取組', '年度', '未記入の欄', '注意', 'ファイル', '行'] as const;
type Row = Partial<Record<(typeof columns)[number], string | number>>;

/** One row for each 課, measure and thing to do, so that a spreadsheet sorts and narrows it: what an office hands round. */
export function statusCsv({ sections }: Status): string {
  const rows = sections.flatMap(({ section, open }) =>
    open.flatMap(({ number, title, file, unfilled, notices }): Row[] => {
      const common = { 課: section, ...numberColumns(number), 取組: oneLine(title), ファイル: file };
      return [
        ...unfilled.map(({ field, year }) => ({ ...common, 年度: year ?? '', 未記入の欄: field })),
        ...notices.map((notice) => ({ ...common, 注意: sentences(notice).message, 行: notice.start.line })),
      ];
    }),
  );
  return csv(
    rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? '']))),
    columns,
  );
}
