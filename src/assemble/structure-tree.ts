import { byteString } from './annexes/strings.ts';
import { type PdfObjects, put } from './objects.ts';

/** The structure tree as far as chunks make it up (ISO 32000-1, 14.7). */
export interface JoinedStructure {
  /** The page tree's node that holds all pages. */
  pages: number;
  root: number;
  document: number;
  /** Elements below the document's; the part of an annex stands for its element, which is not known yet. */
  kids: (number | string)[];
  ids: Map<string, number>;
  /** What the parent tree holds by key: a reference, or the elements of a page's MCIDs. */
  parents: Map<number, string>;
  /** Standard roles by those of other names. */
  roles: Map<string, string>;
  /** Attributes by the names of their classes. */
  classes: Map<string, string>;
}

/** The roles of elements that are none of PDF 1.7's, as Typst writes them. */
export const typstRoles: readonly [string, string][] = [
  ['Datetime', 'Span'],
  ['Em', 'Span'],
  ['Strong', 'Span'],
  ['Terms', 'Part'],
  ['Title', 'P'],
];

/** Writes the root of the structure tree and the document's element (14.7.2). */
export function writeStructureTree(file: PdfObjects, structure: JoinedStructure): void {
  const { root, document, kids, ids, parents, roles, classes } = structure;
  const references = kids.map((kid) => {
    if (typeof kid === 'string') throw new Error(`the annex ${kid} has no tags`);
    return `${kid} 0 R`;
  });
  const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  const names = sorted(ids).map(([id, number]) => `${byteString(id)} ${number} 0 R`);
  const nums = [...parents].sort(([a], [b]) => a - b).map(([key, entry]) => `${key} ${entry}`);
  const roleMap = sorted(roles).map(([role, standard]) => `/${role} /${standard}`);
  const classMap = sorted(classes).map(([name, attributes]) => `/${name} ${attributes}`);
  const entries = [
    `/K [${document} 0 R] /RoleMap << ${roleMap.join(' ')} >>`,
    classMap.length > 0 ? `/ClassMap << ${classMap.join(' ')} >>` : '',
    `/IDTree << /Names [${names.join(' ')}] >> /ParentTree << /Nums [${nums.join(' ')}] >> /ParentTreeNextKey ${parents.size}`,
  ];
  put(file, document, `<< /Type /StructElem /S /Document /P ${root} 0 R /K [${references.join(' ')}] >>`);
  put(file, root, `<< /Type /StructTreeRoot ${entries.join(' ')} >>`);
}
