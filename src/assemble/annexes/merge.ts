import { readFileSync } from 'node:fs';
import { zlibSync } from 'fflate';
import type { Annex, AnnexPage } from '../../annexes/annex.ts';
import type { Link } from '../../annexes/links.ts';
import type { AnnexBookmark, Destination } from '../../annexes/navigation.ts';
import { packagePath } from '../../package.ts';
import type { AnnexPlace, MergedAnnexes } from '../assemble.ts';
import type { PageLabels } from '../labels.ts';
import { add, addStream, type PdfObjects, put, referred, replace, textString } from '../objects.ts';
import type { Bookmark } from '../outline.ts';
import { byteString, type HostStructure, hostStructure } from './host-structure.ts';
import { type Copier, copierOf, type Shared } from './objects.ts';
import { type Written, writeStructure } from './structure.ts';

/** CGATS TR 001 (SWOP), as most viewers show CMYK that has no profile; public domain, see profiles/LICENSE. */
const commonPress = 'profiles/CGATS001Compat-v2-micro.icc';

/** Puts the pages of the annexes in the place of the blank ones that Typst laid out for them, with all that belongs to them. */
export function mergeAnnexes(
  file: PdfObjects,
  places: readonly AnnexPlace[],
  annexes: ReadonlyMap<string, Annex>,
): MergedAnnexes {
  const host = hostStructure(file);
  const bookmarks = new Map<string, Bookmark>();
  const labels: PageLabels[] = [];
  const destinations = new Map<string, string>();
  const layers: LayerLists = { groups: [], order: [], off: [], locked: [] };
  const tops = new Map<number, string>();
  let profile: number | undefined;
  const commonProfile = () => {
    profile ??= addStream(file, '/N 4 /Filter /FlateDecode', zlibSync(readFileSync(packagePath(commonPress))));
    return profile;
  };
  const shared: Shared = { commonProfile, spots: new Map() };
  for (const place of places) {
    const annex = annexes.get(place.part);
    if (!annex) throw new Error(`the annex ${place.part} was not read`);
    const names = ownNames(annex, destinations);
    const destination = ({ page, view }: Destination) => `[${place.pages[page]} 0 R ${view}]`;
    for (const [name, target] of annex.named) destinations.set(names.get(name) ?? name, destination(target));
    const nameOf = (name: string) => names.get(name) ?? name;
    mergeOne(file, { host, annex, place, nameOf, destination, layers, shared });
    const [first] = annex.pages;
    if (first) tops.set(place.pages[0] ?? 0, topOf(first));
    const ownBookmark = ({ title, destination: target, children }: AnnexBookmark): Bookmark => ({
      title,
      anchor: '',
      destination: target ? destination(target) : '',
      children: children.map(ownBookmark),
    });
    bookmarks.set(place.part, {
      title: place.title,
      anchor: '',
      destination: `[${place.pages[0]} 0 R ${tops.get(place.pages[0] ?? 0)}]`,
      children: annex.bookmarks.map(ownBookmark),
    });
    labels.push(...ownLabels(annex, place));
  }
  host.finish();
  redirect(file, tops);
  const sorted = [...destinations].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    bookmarks,
    labels,
    names:
      sorted.length > 0
        ? `/Dests << /Names [${sorted.map(([name, target]) => `${byteString(name)} ${target}`).join(' ')}] >>`
        : '',
    entries: {
      OutputIntents: `[${add(file, outputIntent(file))} 0 R]`,
      ...(layers.groups.length > 0 ? { OCProperties: layerProperties(layers) } : {}),
    },
  };
}

/** Names of destinations that another annex has too get a number; the bytes of a name are one character each. */
function ownNames({ named }: Annex, taken: ReadonlyMap<string, string>): Map<string, string> {
  const names = new Map<string, string>();
  const used = new Set([...taken.keys(), ...named.keys()]);
  for (const name of named.keys()) {
    if (!taken.has(name)) continue;
    let fresh = name;
    for (let count = 2; used.has(fresh); count += 1) fresh = `${name}-${count}`;
    used.add(fresh);
    names.set(name, fresh);
  }
  return names;
}

/** Where links of an annex lead to in the document. */
interface Targets {
  place: AnnexPlace;
  /** What a named destination is called in the document. */
  nameOf(name: string): string;
  /** The array of a destination (ISO 32000-1, 12.3.2.2). */
  destination(target: Destination): string;
}

interface Merge extends Targets {
  host: HostStructure;
  annex: Annex;
  /** Of all annexes; those of this one are added. */
  layers: LayerLists;
  shared: Shared;
}

