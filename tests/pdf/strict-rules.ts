import { createHash } from 'node:crypto';
import {
  contentOf,
  type Dictionary,
  dictionary,
  fail,
  isDictionary,
  Reference,
  readStrictly,
  type StrictFile,
  textOf,
  type Value,
} from './strict-file.ts';
import { labelsOf, outlineOf } from './strict-navigation.ts';
import { checkStructure } from './strict-structure.ts';
import { type Property, readXmp } from './strict-xml.ts';

export interface AttachedFile {
  /** As viewers show it. */
  name: string;
  description: string;
  relationship: string;
  type: string;
  modified: string;
  text: string;
}

/** What a file of ours says of itself beside its pages. */
export interface Facts {
  file: StrictFile;
  catalog: Dictionary;
  /** Object numbers */
  pages: number[];
  /** As viewers show them, one for each page. */
  labels: string[];
  /** A line each: indented, "+" where it stands open, "-" closed; its title; its page, and how that is shown. */
  outline: string[];
  /** By their names in the name tree */
  attachments: Map<string, AttachedFile>;
  /** Names of destinations, with where they lead to. */
  destinations: Map<string, string>;
  info: Record<string, string>;
  /** By "namespace name" */
  xmp: Record<string, Property>;
}

/** Values of a file, looked up. */
export interface Lookup {
  file: StrictFile;
  follow(value: Value | undefined): Value | undefined;
  dict(value: Value | undefined, what: string): Dictionary;
  list(value: Value | undefined, what: string): Value[];
  /** The pairs of a name tree or number tree (7.9.6, 7.9.7), sorted, with the right limits. */
  tree(root: Value | undefined, key: 'Names' | 'Nums'): [string | number, Value][];
}

export function lookupIn(file: StrictFile): Lookup {
  const follow = (value: Value | undefined): Value | undefined => {
    if (!(value instanceof Reference)) return value;
    const found = file.objects.get(value.number) ?? fail(`there is no object ${value.number}`);
    return found.value instanceof Reference ? fail(`object ${value.number} is a reference`) : found.value;
  };
  const dict = (value: Value | undefined, what: string) => dictionary(follow(value), what);
  const list = (value: Value | undefined, what: string): Value[] => {
    const found = follow(value);
    return Array.isArray(found) ? found : fail(`${what} is no array`);
  };
  const keyOf = (value: Value | undefined): string | number =>
    typeof value === 'number' ? value : Buffer.isBuffer(value) ? value.toString('latin1') : fail('the key of a tree');
  const tree = (root: Value | undefined, key: 'Names' | 'Nums', isRoot = true): [string | number, Value][] => {
    const node = dict(root, 'a node of a tree');
    if (node.has(key) === node.has('Kids')) fail('a node of a tree has entries or kids, one of them');
    const items = node.has(key) ? list(node.get(key), key) : [];
    if (items.length % 2 !== 0) fail('half a pair in a tree');
    const pairs: [string | number, Value][] = node.has('Kids')
      ? list(node.get('Kids'), 'Kids').flatMap((kid) => tree(kid, key, false))
      : items.flatMap((item, index) => (index % 2 === 0 ? [[keyOf(item), items[index + 1] ?? null]] : []));
    for (const [index, [name]] of pairs.slice(1).entries())
      if (name <= (pairs[index]?.[0] ?? '')) fail(`${name} stands behind ${pairs[index]?.[0]} in a tree`);
    const limits = isRoot ? [] : list(node.get('Limits'), 'Limits').map(keyOf);
    if (isRoot === node.has('Limits') || (!isRoot && String(limits) !== String([pairs[0]?.[0], pairs.at(-1)?.[0]])))
      fail('the limits of a tree');
    return pairs;
  };
  return { file, follow, dict, list, tree };
}

