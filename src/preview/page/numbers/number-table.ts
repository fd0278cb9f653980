import { element } from '../element.ts';

export interface NumberTable {
  caption: string;
  /** Over the rows' names, then over each column. */
  heading: string[];
  rows: { name: string | HTMLElement; cells: string[]; sum?: boolean }[];
}

/** A table of numbers with headings for rows and columns. */
export function numberTable({ caption, heading, rows }: NumberTable): HTMLElement {
  const table = element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...heading.map((name) => element('th', { scope: 'col' }, name)))),
    element(
      'tbody',
      {},
      ...rows.map(({ name, cells, sum }) =>
        element(
          'tr',
          sum ? { class: 'sum' } : {},
          element('th', { scope: 'row' }, name),
          ...cells.map((cell) => element('td', {}, cell)),
        ),
      ),
    ),
  );
  return element('div', { class: 'table', tabindex: '0', role: 'group', 'aria-label': caption }, table);
}
