import { spokenYear } from '../model/era-date.ts';
import { plain } from '../model/marked.ts';
import type { YearData } from '../render/data.ts';
import type {
  DrawRequest,
  HistoryPage,
  OverviewPage,
  PortraitSheet,
  Section,
  SheetsPage,
  TableKeys,
} from '../render/requests.ts';
import { textString } from './objects.ts';
import { overviewHeadings, spokenHeadings, spokenMarks, spokenTables } from './spoken.ts';
import {
  elementsOf,
  findAll,
  kidsOf,
  roleOf,
  type Structure,
  setCell,
  setRole,
  setTableAttribute,
  shareHeaders,
  wrapElement,
  wrapKids,
} from './structure.ts';

/** What is said of drawn pages besides what they show. */
export interface Tagging {
  /** What the pages were drawn from; of 見え消し with the texts of the new edition. */
  drawn: DrawRequest;
  /** What stands where in the tables, as the templates say. */
  tables: readonly TableKeys[];
}

/**
 * Completes the tags that Typst wrote where it offers no means (0.14): row headers and their cells' Headers, what marks
 * and broken headings are spoken as, the 目次 as TOC.
 * Spoken text is Alt or E of a Span in the tree alone: the page's content, which is searched and copied, stays as it is.
 */
export function completeTags(structure: Structure, { drawn, tables: keys }: Tagging): void {
  const tables = findAll(structure, structure.document, 'Table');
  const next = () => tables.shift() ?? missing('a table');
  const context = (part: string): Context => ({
    structure,
    drawn,
    keys: keys.find((table) => table.part === part) ?? missing(`what stands where in ${part}`),
  });
  setLevels(structure, structure.document, drawn);
  const headings = elementsOf(structure, structure.document).filter((element) =>
    isHeading.test(roleOf(structure, element)),
  );
  for (const section of drawn.sections) {
    const heading = beginsPart(section) ? headings.shift() : undefined;
    if (section.part === '表紙') tagCover(structure, heading, drawn.book.title);
    if (section.part === '目次') tagContents(structure);
    if (section.part === '取組事項一覧') tagOverview(context('取組事項一覧'), section.pages, next);
    if (section.part === '個票') tagSheets(context('個票'), section.pages, next);
    if (section.part === '改定履歴') tagHistory(context('改定履歴'), section.pages, next);
    if (section.part === 'A4個票') tagPortrait(context('A4個票'), section.pages, next);
  }
}

const isHeading = /^H(\d)$/;
/** Whether the heading of a part, or 書名, stands among its pages. */
const beginsPart = (section: Section): boolean =>
  section.part === '表紙' || ('pages' in section && section.pages.some((page) => 'first' in page && page.first));

/** Makes the levels of the headings right below `element` those of the document: 書名 › part › measure. */
function setLevels(structure: Structure, element: number, { parts, levels }: DrawRequest): void {
  const part = parts[0] === '表紙' ? 2 : 1;
  // On A4 a measure's heading stands right below the document.
  const wanted = new Map(
    parts[0] === 'A4個票'
      ? []
      : [
          [levels.part, part],
          [levels.measure, part + 1],
        ],
  );
  for (const heading of elementsOf(structure, element)) {
    const level = wanted.get(Number(isHeading.exec(roleOf(structure, heading))?.[1]));
    if (level !== undefined) setRole(structure, heading, `H${level}`);
  }
}

interface Context {
  structure: Structure;
  drawn: DrawRequest;
  keys: TableKeys;
}

/** 表紙: the 書名 is printed with wide gaps, which some readers take for spaces. */
function tagCover(structure: Structure, heading: number | undefined, title: string): void {
  if (heading === undefined || roleOf(structure, heading) !== 'H1') missing('the title');
  wrapKids(structure, heading, 'Span', `/ActualText ${textString(title)}`);
}

/** 目次: each column of links becomes a TOC, each link an entry of it. */
function tagContents(structure: Structure): void {
  const columns = new Set<number>();
  const place = (element: number): number[] =>
    elementsOf(structure, element).flatMap((child) => {
      if (roleOf(structure, child) === 'Table') return [];
      if (roleOf(structure, child) !== 'Link') return place(child);
      columns.add(element);
      return [child];
    });
  for (const link of place(structure.document)) wrapElement(structure, link, 'TOCI');
  for (const column of columns) setRole(structure, column, 'TOC');
}

