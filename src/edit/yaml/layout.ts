import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { YamlFile } from '../../content/yaml/yaml-file.ts';

/** A file as it stands: its text, \n alone as line end, and what the parser made of it. */
export interface Opened {
  text: string;
  yaml: YamlFile;
  /** Spaces by which a level is indented */
  step: number;
}

export type Collection = YAMLMap | YAMLSeq;
export const isCollection = (node: unknown): node is Collection => isMap(node) || isSeq(node);
export const isFlow = (node: unknown): boolean => isCollection(node) && node.flow === true;
export const isLiteral = (node: unknown): node is Scalar =>
  isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');

/** Where the value of a key, or an item, stands. */
export interface Slot {
  /** Just behind the colon, or the dash; where its value is expected */
  behind: number;
  /** Where the key or the dash stands in its line */
  column: number;
  node: Node | null;
  parent: Collection;
}

export const startOf = (node: Node): number => (node.range as [number, number, number])[0];
export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
export const columnOf = (text: string, at: number): number => at - lineStart(text, at);

/** Nothing is written where it could be. */
export const isAbsent = (node: Node | null | undefined): boolean =>
  !node?.range || (isScalar(node) && node.range[0] === node.range[1]);

export const keyOf = (pair: Pair): Node => pair.key as Node;
export const keyName = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : '');

/** Just behind the colon of a key; of a key without one ({ a, b }) behind the key. */
export function behindKey(text: string, pair: Pair): number {
  const [, end] = keyOf(pair).range as [number, number, number];
  let at = end;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return text[at] === ':' ? at + 1 : end;
}

/** Where an item of a block list has its dash. */
export function dashOf(text: string, list: YAMLSeq, index: number): number {
  const first = startOf(list);
  if (index === 0) return first;
  const column = columnOf(text, first);
  const item = list.items[index] as Node;
  for (let at = startOf(item); at >= 0; at = lineStart(text, at) - 1) {
    const dash = lineStart(text, at) + column;
    if (text[dash] === '-' && text.slice(lineStart(text, at), dash).trim() === '') return dash;
  }
  throw new Error('no dash');
}

/** Where what is written of a value ends: of a text below "|-" behind its last line that is not blank. */
export function endOf(text: string, node: Node | null, from: number): number {
  if (!node?.range) return from;
  if (isLiteral(node)) return blockEnd(text, node);
  if (isCollection(node) && !node.flow) {
    const last = node.items.at(-1);
    if (isMap(node)) return pairEnd(text, last as Pair);
    return endOf(text, last as Node, startOf(last as Node));
  }
  return node.range[1];
}

export const pairEnd = (text: string, pair: Pair): number =>
  endOf(text, pair.value as Node | null, behindKey(text, pair));

/** Where the signs of "|-" end that begin at `from`. */
export function headerEnd(text: string, from: number): number {
  let at = from;
  while (/[|>+\-0-9]/.test(text.charAt(at))) at += 1;
  return at;
}

/** Lines of more blanks than the text is indented by are text; the others below it are not. */
function blockEnd(text: string, node: Node): number {
  const [from, to] = node.range as [number, number, number];
  const header = lineEnd(text, from);
  const indent = textIndent(text, node);
  let end = text[to - 1] === '\n' ? to - 1 : to;
  while (end > header) {
    const line = text.slice(lineStart(text, end), end);
    if (line.length > indent || /[^ \t]/.test(line)) return end;
    end = lineStart(text, end) - 1;
  }
  return header;
}

/** Spaces in front of a text below "|-": as the sign says, or as its first line has them that is not blank; 0 if none is. */
export function textIndent(text: string, node: Node): number {
  const [from, to] = node.range as [number, number, number];
  const digit = /\d/.exec(text.slice(from, headerEnd(text, from)))?.[0];
  if (digit !== undefined) {
    const line = lineStart(text, from);
    return (/^ *(?:- +)*/.exec(text.slice(line, from))?.[0].length ?? 0) + Number(digit);
  }
  const body = text.slice(lineEnd(text, from), to);
  return /\n( *)[^ \n]/.exec(body)?.[1]?.length ?? 0;
}

/** The end of the entry whose value ends at `end`, with the comments below it that are indented deeper than `column`, and lines of as many blanks. */
export function entryEnd(text: string, end: number, column: number): number {
  let found = lineEnd(text, end);
  for (let at = found; at < text.length; ) {
    const next = lineEnd(text, at + 1);
    const line = text.slice(at + 1, next);
    const indent = line.length - line.trimStart().length;
    if (line.trim() === '' ? line.length > column : line[indent] === '#' && indent > column) found = next;
    else if (line.trim() !== '') break;
    at = next;
  }
  return found;
}

/** By how many spaces a level is indented, as the first one is that is. */
export function stepOf(text: string, root: unknown): number {
  const columns = isMap(root) ? root.items.map(({ value }) => innerColumn(text, value as Node | null)) : [];
  return columns.find((column) => column > 0) ?? 2;
}

function innerColumn(text: string, node: Node | null): number {
  if (isLiteral(node))
    return /\d/.test(text.slice(startOf(node), headerEnd(text, startOf(node)))) ? 0 : textIndent(text, node);
  return isCollection(node) && !node.flow ? columnOf(text, startOf(node)) : 0;
}
