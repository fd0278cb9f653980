import { spokenYear } from '../model/era-date.ts';
import { plain } from '../model/marked.ts';
import type { YearData } from '../render/data.ts';
import type { DrawRequest, PortraitSheet, SheetsPage } from '../render/requests.ts';
import { textString } from './objects.ts';
import { spokenHeadings, spokenSign } from './spoken.ts';
import { dropCells, elementsOf, fill, kidsOf, roleOf, type Structure, setCell, setRole } from './structure.ts';
import {
  bodyRows,
  type Context,
  cellOf,
  type KeyedCell,
  keyed,
  missing,
  nameHeadings,
  openTable,
  speak,
  speakMark,
  textOf,
} from './table-tags.ts';

export const isHeading = /^H(\d)$/;

/** Makes the levels of the headings right below `element` those of the document: 書名 › part › measure. */
export function setLevels(structure: Structure, element: number, { parts, levels }: DrawRequest): void {
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

/** 個票: the 取組 heads its rows, each 年度 its own. */
export function tagSheets(context: Context, pages: readonly SheetsPage[], next: () => number): void {
  const { structure, drawn, keys } = context;
  for (const { first, bands } of pages) {
    const rows = openTable(context, next(), first, spokenHeadings(drawn));
    for (const { measure, years } of bands) {
      // Of the measure, or of its part on a further page.
      const from = years[0] ?? 0;
      const title = from === 0 ? `sheet-${measure.id}` : `sheet-${measure.id}-from-${from + 1}`;
      for (const row of years.length > 0 ? years : [undefined]) {
        const cells = keyed(rows.shift() ?? missing(`a row of ${measure.id}`), keys);
        const spanning = cells.filter(({ key }) => !keys.every.includes(key));
        // Cells of the first row hang over the others, where empty ones hold their place: `hanging` in templates/theme.typ.
        const isFirst = row === years[0];
        if (!isFirst) {
          if (spanning.some(({ cell }) => kidsOf(structure, cell).length > 0)) missing('the measure of a row');
          dropCells(
            structure,
            spanning.map(({ cell }) => cell),
          );
        }
        const whole = isFirst ? spanning : [];
        const schedule = cells.filter(({ key }) => keys.every.includes(key));
        for (const { key, cell } of whole)
          setCell(structure, cell, {
            ...(key === 'title' ? { id: title, headers: [] } : { headers: [title] }),
            rows: years.length,
          });
        const heading = cellOf(whole, 'title');
        if (heading !== undefined) setLevels(structure, heading, drawn);
        const flags = whole.filter(({ key }) => key === 'flag');
        for (const [index, { cell }] of flags.entries()) speakMark(structure, cell, measure.flags[index] ?? null);
        for (const { key, cell } of whole) if (key !== 'title') speakMark(structure, cell, textOf(measure, key));
        const year = row === undefined ? undefined : measure.years[row];
        if (row !== undefined && year) {
          const id = `sheet-${measure.id}-year-${row + 1}`;
          tagYear(structure, schedule, { id, above: [title], name: drawn.years[row], year, signs: drawn.signs });
        } else for (const { cell } of schedule) setCell(structure, cell, { headers: [title] });
      }
    }
    if (rows.length > 0) missing('the measure of a row');
  }
}

interface TaggedYear {
  /** Of its 年度 */
  id: string;
  /** Headers of all its cells */
  above: string[];
  name: string | undefined;
  year: YearData;
  signs: DrawRequest['signs'];
}

/** 年度, 項目, 内容, 予算額, 事業実績: the 年度 heads the others. */
function tagYear(
  structure: Structure,
  cells: readonly KeyedCell[],
  { id, above, name, year, signs }: TaggedYear,
): void {
  for (const { key, cell } of cells)
    setCell(structure, cell, key === 'year' ? { id, headers: above } : { headers: [...above, id] });
  speak(structure, cellOf(cells, 'year'), 'E', spokenYear(plain(name ?? '')));
  for (const { key, cell } of cells)
    speakSign(structure, cell, spokenSign(signs, key, textOf(year, key)), textOf(year, key) === '');
}

/** What a sign means; a blank cell has nothing to be spoken otherwise, so an element that says it is put in. */
function speakSign(structure: Structure, cell: number, spoken: string | undefined, blank: boolean): void {
  if (!blank || spoken === undefined || kidsOf(structure, cell).length > 0) speak(structure, cell, 'Alt', spoken);
  else fill(structure, cell, 'Span', `/Alt ${textString(spoken)}`);
}

/** A4 portrait: for each measure but a 再掲 a table of its fiscal years, and one of its 関連計画. */
export function tagPortrait(
  { structure, drawn, keys }: Context,
  sheets: readonly PortraitSheet[],
  next: () => number,
): void {
  for (const { measure } of sheets.filter(({ measure }) => measure.reprint === null)) {
    const table = next();
    nameHeadings(structure, table, keys.heading, spokenHeadings(drawn));
    for (const [row, cells] of bodyRows(structure, table).entries()) {
      const id = `sheet-${measure.id}-year-${row + 1}`;
      const year = measure.years[row] ?? missing('a year');
      tagYear(structure, keyed(cells, keys), { id, above: [], name: drawn.years[row], year, signs: drawn.signs });
    }
    if (drawn.plans.length === 0) continue;
    for (const [index, cell] of (bodyRows(structure, next())[0] ?? []).entries()) {
      setCell(structure, cell, { headers: [] });
      speakMark(structure, cell, measure.flags[index] ?? null);
    }
  }
}
