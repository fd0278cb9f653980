import type { DrawRequest, Section } from '../render/requests.ts';
import { type SharedTable, shared } from './references.ts';
import { elementsOf, findAll, moveBelow, removeElement, roleOf, type Structure, tableAttributes } from './structure.ts';

/**
 * What stands below the document's element: an element; rows of the table of a part, with its heading where that begins
 * here; entries of a list of 目次. Typst's object numbers.
 */
export type ChunkKid =
  | { kind: 'element'; elements: number[] }
  | { kind: 'table'; table: SharedTable; head: number[]; elements: number[]; attributes: string }
  | { kind: 'column'; column: number; elements: number[] };

const tables: Partial<Record<Section['part'], SharedTable>> = {
  取組事項一覧: 'list',
  個票: 'sheets',
  改定履歴: 'history',
};

/**
 * Takes the elements of drawn pages out of their document, so that those of all chunks get into one. A table of a part
 * is one table, however many pages it takes: its heading is repeated on each page for the eye alone (ISO 14289-1, 7.5).
 */
export function kidsOfDocument(structure: Structure, request: DrawRequest | undefined): ChunkKid[] {
  const pages = (request?.sections ?? []).flatMap((section) => {
    const table = tables[section.part];
    return table && 'pages' in section
      ? section.pages.map((page) => ({ table, first: 'first' in page && page.first }))
      : [];
  });
  const columns = (request?.sections ?? []).flatMap(columnsOf);
  return elementsOf(structure, structure.document).flatMap((element): ChunkKid[] => {
    const role = roleOf(structure, element);
    const page = role === 'Table' ? pages.shift() : undefined;
    if (page) return [tableRows(structure, element, page)];
    if (columns.length > 0 && role === 'Div')
      return findAll(structure, element, 'TOC').map((toc) => {
        const column = columns.shift() ?? 0;
        const elements = elementsOf(structure, toc);
        for (const entry of elements) moveBelow(structure, entry, shared(`toc-${column}`));
        return { kind: 'column', column, elements };
      });
    moveBelow(structure, element, shared('document'));
    return [{ kind: 'element', elements: [element] }];
  });
}

function tableRows(
  structure: Structure,
  element: number,
  { table, first }: { table: SharedTable; first: boolean },
): ChunkKid {
  const [head, body] = elementsOf(structure, element);
  if (head === undefined || body === undefined) throw new Error('a table without a heading or without rows');
  const elements = elementsOf(structure, body);
  for (const row of elements) moveBelow(structure, row, shared(`${table}-rows`));
  if (first) moveBelow(structure, head, shared(`${table}-table`));
  else removeElement(structure, head);
  return { kind: 'table', table, head: first ? [head] : [], elements, attributes: tableAttributes(structure, element) };
}

/** Which list each column of 目次 goes on with that has lines: the first is that of parts, 大項目 and 中項目, the second that of 課. */
const columnsOf = (section: Section): number[] =>
  section.part !== '目次'
    ? []
    : section.pages.flatMap(({ columns }) =>
        columns.flatMap((lines) => (lines.length === 0 ? [] : [lines.at(-1)?.kind === 'section' ? 1 : 0])),
      );
