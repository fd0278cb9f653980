import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { getDocument } from './pdfjs.ts';

/** A structure element as it stands in the file; its texts are those that pdfjs finds in the marked contents. */
export interface Tag {
  role: string;
  id?: string;
  /** Alt, E or ActualText: what is spoken instead of the text. */
  spoken?: string;
  headers: string[];
  /** Scope, RowSpan, ColSpan, Summary */
  attributes: Record<string, string>;
  /** Contents of the annotations of a Link. */
  leadsTo: string[];
  /** As pdfjs names marked contents: for comparison with its own tree. */
  contents: string[];
  children: (Tag | string)[];
}

type Value = number | string | Value[] | Reference | Dictionary;
interface Dictionary {
  [key: string]: Value;
}
/** "12 0 R" */
interface Reference {
  reference: number;
}
const isReference = (value: Value | undefined): value is Reference =>
  typeof value === 'object' && 'reference' in value && typeof value.reference === 'number';
const listOf = (value: Value | undefined): Value[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Reads the tree of a file of ours without its code: attributes, which pdfjs does not tell, from the objects. */
export async function readTags(path: string): Promise<{ document: Tag; byPdfjs: string[]; contents: string[] }> {
  const bytes = readFileSync(path);
  const objects = objectsOf(bytes.toString('latin1'), bytes);
  const follow = (value: Value | undefined): Dictionary =>
    (isReference(value) ? follow(parse(objects.get(value.reference) ?? '')) : (value ?? {})) as Dictionary;

  const texts = new Map<string, string>();
  const byPdfjs: string[] = [];
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const pdf = await task.promise;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
    const open: (string | null)[] = [];
    for (const item of items) {
      if (!('str' in item)) {
        if (item.type === 'endMarkedContent') open.pop();
        else open.push(('id' in item ? item.id : null) ?? null);
        continue;
      }
      const id = open.findLast((content) => content !== null);
      if (id) texts.set(id, (texts.get(id) ?? '') + item.str);
    }
    byPdfjs.push(...leaves((await page.getStructTree()) as PdfjsNode | null, []));
  }
  await task.destroy();

  const contents: string[] = [];
  const root = parse([...objects.values()].find((body) => body.includes('/Type /StructTreeRoot')) ?? '') as Dictionary;
  const standard = (role: string) => String((root.RoleMap as Dictionary)[role] ?? role);
  const tagOf = (element: Dictionary, above: string[]): Tag => {
    const attributes = Object.assign({}, ...listOf(element.A)) as Dictionary;
    const spoken = textOf(element.Alt ?? element.E ?? element.ActualText);
    const tag: Tag = {
      role: String(element.S),
      ...(element.ID === undefined ? {} : { id: String(element.ID) }),
      ...(spoken === undefined ? {} : { spoken }),
      headers: listOf(attributes.Headers).map(String),
      attributes: Object.fromEntries(
        ['Scope', 'RowSpan', 'ColSpan', 'Summary'].flatMap((key) =>
          attributes[key] === undefined ? [] : [[key, textOf(attributes[key]) ?? '']],
        ),
      ),
      leadsTo: [],
      contents: [],
      children: [],
    };
    for (const kid of listOf(element.K)) {
      const mcr = typeof kid === 'object' && !Array.isArray(kid) && 'MCID' in kid ? (kid as Dictionary) : undefined;
      if (typeof kid === 'number' || mcr) {
        const page = (mcr?.Pg ?? element.Pg) as Reference;
        const id = `p${page.reference}R_mc${mcr ? mcr.MCID : kid}`;
        contents.push([...above, standard(tag.role), id].join(' '));
        tag.children.push(texts.get(id) ?? '');
      } else if (isReference(kid)) tag.children.push(tagOf(follow(kid), [...above, standard(tag.role)]));
      else tag.leadsTo.push(textOf(follow((kid as Dictionary).Obj).Contents) ?? '');
    }
    return tag;
  };
  return { document: tagOf(follow(listOf(root.K)[0]), []), byPdfjs, contents };
}

interface PdfjsNode {
  role?: string;
  type?: string;
  id?: string;
  children?: PdfjsNode[];
}
/** Marked contents with the roles above them, as pdfjs finds them through the parent tree. */
function leaves(node: PdfjsNode | null, above: string[]): string[] {
  if (!node) return [];
  if (node.type === 'content') return [[...above, node.id].join(' ')];
  const roles = node.role === undefined || node.role === 'Root' ? above : [...above, node.role];
  return (node.children ?? []).flatMap((child) => leaves(child, roles));
}

/** Every object that is no stream. */
function objectsOf(text: string, bytes: Buffer): Map<number, string> {
  const objects = new Map<number, string>();
  for (const found of text.matchAll(/\/Type \/ObjStm \/N (\d+) \/First (\d+) .*?\/Length (\d+) >>\nstream\n/g)) {
    const [count, first, length] = found.slice(1).map(Number) as [number, number, number];
    const start = found.index + found[0].length;
    const data = inflateSync(bytes.subarray(start, start + length)).toString('latin1');
    const index = data.slice(0, first).trim().split(/\s+/).map(Number);
    for (let place = 0; place < count; place++) {
      const end = place + 1 < count ? first + (index[2 * place + 3] ?? 0) : data.length;
      objects.set(index[2 * place] ?? 0, data.slice(first + (index[2 * place + 1] ?? 0), end));
    }
  }
  return objects;
}

/** A text string as text; a name or a number as it is written. */
function textOf(value: Value | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = String(value);
  return text.startsWith('\xfe\xff') ? Buffer.from(text.slice(2), 'latin1').swap16().toString('utf16le') : text;
}

function parse(body: string): Value {
  const tokens =
    body.match(/<<|>>|[[\]]|\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]*>|\/[^\s/<>[\]()]+|\d+ 0 R|[^\s/<>[\]()]+/g) ?? [];
  let at = 0;
  const value = (): Value => {
    const token = tokens[at++] ?? '';
    if (token === '[') {
      const list: Value[] = [];
      while (at < tokens.length && tokens[at] !== ']') list.push(value());
      at += 1;
      return list;
    }
    if (token === '<<') {
      const dictionary: Dictionary = {};
      while (at < tokens.length && tokens[at] !== '>>') {
        const key = (tokens[at++] ?? '').slice(1);
        dictionary[key] = value();
      }
      at += 1;
      return dictionary;
    }
    if (token.endsWith(' R')) return { reference: Number.parseInt(token, 10) };
    if (token.startsWith('/')) return token.slice(1);
    if (token.startsWith('(')) return token.slice(1, -1);
    if (token.startsWith('<')) return Buffer.from(token.slice(1, -1), 'hex').toString('latin1');
    return Number.isNaN(Number(token)) ? token : Number(token);
  };
  return value();
}
