import { isMap, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Path } from '../../content/yaml/yaml-file.ts';
import type { Splice } from '../../diagnostics/diagnostic.ts';
import type { Written } from './edits.ts';
import {
  behindKey,
  type Collection,
  columnOf,
  dashOf,
  endOf,
  entryEnd,
  headerEnd,
  isAbsent,
  isCollection,
  isFlow,
  isLiteral,
  keyOf,
  lineEnd,
  lineStart,
  type Opened,
  type Slot,
  startOf,
} from './layout.ts';
import { type Form, scalarForm } from './scalar.ts';
import { type Fresh, freshForm, type Model } from './writer.ts';

/** The node at a path; null where nothing is written, undefined where the path leads nowhere. */
export function nodeAt(opened: Opened, path: Path): Node | null | undefined {
  let node = opened.yaml.document.contents as Node | null | undefined;
  for (const key of path) {
    if (isMap(node)) {
      const pair = opened.yaml.pairsOf(node).get(key);
      node = pair && ((pair.value as Node | null) ?? null);
    } else if (isSeq(node)) node = node.items[Number(key)] as Node | undefined;
    else return undefined;
  }
  return node;
}

/** Where the value at `path`, which is there, stands. */
export function slotAt(opened: Opened, path: Path): Slot {
  const parent = nodeAt(opened, path.slice(0, -1)) as Collection;
  const key = path.at(-1);
  const { text } = opened;
  if (isSeq(parent)) {
    const node = parent.items[Number(key)] as Node;
    if (parent.flow) return { behind: startOf(node), column: 0, node, parent };
    const dash = dashOf(text, parent, Number(key));
    return { behind: dash + 1, column: columnOf(text, dash), node, parent };
  }
  const pair = opened.yaml.pairsOf(parent).get(key) as Pair;
  return slotOf(text, parent, pair);
}

const slotOf = (text: string, parent: YAMLMap, pair: Pair): Slot => ({
  behind: behindKey(text, pair),
  column: columnOf(text, startOf(keyOf(pair))),
  node: (pair.value as Node | null) ?? null,
  parent,
});

/** What a value at `path` has around it, so far as its collection says it. */
export function around(opened: Opened, path: Path, slot: Pick<Slot, 'column' | 'parent'>): Fresh {
  const { parent, column } = slot;
  const key = String(path.findLast((part) => typeof part === 'string') ?? '');
  const flow = isInFlow(opened, path.slice(0, -1));
  const list = isSeq(parent);
  return {
    key,
    column,
    place: flow ? (list ? 'list' : 'map') : list ? 'dash' : 'key',
    indent: column + (list ? 2 : opened.step),
    rest: '',
    mayHaveBody: !flow,
    model: modelOf(opened, path),
    inLines: isRecord(nodeAt(opened, path.slice(0, -1))),
  };
}

const isInFlow = (opened: Opened, path: Path): boolean =>
  path.some((_, index) => isFlow(nodeAt(opened, path.slice(0, index)))) || isFlow(nodeAt(opened, path));

/** All of whose values are maps, as the years of a schedule are. */
const isRecord = (node: Node | null | undefined): node is YAMLMap =>
  isMap(node) && node.items.length > 0 && node.items.every(({ value }) => isMap(value));

/** A value that one at `path` is written like: that of another year or item. */
function modelOf(opened: Opened, path: Path): Model | undefined {
  const parent = nodeAt(opened, path.slice(0, -1));
  const key = path.at(-1);
  if (isSeq(parent)) return models(opened, parent, key).next().value ?? undefined;
  if (!isMap(parent)) return undefined;
  if (isRecord(parent)) return models(opened, parent, key).next().value ?? undefined;
  const above = nodeAt(opened, path.slice(0, -2));
  if (!isSeq(above) && !isRecord(above)) return undefined;
  for (const { node } of models(opened, above, path.at(-2))) {
    const like = isMap(node) ? opened.yaml.pairsOf(node).get(key) : undefined;
    if (isFilled(like?.value))
      return { node: like?.value as Node, column: columnOf(opened.text, startOf(keyOf(like as Pair))) };
  }
  return undefined;
}

