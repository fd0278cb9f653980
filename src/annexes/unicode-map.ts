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
const textOf = (hex: string) =>
  Buffer.from(hex.length % 4 === 0 ? hex : '', 'hex')
    .swap16()
    .toString('utf16le');

/** The texts of the codes of `width` bytes that a ToUnicode CMap maps. */
export function readMap(map: Uint8Array, width: 1 | 2): Map<number, string> {
  const source = Buffer.from(map).toString('latin1');
  const texts = new Map<number, string>();
  const code = `<\\s*([0-9A-Fa-f]{${2 * width}})\\s*>`;
  const single = new RegExp(`${code}\\s*<([0-9A-Fa-f\\s]+)>`, 'g');
  const range = new RegExp(`${code}\\s*${code}\\s*(?:<([0-9A-Fa-f\\s]+)>|\\[([^\\]]*)\\])`, 'g');
  const bare = (hex: string) => hex.replaceAll(/\s/g, '');
  for (const [, body = ''] of source.matchAll(/beginbfchar(.*?)endbfchar/gs))
    for (const [, number = '', text = ''] of body.matchAll(single))
      texts.set(Number.parseInt(number, 16), textOf(bare(text)));
  for (const [, body = ''] of source.matchAll(/beginbfrange(.*?)endbfrange/gs))
    for (const [, from = '', to = '', first, list = ''] of body.matchAll(range)) {
      const members = [...list.matchAll(/<([0-9A-Fa-f\s]+)>/g)].map(([, hex = '']) => textOf(bare(hex)));
      const [start, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      for (let number = start; number <= end; number += 1) {
        const text = first === undefined ? members[number - start] : following(textOf(bare(first)), number - start);
        if (text !== undefined) texts.set(number, text);
      }
    }
  return texts;
}

/** The text of a range whose first is `text`: its last unit counts on. */
const following = (text: string, by: number): string =>
  text === '' ? text : text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + by);
