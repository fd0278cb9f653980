import { cellName, type ReadBook, type ReadCell, type ReadSheet } from '../../../src/exchange/xlsx/book.ts';
import { bookOf, sheet, stylesOf } from '../xlsx/packages.ts';

/** The file that reads as this book: its cells, formats, merges and comments. */
export function asFile({ sheets }: ReadBook): Uint8Array {
  const formats = ['General'];
  const styleOf = (format: string | undefined): number => {
    if (format === undefined) return 0;
    if (!formats.includes(format)) formats.push(format);
    return formats.indexOf(format);
  };
  const written = sheets.map((one) => ({ ...one, xml: sheetXml(one, styleOf) }));
  return bookOf({
    sheets: Object.fromEntries(written.map(({ name, xml }) => [name, xml])),
    states: Object.fromEntries(written.filter(({ hidden }) => hidden).map(({ name }) => [name, 'state="hidden"'])),
    styles: stylesOf(formats),
    parts: Object.fromEntries(written.flatMap(({ comments }, at) => (comments ? commentParts(comments, at + 1) : []))),
  });
}

function sheetXml({ rows, merges }: ReadSheet, styleOf: (format: string | undefined) => number): string {
  const sorted = <T>(entries: Iterable<readonly [number, T]>) => [...entries].sort(([a], [b]) => a - b);
  const lines = sorted(rows).map(([row, cells]) => {
    const written = sorted(cells).map(([column, cell]) => cellXml(cellName(row, column), cell, styleOf(cell.format)));
    return `<row r="${row + 1}">${written.join('')}</row>`;
  });
  const areas = merges.map(
    ({ startRow, startCol, endRow, endCol }) =>
      `<mergeCell ref="${cellName(startRow, startCol)}:${cellName(endRow, endCol)}"/>`,
  );
  return sheet(lines.join(''), areas.length > 0 ? `<mergeCells>${areas.join('')}</mergeCells>` : '');
}

function cellXml(name: string, { value, formula, error }: ReadCell, style: number): string {
  const of = formula === undefined ? '' : `<f>${escaped(formula)}</f>`;
  const cell = (type: string, content: string) => `<c r="${name}" s="${style}" t="${type}">${of}${content}</c>`;
  if (error) return cell('e', `<v>${escaped(String(value))}</v>`);
  if (typeof value === 'number') return cell('n', `<v>${value}</v>`);
  if (typeof value === 'boolean') return cell('b', `<v>${Number(value)}</v>`);
  if (typeof value === 'object') return cell('d', `<v>${value.date}</v>`);
  return formula === undefined
    ? cell('inlineStr', `<is><t xml:space="preserve">${escaped(value)}</t></is>`)
    : cell('str', `<v>${escaped(value)}</v>`);
}

const escaped = (text: string): string =>
  text
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('\r', '_x000D_');

const commentParts = (cells: readonly string[], number: number): [string, string][] => [
  [
    `xl/worksheets/_rels/sheet${number}.xml.rels`,
    `<Relationships><Relationship Id="c" Type="http://x/comments" Target="../comments${number}.xml"/></Relationships>`,
  ],
  [
    `xl/comments${number}.xml`,
    `<comments><commentList>${cells.map((cell) => `<comment ref="${cell}"/>`).join('')}</commentList></comments>`,
  ],
];
