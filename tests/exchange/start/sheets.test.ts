import { expect, test } from 'vitest';
import { started } from '../../../src/exchange/start/start.ts';
import type { Table } from '../../../src/exchange/start/table.ts';
import type { ReadCell } from '../../../src/exchange/xlsx/book.ts';

type Value = ReadCell | string | number | undefined;

/** A sheet of rows; merges as A5:A7. */
function sheet(rows: readonly (readonly Value[])[], merges: readonly string[] = [], name = '一覧'): Table {
  const cell = (text: string) => ({ row: Number(/\d+/.exec(text)?.[0]) - 1, column: text.charCodeAt(0) - 65 });
  return {
    file: '表.xlsx',
    sheet: name,
    rows: new Map(
      rows.map((row, index) => [
        index,
        new Map(
          row.flatMap((value, column): [number, ReadCell][] =>
            value === undefined ? [] : [[column, typeof value === 'object' ? value : { value }]],
          ),
        ),
      ]),
    ),
    merges: merges.map((range) => {
      const [from, to] = range.split(':').map(cell) as [ReturnType<typeof cell>, ReturnType<typeof cell>];
      return { startRow: from.row, startCol: from.column, endRow: to.row, endCol: to.column };
    }),
  };
}

const made = (...tables: Table[]) => {
  const { files, remarks } = started(tables, 'new');
  const body = (path: string) => files.get(path)?.split('\n').slice(1).join('\n');
  return { files, body, told: remarks.map(({ place, message }) => `${place} ${message}`) };
};
const _ = undefined;

test('merged headings and cells, rows that go on, a day that was a number, a 再掲 by its name', () => {
  const day = { value: { date: '2001-01-02T00:00:00' }, shown: '2001/1/2', format: 'yyyy/m/d' };
  const { body, told } = made(
    sheet(
      [
        ['みなと町 実施計画'],
        [_, _, _, _, _, _, '(単位:百万円)'],
        ['番号', '基本目標', '施策', '事業名', '担当部署', '事業概要', '令和7年度', _],
        [_, _, _, _, _, _, '予算額', '実績'],
        [
          '1-1-1',
          '1 安全',
          '1-1 防災',
          '避難所の公開',
          '総務部 防災課',
          '公開する',
          { value: 1.5, shown: '2', format: '0' },
          '公開した',
        ],
        [
          day,
          _,
          _,
          '無線の更新',
          '総務部　防災課\n建設部　土木課',
          '更新',
          { value: '', formula: 'G5*2' },
          { value: '#REF!', error: true },
        ],
        [_, _, _, _, _, '子局も', _, _],
        ['1-2-1', _, '1-2 交通', 'バス(再掲)', '都市部 交通課', _, _, _],
        ['2-1-1', '2 にぎわい', '2-1 商業', 'バス', '都市部 交通課', '路線', { value: 3, formula: 'SUM(A1)' }, '運行'],
        [_, '合計', _, _, _, _, 99, _],
      ],
      ['A1:H1', 'G3:H3', 'A3:A4', 'B3:B4', 'C3:C4', 'D3:D4', 'E3:E4', 'F3:F4', 'B5:B8', 'C5:C7', 'A6:A7', 'D6:D7'],
    ),
  );
  expect(body('measures/1-1-1.yaml')).toContain('スケジュール:\n  R7:\n    予算額: 1500\n    事業実績: 公開した\n');
  expect(body('measures/1-1-2.yaml')).toContain(
    '担当局・部: [総務部, 建設部]\n担当課: [防災課, 土木課]\n取組内容: |-\n  更新\n  子局も\nスケジュール:\n  R7: {}\n',
  );
  expect(body('measures/1-2-1.yaml')).toBe('番号: 1-2-1\n区分: 継続\n再掲: 2-1-1\n');
  expect(body('organization.yaml')).toContain('  - 名称: 建設部\n    課: [土木課]\n');
  for (const line of [
    '表.xlsx 一覧!A6 番号「2001/1/2」は日付になっています。1-1-2 と読みました。',
    '表.xlsx 一覧!G6 令和7年度 予算額の数式は、計算された値がファイルにないため、読み込んでいません。Excel で開いて保存し直してください。',
    '表.xlsx 一覧!H6 令和7年度 実績の「#REF!」は計算の誤りなので、読み込んでいません。',
    '表.xlsx 一覧!D8 「バス(再掲)」を、2-1-1 の再掲として読みました。',
    '表.xlsx 一覧!10:10 合計の行は読んでいません。',
    '表.xlsx 一覧!G9 数式は、計算された値を読みました。',
  ])
    expect(told).toContain(line);
});

