import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar } from 'yaml';
import type { Code, Diagnostic, Position } from '../../diagnostics/diagnostic.ts';
import { type Finding, findCharacters, findDecomposed, findHyphens } from './characters.ts';
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
}

/** Places count from 1 and in characters; offsets are UTF-16 units. */
export function positionAt(text: string, offset: number): Position {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  let line = 1;
  for (let index = text.indexOf('\n'); index >= 0 && index < start; index = text.indexOf('\n', index + 1)) line += 1;
  return { line, column: [...text.slice(start, offset)].length + 1 };
}

/** Parses `text`; whatever it is, this returns, and never expands an alias. */
export function parseYaml(file: string, original: string): YamlFile {
  const written = readWritten(original);
  const { text } = written;
  const document = parseDocument(text, {
    schema: 'failsafe',
    prettyErrors: false,
    logLevel: 'silent',
    keepSourceTokens: false,
    // It compares every key with every other; see repeatedKeys.
    uniqueKeys: false,
  });
  const diagnostics: Diagnostic[] = [];
  const report = (code: Code, from: number, to: number, more: Partial<Diagnostic> = {}) =>
    void diagnostics.push({
      code,
      severity: 'error',
      file,
      start: positionAt(text, from),
      end: positionAt(text, to),
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
  const tell = ({ code, from, to, ...more }: Finding) => report(code, from, to, more);

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
    if (node.tag !== undefined && explicitTag(text, from)) {
      const [tag = '', at = from] = explicitTag(text, from) ?? [];
      report('yaml-tag', at, at + tag.length, { actual: tag, ...about });
    }
    if (isMap(node)) {
      const value: Record<string, unknown> = {};
      for (const pair of node.items) {
        const name = isScalar(pair.key) ? String(pair.key.value) : undefined;
        if (name === undefined)
          report('yaml-syntax', (pair.key as Node).range?.[0] ?? from, (pair.key as Node).range?.[1] ?? to);
        else
          Object.defineProperty(value, name, {
            value: read(pair.value as Node | null, name),
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
    const value = String(node.value ?? '').replace(/\n+$/, '');
    const about = key === undefined ? {} : { subject: key };
    for (const finding of findCharacters(text, from, to)) tell(finding);
    if (decomposed) for (const finding of findDecomposed(text, from, to)) tell(finding);
    for (const finding of findHyphens(value, text, from, to)) tell(finding);
    if (node.type === 'BLOCK_FOLDED' || (node.type !== 'BLOCK_LITERAL' && text.slice(from, to).includes('\n')))
      report('yaml-folded', from, to, about);
    if (node.type === 'PLAIN') {
      if (value === '') return null;
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
    return value.trim() === '' ? '' : value;
  };

  const value = broken ? undefined : read(document.contents, undefined);
  const referring = diagnostics.some(({ code }) => code === 'yaml-anchor' || code === 'yaml-tag');
  return { file, text: original, diagnostics, document, ...(broken || referring ? {} : { value }) };
}

function explicitTag(text: string, from: number): [string, number] | undefined {
  const match = /(![^\s]*)\s*(?:&\S+\s*)?$/.exec(text.slice(0, from)) ?? /^(![^\s]*)/.exec(text.slice(from));
  return match?.[1] === undefined
    ? undefined
    : [match[1], match[0].length === match[1].length && text.startsWith(match[1], from) ? from : match.index];
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
    const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    const next = pair
      ? (pair.value as Node | null)
      : isSeq(node)
        ? (node.items[Number(key)] as Node | undefined)
        : undefined;
    if (!pair && !next) break;
    const blank = !next?.range || (isScalar(next) && next.range[0] === next.range[1]);
    range = (blank || (isMap(next) && !next.flow) ? (pair?.key as Node | undefined)?.range : next?.range) ?? range;
    node = next ?? null;
  }
  const inside = word === '' || !range ? -1 : yaml.text.slice(range[0], range[1]).indexOf(word);
  const at = inside >= 0 && range ? range[0] + inside : word === '' ? -1 : yaml.text.indexOf(word);
  return between(yaml, at >= 0 ? [at, at + word.length] : range);
}

/** Where `key` of the map at `path` stands. */
export function placeOfKey(yaml: YamlFile, path: Path, key: string): Place {
  const map = path.length === 0 ? yaml.document.contents : yaml.document.getIn(path as string[], true);
  const pair = isMap(map) ? map.items.findLast((item) => isScalar(item.key) && item.key.value === key) : undefined;
  const range = (pair?.key as Node | undefined)?.range;
  return range ? between(yaml, range) : placeOf(yaml, path);
}

function firstKey(node: Node | null): readonly [number, number, ...number[]] | undefined {
  return (isMap(node) ? (node.items[0]?.key as Node | undefined) : node)?.range ?? undefined;
}

function between({ file, text }: YamlFile, range: readonly [number, number, ...number[]] | undefined): Place {
  const [from, to] = range ?? [0, 0];
  return {
    file,
    start: positionAt(text, from),
    end: positionAt(text, Math.max(from, to - (text[to - 1] === '\n' ? 1 : 0))),
  };
}
