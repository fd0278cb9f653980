/** Codes of a font of so many bytes, first to last: a line of a CMap's codespace (ISO 32000-1, 9.7.6.2). */
export interface CodeRange {
  first: number;
  last: number;
  bytes: number;
}
/** By the bytes that all codes have. */
export const codespaces: Record<1 | 2, readonly CodeRange[]> = {
  1: [{ first: 0, last: 0xff, bytes: 1 }],
  2: [{ first: 0, last: 0xffff, bytes: 2 }],
};

const bytesOfCode = (code: number, codespace: readonly CodeRange[]): number =>
  codespace.find(({ first, last }) => code >= first && code <= last)?.bytes ?? 1;

/** A ToUnicode CMap (ISO 32000-1, 9.10.3) of these codes; what nothing is known of is U+FFFD. */
export function writeMap(texts: ReadonlyMap<number, string | undefined>, codespace: readonly CodeRange[]): Uint8Array {
  const hex = (code: number, bytes: number) =>
    code
      .toString(16)
      .toUpperCase()
      .padStart(2 * bytes, '0');
  const spaces = codespace.map(({ first, last, bytes }) => `<${hex(first, bytes)}> <${hex(last, bytes)}>`);
  const lines = [...texts]
    .sort(([a], [b]) => a - b)
    .map(([code, text]) => `<${hex(code, bytesOfCode(code, codespace))}> <${hexOf(text || '\ufffd')}>`);
  return Buffer.from(
    [
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
      '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
      ...blocks('codespacerange', spaces),
      ...blocks('bfchar', lines),
      'endcmap CMapName currentdict /CMap defineresource pop end end',
    ].join('\n'),
  );
}

/** Lines in blocks of a hundred, which is as many as a block may have. */
function blocks(kind: string, lines: readonly string[]): string[] {
  const written: string[] = [];
  for (let from = 0; from < lines.length; from += 100) {
    const block = lines.slice(from, from + 100);
    written.push(`${block.length} begin${kind}\n${block.join('\n')}\nend${kind}`);
  }
  return written;
}

const hexOf = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();

/** What a ToUnicode CMap says of codes. */
export interface ReadMap {
  /** As readers take it, of the codes that were asked for. */
  texts: Map<number, string>;
  /** Codes that are told in a way that leaves nothing to be guessed; one that is told otherwise needs a map written anew. */
  plain: Set<number>;
  /** It goes on in another CMap. */
  usesAnother: boolean;
}

interface Range {
  first: number;
  last: number;
  /** The texts of all, or that of the first, whose last unit counts on. */
  texts: string | string[];
  /** Later ones stand above earlier ones. */
  order: number;
}

/** Reads of a map what it says of `codes`: a map may have many more, thousands of times over. */
export function readMap(map: Uint8Array, codes: Iterable<number>): ReadMap {
  const { ranges, isPlain, usesAnother } = rangesOf(tokensOf(map));
  const single = new Map<number, Range>();
  const several: Range[] = [];
  for (const range of ranges)
    if (range.first === range.last) single.set(range.first, range);
    else several.unshift(range);
  const texts: ReadMap['texts'] = new Map();
  const plain: ReadMap['plain'] = new Set();
  for (const code of codes) {
    const one = single.get(code);
    const among = several.find(({ first, last }) => code >= first && code <= last);
    const range = one && (!among || one.order > among.order) ? one : among;
    const text = range && textIn(range, code);
    if (range === undefined || text === undefined) continue;
    texts.set(code, text);
    if (isPlain && isPlainIn(range, code)) plain.add(code);
  }
  return { texts, plain, usesAnother };
}

function textIn({ first, texts }: Range, code: number): string | undefined {
  if (typeof texts !== 'string') return texts[code - first];
  const unit = texts.charCodeAt(texts.length - 1) + code - first;
  return texts === '' ? texts : texts.slice(0, -1) + String.fromCharCode(unit);
}