const isFilled = (node: unknown) => isCollection(node) && node.items.length > 0;

function* models({ text }: Opened, parent: Collection, not: PropertyKey | undefined): Generator<Model> {
  if (isMap(parent)) {
    for (const pair of parent.items)
      if (isFilled(pair.value) && (pair.key as { value?: unknown }).value !== not)
        yield { node: pair.value as Node, column: columnOf(text, startOf(keyOf(pair))) };
  } else
    for (const [index, item] of parent.items.entries())
      if (isFilled(item) && index !== not)
        yield {
          node: item as Node,
          column: columnOf(text, parent.flow ? startOf(item as Node) : dashOf(text, parent, index)),
        };
}

/** Another value where one stands, or could. */
export function valueSplices(opened: Opened, path: Path, value: Written): Splice[] {
  const slot = slotAt(opened, path);
  const { text } = opened;
  const { node, behind } = slot;
  const at = around(opened, path, slot);
  const absent = isAbsent(node);
  const start = node && !absent ? startOf(node) : behind;
  const isBelow = !absent && text.slice(behind, start).includes('\n') && !isBlock(node);
  const end = absent ? behind : endOf(text, node, behind);
  // Where what stands in the line of the key ends.
  const inLine = absent || isBlock(node) ? (isLiteral(node) ? headerEnd(text, start) : behind) : end;
  const rest = text.slice(inLine, lineEnd(text, inLine));
  const deep = isFollowedDeeper(text, Math.max(end, inLine), slot.column);
  const fresh: Fresh = {
    ...at,
    gap: isBelow ? text.slice(behind, start) : ' ',
    rest,
    mayHaveBody: at.mayHaveBody && !isBelow && !deep,
  };
  const isScalar = !isCollection(node) && !absent;
  const form =
    typeof value === 'string' && isScalar && node
      ? scalarForm(value, fresh, { text, node })
      : freshForm(value, fresh, opened);
  return replaced(text, slot, { start, end, inLine, absent }, form);
}

/** Stands in lines of its own, below its key. */
const isBlock = (node: Node | null) => isLiteral(node) || (isCollection(node) && !node.flow);

/** A comment, or blanks, that would be text if a text were written above. */
function isFollowedDeeper(text: string, from: number, column: number): boolean {
  for (let at = lineEnd(text, from); at < text.length; ) {
    const next = lineEnd(text, at + 1);
    const line = text.slice(at + 1, next);
    if (line.trim() === '' && line.length > column) return true;
    if (line.trim() !== '') return line.search(/\S/) > column && line.trimStart().startsWith('#');
    at = next;
  }
  return false;
}

interface Span {
  start: number;
  end: number;
  inLine: number;
  absent: boolean;
}

function replaced(text: string, slot: Slot, { start, end, inLine, absent }: Span, { head, body }: Form): Splice[] {
  const { behind, node, parent } = slot;
  const bare = head === '' ? '' : ` ${head}`;
  if (absent) {
    if (isFlow(parent) && text[behind - 1] !== ':') return [{ from: behind, to: behind, text: `:${bare}` }];
    return together([{ from: behind, to: behind, text: bare }], lineEnd(text, behind), body);
  }
  if (isBlock(node) && !isLiteral(node)) {
    const to = entryEnd(text, end, slot.column);
    if (lineStart(text, start) === lineStart(text, behind)) return [{ from: start, to, text: head + body }];
    return [
      { from: behind, to: behind, text: bare },
      { from: lineEnd(text, behind), to, text: body },
    ];
  }
  const first = head === '' ? { from: behind, to: inLine, text: '' } : { from: start, to: inLine, text: head };
  if (isLiteral(node)) return [first, { from: lineEnd(text, inLine), to: end, text: body }];
  return together([first], lineEnd(text, inLine), body);
}

const together = (splices: Splice[], at: number, body: string): Splice[] =>
  body === '' ? splices : [...splices, { from: at, to: at, text: body }];
