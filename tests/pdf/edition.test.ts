import { readdirSync, readFileSync, statSync } from 'node:fs';
import { create } from 'fontkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { revisedDate } from '../content/revised.ts';
import { livePdf, readLivePdf } from './live.ts';
import {
  bare,
  type Cell,
  isBody,
  isHeading,
  type Page,
  type Pdf,
  type Piece,
  textOf,
  visibleLines,
} from './read-pdf.ts';

// What is expected comes from the YAML files by the yaml library alone, what is found from the PDF by pdfjs alone.
type Amount = number | '—' | { 区分: string; 額: number | '—' }[];
interface MeasureFile {
  番号: string;
  区分: string;
  再掲?: string;
  取組?: string;
  '担当局・部'?: string[];
  担当課?: string[];
  取組内容?: string;
  '効果・KPI'?: string;
  '現状・実績・目標'?: string;
  スケジュール?: Record<string, { 項目?: string; 内容?: string; 予算額?: Amount; 事業実績?: string } | null>;
  関連計画?: string[];
  一覧表?: { 取組事項?: string; 担当課?: string };
}
const read = (name: string) => parse(readFileSync(`content/${name}`, 'utf8'));
const edition = read('edition.yaml') as {
  計画名: string;
  書名: string;
  改定: string;
  発行者: string;
  年度: string[];
  '現状・実績・目標': Record<string, string>;
  関連計画: string[];
};
const structure = read('structure.yaml') as {
  大項目: { 番号: string; 名称: string; 中項目: { 番号: string; 名称: string }[] }[];
};
const files = new Map<string, MeasureFile>(
  readdirSync('content/measures').map((name) => {
    const file = read(`measures/${name}`);
    return [String(file.番号), file];
  }),
);
const groups = structure.大項目.flatMap((category) => category.中項目);
const ids = groups.flatMap((group) =>
  [...files.keys()]
    .filter((id) => id.startsWith(`${group.番号}-`))
    .sort((a, b) => Number(a.split('-')[2]) - Number(b.split('-')[2])),
);
const file = (id: string) => files.get(id) as MeasureFile;
const target = (id: string) => file(file(id).再掲 ?? id);

let path: string;
let pdf: Pdf;
/** Where each measure's rows are in the overview and in the sheets. */
const listed = new Map<string, { page: number; row: Cell[] }>();
const sheets = new Map<string, { page: number; rows: Cell[][] }>();

beforeAll(async () => {
  path = await livePdf();
  pdf = await readLivePdf();
  for (const [index, page] of pdf.pages.entries()) {
    let rows: Cell[][] | undefined;
    for (const row of page.rows.filter(isBody)) {
      const id = row.map(textOf).find((text) => /^\d+-\d+-\d+$/.test(text));
      if (id) listed.set(id, { page: index + 1, row });
      else if (row.length > 10) {
        const number = row.slice(4, 7).map(textOf).join('-');
        expect(sheets.has(number), `個票 ${number} stands once`).toBe(false);
        rows = [row];
        sheets.set(number, { page: index + 1, rows });
      } else rows?.push(row);
    }
  }
}, 120_000);

test('every measure stands once in the overview and once in the sheets, in order', () => {
  expect(ids).toHaveLength(files.size);
  expect([...listed.keys()]).toEqual(ids);
  expect([...sheets.keys()]).toEqual(ids);
});

/** The cell holds exactly `text`, and breaks its line wherever `text` does. */
function expectCell(cell: Cell | undefined, text: string | undefined, where: string): void {
  const wanted = (text ?? '').replace(/\n+$/, '');
  expect(cell ? textOf(cell) : undefined, where).toBe(bare(wanted));
  const ends = new Set<number>();
  let length = 0;
  for (const line of visibleLines(cell as Cell)) {
    length += line.length;
    ends.add(length);
  }
  let offset = 0;
  for (const line of wanted.split('\n')) {
    offset += bare(line).length;
    if (offset > 0) expect(ends, `${where}: a line ends after 「${line}」`).toContain(offset);
  }
}
const figure = (amount: number | '—') => (amount === '—' ? amount : amount.toLocaleString('en-US'));
/** Below parts that say no sum themselves. */
const sumBelow = (parts: Exclude<Amount, number | string>): string[] => {
  const amounts = parts.flatMap(({ 額 }) => (typeof 額 === 'number' ? [額] : []));
  const isSaid = parts.some(({ 区分 }) => ['合計', '計', '総額'].includes(区分));
  if (parts.length < 2 || amounts.length === 0 || isSaid) return [];
  return [`合計${figure(amounts.reduce((sum, one) => sum + one, 0))}`];
};
const printed = (amount: Amount | undefined) =>
  amount === undefined
    ? ''
    : Array.isArray(amount)
      ? [...amount.map(({ 区分, 額 }) => `${区分}${figure(額)}`), ...sumBelow(amount)].join('\n')
      : figure(amount);

