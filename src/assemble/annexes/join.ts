import type { AnnexBookmark, Destination } from '../../annexes/navigation.ts';
import type { JoinedAnnex } from '../join.ts';
import type { PageLabels } from '../labels.ts';
import { add, type PdfObjects, put, textString } from '../objects.ts';
import type { Bookmark } from '../outline.ts';
import { filled } from './holes.ts';
import type { HostStructure } from './host-structure.ts';
import { byteString, bytesOf } from './strings.ts';
import type { WrittenAnnex, WrittenAnnexes } from './write.ts';

export interface AnnexPlace extends JoinedAnnex {
  /** Levels by which its headings stand deeper than in itself: below 書名 on the cover, beside those of the other parts. */
  depth: 0 | 1;
}

/** What merged annexes add to the document as a whole. */
export interface MergedAnnexes {
  /** By part. */
  bookmarks: ReadonlyMap<string, Bookmark>;
  labels: PageLabels[];
  /** Of links, by the bytes of their names: one character each */
  destinations: ReadonlyMap<string, string>;
  /** What shows the top of each annex, by part. */
  tops: ReadonlyMap<string, string>;
  /** Entries of the catalog. */
  entries: Record<string, string>;
}

/**
 * Puts annexes in their places with all that belongs to them; `profile`: the object of sRGB, which their device colours mean;
 * `ownNames`: those of the document's own destinations.
 */
export function joinAnnexes(
  file: PdfObjects,
  host: HostStructure,
  places: readonly AnnexPlace[],
  annexes: WrittenAnnexes,
  profile: number,
  ownNames: Iterable<string>,
): MergedAnnexes {
  const bookmarks = new Map<string, Bookmark>();
  const labels: PageLabels[] = [];
  const destinations = new Map<string, string>();
  const taken = new Set(Array.from(ownNames, bytesOf));
  const tops = new Map<string, string>();
  const layers: LayerLists = { groups: [], order: [], off: [], locked: [] };
  const offset = file.next - 1;
  for (const place of places) {
    const annex = annexes.get(place.part);
    if (!annex) throw new Error(`the annex ${place.part} was not read`);
    const names = freshNames(annex, taken);
    const nameOf = (name: string) => names.get(name) ?? name;
    const destination = ({ page, view }: Destination) => `[${place.pages[page]} 0 R ${view}]`;
    for (const [name, target] of annex.named) {
      destinations.set(nameOf(name), destination(target));
      taken.add(nameOf(name));
    }
    joinOne(file, annex, { host, place, nameOf, offset, layers });
    const [first = 0] = place.pages;
    tops.set(place.part, `[${first} 0 R ${annex.top}]`);
    const ownBookmark = ({ title, destination: target, children }: AnnexBookmark): Bookmark => ({
      title,
      anchor: '',
      destination: target ? destination(target) : '',
      children: children.map(ownBookmark),
    });
    bookmarks.set(place.part, {
      title: place.title,
      anchor: '',
      destination: `[${first} 0 R ${annex.top}]`,
      children: annex.bookmarks.map(ownBookmark),
    });
    labels.push(...ownLabels(annex, place));
  }
  return {
    bookmarks,
    labels,
    destinations,
    tops,
    entries: {
      OutputIntents: `[${add(file, outputIntent(profile))} 0 R]`,
      ...(layers.groups.length > 0 ? { OCProperties: layerProperties(layers) } : {}),
    },
  };
}

/** Names of destinations that the document or another annex has too get a number; the bytes of a name are one character each. */
function freshNames({ named }: WrittenAnnex, taken: ReadonlySet<string>): Map<string, string> {
  const names = new Map<string, string>();
  const used = new Set([...taken, ...named.keys()]);
  for (const name of named.keys()) {
    if (!taken.has(name)) continue;
    let fresh = name;
    for (let count = 2; used.has(fresh); count += 1) fresh = `${name}-${count}`;
    used.add(fresh);
    names.set(name, fresh);
  }
  return names;
}

interface Join {
  host: HostStructure;
  place: AnnexPlace;
  /** What a named destination is called in the document. */
  nameOf(name: string): string;
  /** By which its numbers are raised. */
  offset: number;
  /** Of all annexes; those of this one are added. */
  layers: LayerLists;
}

/** Puts the objects of an annex into the document, their holes filled. */
function joinOne(file: PdfObjects, annex: WrittenAnnex, { host, place, nameOf, offset, layers }: Join): void {
  const title = textString(place.title);
  const part = annex.part + offset;
  const above = host.graft(place.part, part);
  const keys = annex.parents.map(() => host.nextKey());
  const ids = annex.ids.map(([wanted, element]) => byteString(host.id(wanted, element + offset)));
  const roles = annex.roles.map(([wanted, standard]) => host.role(wanted, standard));
  const classes: string[] = [];
  const fill: Record<string, (index: number) => string | number | undefined> = {
    p: (index) => place.pages[index],
    k: (index) => keys[index],
    r: (index) => roles[index],
    c: (index) => classes[index],
    i: (index) => ids[index],
    d: (index) => byteString(nameOf(annex.names[index] as string)),
    h: (own) => Math.min(6, own + place.depth),
    s: (index) => textString(`ページ ${place.first + index + 1}`),
    w: () => textString(`${place.title}の中へ`),
    t: () => title,
    a: () => above,
    n: () => host.node,
  };
  const whole = (written: string) => filled(written, offset, (kind, index) => fill[kind]?.(index) ?? '');
  for (const [wanted, attributes] of annex.classes) classes.push(host.attributeClass(wanted, whole(attributes)));
  for (const [index, elements] of annex.parents.entries()) host.setParent(keys[index] as number, whole(elements));
  for (const [number, body] of annex.objects) put(file, number + offset, whole(body));
  for (const [number, dictionary, data] of annex.streams) {
    const body = Buffer.concat([Buffer.from(whole(dictionary), 'latin1'), data]);
    file.objects.set(number + offset, { number: number + offset, body, isStream: true });
  }
  for (const [index, page] of annex.pages.entries()) put(file, place.pages[index] ?? 0, whole(page));
  file.next = Math.max(file.next, offset + annex.next);
  if (annex.layers.length === 0) return;
  const of = (test: (layer: WrittenAnnex['layers'][number]) => boolean) =>
    annex.layers.filter(test).map(({ number }) => `${number + offset} 0 R`);
  layers.groups.push(...of(() => true));
  layers.order.push(`${title} [${of(() => true).join(' ')}]`);
  layers.off.push(...of(({ isOff }) => isOff));
  layers.locked.push(...of(({ isLocked }) => isLocked));
}

/** The annex's own labels, told apart by its title; behind it the book's numbers go on. */
function ownLabels({ labels, pages }: WrittenAnnex, { title, first }: AnnexPlace): PageLabels[] {
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

const outputIntent = (profile: number) =>
  '<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) ' +
  `/DestOutputProfile ${profile} 0 R >>`;
