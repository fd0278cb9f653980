import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Diagnostic, Position } from '../../diagnostics/diagnostic.ts';
import type { Path, YamlFile } from './yaml-file.ts';

/** The keys that lead to what a diagnostic is about: to a key that is missing too. As far as broken YAML lets it be told. */
export function pathOfDiagnostic(yaml: YamlFile, { code, start, subject }: Diagnostic): Path {
  const path = pathAt(yaml, start);
  if ((code !== 'missing-key' && code !== 'missing-year') || subject === undefined) return path;
  // What is missing at the top is told at the first key.
  return isFirst(yaml, start) ? [subject] : [...path, subject];
}

/** The keys that lead to the value, or the key, that stands at a place. */
export function pathAt({ document, positionAt }: YamlFile, place: Position): Path {
  const path: PropertyKey[] = [];
  const begins = (node: unknown): boolean => {
    const [from] = (node as Node | null)?.range ?? [];
    return from !== undefined && isBefore(positionAt(from), place);
  };
  for (let node: unknown = document.contents; ; ) {
    if (isMap(node)) {
      const pair = node.items.findLast(({ key }) => begins(key));
      if (!pair || !isScalar(pair.key)) return path;
      path.push(String(pair.key.value));
      if (!begins(pair.value)) return path;
      node = pair.value;
    } else if (isSeq(node)) {
      const index = node.items.findLastIndex(begins);
      if (index < 0) return path;
      path.push(index);
      node = node.items[index];
    } else return path;
  }
}

function isFirst({ document, positionAt }: YamlFile, { line, column }: Position): boolean {
  const first = isMap(document.contents) ? (document.contents.items[0]?.key as Node | undefined) : undefined;
  const at = first?.range ? positionAt(first.range[0]) : { line: 1, column: 1 };
  return at.line === line && at.column === column;
}

const isBefore = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.column <= b.column);
