import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import { beforeAll, describe, expect, test } from 'vitest';
import { baseOf } from '../../../src/exchange/answers/base-sheet.ts';
import { keyOfText, keyText } from '../../../src/exchange/answers/key.ts';
import { dueMark, headings, sheetNames } from '../../../src/exchange/answers/layout.ts';
import { baseOfEdition } from '../../../src/exchange/answers/send/base-of.ts';
import type { ReadBook, ReadSheet } from '../../../src/exchange/xlsx/book.ts';
import { readBook } from '../../../src/exchange/xlsx/read-book.ts';
import { measuresOf } from '../../../src/model/edition.ts';
import { booksOf, bytesOf, folders, type MadeBook } from './editions.ts';

interface Tried {
  made: MadeBook;
  bytes: Uint8Array;
  read: ReadBook;
}
/** Of the edition one in so many; of the invented cities all. */
const every = Number(process.env.EVERY ?? 40);
const tried: Tried[] = [];
beforeAll(async () => {
  for (const folder of folders)
    for (const [index, made] of booksOf(folder).entries()) {
      if (folder === 'content' && index % every !== 0) continue;
      const bytes = await bytesOf(made);
      tried.push({ made, bytes, read: await readBook(bytes) });
    }
});

const each = (check: (one: Tried) => void): void => {
  expect(tried.length).toBeGreaterThan(20);
  for (const one of tried) check(one);
};
const sheetNamed = ({ sheets }: ReadBook, name: string): ReadSheet => {
  const sheet = sheets.find((one) => one.name === name);
  if (!sheet) throw new Error(`no sheet ${name}`);
  return sheet;
};
const rowsOf = ({ rows }: ReadSheet) =>
  [...rows.values()].map((cells) => [0, 1, 2, 3, 4, 5, 6].map((at) => cells.get(at)?.value));
const baseOfTried = ({ made: { book, request } }: Tried) =>
  baseOfEdition({ ...request, numbers: book.numbers, sections: book.sections });
const partsOf = (bytes: Uint8Array) =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));

test('一覧 in front, a sheet for each measure of its own, hidden the names and the base', () =>
  each((one) => {
    const base = baseOfTried(one);
    expect(one.read.sheets.map(({ name, hidden }) => `${name}${hidden ? ' hidden' : ''}`)).toEqual([
      sheetNames.overview,
      ...base.measures.map(({ number }) => number),
      `${sheetNames.names} hidden`,
      `${sheetNames.base} hidden`,
    ]);
    expect(baseOf(one.read)).toEqual(base);
  }));

test('a sheet has the row of each key once, its value in 記入欄 and いまの内容, its 年度 in bands', () =>
  each((one) => {
    for (const { number, title, rows } of baseOfTried(one).measures) {
      const [[, shownNumber, shownTitle] = [], , heading, ...written] = rowsOf(sheetNamed(one.read, number));
      expect([shownNumber, shownTitle]).toEqual([number, title]);
      expect(heading?.slice(0, 4)).toEqual([headings.key, headings.label, headings.answer, headings.present]);
      const keyed = written.filter(([key]) => key !== undefined);
      expect(keyed.map(([key]) => keyOfText(String(key)))).toEqual(rows.map(({ key }) => key));
      keyed.forEach(([, label, answer, present], at) => {
        const row = rows[at];
        expect(String(label).startsWith(row?.label ?? '?')).toBe(true);
        expect(String(label).endsWith(dueMark)).toBe(row?.due);
        expect([answer, present]).toEqual([row?.value, row?.value]);
      });
      const bands = written.filter(([key]) => key === undefined).map(([, label]) => String(label));
      const { years } = one.made.request.edition;
      const openYears = one.made.request.openYears ?? years;
      expect(bands.slice(0, years.length)).toEqual(
        years.map((year) => (openYears.includes(year) ? year : `${year}(閉じた年度: 書きかえられません)`)),
      );
    }
  }));