/** Reads a file of ours and holds it against what PDF, PDF/UA-1 and PDF/A-3a want of its parts. Throws NotStrict. */
export function readFacts(bytes: Buffer): Facts {
  const file = readStrictly(bytes);
  const lookup = lookupIn(file);
  const { follow, dict, list, tree } = lookup;
  checkReferences(file);
  const catalog = dict(file.trailer.get('Root'), 'Root');
  for (const part of list(file.trailer.get('ID'), 'ID')) if (!Buffer.isBuffer(part) || part.length < 16) fail('ID');
  const pages = pagesOf(lookup, catalog.get('Pages'));
  if (catalog.get('Type') !== '/Catalog' || !/^[a-z]{2}-[A-Z]{2}$/.test(textOf(catalog.get('Lang'))))
    fail('the catalog');
  if (dict(catalog.get('MarkInfo'), 'MarkInfo').get('Marked') !== true) fail('the catalog says that nothing is tagged');
  if (dict(catalog.get('ViewerPreferences'), 'ViewerPreferences').get('DisplayDocTitle') !== true)
    fail('no title shown');

  const names = dict(catalog.get('Names') ?? new Map(), 'Names');
  const destination = (target: Value | undefined): string => {
    const [page, kind, ...numbers] = list(target, 'a destination');
    const index = page instanceof Reference ? pages.indexOf(page.number) : -1;
    const count = { '/XYZ': 3, '/Fit': 0, '/FitH': 1, '/FitV': 1, '/FitR': 4, '/FitB': 0, '/FitBH': 1, '/FitBV': 1 }[
      String(kind)
    ];
    if (index < 0 || numbers.length !== count || !numbers.every((one) => one === null || typeof one === 'number'))
      fail('a destination');
    return [index + 1, String(kind).slice(1), ...numbers.map((one) => one ?? '·')].join(' ');
  };
  const destinations = new Map(
    (names.has('Dests') ? tree(names.get('Dests'), 'Names') : []).map(([name, target]) => [
      String(name),
      destination(target),
    ]),
  );
  const leadsTo = (target: Value | undefined): string => {
    const found = follow(target);
    if (!Buffer.isBuffer(found)) return destination(found);
    return destinations.get(found.toString('latin1')) ?? fail(`no destination ${found.toString('latin1')}`);
  };
  for (const page of pages)
    for (const annotation of list(dict(new Reference(page), 'a page').get('Annots') ?? [], 'Annots')) {
      const link = dict(annotation, 'an annotation');
      if (link.get('Subtype') !== '/Link' || link.get('F') !== 4) fail('an annotation that is no printed link');
      if (textOf(link.get('Contents')) === '') fail('a link without words');
      if (link.has('Dest') === link.has('A')) fail('a link leads to a place or acts, one of them');
      if (link.has('Dest')) leadsTo(link.get('Dest'));
    }
  checkStructure(lookup, catalog, pages);
  return {
    file,
    catalog,
    pages,
    labels: labelsOf(tree(catalog.get('PageLabels'), 'Nums'), lookup, pages.length),
    outline: outlineOf(lookup, catalog.get('Outlines'), leadsTo),
    attachments: attachmentsOf(
      lookup,
      catalog,
      names.has('EmbeddedFiles') ? tree(names.get('EmbeddedFiles'), 'Names') : [],
    ),
    destinations,
    ...metadataOf(lookup, catalog),
  };
}

/** Every reference leads to an object, and to every object leads a reference. */
function checkReferences({ objects, trailer }: StrictFile): void {
  const reached = new Set<number>();
  const open: Value[] = [trailer];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) open.push(...value);
    else if (isDictionary(value)) open.push(...value.values());
    else if (value instanceof Reference && !reached.has(value.number)) {
      reached.add(value.number);
      open.push((objects.get(value.number) ?? fail(`there is no object ${value.number}`)).value);
    }
  }
  for (const [number, { value }] of objects) {
    const type = isDictionary(value) ? value.get('Type') : undefined;
    if (!reached.has(number) && type !== '/ObjStm' && type !== '/XRef') fail(`nothing leads to object ${number}`);
  }
  for (const [number, one] of objects) if (one.data) contentOf(one, `stream ${number}`);
}

function pagesOf({ dict, list }: Lookup, root: Value | undefined): number[] {
  const node = dict(root, 'Pages');
  const kids = list(node.get('Kids'), 'Kids');
  const pages = kids.map((kid) => {
    const page = dict(kid, 'a page');
    if (page.get('Type') !== '/Page' || dict(page.get('Parent'), 'Parent') !== node) fail('a page');
    for (const box of ['MediaBox', 'CropBox']) {
      const [left = 0, bottom = 0, right = 0, top = 0] = list(page.get(box) ?? page.get('MediaBox'), box) as number[];
      if (!(left < right && bottom < top)) fail(`the ${box} of a page`);
    }
    return kid instanceof Reference ? kid.number : fail('a page that is no object of its own');
  });
  if (node.get('Type') !== '/Pages' || node.get('Count') !== pages.length) fail('the count of pages');
  if (new Set(pages).size !== pages.length) fail('a page twice');
  return pages;
}