describe.each(ids)('%s', (id) => {
  test('the overview: its row, once and whole', () => {
    const { row } = listed.get(id) as { row: Cell[] };
    const cells = row.slice(-5);
    const { 区分, 再掲, 一覧表, 取組, 担当課 } = file(id);
    const title = 一覧表?.取組事項 ?? 取組?.replaceAll('\n', '') ?? target(id).一覧表?.取組事項 ?? target(id).取組;
    const section = 一覧表?.担当課 ?? 担当課?.join('、') ?? target(id).一覧表?.担当課 ?? target(id).担当課?.join('、');
    expect(cells.map(textOf)).toEqual(
      [id, 区分, 再掲 ? '○' : '', 再掲 ? `(再掲)${title}` : title, section].map((text) => bare(text ?? '')),
    );
  });

  test('the sheet: every text and figure in its cell, in reading order, once and whole', () => {
    const { rows } = sheets.get(id) as { rows: Cell[][] };
    const own = file(id);
    const [department, section, title, kind, n1, n2, n3, description, effect, indicators, ...rest] = rows[0] as Cell[];
    expectCell(department, (own['担当局・部'] ?? target(id)['担当局・部'])?.join('\n'), '担当局・部');
    expectCell(section, (own.担当課 ?? target(id).担当課)?.join('\n'), '担当課');
    expectCell(title, own.取組 ?? target(id).取組, '取組');
    expectCell(kind, own.区分, '区分');
    expect([n1, n2, n3].map((cell) => textOf(cell as Cell))).toEqual(id.split('-'));
    expectCell(description, own.再掲 ? `※再掲(${own.再掲})` : own.取組内容, '取組内容');
    expectCell(effect, own['効果・KPI'], '効果・KPI');
    expectCell(indicators, own['現状・実績・目標'], '現状・実績・目標');

    const flags = rest.slice(5);
    expect(flags.map(textOf)).toEqual(
      edition.関連計画.map((plan) => (own.関連計画 === undefined ? '' : own.関連計画.includes(plan) ? '○' : '×')),
    );
    if (own.再掲) {
      expect(rows).toHaveLength(1);
      expect(rest.slice(0, 5).map(textOf)).toEqual(['', '', '', '', '']);
      return;
    }
    expect(rows).toHaveLength(edition.年度.length);
    for (const [index, year] of edition.年度.entries()) {
      const [name, mark, plan, budget, result, ...more] = index === 0 ? rest.slice(0, 5) : (rows[index] as Cell[]);
      const entry = own.スケジュール?.[year] ?? {};
      expect(more).toEqual([]);
      expectCell(name, year, `${year} 年度`);
      expectCell(mark, entry.項目, `${year} 項目`);
      expectCell(plan, entry.内容, `${year} 内容`);
      expectCell(budget, printed(entry.予算額), `${year} 予算額`);
      expectCell(result, entry.事業実績, `${year} 事業実績`);
    }
  });
});

