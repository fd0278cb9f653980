import type { Annex } from '../../annexes/annex.ts';
import { bytesOf, itemsOf, languageOf, nameOf, raw, stringOf, value } from '../../annexes/source/file.ts';
import { PDFArray, PDFDict, type PDFObject, PDFRef } from '../../annexes/source/pdf.ts';
import { type Element, elementsOf, hasAlternative, type Kid, longestName } from '../../annexes/tags/structure.ts';
import { type PdfObjects, put, textString } from '../objects.ts';
import type { HostStructure } from './host-structure.ts';
import type { Copier } from './objects.ts';
import { pdfName } from './strings.ts';

/** Objects of an annex that its structure elements name. */
export interface Written {
  /** Object numbers of its pages, and their keys in the parent tree. */
  pages: readonly (number | string)[];
  pageKeys: readonly (number | string)[];
  /** What a heading's level becomes. */
  level(own: number): number | string;
  /** Form XObjects with marked content, by reference: their keys. */
  formKeys: ReadonlyMap<string, number | string>;
  /** The annotations that are kept, and their keys. */
  links: readonly { number: number; key: number | string; source: string; page: number }[];
}

/** What of the document's structure tree an annex needs. */
export interface Tree extends Pick<HostStructure, 'role' | 'attributeClass'> {
  setParent(key: number | string, elements: string): void;
  /** An ID as it is written. */
  id(wanted: string, element: number): string;
}

/** The element that holds an annex: its number, and its parent's. */
export interface Part {
  number: number;
  parent: number | string;
}

export interface Graft {
  host: Tree;
  annex: Annex;
  /** As it is written */
  title: string;
  part: Part;
  written: Written;
  copier: Copier;
}

/**
 * Grafts an annex's structure tree into the document's as one Part with the annex's title (ISO 32000-1, 14.7, 14.8); an
 * annex without tags becomes a Figure. Every page, form and link gets its entry in the parent tree.
 */
export function writeStructure(file: PdfObjects, graft: Graft): void {
  const { host, annex, title, part, written } = graft;
  const owners = new Map<string, string[]>(); // elements of each page's and form's MCIDs
  const own = (key: string, mcid: number, element: number) => {
    const list = owners.get(key) ?? [];
    owners.set(key, list);
    list[mcid] = `${element} 0 R`;
  };
  const left = new Map(written.links.map((link) => [link.source === '' ? `number ${link.number}` : link.source, link]));
  const kids: string[] = [];

  if (annex.structure) {
    const renamed = renamedIds(annex.structure.kids, host, file);
    const write = elementWriter(annex.structure, { ...graft, renamed, own, left });
    kids.push(...write(file, annex.structure.kids, part.number));
  } else {
    const figure = file.next++;
    const contents = written.pages.map((page) => `<< /Type /MCR /Pg ${page} 0 R /MCID 0 >>`);
    for (const page of written.pages.keys()) own(String(page), 0, figure);
    putElement(file, figure, [
      `/S /Figure /P ${part.number} 0 R /Alt ${annex.alternative === undefined ? title : textString(annex.alternative)}`,
      `/K [${contents.join(' ')}]`,
    ]);
    kids.push(`${figure} 0 R`);
  }
  // Links that no element names get one behind the rest (ISO 14289-1, 7.18.5).
  for (const link of left.values()) kids.push(`${linkElement(file, link, { host, parent: part.number, written })} 0 R`);

  const language = annex.language === undefined ? '' : `/Lang (${annex.language})`;
  putElement(file, part.number, [`/S /Part /P ${part.parent} 0 R /T ${title} ${language} /K [${kids.join(' ')}]`]);
  for (const [index, key] of written.pageKeys.entries()) host.setParent(key, parentList(owners.get(String(index))));
  for (const [form, key] of written.formKeys) host.setParent(key, parentList(owners.get(form)));
}

const parentList = (elements: string[] = []) => `[${Array.from(elements, (element) => element ?? 'null').join(' ')}]`;

const putElement = (file: PdfObjects, number: number, entries: string[]): void =>
  put(file, number, `<< /Type /StructElem ${entries.join(' ')} >>`);

type LinkPlace = Written['links'][number];

function linkElement(
  file: PdfObjects,
  link: LinkPlace,
  { host, parent, written }: Pick<Graft, 'host' | 'written'> & { parent: number },
): number {
  const element = file.next++;
  const page = written.pages[link.page];
  putElement(file, element, [
    `/S /Link /P ${parent} 0 R /Pg ${page} 0 R`,
    `/K [<< /Type /OBJR /Pg ${page} 0 R /Obj ${link.number} 0 R >>]`,
  ]);
  host.setParent(link.key, `${element} 0 R`);
  return element;
}

/** The object number of every element, and its ID, as it is written, where it has or needs one. */
interface Named {
  numbers: Map<Element, number>;
  ids: Map<Element, string>;
  /** What the annex's IDs are called in the document. */
  byOld: Map<string, string>;
}

function renamedIds(kids: readonly Kid[], host: Tree, file: PdfObjects): Named {
  const named: Named = { numbers: new Map(), ids: new Map(), byOld: new Map() };
  for (const { element } of elementsOf(kids)) {
    const number = file.next++;
    named.numbers.set(element, number);
    const { id } = element;
    if (id === undefined && element.standard !== 'Note') continue; // a note needs one (ISO 14289-1, 7.9)
    // Strings of other bytes may be the same text (7.9).
    const name = host.id(id === undefined ? 'note' : /^[!-~]+$/.test(id) ? id : 'id', number);
    named.ids.set(element, name);
    if (id !== undefined && !named.byOld.has(id)) named.byOld.set(id, name);
  }
  return named;
}

