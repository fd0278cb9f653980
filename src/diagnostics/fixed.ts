import { type Code, mostOfOne, type Position } from './diagnostic.ts';

/** What has been mended at one place of the content. */
export interface Fixed {
  code: Code | 'byte-order-mark' | 'trailing-blanks';
  file: string;
  /** In the file as it was */
  start: Position;
  was: string;
  is: string;
}

/** A line each: file:line:column, what was there → what is there now; of one kind in one file the first twenty. */
export function fixedLines(fixed: readonly Fixed[]): string[] {
  const counts = new Map<string, number>();
  const lines: string[] = [];
  for (const { code, file, start, was, is } of fixed) {
    const kind = `${file} ${code}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count > mostOfOne) continue;
    lines.push(`${file}:${start.line}:${start.column} ${told(was, is)} → ${told(is, was)} [${code}]`);
  }
  for (const [kind, count] of counts)
    if (count > mostOfOne)
      lines.push(`${kind.replace(/ (\S+)$/, ' ほか ')}${count - mostOfOne} か所 [${kind.split(' ').at(-1)}]`);
  return lines;
}

/** A text in 「」, with the code points of what is not seen, or of one sign in place of another; blanks by name and number. */
function told(text: string, other: string): string {
  if (text === '') return 'なし';
  const characters = [...text];
  if (!characters.some(isSeen)) return blanksOf(characters);
  const hidden = characters.filter((character) => character !== ' ' && !isSeen(character));
  const named = characters.length === 1 && [...other].length === 1 ? characters : hidden;
  return `「${text}」${named.length > 0 ? `(${named.map(codePoint).join(' ')})` : ''}`;
}

const isSeen = (character: string) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(character);
const names: Record<string, string> = { ' ': '半角の空白', '\t': 'タブ', '\u3000': '全角の空白' };
const codePoint = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** 全角の空白1個と半角の空白2個 */
function blanksOf(characters: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts].map(([character, count]) => `${names[character] ?? codePoint(character)} ${count} 個`).join('と');
}