describe('nothing is clipped, overprinted or over a rule', () => {
  const everyPage = (check: (page: Page, number: number) => void) => {
    for (const [index, page] of pdf.pages.entries()) check(page, index + 1);
  };
  const share = (a0: number, a1: number, b0: number, b1: number) => Math.min(a1, b1) - Math.max(a0, b0);

  test('every text stands inside the page', () => {
    everyPage(({ pieces, width, height }, number) => {
      for (const { text, x0, x1, y0, y1 } of pieces)
        expect(x0 > 14 && x1 < width - 14 && y0 > 14 && y1 < height - 14, `p. ${number}: ${text}`).toBe(true);
    });
  });

  test('no two texts share a place', () => {
    everyPage(({ pieces }, number) => {
      const sorted = [...pieces].sort((a, b) => a.y0 - b.y0);
      for (const [index, a] of sorted.entries())
        for (const b of sorted.slice(index + 1)) {
          if (b.y0 > a.y1) break;
          if (share(a.x0, a.x1, b.x0, b.x1) > 0.3 && share(a.y0, a.y1, b.y0, b.y1) > 0.3)
            expect.fail(`p. ${number}: 「${a.text}」 and 「${b.text}」`);
        }
    });
  });

  test('no text crosses a vertical rule', () => {
    let rules = 0;
    everyPage((page, number) => {
      rules += page.rules.length;
      for (const { text, x0, x1, y0, y1 } of page.pieces)
        for (const rule of page.rules)
          if (rule.x > x0 + 0.3 && rule.x < x1 - 0.3 && share(rule.y0, rule.y1, y0, y1) > 0.3)
            expect.fail(`p. ${number}: 「${text}」 crosses the rule at x = ${rule.x}`);
    });
    expect(rules).toBeGreaterThan(files.size);
  });

  test('no sign is drawn over its neighbour: a line is as wide as its signs', () => {
    const fonts = ['400Regular', '700Bold'].map((weight) => {
      const font = create(readFileSync(`fonts/BIZUDPGothic_${weight}.ttf`));
      if (!('glyphForCodePoint' in font)) throw new Error('a collection');
      return font;
    });
    const advance = ({ text, bold, size }: Piece) =>
      [...text].reduce((sum, sign) => {
        const font = fonts[bold ? 1 : 0] as (typeof fonts)[0];
        return sum + (font.glyphForCodePoint(sign.codePointAt(0) ?? 0).advanceWidth / font.unitsPerEm) * size;
      }, 0);
    everyPage(({ pieces }, number) => {
      for (const piece of pieces) {
        if (/[.]{2}|\s/.test(piece.text)) continue; // leaders; kerned and inserted spaces
        // A closing sign may give up the blank after it at a line's end.
        const spared = /[」』】〕)、。]$/.test(piece.text) ? 0.55 * piece.size : 0.05;
        const lack = advance(piece) - (piece.x1 - piece.x0);
        expect(lack, `p. ${number}: 「${piece.text}」 is narrower than its signs`).toBeLessThan(spared);
      }
    });
  });

  test('text is 9 pt or larger, headings of columns 7 pt or larger', () => {
    everyPage((page, number) => {
      const rows = page.rows.filter(isBody).flat();
      const body = new Set(rows.flatMap((cell) => cell.pieces));
      const top = Math.max(...[...body].map(({ y1 }) => y1));
      for (const piece of page.pieces) {
        const isHeading = !body.has(piece) && piece.y0 > top && piece.y1 < page.height - 40;
        expect(piece.size, `p. ${number}: ${piece.text}`).toBeGreaterThanOrEqual(isHeading ? 7 : 9);
      }
    });
  });
});

test('the headings repeat above the rows of every page of a table, and are spoken once', () => {
  const overview = ['大項目', '中項目', '小項目', '新規', '継続', '再掲', '取組事項', '担当課'];
  const sheet = ['担当局・部', '担当課', '取組', '新規', '継続', '大', '中', '小', '項目', '取組内容', '効果・KPI'];
  sheet.push(
    ...Object.entries(edition['現状・実績・目標']).map(([label, year]) => `${label}(${year})`),
    'スケジュール',
    '年度',
    '項目',
    '内容',
    '予算額',
    '(千円)',
    '事業実績',
  );
  let tables = 0;
  for (const [index, page] of pdf.pages.entries()) {
    const isOverview = [...listed.values()].some((place) => place.page === index + 1);
    if (!isOverview && ![...sheets.values()].some((place) => place.page === index + 1)) continue;
    tables += 1;
    const rows = page.rows.filter(isBody);
    const top = Math.max(...rows.flat().flatMap((cell) => cell.pieces.map(({ y1 }) => y1)));
    const above = page.pieces
      .filter(({ y0 }) => y0 > top)
      .map(({ text }) => bare(text))
      .join('');
    // The names of plans stand upright, sign by sign, or on lines of their own: their signs are there.
    for (const sign of isOverview ? '' : edition.関連計画.join('')) expect(above, `p. ${index + 1}`).toContain(sign);
    for (const heading of isOverview ? overview : sheet) expect(above, `p. ${index + 1}`).toContain(heading);
  }
  expect(tables).toBe(pdf.pages.length - 2);
  const spoken = pdf.pages.flatMap((page) => page.rows.filter(isHeading));
  expect(spoken.map((row) => row.map(textOf))).toHaveLength(3);
});

