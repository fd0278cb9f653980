import { readFileSync } from 'node:fs';
import { zlibSync } from 'fflate';
import type { Annex, AnnexPage } from '../../annexes/annex.ts';
import type { Link } from '../../annexes/links.ts';
import { packagePath } from '../../package.ts';
import { add, addStream, type PdfObjects, textString } from '../objects.ts';
import { hole } from './holes.ts';
import { type Copier, copierOf, type Shared } from './objects.ts';
import { byteString } from './strings.ts';
import { type Tree, type Written, writeStructure } from './structure.ts';

/** CGATS TR 001 (SWOP), as most viewers show CMYK that has no profile; public domain, see profiles/LICENSE. */
const commonPress = 'profiles/CGATS001Compat-v2-micro.icc';

/**
 * An annex as its objects stand in a document, with numbers from 1 on that go on from one annex to the next, and with holes
 * for what is known when they are joined. Holds nothing of the annex's file: a thread can hand it out.
 */
export interface WrittenAnnex extends Pick<Annex, 'bookmarks' | 'labels'> {
  /** Those that are no streams. */
  objects: [number: number, body: string][];
  streams: [number: number, dictionary: string, data: Uint8Array][];
  /** The objects of its pages. */
  pages: string[];
  /** The first number that neither it nor those before it have. */
  next: number;
  /** Number of the element that holds it. */
  part: number;
  /** What the parent tree holds for each of its keys. */
  parents: string[];
  roles: [wanted: string, standard: string][];
  classes: [wanted: string, attributes: string][];
  ids: [wanted: string, element: number][];
  /** Its named destinations, and the names that its links use. */
  named: Annex['named'];
  names: string[];
  layers: { number: number; isOff: boolean; isLocked: boolean }[];
  /** The view that shows the top left corner of its first page. */
  top: string;
}

/** By path. */
export type WrittenAnnexes = ReadonlyMap<string, WrittenAnnex>;

/** Writes the annexes of a document, each by its part, in their order. */
export function writeAnnexes(annexes: ReadonlyMap<string, Annex>): WrittenAnnexes {
  const file: PdfObjects = { objects: new Map(), next: 1, root: 0, info: 0, id: '' };
  let profile: number | undefined;
  const commonProfile = () => {
    profile ??= addStream(file, '/N 4 /Filter /FlateDecode', zlibSync(readFileSync(packagePath(commonPress))));
    return profile;
  };
  const shared: Shared = { commonProfile, spots: new Map() };
  const written = new Map<string, WrittenAnnex>();
  for (const [part, annex] of annexes) {
    written.set(part, writeOne(file, annex, shared));
    file.objects.clear();
  }
  return written;
}

function writeOne(file: PdfObjects, annex: Annex, shared: Shared): WrittenAnnex {
  const part = file.next++;
  const { tree, recorded } = recordedTree();
  const pageKeys = annex.pages.map(tree.nextKey);
  const forms = [...(annex.structure?.known.keys() ?? [])].filter((key) => key.endsWith(' R'));
  const formKeys = new Map(forms.map((form) => [form, tree.nextKey()]));
  const copier = copierOf(file, annex, (form) => formKeys.get(form), shared);
  const destinations: string[] = [];
  const nameOf = (name: string) => hole.destination(destinations.push(name) - 1);
  const links = annex.links.map((link) => {
    const key = tree.nextKey();
    const number = add(file, annotation(link, key, copier, nameOf));
    return { number, key, source: link.key, page: link.page };
  });
  const ofPages = annex.pages.map((): string[] => []);
  for (const link of links) ofPages[link.page]?.push(`${link.number} 0 R`);
  const resources = new Map<unknown, number>();
  const pages = annex.pages.map((page, index) => {
    let number = resources.get(page.resources);
    if (number === undefined) {
      number = add(file, page.resources ? copier.write(page.resources) : '<< >>');
      resources.set(page.resources, number);
    }
    const body = pageBody(page, { resources: number, key: pageKeys[index] ?? '', links: ofPages[index] ?? [], copier });
    copier.drain();
    return body;
  });
  const written: Written = {
    pages: pages.map((_, index) => hole.page(index)),
    level: hole.level,
    pageKeys,
    formKeys,
    links,
  };
  writeStructure(file, {
    host: tree,
    annex,
    title: hole.title,
    part: { number: part, parent: hole.above },
    written,
    copier,
  });
  const { groups, off, locked } = annex.layers;
  const layers = groups.map((ref) => ({
    number: copier.number(ref),
    isOff: off.has(ref.tag),
    isLocked: locked.has(ref.tag),
  }));
  copier.drain();
  const [first] = annex.pages;
  return {
    ...separated(file),
    ...recorded,
    pages,
    next: file.next,
    part,
    bookmarks: annex.bookmarks,
    labels: annex.labels,
    named: annex.named,
    names: destinations,
    layers,
    top: first ? topOf(first) : '',
  };
}