function mergeOne(file: PdfObjects, merge: Merge): void {
  const { host, annex, place, layers, shared } = merge;
  const number = file.next++;
  const part = { number, parent: host.graft(place.pages[0] ?? 0, number) };
  const pageKeys = annex.pages.map(() => host.nextKey());
  const forms = [...(annex.structure?.known.keys() ?? [])].filter((key) => key.endsWith(' R'));
  const formKeys = new Map(forms.map((form) => [form, host.nextKey()]));
  const copier = copierOf(file, annex, (form) => formKeys.get(form), shared);
  const links = annex.links.map((link) => {
    const key = host.nextKey();
    const number = add(file, annotation(link, key, copier, merge));
    return { number, key, source: link.key, page: link.page };
  });
  const resources = new Map<unknown, number>();
  for (const [index, page] of annex.pages.entries()) {
    let number = resources.get(page.resources);
    if (number === undefined) {
      number = add(file, page.resources ? copier.write(page.resources) : '<< >>');
      resources.set(page.resources, number);
    }
    const own = links.filter((link) => link.page === index).map((link) => `${link.number} 0 R`);
    const blank = place.pages[index] ?? 0;
    replace(file, blank, (body) =>
      pageBody(page, { blank: body, resources: number, key: pageKeys[index] ?? 0, links: own, copier }),
    );
    copier.drain();
  }
  const written: Written = { pages: place.pages, depth: place.depth, pageKeys, formKeys, links };
  writeStructure(file, { host, annex, title: place.title, part, written, copier });
  const groups = annex.layers.groups.map((ref) => ({ tag: ref.tag, reference: `${copier.number(ref)} 0 R` }));
  copier.drain();
  if (groups.length === 0) return;
  layers.groups.push(...groups.map(({ reference }) => reference));
  layers.order.push(`${textString(place.title)} [${groups.map(({ reference }) => reference).join(' ')}]`);
  layers.off.push(...groups.filter(({ tag }) => annex.layers.off.has(tag)).map(({ reference }) => reference));
  layers.locked.push(...groups.filter(({ tag }) => annex.layers.locked.has(tag)).map(({ reference }) => reference));
}

interface PageParts {
  /** The blank page's object as it was. */
  blank: string;
  /** Object number */
  resources: number;
  /** In the parent tree */
  key: number;
  /** References of its annotations */
  links: string[];
  copier: Copier;
}

/** The blank page's object, holding the annex's page (ISO 32000-1, 7.7.3.3; Tabs: ISO 14289-1, 7.18.3). */
function pageBody(page: AnnexPage, { blank, resources, key, links, copier }: PageParts): string {
  const content =
    'changed' in page.content
      ? `${copier.addDeflated('', page.content.changed)} 0 R`
      : copier.write(page.content.original);
  return [
    `<< /Type /Page /Parent ${referred(blank, 'Parent')} 0 R /MediaBox [${sides(page.media)}] /CropBox [${sides(page.crop)}]`,
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
  key: number,
  copier: Copier,
  { place, nameOf, destination }: Targets,
): string {
  const looks = appearance.map(([name, object]) => `/${name} ${copier.write(object)}`).join(' ');
  const leads =
    'uri' in target
      ? `/A << /S /URI /URI ${byteString(asciiUri(target.uri))} >>`
      : 'action' in target
        ? `/A << /S /Named /N ${target.action} >>`
        : `/Dest ${'name' in target ? byteString(nameOf(target.name)) : destination(target)}`;
  const says =
    description ??
    ('uri' in target
      ? target.uri
      : 'page' in target
        ? `ページ ${place.first + target.page + 1}`
        : `${place.title}の中へ`);
  return `<< /Type /Annot /Subtype /Link /F 4 /P ${place.pages[page]} 0 R /Contents ${textString(says)} /StructParent ${key} ${looks} ${leads} >>`;
}

/** A URI is ASCII (ISO 32000-1, 12.6.4.7); what is escaped already stays as it is. */
const asciiUri = (uri: string): string =>
  encodeURI(Buffer.from(uri).toString()).replaceAll(/%25(?=[0-9A-Fa-f]{2})/g, '%');

/** The view that shows a page's top left corner, whatever its boxes and rotation. */
const topOf = ({ crop: [left, , , top], rotation }: AnnexPage) =>
  rotation === 0 ? `/XYZ ${left} ${top} null` : '/Fit';

/** Links of our own pages to the blank page lead to the annex's page, whose corner may lie elsewhere. */
function redirect(file: PdfObjects, tops: ReadonlyMap<number, string>): void {
  for (const object of file.objects.values()) {
    if (object.isStream || object.body.length > 200) continue;
    const page = /\[(\d+) 0 R \/XYZ [^\]]*\]$/.exec(object.body.toString('latin1'))?.[1];
    const top = tops.get(Number(page));
    if (top !== undefined) put(file, object.number, `[${page} 0 R ${top}]`);
  }
}

/** The annex's own labels, told apart by its title; behind it the book's numbers go on. */
function ownLabels({ labels, pages }: Annex, { title, first }: AnnexPlace): PageLabels[] {
  if (labels.length === 0) return [];
  const own = labels.map(({ page, style, prefix, first: start }) => {
    const number = style === undefined ? '' : `/S /${style} /St ${start}`;
    return { page: first + page, label: `<< /P ${textString(`${title} ${prefix}`)} ${number} >>` };
  });
  return [...own, { page: first + pages.length, label: `<< /S /D /St ${first + pages.length + 1} >>` }];
}

interface LayerLists {
  groups: string[];
  order: string[];
  off: string[];
  locked: string[];
}

/** All layers under one configuration (ISO 19005-3, 6.9: named, all of them in its order, nothing automatic). */
const layerProperties = ({ groups, order, off, locked }: LayerLists) =>
  `<< /OCGs [${groups.join(' ')}] /D << /Name ${textString('レイヤー')} /BaseState /ON /Order [${order.join(' ')}] ` +
  `/OFF [${off.join(' ')}] /Locked [${locked.join(' ')}] >> >>`;

/** sRGB, which the device colours of annexes mean (ISO 19005-3, 6.2.3, 6.2.4.3): the profile that Typst wrote. */
function outputIntent(file: PdfObjects): string {
  for (const { number, body, isStream } of file.objects.values())
    if (isStream && /^<<[^>]*\/N 3\b[^>]*\/Range/.test(body.toString('latin1', 0, 200)))
      return (
        '<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) ' +
        `/DestOutputProfile ${number} 0 R >>`
      );
  throw new Error('no sRGB profile where Typst is known to write one');
}
