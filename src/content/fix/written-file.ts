import { isMap, isScalar, isSeq, type Scalar, type YAMLMap } from 'yaml';
import type { Diagnostic, Splice } from '../../diagnostics/diagnostic.ts';
import { countBelow, offsetsIn } from '../yaml/positions.ts';
import { readWritten, type WrittenText } from '../yaml/written-text.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';

/** What a file says where, to be looked up by the place of a diagnostic. */
export interface WrittenFile {
  yaml: YamlFile;
  text: string;
  /** Keys that files may have */
  keys: ReadonlySet<string>;
  /** The text as its editor meant it */
  written(): WrittenText;
  offsetsOf(diagnostic: Diagnostic): [from: number, to: number];
  /** The scalar that is written around an offset. */
  scalarAt(offset: number): Scalar | undefined;
  /** The keys of the map whose key begins at an offset; undefined where none does. */
  keysBeside(offset: number): Pick<ReadonlySet<string>, 'has'> | undefined;
}

export function writtenFile(yaml: YamlFile, keys: ReadonlySet<string>): WrittenFile {
  const nodes = once(() => nodesOf(yaml.document.contents));
  const offsetOf = offsetsIn(yaml.text);
  return {
    yaml,
    text: yaml.text,
    keys,
    written: once(() => readWritten(yaml.text)),
    offsetsOf: ({ start, end }) => [offsetOf(start), offsetOf(end)],
    scalarAt: (offset) => {
      const { scalars, starts } = nodes();
      const scalar = scalars[countBelow(starts, offset + 1) - 1];
      return scalar?.range && offset < scalar.range[1] ? scalar : undefined;
    },
    keysBeside: (offset) => {
      const map = nodes().maps.get(offset);
      return map && yaml.pairsOf(map);
    },
  };
}

/** What is asked for again and again is found once. */
function once<T>(find: () => T): () => T {
  let found: { value: T } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}

const startOf = (node: unknown) => (node as { range?: [number, number, number] | null } | null)?.range?.[0] ?? 0;

/** The scalars in the order in which they are written, and maps by the places of their keys. */
function nodesOf(contents: unknown): { scalars: Scalar[]; starts: number[]; maps: Map<number, YAMLMap> } {
  const scalars: Scalar[] = [];
  const maps = new Map<number, YAMLMap>();
  const open: unknown[] = [contents];
  while (open.length > 0) {
    const node = open.pop();
    if (isScalar(node)) scalars.push(node);
    else if (isSeq(node)) for (const item of node.items) open.push(item);
    else if (isMap(node))
      for (const { key, value } of node.items) {
        maps.set(startOf(key), node);
        open.push(key, value);
      }
  }
  scalars.sort((a, b) => startOf(a) - startOf(b));
  return { scalars, starts: scalars.map(startOf), maps };
}

/** `text` with `splices` made, which do not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, text: by } of [...splices].sort((a, b) => a.from - b.from || a.to - b.to)) {
    parts.push(text.slice(at, from), by);
    at = to;
  }
  return parts.join('') + text.slice(at);
}

export const isSame = (a: Splice, b: Splice): boolean => a.from === b.from && a.to === b.to && a.text === b.text;

/** Splices in their order, each once. */
export function spliceList(splices: readonly Splice[]): Splice[] {
  const sorted = [...splices].sort((a, b) => a.from - b.from || b.to - a.to);
  return sorted.filter((splice, index) => index === 0 || !isSame(sorted[index - 1] as Splice, splice));
}