/** The rows of a table's body, each as its cells. */
function bodyRows(structure: Structure, table: number): number[][] {
  const body = elementsOf(structure, table).filter((child) => roleOf(structure, child) === 'TBody');
  return body.flatMap((rows) => elementsOf(structure, rows)).map((row) => elementsOf(structure, row));
}

/** A cell and what stands in it. */
interface KeyedCell {
  key: string;
  cell: number;
}

/** The cells of a row with the keys of their columns: of those that span rows, the ones that go on from above are not there. */
function keyed(cells: readonly number[], { columns, every }: TableKeys): KeyedCell[] {
  let absent = columns.length - cells.length;
  const here = columns.filter((key) => every.includes(key) || absent-- <= 0);
  return cells.map((cell, index) => ({ cell, key: here[index] ?? missing('the column of a cell') }));
}

const cellOf = (cells: readonly KeyedCell[], key: string): number | undefined =>
  cells.find((cell) => cell.key === key)?.cell;

/** Speaks the headings of `names`, which stand in the first row of the table's head. */
function nameHeadings(
  structure: Structure,
  table: number,
  heading: readonly string[],
  names: Record<string, string>,
): void {
  const [first] = findAll(structure, table, 'TR');
  const cells = elementsOf(structure, first ?? missing('the heading of a table'));
  for (const [index, key] of heading.entries()) speak(structure, cells[index], 'Alt', names[key]);
}

function speak(structure: Structure, cell: number | undefined, key: 'Alt' | 'E', spoken: string | undefined): void {
  if (cell === undefined || spoken === undefined || kidsOf(structure, cell).length === 0) return;
  wrapKids(structure, cell, 'Span', `/${key} ${textString(spoken)}`);
}

const speakMark = (structure: Structure, cell: number | undefined, mark: string | null) =>
  speak(structure, cell, 'Alt', spokenMarks[mark ?? '']);

/** A page's table: its heading is that of the part's table on the first page; on the others a repetition, which nobody reads. */
function openTable(
  { structure, keys }: Context,
  table: number,
  first: boolean,
  names: Record<string, string>,
): number[][] {
  const { headers, summary } = spokenTables[keys.part] ?? missing(`what is said of the table of ${keys.part}`);
  if (first) setTableAttribute(structure, table, `/Summary ${textString(summary)}`);
  if (first) nameHeadings(structure, table, keys.heading, names);
  shareHeaders(structure, table, headers);
  return bodyRows(structure, table);
}

/** 取組事項一覧: the 取組事項 heads its row, 大項目 and 中項目 those that they span. */
function tagOverview(context: Context, pages: readonly OverviewPage[], next: () => number): void {
  const { structure, drawn, keys } = context;
  const spoken = Object.entries(spokenHeadings(drawn)).filter(([key]) => overviewHeadings.includes(key));
  const spanning = keys.columns.filter((key) => !keys.every.includes(key));
  for (const { first, rows: shown } of pages) {
    const rows = openTable(context, next(), first, Object.fromEntries(spoken));
    if (rows.length !== shown.length) missing('a row of 取組事項一覧');
    const above = new Map<string, string>();
    for (const [index, row] of rows.entries()) {
      const { measure } = shown[index] ?? missing('a measure');
      const cells = keyed(row, keys);
      const id = `list-${measure.id}`;
      const headers = () => spanning.flatMap((key) => above.get(key) ?? []);
      for (const { key, cell } of cells.filter(({ key }) => spanning.includes(key))) {
        // A new 大項目 ends the 中項目 above it.
        for (const ended of spanning.slice(spanning.indexOf(key))) above.delete(ended);
        const own = `${id}-${key}`;
        setCell(structure, cell, { id: own, headers: headers() });
        above.set(key, own);
      }
      for (const { key, cell } of cells.filter(({ key }) => !spanning.includes(key)))
        setCell(structure, cell, key === 'title' ? { id, headers: headers() } : { headers: [...headers(), id] });
      speakMark(structure, cellOf(cells, 'reprint'), measure.reprint === null ? null : '○');
      speakMark(structure, cellOf(cells, 'section'), measure.overviewSection);
    }
  }
}

