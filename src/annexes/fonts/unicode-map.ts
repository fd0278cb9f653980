/** A ToUnicode CMap (ISO 32000-1, 9.10.3) of codes of `width` bytes; what nothing is known of is U+FFFD. */
export function writeMap(texts: ReadonlyMap<number, string | undefined>, width: 1 | 2): Uint8Array {
  const code = (number: number) =>
    number
      .toString(16)
      .toUpperCase()
      .padStart(2 * width, '0');
  const lines = [...texts]
    .sort(([a], [b]) => a - b)
    .map(([number, text]) => `<${code(number)}> <${hexOf(text || '\ufffd')}>`);
  const blocks: string[] = [];
  for (let from = 0; from < lines.length; from += 100) {
    const block = lines.slice(from, from + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return Buffer.from(
    [
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
      '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
      `1 begincodespacerange <${code(0)}> <${'FF'.repeat(width)}> endcodespacerange`,
      ...blocks,
      'endcmap CMapName currentdict /CMap defineresource pop end end',
    ].join('\n'),
  );
}

const hexOf = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();
const textOf = (hex: string) => (hex.length % 4 === 0 ? Buffer.from(hex, 'hex').swap16().toString('utf16le') : '');

/** Codes of all ranges of one map: more is a map that says the same again and again. */
const mostExpanded = 1_000_000;

/** The texts of the codes of `width` bytes that a ToUnicode CMap maps. */
export function readMap(map: Uint8Array, width: 1 | 2): Map<number, string> {
  const source = Buffer.from(map).toString('latin1');
  const texts = new Map<number, string>();
  let expanded = 0;
  /** Codes may be of several widths in one map. */
  const isCode = (token: string) => token.length === 2 * width;
  for (const tokens of blocksOf(source, 'bfchar'))
    for (let at = 0; at + 1 < tokens.length; at += 1) {
      const [code, text] = tokens.slice(at, at + 2) as [string, string];
      if (isBracket(code) || isBracket(text)) continue;
      at += 1;
      if (isCode(code)) texts.set(Number.parseInt(code, 16), textOf(text));
    }
  for (const tokens of blocksOf(source, 'bfrange'))
    for (let at = 0; at + 2 < tokens.length; at += 1) {
      const [from, to, first] = tokens.slice(at, at + 3) as [string, string, string];
      if (isBracket(from) || isBracket(to) || first === ']') continue;
      at += 2;
      const members: string[] = [];
      if (first === '[')
        for (at += 1; at < tokens.length && !isBracket(tokens[at] as string); at += 1)
          members.push(textOf(tokens[at] as string));
      if (!isCode(from) || !isCode(to)) continue;
      const [start, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      for (let number = start; number <= end; number += 1) {
        expanded += 1;
        if (expanded > mostExpanded) return texts;
        const text = first === '[' ? members[number - start] : following(textOf(first), number - start);
        if (text !== undefined) texts.set(number, text);
      }
    }
  return texts;
}

const isBracket = (token: string) => token === '[' || token === ']';

/** The strings in hexadecimal, without blanks, and the brackets of each block of a kind that a CMap has. */
function blocksOf(source: string, kind: 'bfchar' | 'bfrange'): string[][] {
  const [, ...blocks] = source.split(`begin${kind}`);
  return blocks
    .filter((block) => block.includes(`end${kind}`))
    .map((block) =>
      [...(block.split(`end${kind}`, 1)[0] as string).matchAll(/<([0-9A-Fa-f\s]*)>|[[\]]/g)].map(([sign, hex]) =>
        hex === undefined ? sign : hex.replaceAll(/\s/g, ''),
      ),
    );
}

/** The text of a range whose first is `text`: its last unit counts on. */
const following = (text: string, by: number): string =>
  text === '' ? text : text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + by);