test('what 一覧 counts is what stands in the sheets', () =>
  each((one) => {
    const base = baseOfTried(one);
    const cells = rowsOf(sheetNamed(one.read, sheetNames.overview));
    const counted = base.measures.map(({ number, rows }) => {
      const line = cells.find(([first]) => first === number);
      expect(line?.slice(4)).toEqual([rows.filter(({ due }) => due).length, 0, 0]);
      return Number(line?.[4]);
    });
    expect(cells.find(([first]) => first === '合計')?.slice(4)).toEqual([counted.reduce((a, b) => a + b, 0), 0, 0]);
    for (const [row, line] of sheetNamed(one.read, sheetNames.overview).rows)
      for (const [column, { formula }] of line) {
        if (formula === undefined) continue;
        // It counts what its sheet has, from the first row to the last.
        const [, number, from, to] = /'([\d-]+)'!\$[BC]\$(\d+):\$[BC]\$(\d+)/.exec(formula) ?? [];
        if (number === undefined) expect(formula, `${row},${column}`).toMatch(/^SUM\([EFG]\d+:[EFG]\d+\)$/);
        else {
          const sheet = sheetNamed(one.read, number);
          const keyed = [...sheet.rows]
            .filter(([, line]) => keyOfText(String(line.get(0)?.value)))
            .map(([at]) => at + 1);
          expect([Number(from), Number(to)]).toEqual([keyed[0], keyed.at(-1)]);
        }
      }
  }));

test('a 再掲 has no sheet; 一覧 says where it is written', () =>
  each((one) => {
    const reprints = measuresOf(one.made.request.edition).filter(
      ({ id, reprintOf }) => reprintOf !== undefined && one.made.book.numbers.includes(id),
    );
    const cells = rowsOf(sheetNamed(one.read, sheetNames.overview));
    for (const { id, reprintOf } of reprints)
      expect(String(cells.find(([first]) => first === id)?.[2])).toContain(reprintOf);
  }));

