import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { placeOfTold } from '../../../src/exchange/answers/answers.ts';
import { keyText } from '../../../src/exchange/answers/key.ts';
import { readAnswers } from '../../../src/exchange/answers/read/read-answers.ts';
import type { ReadBook, ReadCell } from '../../../src/exchange/xlsx/book.ts';
import { readBook } from '../../../src/exchange/xlsx/read-book.ts';
import { sheetFields } from '../../../src/model/fields.ts';
import { asFile } from './as-file.ts';
import { editionOf } from './editions.ts';
import { type Book, bookOf, type Cells } from './sheets.ts';

/** WRITE=1 npx vitest run tests/exchange/answers/treated.test.ts writes anew what is told; read it. */
const ref = 'tests/refs/answers.txt';
const untouched = bookOf(editionOf('tests/city'), { openYears: ['R11', 'R12'] }).book;
const known = { sections: ['窓口課', '防災課', '学校課', '(発注)漁港課'], departments: ['市民局', '教育局'] };

/** A sheet of a workbook as somebody treats it */
class Treated {
  readonly book: Book = structuredClone(untouched);
  sheet(name = '1-1-1'): Cells {
    return this.book.sheets.find((sheet) => sheet.name === name) as Cells;
  }
  row(label: string, sheet = this.sheet()): number {
    const found = [...sheet.rows].find(([, cells]) =>
      [label, `${label}(千円)`, `${label}【要記入】`].includes(String(cells.get(1)?.value)),
    );
    if (!found) throw new Error(`no row ${label}`);
    return found[0];
  }
  put(label: string, value: ReadCell['value'] | ReadCell, { sheet = this.sheet(), column = 2 } = {}): this {
    const cell = typeof value === 'object' && 'value' in value ? value : { value };
    sheet.rows.get(this.row(label, sheet))?.set(column, cell);
    return this;
  }
  clear(label: string, column = 2): this {
    this.sheet().rows.get(this.row(label))?.delete(column);
    return this;
  }
  copy(name = '1-1-1', as = `${name} (2)`): Cells {
    const copy = { ...structuredClone(this.sheet(name)), name: as };
    this.book.sheets.push(copy);
    return copy;
  }
  rows(): [number, Map<number, ReadCell>][] {
    return [...this.sheet().rows].filter(([, cells]) => String(cells.get(0)?.value).startsWith('['));
  }
  /** The values of columns from the last row to the first */
  turn(...columns: number[]): this {
    const rows = this.rows();
    const before = rows.map(([, cells]) => new Map(cells)).reverse();
    rows.forEach(([, cells], index) => {
      for (const column of columns) {
        const cell = before[index]?.get(column);
        if (cell) cells.set(column, cell);
        else cells.delete(column);
      }
    });
    return this;
  }
}

/** What is told of it, and what it says that its base does not. */
function shownOf(book: ReadBook): string {
  const read = readAnswers('回答.xlsx', book, sheetFields, known);
  const lines = read.told.flatMap((told) => [
    `  ${told.severity} ${placeOfTold(told)} ${told.message}`,
    `    ${told.hint}`,
  ]);
  if (!('given' in read)) return lines.join('\n');
  const rows = new Map(
    read.base.measures.flatMap((measure) => measure.rows.map((row) => [keyText(row.key), row] as const)),
  );
  const changes = [...read.given.values()].flatMap(({ key, value, sheet, cell }) => {
    const row = rows.get(keyText(key));
    return row?.value === value
      ? []
      : [`  ${sheet}!${cell} ${row?.label} = ${value === undefined ? '空欄' : JSON.stringify(value)}`];
  });
  return [...changes, ...lines].join('\n') || '  変わりなし';
}

const amounts: ReadCell[] = [
  ...[
    '1,914',
    '１９１４',
    '１，９１４千円',
    '1914千円',
    '1,914,000円',
    '￥1,914,000',
    '5万円',
    '1.9E3',
    ' 12 ',
    '0円',
    '12,500',
  ],
  ...[
    'なし',
    '-',
    'ー',
    '―',
    '—',
    '1,914,500円',
    '0.5',
    '▲5',
    '△5',
    '-5',
    '(100)',
    '約100',
    '1,91',
    '未定',
    '窓口課 10',
  ],
  ...[1914, 12500, 1914.0000000002, 0.5, -3, 1e300, '9'.repeat(400), true],
].map((value) => ({ value }));

