import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startedLines } from '../../../src/exchange/start/lines.ts';
import { started } from '../../../src/exchange/start/start.ts';
import { placeAt, type Table } from '../../../src/exchange/start/table.ts';
import { cellName, columnName, type ReadCell } from '../../../src/exchange/xlsx/book.ts';

const runs = Number(process.env.RUNS ?? 40);

const headings = fc.constantFrom(
  ...[
    '番号',
    'No.',
    '大項目',
    '基本方針',
    '中項目',
    '施策',
    '取組',
    '事業名',
    '区分',
    '担当局・部',
    '部局',
    '担当課',
    '所管課',
  ],
  ...[
    '取組内容',
    '事業概要',
    '効果・KPI',
    '現状値',
    '目標値(R8)',
    '年度',
    '項目',
    '内容',
    '予算額',
    '予算額(円)',
    '実績',
    '単位',
  ],
  ...[
    'R7',
    '令和7年度予算額',
    '令和7年度',
    'R7実績',
    'R8実績',
    'R8項目',
    '関連計画',
    '再掲',
    '備考',
    '計画名',
    '改定',
    '',
    '新規',
  ],
);
const kinds = fc.constantFrom(
  'text',
  'text',
  'text',
  'blank',
  'blank',
  'amount',
  'lines',
  'mark',
  'names',
  'total',
  'note',
);

/** A cell of which no other has the value, and what of it must be found again. */
function cellOf(kind: string, at: number): { value: string | number; tokens: string[] } | undefined {
  if (kind === 'blank') return undefined;
  if (kind === 'amount') return { value: 10_000_000 + at, tokens: [String(10_000_000 + at)] };
  if (kind === 'lines') return { value: `ア${at}あ\nイ${at}い`, tokens: [`ア${at}あ`, `イ${at}い`] };
  if (kind === 'mark') return { value: `実施${at}回目`, tokens: [`実施${at}回目`] };
  if (kind === 'names') return { value: `い${at}課、ろ${at}課`, tokens: [`い${at}課`, `ろ${at}課`] };
  if (kind === 'total') return { value: '合計', tokens: [] };
  if (kind === 'note') return { value: `※${at}の注`, tokens: [`※${at}の注`] };
  return { value: `値${at}番`, tokens: [`値${at}番`] };
}

const grids = fc.record({
  headings: fc.array(headings, { minLength: 2, maxLength: 12 }),
  rows: fc.array(fc.array(kinds, { minLength: 12, maxLength: 12 }), { minLength: 1, maxLength: 8 }),
  merges: fc.array(
    fc.record({ column: fc.nat(11), row: fc.integer({ min: 1, max: 8 }), height: fc.integer({ min: 1, max: 3 }) }),
    { maxLength: 3 },
  ),
});

/** Cells of a merge below its first are blank, as in any workbook. */
function tableOf({
  headings: heads,
  rows,
  merges,
}: {
  headings: string[];
  rows: string[][];
  merges: { column: number; row: number; height: number }[];
}) {
  const cells = new Map<number, Map<number, ReadCell>>();
  const tokens: { row: number; column: number; tokens: string[] }[] = [];
  cells.set(
    0,
    new Map(heads.flatMap((value, column): [number, ReadCell][] => (value === '' ? [] : [[column, { value }]]))),
  );
  for (const [index, kindsOf] of rows.entries()) {
    const line = new Map<number, ReadCell>();
    for (const [column] of heads.entries()) {
      const isBelow = merges.some(
        (merge) => merge.column === column && index + 1 > merge.row && index + 1 <= merge.row + merge.height,
      );
      const cell = isBelow ? undefined : cellOf(kindsOf[column] ?? 'blank', index * 20 + column + 100);
      if (!cell) continue;
      line.set(column, { value: cell.value });
      tokens.push({ row: index + 1, column, tokens: cell.tokens });
    }
    cells.set(index + 1, line);
  }
  const table: Table = {
    file: '表.xlsx',
    sheet: '一覧',
    rows: cells,
    merges: merges.map(({ column, row, height }) => ({
      startRow: row,
      endRow: row + height,
      startCol: column,
      endCol: column,
    })),
  };
  return { table, tokens };
}

test('each value of any table stands in the content, or its cell, row or column is named', () => {
  fc.assert(
    fc.property(grids, (grid) => {
      const { table, tokens } = tableOf(grid);
      const found = started([table], 'new');
      if (found.files.size === 0) return;
      const files = [...found.files].flatMap(([path, text]) => (path.endsWith('.yaml') ? (text ?? '') : [])).join('\n');
      const places = new Set(found.remarks.map(({ place }) => place));
      const told = startedLines(found).join('\n');
      const unread = new Set(found.read.flatMap(({ mapped }) => mapped.unread.map(({ index }) => index)));
      for (const { row, column, tokens: parts } of tokens) {
        if (unread.has(column)) {
          expect(told).toContain(`    ${columnName(column)}列`);
          continue;
        }
        if (places.has(placeAt(table, row)) || places.has(placeAt(table, row, column))) continue;
        // Serial numbers are told of once.
        if (typeof table.rows.get(row)?.get(column)?.value === 'number' && told.includes('通し番号などは')) continue;
        for (const part of parts)
          expect(
            [files, told].some((text) => text.includes(part)),
            `${cellName(row, column)} ${part}`,
          ).toBe(true);
      }
    }),
    { numRuns: runs },
  );
});