interface Elements extends Graft {
  renamed: Named;
  /** Notes which element a marked content of a page or form belongs to. */
  own(key: string, mcid: number, element: number): void;
  /** The links that no element has named yet. */
  left: Map<string, LinkPlace>;
}

/** Entries of an element that are texts. */
const spoken = ['T', 'Alt', 'ActualText', 'E'] as const;

function elementWriter(
  structure: NonNullable<Annex['structure']>,
  { annex, written, copier, host, renamed: { numbers, ids, byOld }, own, left }: Elements,
) {
  /** Attributes as they are, IDs of header cells by their new names. */
  const attributes = (object: PDFObject | undefined): string => {
    if (object === undefined) return '';
    const found = object instanceof PDFRef ? annex.context.lookup(object) : object;
    const owners = found instanceof PDFArray ? itemsOf(found) : [found];
    return owners.flatMap((owner) => (owner instanceof PDFDict ? [attributesOf(owner)] : [])).join(' ');
  };
  const attributesOf = (found: PDFDict): string => {
    const entries = found.entries().map(([name, entry]) => {
      const key = name.asString();
      const headers = key === '/Headers' ? value(found, 'Headers') : undefined;
      if (!(headers instanceof PDFArray)) return key === '/NS' ? '' : `${key} ${copier.write(entry)}`;
      const names = headers
        .asArray()
        .map((header) => byOld.get(bytesOf(header) ?? ''))
        .filter((id) => id !== undefined);
      return `/Headers [${names.join(' ')}]`;
    });
    return `<< ${entries.join(' ')} >>`;
  };

  const entriesOf = (element: Element): string[] => {
    const { dict } = element;
    const texts: string[] = [];
    for (const key of spoken) {
      const text = stringOf(value(dict, key));
      if (text !== undefined) texts.push(`/${key} ${textString(text)}`);
    }
    if ((element.standard === 'Figure' || element.standard === 'Formula') && !hasAlternative(element)) {
      const without = texts.filter((text) => !text.startsWith('/Alt '));
      texts.splice(0, texts.length, ...without, `/Alt ${textString(annex.alternative ?? '')}`);
    }
    const language = languageOf(dict);
    const own = attributes(raw(dict, 'A'));
    const id = ids.get(element);
    return [
      ...texts,
      language === undefined ? '' : `/Lang (${language})`,
      own === '' ? '' : `/A [${own}]`,
      classesOf(element),
      id === undefined ? '' : `/ID ${id}`,
    ];
  };

  const classesOf = ({ dict }: Element): string => {
    const written = value(dict, 'C');
    if (written === undefined) return '';
    const names = written instanceof PDFArray ? written.asArray() : [written];
    const known = names.flatMap((name) => {
      const wanted = nameOf(name) ?? '';
      const meaning = structure.classes && raw(structure.classes, wanted);
      const short = wanted.length < longestName ? wanted : 'class';
      return meaning === undefined ? [] : [pdfName(host.attributeClass(short, `[${attributes(meaning)}]`))];
    });
    return known.length > 0 ? `/C [${known.join(' ')}]` : '';
  };

  /** Writes the elements below `top`; returns the references of its kids. */
  return (file: PdfObjects, top: readonly Kid[], topNumber: number): string[] => {
    const kidsOf = (kids: readonly Kid[], number: number, page: number | undefined): string[] =>
      kids.flatMap((kid): string[] => {
        if (kid.kind === 'element') return [`${numbers.get(kid.element)} 0 R`];
        const itsPage = written.pages[kid.page];
        if (kid.kind === 'content') {
          own(kid.stream?.tag ?? String(kid.page), kid.mcid, number);
          const stream = kid.stream === undefined ? '' : `/Stm ${copier.number(kid.stream)} 0 R`;
          return [
            kid.page === page && stream === ''
              ? String(kid.mcid)
              : `<< /Type /MCR /Pg ${itsPage} 0 R ${stream} /MCID ${kid.mcid} >>`,
          ];
        }
        const link = left.get(kid.annotation);
        if (!link) return [];
        left.delete(kid.annotation);
        host.setParent(link.key, `${number} 0 R`);
        return [`<< /Type /OBJR /Pg ${written.pages[link.page]} 0 R /Obj ${link.number} 0 R >>`];
      });
    for (const { element, parent } of elementsOf(top)) {
      const number = numbers.get(element) ?? 0;
      const page = element.kids.find((kid) => kid.kind === 'content')?.page;
      const kids = kidsOf(element.kids, number, page);
      const role = /^H\d$/.test(element.standard)
        ? `H${written.level(Number(element.standard[1]))}`
        : host.role(element.role, element.standard);
      putElement(file, number, [
        `/S ${pdfName(role)} /P ${parent ? numbers.get(parent) : topNumber} 0 R`,
        page === undefined ? '' : `/Pg ${written.pages[page]} 0 R`,
        ...entriesOf(element),
        `/K [${kids.join(' ')}]`,
      ]);
    }
    return kidsOf(top, topNumber, undefined);
  };
}
