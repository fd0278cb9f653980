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
  const decomposed = text.normalize('NFC') !== text;
  /** Reports what is wrong with the characters of a value, each where it is written. */
  const judge = (node: Scalar, value: string, isKey: boolean) => {
    const escaped = node.type === 'QUOTE_DOUBLE' && text.slice(...rangeOf(node)).includes('\\');
    const findings = findCharacters(value);
    if (decomposed || escaped) findings.push(...findDecomposed(value));
    if (!isKey) findings.push(...findHyphens(value));
    if (findings.length === 0) return;
    const offsets = offsetsOf(node, text);
    for (const { code, from, to, ...more } of findings)
      report(code, offsets[from] ?? rangeOf(node)[0], offsets[to] ?? rangeOf(node)[1], more);
  };

  const aliases = new Set<string>();
  /** `key` is the key that the value belongs to. */
  const read = (node: Node | null, key: string | undefined): unknown => {
    if (!node?.range) return null;
    const [from, to] = node.range;
    const about = key === undefined ? {} : { subject: key };
    if (isAlias(node)) {
      if (!aliases.has(node.source)) report('yaml-anchor', from, to, { actual: text.slice(from, to), ...about });
      aliases.add(node.source);
      return undefined;
    }
    if (node.anchor !== undefined) {
      const at = text.lastIndexOf(`&${node.anchor}`, from);
      report('yaml-anchor', Math.max(at, 0), Math.max(at, 0) + node.anchor.length + 1, {
        actual: `&${node.anchor}`,
        ...about,
      });
    }
    if (node.tag !== undefined) {
      let at = Math.max(text.lastIndexOf('!', from), 0);
      while (at > 0 && /[^\s,:[{]/.test(text[at - 1] ?? '')) at -= 1;
      const actual = runAt(/![^\s]*/y, text, at) ?? '';
      report('yaml-tag', at, at + actual.length, { actual, ...about });
    }
    if (isMap(node)) {
      const value: Record<string, unknown> = {};
      for (const { key: keyNode, value: inner } of node.items) {
        if (!isScalar(keyNode)) {
          report('yaml-syntax', ...rangeOf(keyNode as Node | null, [from, to]));
          continue;
        }
        const name = keyName(keyNode);
        if (isNothing(keyNode)) report('empty-value', ...rangeOf(keyNode, [from, to]), { subject: 'キー' });
        else judge(keyNode, String(keyNode.value), true);
        Object.defineProperty(value, name, {
          value: read(inner as Node | null, name),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return value;
    }
    if (isSeq(node)) return node.items.map((item) => read(item as Node, key));
    return scalarOf(node as Scalar, key, from, to);
  };

  const scalarOf = (node: Scalar, key: string | undefined, from: number, to: number): unknown => {
    const value = withoutLastBreaks(String(node.value ?? ''));
    const about = key === undefined ? {} : { subject: key };
    judge(node, value, false);
    if (node.type === 'BLOCK_FOLDED' || (node.type !== 'BLOCK_LITERAL' && text.slice(from, to).includes('\n')))
      report('yaml-folded', from, to, about);
    if (isNothing(node)) return null;
    if (node.type === 'PLAIN') {
      const comment = /^[ \t]#|^[ \t]+#(?=\S)/.exec(text.slice(to, to + 80));
      if (comment)
        report(
          'yaml-comment-in-value',
          to + comment[0].length - 1,
          text.indexOf('\n', to) < 0 ? text.length : text.indexOf('\n', to),
          { actual: value, ...about },
        );
      if ((key === '予算額' || key === '額') && /^-?(0|[1-9]\d{0,14})$/.test(value)) return Number(value);
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
      logLevel: 'silent',
      keepSourceTokens: false,
      // It compares every key with every other; see repeatedKeys.
      uniqueKeys: false,
    });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

type Range = [from: number, to: number];
const rangeOf = (node: Node | null, otherwise: Range = [0, 0]): Range =>
  node?.range ? [node.range[0], node.range[1]] : otherwise;

/** null, ~ and an empty value are one thing: no value. In quotes or a block of text they are words. */
const isNothing = ({ type, value }: Scalar) =>
  type === 'PLAIN' && ['', '~', 'null', 'Null', 'NULL'].includes(String(value ?? ''));

/** Halves of characters, which "\ud842" writes, are no text that could be printed, stored or sent. */
const wellFormed = (text: string) => text.replace(/\p{Cs}/gu, '\ufffd');
const keyName = (key: Scalar) => wellFormed(String(key.value ?? ''));

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
export function placeOf(yaml: YamlFile, path: Path, word = ''): Place {
  let node = yaml.document.contents as Node | null;
  let range = firstKey(node);
  for (const key of path) {
    const pair = isMap(node) ? yaml.pairsOf(node).get(key) : undefined;
    const next = pair
      ? (pair.value as Node | null)
      : isSeq(node)
        ? (node.items[Number(key)] as Node | undefined)
        : undefined;
    if (!pair && !next) break;
    const blank = !next?.range || (isScalar(next) && next.range[0] === next.range[1]);
    const isBlock = isMap(next) && !next.flow;
    range = (!blank && !isBlock ? next.range : pair ? (pair.key as Node).range : firstKey(next ?? null)) ?? range;
    node = next ?? null;
  }
  const inside = word === '' || !range ? -1 : yaml.text.slice(range[0], range[1]).indexOf(word);
  const at = inside >= 0 && range ? range[0] + inside : word === '' ? -1 : yaml.text.indexOf(word);
  return between(yaml, at >= 0 ? [at, at + word.length] : range);
}

/** Where `key` of the map at `path` stands. */
export function placeOfKey(yaml: YamlFile, path: Path, key: string): Place {
  const map = path.length === 0 ? yaml.document.contents : yaml.document.getIn(path as string[], true);
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
