import { measuresOf } from '../model/edition.ts';
import { spokenYear } from '../model/era-date.ts';
import { oneLine } from '../model/names.ts';
import type { DocumentData, YearData } from '../render/data.ts';
import { type PdfObjects, replace, textString } from './objects.ts';
import {
  annotationsOf,
  closeStructure,
  elementsOf,
  findAll,
  kidsOf,
  openStructure,
  roleOf,
  type Structure,
  setCell,
  setRole,
  setTableAttribute,
  wrapElement,
  wrapKids,
} from './structure.ts';

/**
 * Completes the tags that Typst wrote where it offers no means (0.14): row headers and their cells' Headers, what marks
 * and broken headings are spoken as, where links lead to, the 目次 as TOC. `pageOf`: the page of an anchor, from 1.
 * Spoken text is Alt or E of a Span in the tree alone: the page's content, which is searched and copied, stays as it is.
 */
export function completeTags(file: PdfObjects, data: DocumentData, pageOf: (anchor: string) => number): void {
  const structure = openStructure(file);
  const context = { structure, data, links: linkNames(data, pageOf) };
  const tables = findAll(structure, structure.document, 'Table');
  const next = () => tables.shift() ?? missing('a table');
  for (const part of data.parts) {
    if (part === '表紙') tagCover(structure, data);
    if (part === '目次') tagContents(context);
    if (part === '取組事項一覧') tagOverview(context, next());
    if (part === '個票') tagSheets(context, next());
    if (part === 'A4個票') tagPortrait(context, next);
  }
  closeStructure(structure);
}

interface Context {
  structure: Structure;
  data: DocumentData;
  links: LinkNames;
}

/** How the marks of a cell are read aloud: by their names, what they stand for is the edition's to say. */
export const spokenMarks: Record<string, string> = {
  '→': '矢印',
  '◎': '二重丸',
  '○': '丸',
  '△': '三角',
  '×': 'ばつ',
  '—': 'なし',
};

/** How the headings that are broken over lines are read aloud, by column. */
const overviewHeadings: Record<number, string> = { 3: '新規・継続' };
const sheetHeadings = (data: DocumentData): Record<number, string> => ({
  3: '新規・継続',
  4: '大項目',
  5: '中項目',
  6: '小項目',
  9: data.indicatorLabels.map(spokenLabel).join('、'),
  11: '予算額、千円',
});

/** 現状(R1) → 現状、令和元年度 */
const spokenLabel = (label: string): string =>
  label.replace(/^(.*)\((.*)\)$/, (_, name, year) => `${name}、${spokenYear(year) ?? year}`);

/** Where links lead to, in words (ISO 14289-1, 7.18.5). */
interface LinkNames {
  contents: string[];
  sheet(id: string): string;
}

function linkNames(data: DocumentData, pageOf: (anchor: string) => number): LinkNames {
  const titles = new Map(measuresOf(data).map(({ id, title }) => [id, oneLine(title)]));
  const entry = (part: string, name: string, anchor: string) => `${name}(${part}、${pageOf(anchor)}ページ)`;
  return {
    contents: [
      ...Object.entries({ 取組事項一覧: 'overview-', 個票: 'sheet-' }).flatMap(([part, prefix]) => {
        if (!data.parts.includes(part)) return [];
        return [
          `${part}(${pageOf(`part-${part}`)}ページ)`,
          ...data.categories.flatMap((category) =>
            [category, ...category.groups].map(({ number, name }) =>
              entry(part, `${number}. ${name}`, prefix + number),
            ),
          ),
        ];
      }),
      ...data.parts.flatMap((part) => {
        const annex = data.annexes[part];
        return annex === undefined ? [] : [`${annex.title}(${pageOf(`part-${part}`)}ページ)`];
      }),
    ],
    sheet: (id) => entry('個票', `${id} ${titles.get(id) ?? ''}`, `sheet-${id}`),
  };
}

function nameLinks(structure: Structure, link: number, name: string): void {
  for (const annotation of annotationsOf(structure, link))
    replace(structure.file, annotation, (body) => body.replace(/\/Contents <\w*>/, `/Contents ${textString(name)}`));
}