describe('what Excel would have to repair', () => {
  /** CT_Worksheet: in this order */
  const order =
    'sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetProtection autoFilter mergeCells conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter'.split(
      ' ',
    );

  test('parts of a sheet stand in their order; nothing is longer than it may be', () =>
    each(({ bytes }) => {
      const parts = partsOf(bytes);
      for (const [name, xml] of Object.entries(parts)) {
        if (!name.startsWith('xl/worksheets/sheet')) continue;
        const children = [...xml.replace(/<sheetData>.*<\/sheetData>/s, '<sheetData/>').matchAll(/<([A-Za-z]+)[ />]/g)]
          .map(([, tag = '']) => tag)
          .filter((tag) => order.includes(tag));
        expect([...new Set(children)]).toEqual(order.filter((tag) => children.includes(tag)));
        for (const [, prompt = ''] of xml.matchAll(/ prompt="([^"]*)"/g))
          expect(prompt.length).toBeLessThanOrEqual(255);
        for (const [, title = ''] of xml.matchAll(/ (?:promptTitle|errorTitle)="([^"]*)"/g))
          expect(title.length).toBeLessThanOrEqual(32);
        for (const [, error = ''] of xml.matchAll(/ error="([^"]*)"/g)) expect(error.length).toBeLessThanOrEqual(225);
        for (const [, formula = ''] of xml.matchAll(/<formula1>([^<]*)</g))
          expect(formula.length).toBeLessThanOrEqual(255);
        for (const [, formula = ''] of xml.matchAll(/<f>([^<]*)</g)) expect(formula.length).toBeLessThanOrEqual(8192);
        for (const [, text = ''] of xml.matchAll(/<odd(?:Header|Footer)>([^<]*)</g))
          expect(text.length).toBeLessThanOrEqual(255);
        expect(xml).not.toContain('customHeight');
        for (const [, height] of xml.matchAll(/ ht="([^"]*)"/g)) expect(Number(height)).toBeLessThanOrEqual(409);
      }
      for (const [, text = ''] of (parts['xl/sharedStrings.xml'] ?? '').matchAll(/<t[^>]*>([^<]*)</g))
        expect(text.length).toBeLessThanOrEqual(32_767);
    }));

  test('defined names are legal, and lead to the names', () =>
    each(({ bytes, read }) => {
      const workbook = partsOf(bytes)['xl/workbook.xml'] ?? '';
      const defined = new Map(
        [...workbook.matchAll(/<definedName name="([^"]*)"[^>]*>([^<]*)</g)].map(([, name = '', range = '']) => [
          name,
          range,
        ]),
      );
      const lists = rowsOf(sheetNamed(read, sheetNames.names));
      for (const [column, name] of (lists[0] ?? []).entries()) {
        if (name === undefined) continue;
        expect(name).toMatch(/^\p{L}+$/u);
        const count = lists.slice(1).filter((row) => row[column] !== undefined).length;
        const letter = 'AB'.charAt(column);
        expect(defined.get(String(name))).toBe(`'${sheetNames.names}'!$${letter}$2:$${letter}$${count + 1}`);
      }
      for (const [name, range] of defined) expect(range, name).toMatch(/^'[^']+'!/);
    }));

  test('a place in a formula, a list or a link is there', () =>
    each(({ bytes, read }) => {
      const parts = partsOf(bytes);
      const names = new Set(read.sheets.map(({ name }) => name));
      const all = Object.values(parts).join('');
      for (const [, name = ''] of all.matchAll(/(?:location="|[>,(])(?:'|&apos;)([^'&]+)(?:'|&apos;)!/g))
        expect(names).toContain(name);
      for (const { name } of read.sheets) expect(name.length).toBeLessThanOrEqual(31);
    }));
});

describe('what may be written', () => {
  test('only 記入欄 of open rows is not locked; what is pasted is not either', () =>
    each((one) => {
      const parts = partsOf(one.bytes);
      const styles = parts['xl/styles.xml'] ?? '';
      expect(/<cellStyleXfs[^>]*>(.*?)<\/cellStyleXfs>/s.exec(styles)?.[1]).toContain('<protection locked="0"/>');
      const xfs = (/<cellXfs[^>]*>(.*?)<\/cellXfs>/s.exec(styles)?.[1] ?? '').split(/(?=<xf )/);
      const isOpen = (style: string | undefined) => (xfs[Number(style ?? 0)] ?? '').includes('locked="0"');
      for (const [index, { number, rows }] of baseOfTried(one).measures.entries()) {
        const xml = parts[`xl/worksheets/sheet${index + 2}.xml`] ?? '';
        expect(xml).toContain('<sheetProtection sheet="1"');
        expect(xml).not.toContain('password');
        const open = [...xml.matchAll(/<c r="([A-Z]+)(\d+)"([^>]*)>/g)]
          .filter(([, , , attributes = '']) => isOpen(/ s="(\d+)"/.exec(attributes)?.[1]))
          .map(([, column, row]) => [column, Number(row)]);
        const keyed = [...sheetNamed(one.read, number).rows].filter(([, line]) =>
          keyOfText(String(line.get(0)?.value)),
        );
        const expected = keyed.flatMap(([at], place) => (rows[place]?.open ? [['C', at + 1]] : []));
        expect(open).toEqual(expected);
        const columns = [...xml.matchAll(/<col [^>]*>/g)].map(([column]) => column);
        expect(columns.every((column) => !isOpen(/ style="(\d+)"/.exec(column)?.[1]))).toBe(true);
        expect(columns.at(-1)).toContain('max="16384"');
      }
    }));

  test('marks and names are chosen from lists; names may be others too', async () => {
    for (const { made, bytes } of tried.filter((one) => one.made.of.startsWith('tests/city'))) {
      const { sheets } = await readXlsx(bytes);
      const { edition } = made.request;
      for (const sheet of sheets.slice(1, -2)) {
        const lists = (sheet.dataValidations ?? []).filter(({ type }) => type === 'list');
        expect(lists.map(({ formula1, errorStyle }) => `${formula1} ${errorStyle ?? 'stop'}`)).toEqual(
          expect.arrayContaining(['局部の名前 warning', '課の名前 warning']),
        );
        for (const { choices } of [...edition.fields.measure, ...edition.fields.year])
          if (choices)
            expect(
              lists.some(
                ({ values, formula1 }) => values?.join() === choices.join() || formula1 === `"${choices.join()}"`,
              ) || made.request.openYears?.length === 0,
            ).toBe(true);
      }
    }
  });
});

test('names with a role that stand in the edition are among those to choose', () =>
  each(({ made, read }) => {
    const listed = new Set(rowsOf(sheetNamed(read, sheetNames.names)).flat());
    for (const { sections, departments } of measuresOf(made.request.edition))
      for (const name of [...sections, ...departments]) expect(listed).toContain(name);
  }));

test('the same content gives the same bytes', async () => {
  for (const { made, bytes } of tried.filter(({ made }) => made.of.startsWith('tests/city')))
    expect(Buffer.compare(await bytesOf(made), bytes)).toBe(0);
});

test('a text is a text, whatever it looks like', async () => {
  const [made] = tried.filter((one) => one.made.of.startsWith('tests/city'));
  if (!made) throw new Error('no workbook');
  const edition = structuredClone(made.made.request.edition);
  const texts = [
    ...['=1+1', '+1', "'a", '@a', '-1', '1-1-2', '3/4', '1,914', '１２', '007', 'TRUE', '#N/A', '#REF!', '# 見出し'],
    ...[
      '_x000D_',
      '_x005F_x000D_',
      ' 前',
      '後 ',
      '\u3000全角\u3000',
      '一\n\n二\n',
      'a\tb',
      '<b>&amp;</b>',
      '"',
      '😀葛\u{e0100}',
    ],
  ];
  const own = measuresOf(edition).filter(({ reprintOf }) => reprintOf === undefined);
  const placed = texts.map((text, at) => {
    const measure = own[at % own.length];
    const year = edition.years[Math.floor(at / own.length) % edition.years.length] ?? '';
    if (!measure) throw new Error('no measure');
    const entry = measure.schedule[year] ?? {};
    const field = at >= own.length * edition.years.length ? 'plan' : 'result';
    measure.schedule[year] = { ...entry, [field]: text };
    return text;
  });
  const numbers = own.map(({ id }) => id);
  const read = await readBook(
    await bytesOf({ of: '', book: { name: '', sections: [], numbers }, request: { ...made.made.request, edition } }),
  );
  const shown = read.sheets
    .slice(1, -2)
    .flatMap((sheet) => rowsOf(sheet).flatMap(([, , answer, present]) => [answer, present]));
  for (const text of placed)
    expect(shown.filter((value) => value === text).length, JSON.stringify(text)).toBeGreaterThanOrEqual(2);
});

test('a text that no cell can hold is told', async () => {
  const [one] = tried;
  if (!one) throw new Error('no workbook');
  const edition = structuredClone(one.made.request.edition);
  for (const measure of measuresOf(edition)) measure.description = 'あ'.repeat(32_768);
  await expect(bytesOf({ ...one.made, request: { ...one.made.request, edition } })).rejects.toThrow('32767 字まで');
});

test('a key is written as it is read', () =>
  each(({ read }) => {
    for (const { rows } of read.sheets.slice(1, -2))
      for (const line of rows.values()) {
        const text = line.get(0)?.value;
        const key = typeof text === 'string' ? keyOfText(text) : undefined;
        if (key) expect(keyText(key)).toBe(text);
      }
  }));
