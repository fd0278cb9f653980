import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { Code, Diagnostic, Position } from '../../diagnostics/diagnostic.ts';
import { findCharacters, findDecomposed, findHyphens, runAt } from './characters.ts';
import { positionsIn } from './positions.ts';
import { offsetsOf } from './scalar-source.ts';
import { readWritten } from './written-text.ts';
import { syntaxProblems } from './yaml-syntax.ts';

export type Path = readonly PropertyKey[];

/** A YAML file as read: plain values, and where they stand. */
export interface YamlFile {
  /** As diagnostics name it. */
  file: string;
  text: string;
  /** Undefined when the syntax is broken: nothing of it can be checked further. */
  value?: unknown;
  diagnostics: Diagnostic[];
  document: Document.Parsed;
  /** Where an offset of the text is. */
  positionAt(offset: number): Position;
  /** The pairs of a map of the document by key. */
  pairsOf(map: YAMLMap): ReadonlyMap<unknown, Pair>;
}

/** Parses `text`; whatever it is, this returns, and never expands an alias. */
export function parseYaml(file: string, original: string): YamlFile {
  const written = readWritten(original);
  const { text } = written;
  const document = parsed(text);
  document.errors.splice(mostErrors);
  const positionAt = positionsIn(original);
  const diagnostics: Diagnostic[] = [];
  const report = (code: Code, from: number, to: number, more: Partial<Diagnostic> = {}) =>
    void diagnostics.push({
      code,
      severity: 'error',
      file,
      start: positionAt(from),
      end: positionAt(to),
      ...more,
    });

  const problems = syntaxProblems(written, document);
  for (const { code, from, to, subject, actual, expected } of problems)
    report(code, from, to, {
      ...(subject === undefined ? {} : { subject }),
      ...(actual === undefined ? {} : { actual }),
      ...(expected === undefined ? {} : { expected }),
    });
  const broken = document.errors.length > 0 || problems.some(({ withholds }) => withholds);
  /** Reports what is wrong with the characters of a value, each where it is written. */
  const judge = (node: Scalar, value: string, isKey: boolean) => {
    const findings = [...findCharacters(value), ...findDecomposed(value)];
    if (!isKey) findings.push(...findHyphens(value));
    if (findings.length === 0) return;
    const offsets = offsetsOf(node, text);
    for (const { code, from, to, ...more } of findings)
      report(code, offsets[from] ?? rangeOf(node)[0], offsets[to] ?? rangeOf(node)[1], more);
  };

  const aliases = new Set<string>();
  /** `key` is the key that the value belongs to, `within` the one that its map belongs to. */
  const read = (node: Node | null, key: string | undefined, within?: string): unknown => {
    if (!node?.range) return null;
    const [from, to] = node.range;
    const about = key === undefined ? {} : { subject: key };
    if (isAlias(node)) {
      if (!aliases.has(node.source)) report('yaml-anchor', from, to, { actual: text.slice(from, to), ...about });
      aliases.add(node.source);
      return undefined;
    }
    if (node.anchor !== undefined) {
      const actual = `&${node.anchor}`;
      const at = text.lastIndexOf(actual, from);
      report('yaml-anchor', at, at + actual.length, { actual, ...about });
    }
    if (node.tag !== undefined) {
      let at = text.lastIndexOf('!', from);
      while (/[^\s,:[{]/.test(text.charAt(at - 1))) at -= 1;
      const actual = String(runAt(/!\S*/y, text, at));
      report('yaml-tag', at, at + actual.length, { actual, ...about });
    }
    if (isMap(node)) {
      const entries = node.items.flatMap(({ key: keyNode, value: inner }): [string, unknown][] => {
        if (!isScalar(keyNode)) {
          report('yaml-syntax', ...rangeOf((keyNode ?? node) as Node));
          return [];
        }
        const name = keyName(keyNode);
        if (isNothing(keyNode)) report('empty-value', ...rangeOf(keyNode), { subject: 'キー' });
        else judge(keyNode, String(keyNode.value), true);
        return [[name, read(inner as Node | null, name, key)]];
      });
      // Not by assignment: "__proto__" is a key like any other.
      return Object.fromEntries(entries);
    }
    if (isSeq(node)) return node.items.map((item) => read(item as Node, key));
    return scalarOf(node as Scalar, key, within);
  };

  const scalarOf = (node: Scalar, key: string | undefined, within: string | undefined): unknown => {
    const [from, to] = rangeOf(node);
    const value = withoutLastBreaks(String(node.value));
    const about = key === undefined ? {} : { subject: key };
    judge(node, value, false);
    if (node.type !== 'BLOCK_LITERAL' && text.slice(from, to).includes('\n')) report('yaml-folded', from, to, about);
    if (isNothing(node)) return null;
    if (node.type === 'PLAIN') {
      const [comment] = /^(?:[ \t]|[ \t]+(?=#\S))#.*/.exec(text.slice(to)) ?? [];
      if (comment !== undefined)
        report('yaml-comment-in-value', to + comment.indexOf('#'), to + comment.length, { actual: value, ...about });
      if (within === '列幅' && /^(?:0|[1-9]\d{0,3})(?:\.\d{1,3})?$/.test(value)) return Number(value);
      if ((key === '予算額' || key === '額') && /^(?:0|-?[1-9]\d{0,14})$/.test(value)) return Number(value);
    }
    return value.trim() === '' ? '' : wellFormed(value);
  };

  const value = broken ? undefined : read(document.contents, undefined);
  const referring = diagnostics.some(({ code }) => code === 'yaml-anchor' || code === 'yaml-tag');
  return {
    file,
    text: original,
    diagnostics,
    document,
    positionAt,
    pairsOf: pairFinder(),
    ...(broken || referring ? {} : { value }),
  };
}

/** Of the parser: of 100,000 brackets that nothing opens it makes one each, of which the first tell all. */
const mostErrors = 50;

function parsed(text: string): Document.Parsed {
  const { stackTraceLimit } = Error;
  // The parser makes an error of each of 100,000 brackets; traces of them would take seconds.
  Error.stackTraceLimit = 0;
  try {
    return parseDocument(text, {
      schema: 'failsafe',
      prettyErrors: false,
      // It compares every key with every other; see repeatedKeys.
      uniqueKeys: false,
    });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const rangeOf = ({ range }: Node): [from: number, to: number] => {
  const [from, to] = range as [number, number, number];
  return [from, to];
};

/** null, ~ and an empty value are one thing: no value. In quotes or a block of text they are words. */
const isNothing = ({ type, value }: Scalar) =>
  type === 'PLAIN' && ['', '~', 'null', 'Null', 'NULL'].includes(String(value));

/** Halves of characters, which "\ud842" writes, are no text that could be printed, stored or sent. */
const wellFormed = (text: string) => text.replace(/\p{Cs}/gu, '\ufffd');
const keyName = (key: Scalar) => wellFormed(String(key.value));

function withoutLastBreaks(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end -= 1;
  return text.slice(0, end);
}

/** The pairs of maps by key, each map looked through once; of a key that stands there twice the last, as in the value. */
function pairFinder(): YamlFile['pairsOf'] {
  const known = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();
  return (map) => {
    let pairs = known.get(map);
    if (!pairs) {
      pairs = new Map(map.items.flatMap((pair) => (isScalar(pair.key) ? [[keyName(pair.key), pair] as const] : [])));
      known.set(map, pairs);
    }
    return pairs;
  };
}

/** The value at `path`, or undefined. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
}

export interface Place {
  file: string;
  start: Position;
  end: Position;
}

/** Where the value at `path` stands, or `word` in it or else in the file; or the nearest that is there: its key, or what it is in. */
export function placeOf(yaml: YamlFile, path: Path, word?: string): Place {
  let node = yaml.document.contents as Node | null;
  let range = firstKey(node);
  for (const key of path) {
    const pair = isMap(node) ? yaml.pairsOf(node).get(key) : undefined;
    const next = pair
      ? (pair.value as Node | null)
      : isSeq(node)
        ? (node.items[Number(key)] as Node | undefined)
        : undefined;
    const blank = !next?.range || (isScalar(next) && next.range[0] === next.range[1]);
    const isBlock = isMap(next) && !next.flow;
    range = (!blank && !isBlock ? next.range : pair ? (pair.key as Node).range : firstKey(next ?? null)) ?? range;
    node = next ?? null;
  }
  if (word) {
    const inside = range ? yaml.text.slice(range[0], range[1]).indexOf(word) : -1;
    const at = range && inside >= 0 ? range[0] + inside : yaml.text.indexOf(word);
    if (at >= 0) return between(yaml, [at, at + word.length]);
  }
  return between(yaml, range);
}

/** Where `key` of the map at `path` stands. */
export function placeOfKey(yaml: YamlFile, path: Path, key: string): Place {
  const map = yaml.document.getIn(path as string[]);
  const pair = isMap(map) ? yaml.pairsOf(map).get(key) : undefined;
  const range = (pair?.key as Node | undefined)?.range;
  return range ? between(yaml, range) : placeOf(yaml, path);
}

function firstKey(node: Node | null): readonly [number, number, ...number[]] | undefined {
  return (isMap(node) ? (node.items[0]?.key as Node | undefined) : node)?.range ?? undefined;
}

function between(
  { file, text, positionAt }: YamlFile,
  range: readonly [number, number, ...number[]] | undefined,
): Place {
  const [from, to] = range ?? [0, 0];
  return {
    file,
    start: positionAt(from),
    end: positionAt(Math.max(from, to - (text[to - 1] === '\n' ? 1 : 0))),
  };
}
