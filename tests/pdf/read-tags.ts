import { getDocument } from './pdfjs.ts';
import { dictionary, isDictionary, Reference, readStrictly, textOf, type Value } from './strict-file.ts';

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

/** What pdfjs finds: the text of every marked content by its name, and the roles above each; the pages as they are drawn. */
export interface Contents {
  texts: Map<string, string>;
  byPdfjs: string[];
  pages: DrawnText[];
}

/** A page's marked contents and all of its text, in the order in which they are drawn. */
export interface DrawnText {
  contents: string[];
  text: string;
}

export async function readContents(bytes: Uint8Array): Promise<Contents> {
  const texts = new Map<string, string>();
  const byPdfjs: string[] = [];
  const pages: DrawnText[] = [];
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const pdf = await task.promise;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
    const open: (string | null)[] = [];
    const own = new Map<string, string>();
    let text = '';
    for (const item of items) {
      if (!('str' in item)) {
        if (item.type === 'endMarkedContent') open.pop();
        else open.push(('id' in item ? item.id : null) ?? null);
        continue;
      }
      text += item.str;
      const id = open.findLast((content) => content !== null);
      if (id) own.set(id, (own.get(id) ?? '') + item.str);
    }
    for (const [id, text] of own) texts.set(id, text);
    pages.push({ contents: [...own.keys()], text });
    byPdfjs.push(...leaves((await page.getStructTree()) as PdfjsNode | null, []));
  }
  await task.destroy();
  return { texts, byPdfjs, pages };
}

/** Reads the tree of a file of ours without its code: attributes, which pdfjs does not tell, from the objects. */
export async function readTags(bytes: Buffer): Promise<{ document: Tag; contents: string[] } & Contents> {
  const found = await readContents(bytes);
  const { objects } = readStrictly(bytes);
  return { ...tagsOf((number) => objects.get(number)?.value, found.texts), ...found };
}

const listOf = (value: Value | undefined): Value[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
const words = (value: Value | undefined): string => (Buffer.isBuffer(value) ? textOf(value) : String(value));

/** The tree of a file by its objects, from 1 on. */
export function tagsOf(
  objectAt: (number: number) => Value | undefined,
  texts: ReadonlyMap<string, string>,
): { document: Tag; contents: string[] } {
  const follow = (value: Value | undefined) =>
    dictionary(value instanceof Reference ? objectAt(value.number) : value, 'an element');
  let root: ReturnType<typeof follow> | undefined;
  for (let number = 1; !root; number += 1) {
    const value = objectAt(number);
    if (isDictionary(value) && value.get('Type') === '/StructTreeRoot') root = value;
  }
  const roles = follow(root.get('RoleMap') ?? new Map());
  const standard = (role: string) => String(roles.get(role) ?? `/${role}`).slice(1);
  const contents: string[] = [];
  const tagOf = (value: Value | undefined, above: string[]): Tag => {
    const element = follow(value);
    const attributes = new Map(listOf(element.get('A')).flatMap((owner) => [...follow(owner)]));
    const spoken = element.get('Alt') ?? element.get('E') ?? element.get('ActualText');
    const role = String(element.get('S')).slice(1);
    const tag: Tag = {
      role,
      ...(element.has('ID') ? { id: words(element.get('ID')) } : {}),
      ...(spoken === undefined ? {} : { spoken: words(spoken) }),
      headers: listOf(attributes.get('Headers')).map(words),
      attributes: Object.fromEntries(
        ['Scope', 'RowSpan', 'ColSpan', 'Summary'].flatMap((key) =>
          attributes.has(key) ? [[key, words(attributes.get(key)).replace(/^\//, '')]] : [],
        ),
      ),
      leadsTo: [],
      contents: [],
      children: [],
    };
    for (const kid of listOf(element.get('K'))) {
      if (kid instanceof Reference) tag.children.push(tagOf(kid, [...above, standard(role)]));
      else if (isDictionary(kid) && !kid.has('MCID')) tag.leadsTo.push(words(follow(kid.get('Obj')).get('Contents')));
      else {
        const page = ((isDictionary(kid) ? kid.get('Pg') : undefined) ?? element.get('Pg')) as Reference;
        const id = `p${page.number}R_mc${isDictionary(kid) ? kid.get('MCID') : kid}`;
        contents.push([...above, standard(role), id].join(' '));
        tag.contents.push(id);
        tag.children.push(texts.get(id) ?? '');
      }
    }
    return tag;
  };
  return { document: tagOf(listOf(root.get('K'))[0], []), contents };
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

export const childrenOf = (tag: Tag): Tag[] => tag.children.filter((child) => typeof child !== 'string');
export const allOf = (tag: Tag, role: string): Tag[] => [
  ...(tag.role === role ? [tag] : []),
  ...childrenOf(tag).flatMap((child) => allOf(child, role)),
];
/** pdfjs guesses spaces from gaps; beside Japanese signs there are none to be spoken. */
const closed = (text: string) => text.replace(/(?<=[^\x21-\x7e])\s+|\s+(?=[^\x21-\x7e])/g, '').trim();
export const spokenWords = (tag: Tag): string =>
  tag.spoken ?? closed(tag.children.map((child) => (typeof child === 'string' ? child : spokenWords(child))).join(''));

/** The tree, one element a line. */
export function outlineOfTags(tag: Tag, depth = 0): string[] {
  const notes = [
    ...(tag.id === undefined ? [] : [`#${tag.id}`]),
    ...Object.entries(tag.attributes).map(([key, value]) => `${key}=${value}`),
    ...(tag.headers.length > 0 ? [`← ${tag.headers.join(' ')}`] : []),
    ...(tag.spoken === undefined ? [] : [`spoken「${tag.spoken}」`]),
    ...tag.leadsTo.map((goal) => `leads to「${goal}」`),
  ];
  const text = closed(tag.children.filter((child) => typeof child === 'string').join(''));
  const line = `${'  '.repeat(depth)}${[tag.role, ...notes, ...(text === '' ? [] : [`「${text}」`])].join(' ')}`;
  return [line, ...childrenOf(tag).flatMap((child) => outlineOfTags(child, depth + 1))];
}