const treatments: Record<string, Treated | (() => Treated)> = {
  nothing: new Treated(),
  ...Object.fromEntries(
    amounts.map((cell) => [`an amount: ${JSON.stringify(cell.value)}`, new Treated().put('R11 予算額', cell)]),
  ),
  'an amount in percent': new Treated().put('R11 予算額', { value: 0.5, format: '0%', shown: '50%' }),
  'an amount that became a date': new Treated().put('R11 予算額', {
    value: { date: '2026-03-04T00:00:00' },
    format: 'm/d',
    shown: '3/4',
  }),
  'an amount shown in thousands': new Treated().put('R11 予算額', { value: 1914000, format: '#,##0,', shown: '1,914' }),
  'an amount shown in yen': new Treated().put('R11 予算額', { value: 1914000, format: '¥#,##0', shown: '¥1,914,000' }),
  'an amount with separators': new Treated().put('R11 予算額', { value: 1914, format: '#,##0', shown: '1,914' }),
  'a formula': new Treated().put('R11 予算額', { value: 1914, formula: 'SUM(F1:F3)' }),
  'a formula with the value of the base': new Treated().put('R11 予算額', { value: 12500, formula: 'F1' }),
  'an error value': new Treated().put('R11 予算額', { value: '#REF!', error: true, formula: 'F1' }),
  'an error value in a text': new Treated().put('R11 内容', { value: '#N/A', error: true }),
  'a text that became a date': new Treated().put('R11 事業実績', {
    value: { date: '2001-01-02T00:00:00' },
    format: 'yyyy/m/d',
    shown: '2001/1/2',
  }),
  'a text that became a Japanese date': new Treated().put('R11 事業実績', {
    value: { date: '2023-04-01T00:00:00' },
    format: '[$-411]ge.m.d',
    shown: 'R5.4.1',
  }),
  'a number in a text': new Treated().put('R11 事業実績', 587),
  'a number in a text, with separators': new Treated().put('R11 事業実績', {
    value: 1587,
    format: '#,##0',
    shown: '1,587',
  }),
  'a percentage in a text': new Treated().put('R11 事業実績', { value: 0.5, format: '0%', shown: '50%' }),
  'a truth value in a text': new Treated().put('R11 事業実績', true),
  'blanks and line ends that nobody sees': new Treated()
    .put('取組内容', '申請書を書かずに手続ができる窓口を設ける。 \r\n・転入、転出　\r\n・証明書の交付\r\n\r\n')
    .put('R11 内容', '導入　 ')
    .put('R11 予算額', '12500'),
  'a text with blanks at its ends': new Treated().put('R11 事業実績', '　導入した。　\r\n使った。 \n'),
  'blanks alone': new Treated().put('R11 事業実績', ' 　\n'),
  ...Object.fromEntries(
    ['〇', '●', '▲', '⇒', 'x', 'ー', '→ ', '実施', '1'].map((value) => [
      `a mark: ${value}`,
      new Treated().put('R11 項目', value),
    ]),
  ),
  ...Object.fromEntries(
    ['新 規', ' 継続', '継続事業', '廃止'].map((value) => [`区分: ${value}`, new Treated().put('区分', value)]),
  ),
  ...Object.fromEntries(
    ['〇', 'x', 'Ｘ', '✕', '△', '有'].map((value) => [
      `a flag: ${value}`,
      new Treated().put('関連計画 総合計画', value),
    ]),
  ),
  'names in one cell': new Treated().put('担当課 1', '窓口課、(発注)漁港課'),
  'names in lines': new Treated().put('担当課 2', '防災課\n学校課'),
  'names that are not all known': new Treated().put('担当課 1', '窓口課・港湾課'),
  'more names than rows': new Treated().put('担当課 1', '窓口課、防災課').put('担当課 2', '学校課、防災課'),
  'a name with blanks around': new Treated().put('担当課 2', ' 防災課　'),
  'an emptied cell': new Treated().clear('R11 内容'),
  'a closed year': new Treated().put('R10 内容', '調査した'),
  'a closed year, emptied': new Treated().clear('R10 内容'),
  'typed in いまの内容': new Treated()
    .put('R11 事業実績', '導入した', { column: 3 })
    .put('R12 事業実績', '使った', { column: 3 }),
  'typed in both': new Treated().put('R11 事業実績', '導入した', { column: 3 }).put('R11 事業実績', '導入した'),
  'another 項目': new Treated().put('R11 事業実績', '導入した').put('R11 事業実績', '実績の欄', { column: 1 }),
  'notes beside': new Treated().put('R11 事業実績', '確認中', { column: 5 }),
  comments: () => {
    const treated = new Treated();
    treated.sheet().comments = ['C7'];
    treated.sheet('1-1-2').comments = ['C7', 'D2', 'C8', 'C9', 'C10', 'C11', 'B1'];
    return treated;
  },
  'many notes beside': () => {
    const treated = new Treated();
    for (const [, cells] of treated.rows()) cells.set(6, { value: '済' });
    return treated;
  },
  'a row inserted, with a text': () => {
    const treated = new Treated();
    treated.sheet().rows.set(60, new Map([[2, { value: 'ここにも書いた' }]]));
    return treated;
  },
  'a sheet of their own': () => {
    const treated = new Treated();
    treated.book.sheets.push({
      name: 'メモ',
      hidden: false,
      merges: [],
      rows: new Map([[0, new Map([[0, { value: '覚え' }]])]]),
    });
    return treated;
  },
  'a sheet renamed and hidden': () => {
    const treated = new Treated().put('R11 事業実績', '導入した');
    Object.assign(treated.sheet(), { hidden: true, name: '窓口課の分' });
    return treated;
  },
  'a sheet copied': () => {
    const treated = new Treated();
    treated.copy();
    return treated;
  },
  'a sheet copied and filled in': () => {
    const treated = new Treated();
    return treated.put('R11 事業実績', '導入した', { sheet: treated.copy() });
  },
  'both filled in alike': () => {
    const treated = new Treated();
    return treated.put('R11 事業実績', '導入した', { sheet: treated.copy() }).put('R11 事業実績', '導入した ');
  },
  'both filled in, not alike': () => {
    const treated = new Treated();
    return treated.put('R11 事業実績', '導入した', { sheet: treated.copy() }).put('R11 事業実績', '使った');
  },
  'emptied in the copy': () => {
    const treated = new Treated();
    treated.copy().rows.get(treated.row('R11 内容'))?.delete(2);
    return treated;
  },
  'a sheet deleted': () => {
    const treated = new Treated();
    treated.book.sheets.splice(treated.book.sheets.indexOf(treated.sheet()), 1);
    return treated;
  },
  'rows deleted': () => {
    const treated = new Treated();
    for (const label of ['R11 予算額', 'R10 内容', 'R11 事業実績']) treated.sheet().rows.delete(treated.row(label));
    return treated;
  },
  'the whole sheet sorted': new Treated().put('R11 事業実績', '導入した').turn(0, 1, 2, 3),
  'sorted without the key': new Treated().put('R11 事業実績', '導入した').turn(1, 2, 3),
  '記入欄 sorted alone': new Treated().put('R11 事業実績', '導入した').turn(2),
  'いまの内容 sorted alone': new Treated().put('R11 事業実績', '導入した').turn(3),
  '項目 and 記入欄 sorted alone': new Treated().put('R11 事業実績', '導入した').turn(1, 2),
  '記入欄 and いまの内容 sorted alone': new Treated().put('R11 事業実績', '導入した').turn(2, 3),
  'a row filled down over the next one': () => {
    const treated = new Treated();
    const [from, to] = ['R11 項目', 'R11 内容'].map((label) => treated.sheet().rows.get(treated.row(label)));
    for (const column of [1, 2, 3]) to?.set(column, from?.get(column) as ReadCell);
    return treated;
  },
  'columns swapped': () => {
    const treated = new Treated().put('R11 事業実績', '導入した');
    for (const [row, cells] of treated.sheet().rows)
      treated
        .sheet()
        .rows.set(row, new Map([...cells].map(([column, cell]) => [[4, 2, 0, 1][column] ?? column, cell])));
    return treated;
  },
  'the heading of 記入欄 written over': () => {
    const treated = new Treated().put('R11 事業実績', '導入した');
    treated.sheet().rows.get(2)?.set(2, { value: '回答' });
    return treated;
  },
  'all headings deleted': () => {
    const treated = new Treated().put('R11 事業実績', '導入した');
    treated.sheet().rows.delete(2);
    return treated;
  },
  ...Object.fromEntries(
    ['the key', '項目', '記入欄', 'いまの内容'].map((name, at) => [
      `the column of ${name} deleted`,
      () => {
        const treated = new Treated().put('R11 事業実績', '導入した');
        for (const [, cells] of treated.sheet().rows) cells.delete(at);
        return treated;
      },
    ]),
  ),
  'a column copied beside, then filled in': () => {
    const treated = new Treated();
    for (const [, cells] of treated.sheet().rows) if (cells.has(2)) cells.set(4, { ...(cells.get(2) as ReadCell) });
    return treated.put('R11 事業実績', '導入した', { column: 4 });
  },
  'cells merged': () => {
    const treated = new Treated().put('R11 事業実績', '導入した');
    const row = treated.row('R11 内容');
    treated.clear('R11 予算額').clear('R11 事業実績');
    treated.sheet().merges.push({ startRow: row, endRow: row + 2, startCol: 2, endCol: 2 });
    return treated;
  },
  'merged across columns': () => {
    const treated = new Treated().clear('R11 内容', 3).put('R11 内容', '全庁に導入');
    const row = treated.row('R11 内容');
    treated.sheet().merges.push({ startRow: row, endRow: row, startCol: 2, endCol: 3 });
    return treated;
  },
  'a sheet of another workbook': () => {
    const treated = new Treated();
    const copy = treated.copy('1-1-1', '写し');
    for (const [, cells] of copy.rows) {
      const key = cells.get(0);
      if (key) cells.set(0, { value: String(key.value).replace('1-1-1', '9-9-9') });
    }
    return treated.put('R11 事業実績', '導入した', { sheet: copy });
  },
  'a key that is none': () => {
    const treated = new Treated();
    return treated.put('R11 事業実績', '["1-1-1"', { column: 0 }).put('R11 事業実績', '導入した');
  },
  'an amount and its parts': () => {
    const treated = new Treated();
    const sheet = treated.sheet('1-1-2');
    return treated
      .put('R11 予算額', 5, { sheet })
      .put('R11 予算額 内訳1 区分', '窓口課', { sheet })
      .put('R11 予算額 内訳1 額', 3, { sheet });
  },
  'a part without its amount': () => {
    const treated = new Treated();
    const sheet = treated.sheet('1-1-2');
    sheet.rows.get(treated.row('R11 予算額', sheet))?.delete(2);
    return treated.put('R11 予算額 内訳1 区分', '窓口課', { sheet });
  },
  'without the base': () => {
    const treated = new Treated();
    treated.book.sheets = treated.book.sheets.filter(({ name }) => name !== '元の値');
    return treated;
  },
  'with another base': () => {
    const treated = new Treated();
    treated.sheet('元の値').rows.get(1)?.set(1, { value: '{}' });
    return treated;
  },
  'another workbook': () => {
    const treated = new Treated();
    treated.book.sheets = treated.book.sheets.slice(0, 1);
    return treated;
  },
};

const books = Object.entries(treatments).map(
  ([name, treated]) => [name, (typeof treated === 'function' ? treated() : treated).book] as const,
);

test('what comes of what writers do, and what they are told', () => {
  const text = books.map(([name, book]) => `${name}\n${shownOf(book)}\n`).join('\n');
  if (process.env.WRITE) writeFileSync(ref, text);
  expect(text).toBe(readFileSync(ref, 'utf8'));
});

test('the same comes of their files', async () => {
  for (const [name, book] of books) expect(shownOf(await readBook(asFile(book))), name).toBe(shownOf(book));
});