/** A range may count on in the last byte only, of the code and of the text (ISO 32000-1, 9.10.3): some readers do not go on. */
const isPlainIn = ({ first, texts }: Range, code: number): boolean =>
  typeof texts !== 'string' ||
  (code >> 8 === first >> 8 && (texts.charCodeAt(texts.length - 1) & 0xff) + code - first <= 0xff);

/** Strings of a CMap as numbers of their bytes, names with their slash, numbers, brackets and operators as written. */
export function tokensOf(map: Uint8Array): (string | number[])[] {
  const source = Buffer.from(map.buffer, map.byteOffset, map.byteLength).toString('latin1');
  const tokens: (string | number[])[] = [];
  for (const [token, hex] of source.matchAll(
    /%[^\r\n]*|<<|>>|<([^<>]*)>|\((?:[^\\()]|\\[\s\S])*\)|[[\]]|\/?[^\s/<>()[\]%]+/g,
  )) {
    if (token.startsWith('%')) continue;
    if (hex === undefined) tokens.push(token);
    else {
      const digits = hex.replaceAll(/[^0-9A-Fa-f]/g, '');
      tokens.push([...Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex')]);
    }
  }
  return tokens;
}

/** What stands around the blocks: a reader that runs the whole as a program stops at anything else. */
const usual = new Set(
  (
    'findresource begin begincmap def dup dict end pop currentdict defineresource endcmap CMapName << >> ' +
    'begincodespacerange endcodespacerange beginbfchar endbfchar beginbfrange endbfrange [ ]'
  ).split(' '),
);
const isUsual = (token: string | number[]) =>
  typeof token === 'object' || usual.has(token) || /^[/(]|^[\d.]+$/.test(token);

/** What the blocks of a CMap map; `isPlain` where it is written by the letter of the standard. */
function rangesOf(tokens: (string | number[])[]): { ranges: Range[]; isPlain: boolean; usesAnother: boolean } {
  const ranges: Range[] = [];
  let isPlain = tokens.every(isUsual);
  const add = (first: number[], last: number[], texts: string | string[], size: number) => {
    const range = { first: numberOf(first), last: numberOf(last), texts, order: ranges.length };
    if (range.last < range.first || first.length !== last.length) isPlain = false;
    if (size !== range.last - range.first + 1) isPlain = false;
    ranges.push(range);
  };
  for (let at = 0; at < tokens.length; at += 1) {
    const kind = tokens[at];
    if (kind !== 'beginbfchar' && kind !== 'beginbfrange') continue;
    const told = Number(tokens[at - 1]);
    const before = ranges.length;
    const string = () => {
      const token = tokens[at + 1];
      if (typeof token !== 'object') return undefined;
      at += 1;
      return token;
    };
    for (let first = string(); first !== undefined; first = string()) {
      const last = kind === 'beginbfchar' ? first : string();
      const text = string();
      if (last && text) {
        add(first, last, textOf(text), numberOf(last) - numberOf(first) + 1);
        continue;
      }
      if (!last || kind === 'beginbfchar' || tokens[at + 1] !== '[') break;
      at += 1;
      const texts: string[] = [];
      for (let member = string(); member !== undefined; member = string()) texts.push(textOf(member));
      add(first, last, texts, texts.length);
      if (tokens[at + 1] === ']') at += 1;
      else isPlain = false;
    }
    if (tokens[at + 1] !== kind.replace('begin', 'end') || told !== ranges.length - before) isPlain = false;
  }
  return { ranges, isPlain, usesAnother: tokens.includes('usecmap') };
}

export const numberOf = (bytes: readonly number[]) => bytes.reduce((number, byte) => number * 256 + byte, 0);

/** UTF-16, its first byte left out where the bytes are odd in number. */
function textOf(bytes: readonly number[]): string {
  const even = bytes.length % 2 === 0 ? bytes : [0, ...bytes];
  return Buffer.from(even).swap16().toString('utf16le');
}
