import { Document, isMap, type Pair, stringify, visit, type YAMLMap } from 'yaml';
import { parseYaml } from '../../src/content/yaml/yaml-file.ts';

/** The same file as others would have written it; its value stays. */
export type Variant = (text: string, value: unknown) => string;

const everyOther = (text: string) => {
  let count = 0;
  return text.replaceAll('\n', () => (++count % 3 === 0 ? '\n' : '\r\n'));
};

export const variants: Record<string, Variant> = {
  'as it is': (text) => text,
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'mixed line ends': everyOther,
  'no final line break': (text) => text.trimEnd(),
  'CRLF without the last one': (text) => text.trimEnd().replaceAll('\n', '\r\n'),
  'U+FEFF in front': (text) => `\ufeff${text}`,
  'comments at every line': (text) => commented(text),
  'comments and blank lines': (text) => commented(text).replaceAll(/^( *# 上)/gm, '\n$1'),
  'comments, CRLF, U+FEFF': (text) => `\ufeff${commented(text).replaceAll('\n', '\r\n')}`,
  'keys turned round': (text) => shuffled(text, (chunks) => chunks.reverse()),
  'keys in any order': (text) => shuffled(text, (chunks) => [...chunks.slice(3), ...chunks.slice(0, 3)]),
  'in brackets': (_, value) => `${inBrackets(value, () => ' ')}\n`,
  'in brackets, in lines': (_, value) => `${inBrackets(value, (depth) => `\n${'  '.repeat(depth)}`)}\n`,
  'in quotes': (_, value) => inQuotes(value, 'QUOTE_DOUBLE'),
  'in single quotes': (_, value) => inQuotes(value, 'QUOTE_SINGLE'),
  'in blocks': (_, value) => stringify(value, plainly),
  'in blocks, lists not indented': (_, value) => stringify(value, { ...plainly, indentSeq: false }),
  'in blocks of 4, with comments': (_, value) => commented(stringify(value, { ...plainly, indent: 4 })),
  'texts with their last line break': (text) => text.replaceAll('|-\n', '|\n'),
  'texts with all line breaks': (text) => text.replaceAll(/\|-\n((?: +.*\n|\n)+)/g, '|+\n$1\n\n'),
};

/** Texts of several lines in double quotes. */
function inQuotes(value: unknown, type: 'QUOTE_DOUBLE' | 'QUOTE_SINGLE'): string {
  const document = new Document(value);
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string') node.type = node.value.includes('\n') ? 'QUOTE_DOUBLE' : type;
    },
  });
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: 1e6 });
}

const plainly = { defaultStringType: 'PLAIN', lineWidth: 0, blockQuote: 'literal' } as const;

/** With comments above each line and behind it, where they can stand. */
function commented(text: string): string {
  const { document } = parseYaml('', text);
  const inText = new Set<number>();
  const openQuote = new Set<number>();
  const lineOf = (at: number) => text.slice(0, at).split('\n').length - 1;
  visit(document, {
    Scalar(_, { type, range }) {
      if (!range) return;
      const lines = [lineOf(range[0]), lineOf(range[1])] as const;
      if (type === 'BLOCK_LITERAL') for (let line = lines[0] + 1; line < lines[1]; line += 1) inText.add(line);
      else for (let line = lines[0]; line < lines[1]; line += 1) openQuote.add(line);
    },
  });
  let count = 0;
  return text
    .split('\n')
    .map((line, index) => {
      if (line === '' || inText.has(index) || line.startsWith('#')) return line;
      count += 1;
      const indent = /^ */.exec(line)?.[0] ?? '';
      const behind = openQuote.has(index) ? '' : `  # 注 ${count}`;
      return `${indent}# 上の注 ${count}: 「- a」 { } |-\n${line}${behind}`;
    })
    .join('\n');
}

/** With the keys of all maps in another order, each with its lines. */
function shuffled(text: string, order: (chunks: string[]) => string[]): string {
  const again = (map: YAMLMap, from: number, to: number): string => {
    const starts = map.items.map(({ key }) => (key as { range: number[] }).range[0] as number);
    const lines = starts.map((start) => text.lastIndexOf('\n', start - 1) + 1);
    const chunks = map.items.map((pair, index) => {
      const [start, end] = [lines[index] ?? 0, lines[index + 1] ?? to];
      return inner(pair, start, end);
    });
    return text.slice(from, lines[0]) + order(chunks).join('');
  };
  const inner = ({ value }: Pair, from: number, to: number): string => {
    if (!isMap(value) || value.flow || value.items.length < 2) return text.slice(from, to);
    return again(value, from, to);
  };
  const { contents } = parseYaml('', text).document;
  return isMap(contents) ? again(contents, 0, text.length) : text;
}

function inBrackets(value: unknown, gap: (depth: number) => string, depth = 0): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string')
    return /^[\p{L}\p{N}]+(?:[-(/][\p{L}\p{N})]+)*$/u.test(value) && !/^\d+$/.test(value)
      ? value
      : JSON.stringify(value);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => inBrackets(item, gap, depth + 1))
    : Object.entries(value as object).map(([key, item]) => `${key}: ${inBrackets(item, gap, depth + 1)}`);
  const [open, close] = isList ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  return `${open}${gap(depth + 1)}${parts.join(`,${gap(depth + 1)}`)}${gap(depth)}${close}`;
}