/** Attached files (7.11.4; ISO 19005-3, 6.8): those of the name tree, of AF and of the file are the same. */
function attachmentsOf(
  { file, dict, list }: Lookup,
  catalog: Dictionary,
  named: [string | number, Value][],
): Map<string, AttachedFile> {
  const numbers = (values: Value[]) => values.map((value) => (value instanceof Reference ? value.number : -1));
  const associated = numbers(list(catalog.get('AF') ?? [], 'AF'));
  const all = [...file.objects].filter(([, { value }]) => isDictionary(value) && value.get('Type') === '/Filespec');
  const sorted = (list: number[]) => String([...list].sort((a, b) => a - b));
  if (sorted(associated) !== sorted(numbers(named.map(([, value]) => value)))) fail('AF is not what the name tree has');
  if (sorted(associated) !== sorted(all.map(([number]) => number))) fail('AF is not all files');
  return new Map(
    named.map(([key, value]) => {
      const entry = dict(value, 'a file');
      const embedded = dict(entry.get('EF'), 'EF');
      const [stream, other] = [embedded.get('F'), embedded.get('UF')];
      if (!(stream instanceof Reference) || !(other instanceof Reference) || stream.number !== other.number) fail('EF');
      const object = file.objects.get(stream.number) ?? fail('no embedded file');
      const entries = dictionary(object.value, 'an embedded file');
      const parameters = dict(entries.get('Params'), 'Params');
      const content = contentOf(object, 'an embedded file');
      if (entries.get('Type') !== '/EmbeddedFile' || parameters.get('Size') !== content.length)
        fail('the size of a file');
      const sum = parameters.get('CheckSum');
      if (Buffer.isBuffer(sum) && !sum.equals(createHash('md5').update(content).digest())) fail('CheckSum of a file');
      const modified = textOf(parameters.get('ModDate'), 'ModDate');
      if (!/^D:\d{14}Z$/.test(modified) || textOf(entry.get('F')) !== key) fail('the date or the name of a file');
      return [
        String(key),
        {
          name: textOf(entry.get('UF')),
          description: textOf(entry.get('Desc')),
          relationship: String(entry.get('AFRelationship')),
          type: String(entries.get('Subtype')),
          modified,
          text: content.toString('utf8'),
        },
      ];
    }),
  );
}

/** Info and XMP, which say the same (ISO 19005-3, 6.6.2.1; ISO 14289-1, 7.1). */
function metadataOf({ file, dict }: Lookup, catalog: Dictionary): Pick<Facts, 'info' | 'xmp'> {
  const info = Object.fromEntries(
    [...dict(file.trailer.get('Info'), 'Info')].map(([key, value]) => [key, textOf(value, key)]),
  );
  const reference = catalog.get('Metadata');
  const stream = file.objects.get(reference instanceof Reference ? reference.number : -1) ?? fail('no metadata');
  const entries = dictionary(stream.value, 'the metadata');
  if (entries.get('Type') !== '/Metadata' || entries.get('Subtype') !== '/XML' || entries.has('Filter'))
    fail('metadata');
  const packet = contentOf(stream, 'the metadata');
  const xmp = readXmp(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(packet));
  const date = (value: string | undefined) => value?.replace(/^D:(....)(..)(..)(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const same = (key: string, property: string, told: string | undefined) => {
    const found = xmp[property];
    if (told === undefined || String(Array.isArray(found) && found.length === 1 ? found[0] : found) !== told)
      fail(`${key} is 「${told}」, in XMP ${JSON.stringify(found)}`);
  };
  same('Title', 'http://purl.org/dc/elements/1.1/ title', info.Title);
  same('Author', 'http://purl.org/dc/elements/1.1/ creator', info.Author);
  same('Creator', 'http://ns.adobe.com/xap/1.0/ CreatorTool', info.Creator);
  same('CreationDate', 'http://ns.adobe.com/xap/1.0/ CreateDate', date(info.CreationDate));
  same('ModDate', 'http://ns.adobe.com/xap/1.0/ ModifyDate', date(info.ModDate));
  return { info, xmp };
}