describe('bookmarks and links', () => {
  const top = (cells: Cell[]) => Math.max(...cells.flatMap((cell) => cell.pieces.map((piece) => piece.y1)));
  /** A target is on its row when the row's first line begins within 10.5 pt below it; the next one is 15 pt away. */
  const lands = (at: { page: number; y: number }, page: number, cells: Cell[]) => {
    expect(at.page).toBe(page);
    expect(at.y - top(cells)).toBeGreaterThan(-0.5);
    expect(at.y - top(cells)).toBeLessThan(10.5);
  };

  test('one bookmark for every part, 大項目, 中項目 and measure, nested, 再掲 too', () => {
    const wanted: [number, string][] = [
      [0, '表紙'],
      [0, '目次'],
    ];
    for (const part of ['取組事項一覧', '個票']) {
      wanted.push([0, part]);
      for (const category of structure.大項目) {
        wanted.push([1, `${category.番号}. ${category.名称}`]);
        for (const group of category.中項目) {
          wanted.push([2, `${group.番号}. ${group.名称}`]);
          if (part === '個票')
            for (const id of ids.filter((measure) => measure.startsWith(`${group.番号}-`)))
              wanted.push([3, `${id} ${bare(file(id).取組 ?? target(id).取組 ?? '')}`]);
        }
      }
    }
    expect(
      pdf.bookmarks.map(({ depth, title }) => [
        depth,
        depth === 3 ? `${title.split(' ')[0]} ${bare(title.slice(title.indexOf(' ')))}` : title,
      ]),
    ).toEqual(wanted);
  });

  test.each(ids)('%s: its bookmark and its link in the overview land on its row', (id) => {
    const { page, rows } = sheets.get(id) as { page: number; rows: Cell[][] };
    const bookmark = pdf.bookmarks.find(({ title, depth }) => depth === 3 && title.startsWith(`${id} `));
    lands(bookmark as { page: number; y: number }, page, rows[0] as Cell[]);
    const from = listed.get(id) as { page: number; row: Cell[] };
    const [piece] = (from.row.at(-2) as Cell).pieces as [Piece];
    const links = (pdf.pages[from.page - 1] as Page).links.filter(
      ({ y0, y1 }) => y0 < piece.y1 - 3 && y1 > piece.y0 + 3,
    );
    expect(links).toHaveLength(1);
    lands(links[0] as { page: number; y: number }, page, rows[0] as Cell[]);
  });

  test('a 再掲 leads to its target', () => {
    for (const id of ids.filter((measure) => file(measure).再掲)) {
      const { page, rows } = sheets.get(id) as { page: number; rows: Cell[][] };
      const goal = sheets.get(file(id).再掲 ?? '') as { page: number; rows: Cell[][] };
      const [piece] = ((rows[0] as Cell[])[7] as Cell).pieces as [Piece];
      const link = (pdf.pages[page - 1] as Page).links.find(({ y0, y1 }) => y0 < piece.y1 - 3 && y1 > piece.y0 + 3);
      lands(link as { page: number; y: number }, goal.page, goal.rows[0] as Cell[]);
    }
  });

  test('the 目次 tells the page on which each 大項目 and 中項目 begins', () => {
    const lines = (pdf.pages[1] as Page).pieces.map(({ text }) => text);
    for (const group of groups) {
      const first = ids.find((id) => id.startsWith(`${group.番号}-`)) ?? '';
      expect(lines.filter((text) => text.startsWith(`${group.番号}. `))).toHaveLength(1);
      const pages = [listed.get(first)?.page, sheets.get(first)?.page];
      const links = (pdf.pages[1] as Page).links.map(({ page }) => page);
      for (const page of pages) expect(links).toContain(page);
    }
  });
});

test('metadata, page labels and size', () => {
  // A month alone is its first day.
  const [year, month, day = '01'] = revisedDate(edition.改定);
  const revised = `${year}${month}${day}`;
  expect(pdf.info).toMatchObject({
    Title: `${edition.計画名} ${edition.書名}`,
    Author: edition.発行者,
    Language: 'ja-JP',
    CreationDate: `D:${revised}000000Z`,
    ModDate: `D:${revised}000000Z`,
  });
  expect(pdf.xmp).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/);
  expect(pdf.xmp).toMatch(/<pdfaid:part>3<\/pdfaid:part><pdfaid:conformance>A<\/pdfaid:conformance>/);
  expect(pdf.labels).toEqual(['表紙', ...pdf.pages.slice(1).map((_, index) => String(index + 2))]);
  // The fonts take part of a file that has few measures.
  expect(statSync(path).size).toBeLessThanOrEqual(250_000 + 8_000 * files.size);
  expect(pdf.pages.length).toBeLessThan(2 + groups.length + files.size / 3);
});
