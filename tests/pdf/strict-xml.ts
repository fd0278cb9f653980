import { fail } from './strict-file.ts';

/** Reads XML as its standard has it: what must be escaped and is not, or is not closed or declared, is an error. */
export interface Xml {
  /** "namespace local" */
  name: string;
  attributes: Map<string, string>;
  children: (Xml | string)[];
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const name = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
const attributePattern = new RegExp(`\\s+(${name})\\s*=\\s*(?:"([^<"]*)"|'([^<']*)')`, 'g');
const tagPattern = new RegExp(`<(/?)(${name})((?:\\s+${name}\\s*=\\s*(?:"[^<"]*"|'[^<']*'))*)\\s*(/?)>`, 'y');

function unescaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0, 2.2 forbids them
  if (/\]\]>|[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text) || /\p{Cs}/u.test(text)) fail(`XML: ${text}`);
  return text.replaceAll(/&([^;]*;?)/g, (all, inner: string) => {
    const number = /^#(?:(\d+)|x([0-9A-Fa-f]+));$/.exec(inner);
    if (number) return String.fromCodePoint(number[1] ? Number(number[1]) : Number.parseInt(number[2] ?? '', 16));
    return (inner.endsWith(';') ? entities[inner.slice(0, -1)] : undefined) ?? fail(`XML: ${all}`);
  });
}

export function readXml(text: string): Xml {
  const root: Xml = { name: '', attributes: new Map(), children: [] };
  const open: { tag: string; element: Xml; spaces: Map<string, string> }[] = [
    { tag: '', element: root, spaces: new Map([['xml', 'xml']]) },
  ];
  for (let at = 0; at < text.length; ) {
    const { tag, element, spaces } = open.at(-1) ?? fail('XML: a tag is closed twice');
    if (text[at] !== '<') {
      const end = text.indexOf('<', at);
      const content = unescaped(text.slice(at, end < 0 ? text.length : end));
      if (open.length > 1) element.children.push(content);
      else if (content.trim() !== '') fail('XML: text outside of the root');
      at = end < 0 ? text.length : end;
      continue;
    }
    const instruction = /^<\?[a-z]+(?: [^?]*)?\?>/.exec(text.slice(at, at + 200))?.[0];
    if (instruction !== undefined) {
      at += instruction.length;
      continue;
    }
    tagPattern.lastIndex = at;
    const [all, closing, written = '', attributes = '', single] =
      tagPattern.exec(text) ?? fail(`XML: ${text.slice(at, at + 60)}`);
    at += all.length;
    if (closing === '/') {
      if (tag !== written || attributes !== '' || open.length === 1) fail(`XML: </${written}> closes <${tag}>`);
      open.pop();
      continue;
    }
    const pairs = [...attributes.matchAll(attributePattern)].map(([, key = '', a, b]) => [
      key,
      unescaped(a ?? b ?? ''),
    ]);
    if (new Set(pairs.map(([key]) => key)).size < pairs.length) fail(`XML: an attribute of ${written} twice`);
    const own = new Map(spaces);
    for (const [key = '', value = ''] of pairs) if (key.startsWith('xmlns:')) own.set(key.slice(6), value);
    const full = (prefixed: string) => {
      const [prefix = '', local] = prefixed.split(':');
      if (local === undefined) return prefix;
      return `${own.get(prefix) ?? fail(`XML: the prefix ${prefix}`)} ${local}`;
    };
    const rest = pairs.filter(([key]) => !key?.startsWith('xmlns:'));
    const child: Xml = {
      name: full(written),
      attributes: new Map(rest.map(([key = '', value = '']) => [full(key), value])),
      children: [],
    };
    element.children.push(child);
    if (single !== '/') open.push({ tag: written, element: child, spaces: own });
  }
  if (open.length !== 1 || root.children.length !== 1) fail('XML: not one root that is closed');
  return root.children[0] as Xml;
}

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
/** What an element without text of its own holds. */
const elementsOf = ({ name, children }: Xml): Xml[] =>
  children.flatMap((child) =>
    typeof child !== 'string' ? [child] : child.trim() === '' ? [] : fail(`RDF: text in ${name}`),
  );

export type Property = string | Property[] | { [name: string]: Property };

/** The properties of an XMP packet: text, a list, or a structure with names; each of them once. */
export function readXmp(packet: string): Record<string, Property> {
  const begin = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>';
  if (!packet.startsWith(begin) || !/<\?xpacket end="[rw]"\?>$/.test(packet)) fail('the wrapper of the XMP packet');
  const meta = readXml(packet);
  const [description, ...more] = elementsOf(meta);
  if (meta.name !== 'adobe:ns:meta/ xmpmeta' || description?.name !== `${rdf} RDF` || more.length > 0) fail('no RDF');
  const found = elementsOf(description).flatMap((one) => {
    if (one.name !== `${rdf} Description` || one.attributes.get(`${rdf} about`) !== '') fail(`RDF: ${one.name}`);
    return elementsOf(one).map((child) => [child.name, propertyOf(child)] as const);
  });
  if (new Set(found.map(([key]) => key)).size < found.length) fail('a property twice');
  return Object.fromEntries(found);
}

function propertyOf(element: Xml): Property {
  if (element.children.every((child) => typeof child === 'string')) return element.children.join('');
  const inner = elementsOf(element);
  const [list] = inner;
  if (element.attributes.get(`${rdf} parseType`) === 'Resource')
    return Object.fromEntries(inner.map((child) => [child.name.split(' ')[1] ?? '', propertyOf(child)]));
  if (!list || inner.length > 1 || !['Alt', 'Seq', 'Bag'].some((kind) => list.name === `${rdf} ${kind}`))
    fail(`RDF: ${list?.name}`);
  return elementsOf(list).map((item) => (item.name === `${rdf} li` ? propertyOf(item) : fail(`RDF: ${item.name}`)));
}