test('headings between the rows, the year and the unit in the title, headings again on each page', () => {
  const { body, told } = made(
    sheet(
      [
        ['令和7年度 当初予算(千円)'],
        ['事業名', '担当課', '予算額'],
        ['くらし'],
        ['窓口', '市民課', 10],
        ['事業名', '担当課', '予算額'],
        ['案内', '市民課', '—'],
        ['しごと'],
        ['港', '漁港課', 30],
      ],
      ['A3:C3', 'A7:C7'],
    ),
  );
  expect(body('structure.yaml')).toBe(
    '大項目:\n  - 番号: 1\n    名称: くらし\n    中項目:\n      - 番号: 1-1\n        名称: くらし\n  - 番号: 2\n    名称: しごと\n    中項目:\n      - 番号: 2-1\n        名称: しごと\n',
  );
  expect(body('measures/1-1-2.yaml')).toContain('取組: 案内\n');
  expect(body('measures/1-1-2.yaml')).toContain('  R7:\n    予算額: —\n');
  expect(body('measures/2-1-1.yaml')).toContain('    予算額: 30\n');
  expect(told.some((line) => line.includes('中項目の名称が表にないため、大項目と同じ名前にしました(1-1、2-1)。'))).toBe(
    true,
  );
});

test('sheets of one edition go together by number or by name; what they say differently is told', () => {
  const { body, files, told } = made(
    sheet(
      [
        ['事業名', '年度', '予算額(千円)', '実績'],
        ['窓口', 'R7', 10, 'した'],
        [_, 'R8', 20, _],
        ['港', '令和7年度', 5, _],
      ],
      [],
      '実績',
    ),
    sheet([
      ['番号', '事業名', '担当課', '備考'],
      ['1-1-1', '窓口', '市民課', 'x'],
      ['1-1-2', '港', '漁港課', 'y'],
      ['1-1-2', '川', '土木課', 'z'],
    ]),
  );
  expect([...files.keys()].filter((path) => path.startsWith('measures/'))).toEqual(
    ['measures/1-1-1.yaml', 'measures/1-1-2.yaml', 'measures/1-1-3.yaml'].filter((path) => files.has(path)),
  );
  expect(body('measures/1-1-1.yaml')).toContain('  R7:\n    予算額: 10\n    事業実績: した\n  R8:\n    予算額: 20\n');
  expect(body('measures/1-1-2.yaml')).toContain('  R7:\n    予算額: 5\n  R8: {}\n');
  expect(told).toContain(
    '表.xlsx 一覧!A4 番号 1-1-2 は 表.xlsx 一覧!B3 の「港」にも付いています。「川」には別の番号を付けました。',
  );
});

test('values of 現状・実績・目標 in columns of their own, with a column of their unit; ○ below 関連計画', () => {
  const { body } = made(
    sheet(
      [
        ['事業名', '担当部局', '担当課', '成果指標', '単位', '現状値', '目標値', '関連計画', _],
        [_, _, _, _, _, '(R6)', '令和8年度', '総合計画', '防災計画'],
        ['窓口', '市民局', '市民課', '利用者', '人', 1200, '2,000', '○', _],
      ],
      ['H1:I1'],
    ),
  );
  expect(body('measures/1-1-1.yaml')).toContain('現状・実績・目標: |-\n  1200人(R6)\n  2,000人(R8)\n');
  expect(body('measures/1-1-1.yaml')).toContain('関連計画: [総合計画]\n');
  expect(body('edition.yaml')).toContain(
    '現状・実績・目標: { 現状値: R6, 目標値: R8 }\n関連計画: [総合計画, 防災計画]\n',
  );
});
