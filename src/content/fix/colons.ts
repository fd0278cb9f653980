import type { Splice } from '../../diagnostics/diagnostic.ts';
import { sameLook } from '../look-alike.ts';
import { linesOf } from '../yaml/conflicts.ts';
import { blockHeaderEnd, skipBlanks } from '../yaml/line-parts.ts';
import type { WrittenFile } from './written-file.ts';

/** A key at the beginning of a line, or of an item, with a wide colon, or one without the blank that it wants. */
const wrongColon = /^( *(?:- +)?)([^\s:：#「」]{1,20})(?:：|:(?=[^\s:]))/;

/** Whether a name is that of a key, or looks like one. */
const isKey = (name: string, { keys }: WrittenFile): boolean => keys.has(name) || sameLook(name, keys) !== undefined;

/** A colon, with the blank that it wants. */
export function colonAt(text: string, at: number): Splice {
  const to = skipBlanks(text, at + 1);
  return { from: at, to, text: to === text.length || text[to] === '\n' ? ':' : ': ' };
}

/** Of all keys in a file that have no right colon, if one stands in the line of an offset: who writes one so writes others so. */
export function colons(file: WrittenFile, offset: number): Splice[] | undefined {
  const all = known.get(file) ?? wrongColons(file);
  known.set(file, all);
  const start = file.text.lastIndexOf('\n', offset - 1) + 1;
  const end = file.text.indexOf('\n', offset);
  const here = all.some(({ from }) => from >= start && (end < 0 || from < end));
  return here ? all : undefined;
}

const known = new WeakMap<WrittenFile, Splice[]>();

/** Behind each key that has no right colon, but for what stands in texts. */
function wrongColons(file: WrittenFile): Splice[] {
  const { textLines } = file.written();
  const splices: Splice[] = [];
  /** Where the key stands whose text is open */
  let text: number | undefined;
  for (const { text: line, from } of linesOf(file.text)) {
    const column = skipBlanks(line, 0);
    if (textLines.has(from) || (text !== undefined && (column > text || column === line.length))) continue;
    text = undefined;
    const [written, front = '', name = ''] = wrongColon.exec(line) ?? [];
    if (written === undefined || !isKey(name, file)) continue;
    splices.push(colonAt(file.text, from + written.length - 1));
    if (blockHeaderEnd(line, skipBlanks(line, written.length)) > 0) text = front.length;
  }
  return splices;
}
