import { isMap, isSeq, type Node } from 'yaml';
import type { Written } from './edits.ts';
import { columnOf, isFlow, keyOf, type Opened, startOf } from './layout.ts';
import { type Around, type Form, isInFlow, keyForm, scalarForm } from './scalar.ts';

/** Another value of the same kind that a new one is written like. */
export interface Model {
  node: Node;
  /** Of its key or dash */
  column: number;
}

export interface Fresh extends Around {
  model?: Model | undefined;
  /** Maps are written in lines where nothing else says how. */
  inLines?: boolean;
}

type List = readonly Written[];
type Mapped = { readonly [key: string]: Written };
export const isList = (value: unknown): value is List => Array.isArray(value);
export const isMapped = (value: unknown): value is Mapped =>
  typeof value === 'object' && value !== null && !isList(value);

/** A value where there was none of its kind. */
export function freshForm(value: Written, at: Fresh, opened: Opened): Form {
  if (isList(value)) return isListInFlow(value, at) ? flowForm(value, at, opened) : blockList(value, at, opened);
  if (isMapped(value)) return isMapInFlow(value, at) ? flowForm(value, at, opened) : blockMap(value, at, opened);
  return typeof value === 'number' ? { head: String(value), body: '' } : scalarForm(value, at);
}

const isListInFlow = (value: List, at: Fresh) =>
  value.length === 0 || isInFlow(at) || !at.mayHaveBody || !isSeq(at.model?.node) || isFlow(at.model.node);

function isMapInFlow(value: Mapped, at: Fresh): boolean {
  const values = Object.values(value);
  if (values.length === 0 || isInFlow(at) || !at.mayHaveBody) return true;
  if (isMap(at.model?.node)) return isFlow(at.model.node);
  return (
    !at.inLines &&
    values.every((inner) => typeof inner === 'number' || (typeof inner === 'string' && !inner.includes('\n')))
  );
}

/** [a, b] or { a: b } */
function flowForm(value: List | Mapped, at: Fresh, opened: Opened): Form {
  const inner = { ...at, model: undefined, mayHaveBody: false, rest: '' };
  if (isList(value)) {
    const items = value.map((item) => freshForm(item, { ...inner, place: 'list' }, opened).head);
    return { head: `[${items.join(', ')}]`, body: '' };
  }
  const pairs = Object.entries(value).map(
    ([key, item]) => `${keyForm(key, true)}: ${freshForm(item, { ...inner, place: 'map', key }, opened).head}`,
  );
  return { head: pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`, body: '' };
}

/** Keys below their key, or the first of them behind a dash. */
function blockMap(value: Mapped, at: Fresh, opened: Opened): Form {
  const model = isMap(at.model?.node) && !isFlow(at.model.node) ? at.model.node : undefined;
  const [first] = model?.items ?? [];
  const deeper = first && at.model ? columnOf(opened.text, startOf(keyOf(first))) - at.model.column : undefined;
  const column = at.column + (at.place === 'dash' ? 2 : (deeper ?? opened.step));
  const inLines = Object.values(value).some(isMapped);
  const entries = Object.entries(value).map(([key, inner]) => {
    const like = model && opened.yaml.pairsOf(model).get(key);
    const likeModel = like?.value
      ? { node: like.value as Node, column: columnOf(opened.text, startOf(keyOf(like))) }
      : undefined;
    return entryText(key, inner, { ...at, column, inLines, model: likeModel }, opened);
  });
  const lines = entries.join(`\n${' '.repeat(column)}`);
  return at.place === 'dash' ? { head: lines, body: '' } : { head: '', body: `\n${' '.repeat(column)}${lines}` };
}

/** "key: value" of a block, as it stands behind its indent. */
export function entryText(key: string, value: Written, at: Fresh, opened: Opened): string {
  const inner: Fresh = { ...at, key, place: 'key', indent: at.column + opened.step, rest: '', mayHaveBody: true };
  const { head, body } = freshForm(value, inner, opened);
  return `${keyForm(key, false)}:${head && ` ${head}`}${body}`;
}

/** "- value" of a block, as it stands behind its indent. */
export function itemText(value: Written, at: Fresh, opened: Opened): string {
  const inner: Fresh = { ...at, place: 'dash', indent: at.column + 2, rest: '', mayHaveBody: true };
  const { head, body } = freshForm(value, inner, opened);
  return `- ${head}${body}`;
}

function blockList(value: List, at: Fresh, opened: Opened): Form {
  const node = at.model?.node;
  const dash = isSeq(node) && at.model ? columnOf(opened.text, startOf(node)) - at.model.column : opened.step;
  const column = at.column + dash;
  const first = isSeq(node) ? (node.items[0] as Node | undefined) : undefined;
  const model = first ? { node: first, column } : undefined;
  const lines = value.map((item) => itemText(item, { ...at, column, model }, opened)).join(`\n${' '.repeat(column)}`);
  return at.place === 'dash' ? { head: lines, body: '' } : { head: '', body: `\n${' '.repeat(column)}${lines}` };
}
