import { isMap, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Path } from '../../content/yaml/yaml-file.ts';
import type { Splice } from '../../diagnostics/diagnostic.ts';
import type { Written } from './edits.ts';
import {
  type Collection,
  columnOf,
  dashOf,
  endOf,
  entryEnd,
  keyName,
  keyOf,
  lineStart,
  type Opened,
  pairEnd,
  startOf,
} from './layout.ts';
import { around, nodeAt, slotAt, valueSplices } from './places.ts';
import { keyForm } from './scalar.ts';
import { entryText, freshForm, itemText } from './writer.ts';

/** One key with its value, or one item, as it is written. */
interface Entry {
  /** Where the key or the dash begins, and where the value ends */
  from: number;
  to: number;
}

function entriesOf(text: string, node: Collection): Entry[] {
  return node.items.map((item, index) => {
    if (isMap(node)) return { from: startOf(keyOf(item as Pair)), to: pairEnd(text, item as Pair) };
    const from = node.flow ? startOf(item as Node) : dashOf(text, node as YAMLSeq, index);
    return { from, to: endOf(text, item as Node, from + 1) };
  });
}

/** A new key of the map at `path`, at its place in the order. */
export function keySplices(
  opened: Opened,
  path: Path,
  key: string,
  value: Written,
  order: readonly string[],
): Splice[] {
  const map = nodeAt(opened, path) as YAMLMap;
  if (map.items.length === 0) return filled(opened, path, { [key]: value });
  const index = placeOf(
    map.items.map((pair) => keyName(pair as Pair)),
    key,
    order,
  );
  return inserted(opened, path, index, (column) => {
    const at = around(opened, [...path, key], { column, parent: map });
    return isInFlow(at.place)
      ? `${keyForm(key, true)}: ${freshForm(value, { ...at, place: 'map', key }, opened).head}`
      : entryText(key, value, at, opened);
  });
}

/** A new item in front of the one at `index` of the list at `path`. */
export function itemSplices(opened: Opened, path: Path, index: number, value: Written): Splice[] {
  const list = nodeAt(opened, path) as YAMLSeq;
  if (list.items.length === 0) return filled(opened, path, [value]);
  return inserted(opened, path, index, (column) => {
    const at = around(opened, [...path, list.items.length], { column, parent: list });
    return isInFlow(at.place) ? freshForm(value, at, opened).head : itemText(value, at, opened);
  });
}

const isInFlow = (place: string) => place === 'list' || place === 'map';

/** What is empty gets its first key or item: lines of its own where others of its kind have them. */
const filled = (opened: Opened, path: Path, value: Written): Splice[] =>
  path.length > 0 ? valueSplices(opened, path, value) : rootSplices(opened, value);

function rootSplices(opened: Opened, value: Written): Splice[] {
  const root = opened.yaml.document.contents as Node;
  const at = { key: '', place: 'dash', column: -2, indent: 0, rest: '', mayHaveBody: true, inLines: true } as const;
  const { head } = freshForm(value, at, opened);
  return [{ from: startOf(root), to: endOf(opened.text, root, 0), text: head }];
}

/** Behind the nearest of those that come before it, or else in front of the nearest that comes after it. */
function placeOf(keys: readonly string[], key: string, order: readonly string[]): number {
  const rank = order.indexOf(key);
  if (rank < 0) return keys.length;
  for (const before of order.slice(0, rank).reverse()) if (keys.includes(before)) return keys.lastIndexOf(before) + 1;
  for (const after of order.slice(rank + 1)) if (keys.includes(after)) return keys.indexOf(after);
  return 0;
}

function inserted(opened: Opened, path: Path, index: number, written: (column: number) => string): Splice[] {
  const { text } = opened;
  const node = nodeAt(opened, path) as Collection;
  const entries = entriesOf(text, node);
  const before = entries[index - 1];
  const next = entries[index] as Entry;
  if (node.flow) {
    const between = separator(text, entries);
    const fresh = written(0);
    return before ? [insertion(before.to, between + fresh)] : [insertion(next.from, fresh + between)];
  }
  const column = columnOf(text, (entries[0] as Entry).from);
  const fresh = written(column);
  const blanks = ' '.repeat(column);
  if (before) return [insertion(entryEnd(text, before.to, column), `\n${blanks}${fresh}`)];
  return [insertion(withComments(text, next.from), `${fresh}\n${blanks}`)];
}

const insertion = (at: number, text: string): Splice => ({ from: at, to: at, text });

/** What stands between the items of [ ] and { }: in lines of their own if the others are. */
function separator(text: string, [first, second]: Entry[]): string {
  if (!first) return ', ';
  const blanks = /\n *$/.exec(text.slice(0, (second ?? first).from))?.[0];
  return blanks === undefined ? ', ' : `,${blanks}`;
}

/** With the comments directly above, which are its own; those at the beginning of a file are the file's. */
function withComments(text: string, from: number): number {
  const column = columnOf(text, from);
  if (text.slice(lineStart(text, from), from).trim() !== '') return from;
  let found = from;
  for (let line = lineStart(text, from); line > 0; ) {
    line = lineStart(text, line - 1);
    const indent = text.slice(line, line + column);
    if (indent.trim() !== '' || text[line + column] !== '#') return found;
    found = line + column;
  }
  return from;
}

/** Without an entry of the map or list at `path`; the last one leaves {} or []. */
export function removalSplices(opened: Opened, path: Path, index: number): Splice[] {
  const { text } = opened;
  const node = nodeAt(opened, path) as Collection;
  const entries = entriesOf(text, node);
  const [own, next, before] = [entries[index] as Entry, entries[index + 1], entries[index - 1]];
  if (node.flow) {
    if (next) return [{ from: own.from, to: next.from, text: '' }];
    if (before) return [{ from: before.to, to: own.to, text: '' }];
    return [{ from: startOf(node) + 1, to: endOf(text, node, 0) - 1, text: '' }];
  }
  const column = columnOf(text, own.from);
  const end = entryEnd(text, own.to, column);
  const line = lineStart(text, own.from);
  const isAlone = text.slice(line, own.from).trim() === '';
  const empty = isMap(node) ? '{}' : '[]';
  if (entries.length === 1) {
    if (path.length === 0 || !isAlone) return [{ from: own.from, to: end, text: empty }];
    const { behind } = slotAt(opened, path);
    return [insertion(behind, ` ${empty}`), { from: Math.max(line - 1, behind), to: end, text: '' }];
  }
  if (!isAlone) return [{ from: own.from, to: firstOf(text, end), text: '' }];
  return end < text.length ? [{ from: line, to: end + 1, text: '' }] : [{ from: line - 1, to: end, text: '' }];
}

function firstOf(text: string, from: number): number {
  let at = from;
  while (/[ \n]/.test(text.charAt(at))) at += 1;
  return at;
}

/** Another name for a key of the map at `path`. */
export function nameSplices(opened: Opened, path: Path, index: number, name: string): Splice[] {
  const map = nodeAt(opened, path) as YAMLMap;
  const key = keyOf(map.items[index] as Pair);
  const [from, to] = key.range as [number, number, number];
  const { place } = around(opened, [...path, name], { column: 0, parent: map });
  return [{ from, to, text: keyForm(name, isInFlow(place), opened.text.slice(from, to)) }];
}