type Recorded = Pick<WrittenAnnex, 'parents' | 'roles' | 'classes' | 'ids'>;

/** Notes what an annex puts into the trees of the document; holes stand for what comes of it. */
function recordedTree(): { tree: Tree & { nextKey(): string }; recorded: Recorded } {
  const recorded: Recorded = { parents: [], roles: [], classes: [], ids: [] };
  const { parents, ids } = recorded;
  const known = new Map<string, string>();
  const named = (list: [string, string][], name: string, meaning: string, own: (index: number) => string) => {
    const key = `${own === hole.role} ${name} ${meaning}`;
    const found = known.get(key) ?? own(list.push([name, meaning]) - 1);
    known.set(key, found);
    return found;
  };
  const keys = new Map<string | number, number>();
  const tree = {
    nextKey: () => {
      const key = hole.key(parents.length);
      keys.set(key, parents.push('') - 1);
      return key;
    },
    setParent: (key: string | number, elements: string) => {
      parents[keys.get(key) as number] = elements;
    },
    role: (wanted: string, standard: string) =>
      wanted === standard ? wanted : named(recorded.roles, wanted, standard, hole.role),
    attributeClass: (wanted: string, attributes: string) =>
      named(recorded.classes, wanted, attributes, hole.attributeClass),
    id: (wanted: string, element: number) => hole.id(ids.push([wanted, element]) - 1),
  };
  return { tree, recorded };
}

/** Objects with their streams' data apart: these are handed over as they are, and hold nothing to be filled. */
function separated({ objects }: PdfObjects): Pick<WrittenAnnex, 'objects' | 'streams'> {
  const plain: WrittenAnnex['objects'] = [];
  const streams: WrittenAnnex['streams'] = [];
  for (const { number, body, isStream } of objects.values()) {
    const end = isStream ? body.indexOf(dataBegin) : body.length;
    const text = body.toString('latin1', 0, end);
    if (isStream) streams.push([number, text, body.subarray(end)]);
    else plain.push([number, text]);
  }
  return { objects: plain, streams };
}
const dataBegin = '\nstream\n';

interface PageParts {
  /** Object number */
  resources: number;
  /** In the parent tree */
  key: string;
  /** References of its annotations */
  links: string[];
  copier: Copier;
}

/** A page's object (ISO 32000-1, 7.7.3.3; Tabs: ISO 14289-1, 7.18.3). */
function pageBody(page: AnnexPage, { resources, key, links, copier }: PageParts): string {
  const content =
    'changed' in page.content
      ? `${copier.addDeflated('', page.content.changed)} 0 R`
      : copier.write(page.content.original);
  return [
    `<< /Type /Page /Parent ${hole.node} 0 R /MediaBox [${sides(page.media)}] /CropBox [${sides(page.crop)}]`,
    page.rotation === 0 ? '' : `/Rotate ${page.rotation}`,
    page.unit === 1 ? '' : `/UserUnit ${page.unit}`,
    `/Resources ${resources} 0 R`,
    content === 'null' ? '' : `/Contents ${content}`,
    page.group === undefined ? '' : `/Group ${copier.write(page.group)}`,
    `/StructParents ${key} /Tabs /S`,
    links.length === 0 ? '' : `/Annots [${links.join(' ')}]`,
    '>>',
  ].join(' ');
}

/** Without exponents, which PDF does not know. */
const sides = (box: readonly number[]) => box.map((side) => Number(side.toFixed(6))).join(' ');

function annotation(
  { page, appearance, target, description }: Link,
  key: string,
  copier: Copier,
  nameOf: (name: string) => string,
): string {
  const looks = appearance.map(([name, object]) => `/${name} ${copier.write(object)}`).join(' ');
  const leads =
    'uri' in target
      ? `/A << /S /URI /URI ${byteString(asciiUri(target.uri))} >>`
      : 'action' in target
        ? `/A << /S /Named /N ${target.action} >>`
        : `/Dest ${'name' in target ? nameOf(target.name) : `[${hole.page(target.page)} 0 R ${target.view}]`}`;
  const says =
    description !== undefined
      ? textString(description)
      : 'uri' in target
        ? textString(target.uri)
        : 'page' in target
          ? hole.toPage(target.page)
          : hole.within;
  return `<< /Type /Annot /Subtype /Link /F 4 /P ${hole.page(page)} 0 R /Contents ${says} /StructParent ${key} ${looks} ${leads} >>`;
}

/** A URI is ASCII (ISO 32000-1, 12.6.4.7); what is escaped already stays as it is. */
const asciiUri = (uri: string): string =>
  encodeURI(Buffer.from(uri).toString()).replaceAll(/%25(?=[0-9A-Fa-f]{2})/g, '%');

const topOf = ({ crop: [left, , , top], rotation }: AnnexPage) =>
  rotation === 0 ? `/XYZ ${left} ${top} null` : '/Fit';