/** 表紙: the 書名 is printed with wide gaps, which some readers take for spaces. */
function tagCover(structure: Structure, data: DocumentData): void {
  const elements = elementsOf(structure, structure.document);
  const title = elements.find((element) => roleOf(structure, element) === 'H1') ?? missing('the title');
  wrapKids(structure, title, 'Span', `/ActualText ${textString(data.book.title)}`);
}

/** 目次: each column of links becomes a TOC, each link an entry of it. */
function tagContents({ structure, links }: Context): void {
  const columns = new Set<number>();
  const place = (element: number): number[] =>
    elementsOf(structure, element).flatMap((child) => {
      if (roleOf(structure, child) === 'Table') return [];
      if (roleOf(structure, child) !== 'Link') return place(child);
      columns.add(element);
      return [child];
    });
  const found = place(structure.document);
  if (found.length !== links.contents.length) missing('an entry of 目次');
  for (const [index, link] of found.entries()) {
    nameLinks(structure, link, links.contents[index] ?? '');
    wrapElement(structure, link, 'TOCI');
  }
  for (const column of columns) setRole(structure, column, 'TOC');
}

/** The rows of a table's body, each as its cells. */
function bodyRows(structure: Structure, table: number): number[][] {
  const body = elementsOf(structure, table).filter((child) => roleOf(structure, child) === 'TBody');
  return body.flatMap((rows) => elementsOf(structure, rows)).map((row) => elementsOf(structure, row));
}

/** Speaks the headings of `names`, which stand in the first row of the table's head. */
function nameHeadings(structure: Structure, table: number, names: Record<number, string>): void {
  const head = elementsOf(structure, table).find((child) => roleOf(structure, child) === 'THead');
  const [first] = head === undefined ? [] : elementsOf(structure, head);
  const cells = first === undefined ? [] : elementsOf(structure, first);
  for (const [column, name] of Object.entries(names)) speak(structure, cells[Number(column)], 'Alt', name);
}

function speak(structure: Structure, cell: number | undefined, key: 'Alt' | 'E', spoken: string | undefined): void {
  if (cell === undefined || spoken === undefined || kidsOf(structure, cell).length === 0) return;
  wrapKids(structure, cell, 'Span', `/${key} ${textString(spoken)}`);
}

const speakMark = (structure: Structure, cell: number | undefined, mark: string | null) =>
  speak(structure, cell, 'Alt', spokenMarks[mark ?? '']);

/** 取組事項一覧: the 取組事項 heads its row, 大項目 and 中項目 those that they span. */
function tagOverview({ structure, data, links }: Context, table: number): void {
  setTableAttribute(structure, table, summary(overviewSummary));
  nameHeadings(structure, table, overviewHeadings);
  const rows = bodyRows(structure, table);
  const measures = measuresOf(data);
  if (rows.length !== measures.length) missing('a row of 取組事項一覧');
  let above: string[] = [];
  for (const [index, cells] of rows.entries()) {
    const measure = measures[index] ?? missing('a measure');
    const labels = cells.slice(0, -5);
    if (labels.length === 2) above = [];
    for (const label of labels) {
      above = above.slice(0, labels.length === 2 ? above.length : 1);
      const id = `list-${measure.id}-${above.length === 0 ? 'category' : 'group'}`;
      setCell(structure, label, { id, headers: above });
      above = [...above, id];
    }
    const [, , reprint, title, section] = cells.slice(-5);
    const id = `list-${measure.id}`;
    for (const cell of cells.slice(-5))
      setCell(structure, cell, cell === title ? { id, headers: above } : { headers: [...above, id] });
    speakMark(structure, reprint, measure.reprint === null ? null : '○');
    speakMark(structure, section, measure.overviewSection);
    if (title !== undefined)
      for (const link of findAll(structure, title, 'Link')) nameLinks(structure, link, links.sheet(measure.id));
  }
}

