import { visit } from 'yaml';
import { spliced } from '../../content/fix/written-file.ts';
import { isBlank } from '../../content/yaml/blanks.ts';
import { linesOf } from '../../content/yaml/conflicts.ts';
import { countBelow } from '../../content/yaml/positions.ts';
import { parseYaml, type YamlFile } from '../../content/yaml/yaml-file.ts';
import type { Splice } from '../../diagnostics/diagnostic.ts';

/** Blanks at the ends of lines, of any width: they say nothing and are not seen. None where that is not certain. */
export function trailingBlanks(yaml: YamlFile): Splice[] {
  if (!('value' in yaml)) return [];
  const quoted: [from: number, to: number][] = [];
  visit(yaml.document, {
    Scalar(_, { type, range }) {
      if (range && type?.startsWith('QUOTE')) quoted.push([range[0], range[1]]);
    },
  });
  quoted.sort(([a], [b]) => a - b);
  const starts = quoted.map(([from]) => from);
  const splices = linesOf(yaml.text).flatMap(({ text, from, to }): Splice[] => {
    const end = trimmed(text).length;
    if (end === text.length) return [];
    // In a text in quotes that goes on in the next line.
    const [, close = 0] = quoted[countBelow(starts, to) - 1] ?? [];
    return close > to ? [] : [{ from: from + end, to, text: '' }];
  });
  if (splices.length === 0) return [];
  const { value } = parseYaml(yaml.file, spliced(yaml.text, splices));
  return plain(value) === plain(yaml.value) ? splices : [];
}

/** A value without what trailing blanks change of it. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => (typeof inner === 'string' ? withoutBlanks(inner) || null : inner)) ?? '';

function withoutBlanks(text: string): string {
  const lines = text.split('\n').map(trimmed);
  while (lines.at(-1) === '') lines.pop();
  return lines.join('\n');
}

function trimmed(line: string): string {
  let end = line.length;
  while (isBlank(line[end - 1])) end -= 1;
  return line.slice(0, end);
}