/** 個票: the 取組 heads its rows, each 年度 its own. */
function tagSheets(context: Context, pages: readonly SheetsPage[], next: () => number): void {
  const { structure, drawn, keys } = context;
  for (const { first, bands } of pages) {
    const rows = openTable(context, next(), first, spokenHeadings(drawn));
    for (const { measure, years } of bands) {
      // Of the measure, or of its part on a further page.
      const from = years[0] ?? 0;
      const title = from === 0 ? `sheet-${measure.id}` : `sheet-${measure.id}-from-${from + 1}`;
      for (const row of years.length > 0 ? years : [undefined]) {
        const cells = keyed(rows.shift() ?? missing(`a row of ${measure.id}`), keys);
        const whole = cells.filter(({ key }) => !keys.every.includes(key));
        const schedule = cells.filter(({ key }) => keys.every.includes(key));
        for (const { key, cell } of whole)
          setCell(structure, cell, key === 'title' ? { id: title, headers: [] } : { headers: [title] });
        const heading = cellOf(whole, 'title');
        if (heading !== undefined) setLevels(structure, heading, drawn);
        const flags = whole.filter(({ key }) => key === 'flag');
        for (const [index, { cell }] of flags.entries()) speakMark(structure, cell, measure.flags[index] ?? null);
        for (const { key, cell } of whole) if (key !== 'title') speakMark(structure, cell, textOf(measure, key));
        const year = row === undefined ? undefined : measure.years[row];
        if (row !== undefined && year) {
          const id = `sheet-${measure.id}-year-${row + 1}`;
          tagYear(structure, schedule, { id, above: [title], name: drawn.years[row], year });
        } else for (const { cell } of schedule) setCell(structure, cell, { headers: [title] });
      }
    }
    if (rows.length > 0) missing('the measure of a row');
  }
}

/** 改定履歴: the 年月 heads its row. */
function tagHistory(context: Context, pages: readonly HistoryPage[], next: () => number): void {
  const { structure, keys } = context;
  for (const { first, rows: shown } of pages) {
    const rows = openTable(context, next(), first, {});
    if (rows.length !== shown.length) missing('a row of 改定履歴');
    for (const [index, row] of rows.entries()) {
      const id = `history-${shown[index]?.index}`;
      for (const { key, cell } of keyed(row, keys))
        setCell(structure, cell, key === 'date' ? { id, headers: [] } : { headers: [id] });
    }
  }
}

/** The text that a column shows, where it shows one of the record's under its name. */
function textOf(record: object, key: string): string | null {
  const value = (record as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : null;
}

interface TaggedYear {
  /** Of its 年度 */
  id: string;
  /** Headers of all its cells */
  above: string[];
  name: string | undefined;
  year: YearData;
}

/** 年度, 項目, 内容, 予算額, 事業実績: the 年度 heads the others. */
function tagYear(structure: Structure, cells: readonly KeyedCell[], { id, above, name, year }: TaggedYear): void {
  for (const { key, cell } of cells)
    setCell(structure, cell, key === 'year' ? { id, headers: above } : { headers: [...above, id] });
  speak(structure, cellOf(cells, 'year'), 'E', spokenYear(plain(name ?? '')));
  for (const { key, cell } of cells) speakMark(structure, cell, textOf(year, key));
}

/** A4 portrait: for each measure but a 再掲 a table of its fiscal years, and one of its 関連計画. */
function tagPortrait({ structure, drawn, keys }: Context, sheets: readonly PortraitSheet[], next: () => number): void {
  for (const { measure } of sheets.filter(({ measure }) => measure.reprint === null)) {
    const table = next();
    nameHeadings(structure, table, keys.heading, spokenHeadings(drawn));
    for (const [row, cells] of bodyRows(structure, table).entries()) {
      const id = `sheet-${measure.id}-year-${row + 1}`;
      const year = measure.years[row] ?? missing('a year');
      tagYear(structure, keyed(cells, keys), { id, above: [], name: drawn.years[row], year });
    }
    if (drawn.plans.length === 0) continue;
    for (const [index, cell] of (bodyRows(structure, next())[0] ?? []).entries()) {
      setCell(structure, cell, { headers: [] });
      speakMark(structure, cell, measure.flags[index] ?? null);
    }
  }
}

function missing(what: string): never {
  throw new Error(`the tags are not those of the templates: ${what} is missing`);
}
