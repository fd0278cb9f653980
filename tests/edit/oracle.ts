import { isMap, isSeq, type Node, Parser, type Scalar } from 'yaml';
import { parseYaml, valueAt } from '../../src/content/yaml/yaml-file.ts';
import { editYaml } from '../../src/edit/yaml/edit-yaml.ts';
import type { KeyOrder, YamlEdit } from '../../src/edit/yaml/edits.ts';

type Span = [from: number, to: number];
const plain = (raw: string) => raw.replace(/^\ufeff+/, '').replaceAll(/\r+\n?/g, '\n');

/** What is wrong with one edit of a file, looked at without the editor's own means; undefined if nothing is. */
export function wrongOf(raw: string, edit: YamlEdit, order: KeyOrder, expected: unknown): string | undefined {
  let after: string;
  try {
    after = editYaml(raw, [edit], order);
  } catch (error) {
    return (error as Error).stack?.slice(0, 400);
  }
  const [before, now] = [parseYaml('', plain(raw)), parseYaml('', plain(after))];
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const isNew = 'value' in edit && valueAt(before.value, edit.path) === undefined;
  if (!same(...(isNew ? ([sorted(now.value), sorted(expected)] as const) : ([now.value, expected] as const))))
    return `read: ${firstDifference(JSON.stringify(now.value) ?? '', JSON.stringify(expected))} ${now.diagnostics.map(({ code }) => code)}`;
  const codes = (all: typeof now.diagnostics) => all.filter(({ code }) => /^yaml-|conflict/.test(code)).length;
  if (codes(now.diagnostics) > codes(before.diagnostics)) return `told: ${now.diagnostics.map(({ code }) => code)}`;
  const lineEnds = new Set(raw.match(/\r?\n/g) ?? ['\n']);
  for (const end of after.match(/\r?\n/g) ?? []) if (!lineEnds.has(end)) return `line end ${JSON.stringify(end)}`;
  if (raw.startsWith('\ufeff') !== after.startsWith('\ufeff')) return 'U+FEFF';
  const { span: allowed, own } = spanOf(before.text, before.document.contents as Node, edit.path);
  // What goes takes the comments in its own lines with it.
  const lostEnd = own && mayLose(edit) ? lineEnd(before.text, own[1]) : 0;
  const lost = comments(before.text).filter(({ offset }) => offset >= (own?.[0] ?? 0) && offset < lostEnd).length;
  const [commentsBefore, commentsNow] = [before, now].map(({ text }) => comments(text).map(({ source }) => source)) as [
    string[],
    string[],
  ];
  const kept = commentsBefore.filter((comment) => commentsNow.includes(comment));
  if (commentsNow.length !== kept.length || commentsBefore.length - kept.length > lost)
    return `comments: ${commentsBefore.length - kept.length} of ${commentsBefore.length} lost, ${commentsNow.length} are there`;
  const [front, behind] = [rawOffset(raw, allowed[0]), rawOffset(raw, allowed[1])];
  const isKept = after.startsWith(raw.slice(0, front)) && after.slice(front).endsWith(raw.slice(behind));
  if (!isKept)
    return `changed outside ${allowed}: ${JSON.stringify(after.slice(Math.max(0, front - 80), front + 200))}`;
  return undefined;
}

/** A value in lines of its own may have comments in it. */
const mayLose = (edit: YamlEdit) => 'remove' in edit || ('value' in edit && typeof edit.value !== 'number');

function lineEnd(text: string, at: number): number {
  // The range of a text below "|-" ends where the next line begins.
  const from = text[at - 1] === '\n' ? at - 1 : at;
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function comments(text: string): { source: string; offset: number }[] {
  const found: { source: string; offset: number }[] = [];
  const look = (token: unknown): void => {
    if (typeof token !== 'object' || token === null) return;
    const { type, source = '', offset = 0 } = token as { type?: string; source?: string; offset?: number };
    if (type === 'comment') found.push({ source, offset });
    for (const inner of Object.values(token)) look(inner);
  };
  for (const token of new Parser().parse(text)) look(token);
  return found;
}

/** Where an offset of the text as the reader has it is in the file. */
function rawOffset(raw: string, offset: number): number {
  let at = raw.startsWith('\ufeff') ? 1 : 0;
  for (let count = 0; count < offset; count += 1) at += raw.startsWith('\r\n', at) ? 2 : 1;
  return at;
}

interface Entry {
  key: unknown;
  /** Of its key, or of the item */
  from: number;
  to: number;
  node: Node | null;
}

const endOf = (node: unknown, other = 0) => (node as Node | null)?.range?.[1] ?? other;

function entriesOf(node: Node | null | undefined): Entry[] {
  if (isMap(node))
    return node.items.map(({ key, value }) => {
      const [from = 0, to = 0] = (key as Node).range ?? [];
      return { key: String((key as Scalar).value), from, to: endOf(value, to), node: (value as Node | null) ?? null };
    });
  if (isSeq(node))
    return node.items.map((item, key) => ({ key, from: startOf(item), to: endOf(item), node: item as Node }));
  return [];
}

const startOf = (node: unknown) => (node as Node).range?.[0] ?? 0;

/** Where an edit at a path may change the text: from the end of the entry in front to the beginning of the one behind. */
function spanOf(text: string, root: Node, path: readonly PropertyKey[]): { span: Span; own: Span | undefined } {
  let node: Node | null = root;
  let span: Span = [0, text.length];
  let own: Span | undefined;
  for (const key of path) {
    const entries = entriesOf(node);
    const at = entries.findIndex((entry) => entry.key === key);
    const entry = entries[at];
    own = entry && [entry.from, entry.to];
    if (!entry) break;
    const front = entries[at - 1]?.to ?? span[0];
    // The range of lines ends where the next one begins.
    span = [front - (text[front - 1] === '\n' ? 1 : 0), entries[at + 1]?.from ?? span[1]];
    node = entry.node;
  }
  return { span, own };
}

function firstDifference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return `${a.slice(Math.max(0, at - 30), at + 60)} for ${b.slice(Math.max(0, at - 30), at + 60)}`;
}

/** With the keys of maps in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