/** 個票: the 取組 heads its rows, each 年度 its own. */
function tagSheets({ structure, data, links }: Context, table: number): void {
  setTableAttribute(structure, table, summary(sheetSummary));
  nameHeadings(structure, table, sheetHeadings(data));
  const rows = bodyRows(structure, table);
  const left = 10; // cells before 年度
  const whole = left + 5 + data.plans.length;
  for (const measure of measuresOf(data)) {
    let title = '';
    for (let row = 0; row < Math.max(1, measure.years.length); row++) {
      const cells = rows.shift() ?? missing(`a row of ${measure.id}`);
      const year = measure.years[row];
      const first = cells.length === whole; // of the measure, or of its part on a further page
      if (first) title = row === 0 ? `sheet-${measure.id}` : `sheet-${measure.id}-from-${row + 1}`;
      const schedule = cells.slice(first ? left : 0, first ? left + 5 : 5);
      if (first) {
        for (const [column, cell] of cells.slice(0, left).entries())
          setCell(structure, cell, column === 2 ? { id: title, headers: [] } : { headers: [title] });
        for (const [index, cell] of cells.slice(left + 5).entries()) {
          setCell(structure, cell, { headers: [title] });
          speakMark(structure, cell, measure.flags[index] ?? null);
        }
        for (const [column, value] of [measure.description, measure.effect, measure.indicators].entries())
          speakMark(structure, cells[7 + column], value);
      }
      if (year) tagYear(structure, schedule, `sheet-${measure.id}-year-${row + 1}`, [title], data.years[row], year);
      else for (const cell of schedule) setCell(structure, cell, { headers: [title] });
      if (measure.reprintLink)
        for (const link of cells.flatMap((cell) => findAll(structure, cell, 'Link')))
          nameLinks(structure, link, links.sheet(measure.reprint ?? ''));
    }
  }
  if (rows.length > 0) missing('the measure of a row');
}

/** 年度, 項目, 内容, 予算額, 事業実績: the 年度 heads the others. */
function tagYear(
  structure: Structure,
  cells: number[],
  id: string,
  above: string[],
  name: string | undefined,
  year: YearData,
): void {
  const [first, mark, plan, budget, result] = cells;
  for (const cell of cells)
    setCell(structure, cell, cell === first ? { id, headers: above } : { headers: [...above, id] });
  speak(structure, first, 'E', spokenYear(name ?? ''));
  speakMark(structure, mark, year.mark);
  speakMark(structure, plan, year.plan);
  speakMark(structure, budget, typeof year.budget === 'string' ? year.budget : null);
  speakMark(structure, result, year.result);
}

/** A4 portrait: for each measure but a 再掲 a table of its fiscal years, and one of its 関連計画. */
function tagPortrait({ structure, data, links }: Context, next: () => number): void {
  for (const measure of measuresOf(data).filter(({ reprint }) => reprint === null)) {
    const table = next();
    nameHeadings(structure, table, { 3: '予算額、千円' });
    for (const [row, cells] of bodyRows(structure, table).entries()) {
      const id = `sheet-${measure.id}-year-${row + 1}`;
      tagYear(structure, cells, id, [], data.years[row], measure.years[row] ?? missing('a year'));
    }
    if (data.plans.length === 0) continue;
    for (const [index, cell] of (bodyRows(structure, next())[0] ?? []).entries()) {
      setCell(structure, cell, { headers: [] });
      speakMark(structure, cell, measure.flags[index] ?? null);
    }
  }
  const found = findAll(structure, structure.document, 'Link');
  for (const [index, { reprint }] of measuresOf(data)
    .filter((measure) => measure.reprintLink)
    .entries())
    nameLinks(structure, found[index] ?? missing('a link'), links.sheet(reprint ?? ''));
}

const summary = (words: string) => `/Summary ${textString(words)}`;
const overviewSummary =
  '取組ごとに1行の表です。大項目と中項目の欄は、同じものが続く行をまとめています。取組事項から個票へ移れます。';
const sheetSummary =
  '取組ごとに、年度の数だけ行がある表です。年度、項目、内容、予算額、事業実績は年度ごとに、ほかの欄は取組ごとに1つです。再掲の取組は1行で、再掲先の番号を示します。';

function missing(what: string): never {
  throw new Error(`the tags are not those of the templates: ${what} is missing`);
}
