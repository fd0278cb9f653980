import type { ContentsPage, DrawRequest, Section, TableKeys } from '../render/requests.ts';
import { textString } from './objects.ts';
import { isHeading, setLevels, tagPortrait, tagSheets } from './sheet-tags.ts';
import { elementsOf, findAll, roleOf, type Structure, setRole, wrapElements, wrapKids } from './structure.ts';
import { type Context, missing, tagHistory, tagOverview } from './table-tags.ts';

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
    if (section.part === '目次') tagContents(structure, section.pages);
    if (section.part === '取組事項一覧') tagOverview(context('取組事項一覧'), section.pages, next);
    if (section.part === '個票') tagSheets(context('個票'), section.pages, next);
    if (section.part === '改定履歴') tagHistory(context('改定履歴'), section.pages, next);
    if (section.part === 'A4個票') tagPortrait(context('A4個票'), section.pages, next);
  }
}

/** Whether the heading of a part, or 書名, stands among its pages. */
const beginsPart = (section: Section): boolean =>
  section.part === '表紙' || ('pages' in section && section.pages.some((page) => 'first' in page && page.first));

/** 表紙: the 書名 is printed with wide gaps, which some readers take for spaces. */
function tagCover(structure: Structure, heading: number | undefined, title: string): void {
  if (heading === undefined || roleOf(structure, heading) !== 'H1') missing('the title');
  wrapKids(structure, heading, 'Span', `/ActualText ${textString(title)}`);
}

/** 目次: each column becomes a TOC, each line an entry of it with one link or more; of a 課 its name and its links. */
function tagContents(structure: Structure, pages: readonly ContentsPage[]): void {
  const grids = elementsOf(structure, structure.document).filter((element) => roleOf(structure, element) === 'Div');
  for (const { columns } of pages.filter(({ columns }) => columns.flat().length > 0)) {
    const cells = elementsOf(structure, grids.shift() ?? missing('a page of 目次'));
    for (const [index, lines] of columns.entries()) {
      if (lines.length === 0) continue;
      const cell = cells[index] ?? missing('a column of 目次');
      setRole(structure, cell, 'TOC');
      const entries = elementsOf(structure, cell);
      // Heads are for the eye alone.
      for (const { kind, targets } of lines.filter(({ kind }) => kind !== 'head')) {
        const own = entries.splice(0, kind === 'section' ? 1 : targets.length);
        if (own.length === 0) missing('a line of 目次');
        if (kind !== 'section') wrapElements(structure, own, 'TOCI');
        else
          for (const entry of own) {
            setRole(structure, entry, 'TOCI');
            for (const part of elementsOf(structure, entry)) setRole(structure, part, 'P');
          }
      }
    }
  }
}
