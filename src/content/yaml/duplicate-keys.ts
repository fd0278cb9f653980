import { type Document, isScalar, visit, type YAMLParseError } from 'yaml';

/** More than are ever shown. */
const most = 1000;

/**
 * Adds to the errors of `document` each key that its map has already, in the order of the text. The parser, which would
 * do the same, compares every key with every other.
 */
export function findDuplicateKeys(document: Document.Parsed): void {
  const found: Pick<YAMLParseError, 'code' | 'pos' | 'message'>[] = [];
  visit(document, {
    Map(_, map) {
      if (found.length >= most) return visit.BREAK;
      const names = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key) || !key.range) continue;
        const [from, to] = key.range;
        if (names.has(key.value) && found.length < most)
          found.push({ code: 'DUPLICATE_KEY', pos: [from, to], message: 'Duplicate key' });
        names.add(key.value);
      }
      return undefined;
    },
  });
  if (found.length === 0) return;
  document.errors.push(...(found as YAMLParseError[]));
  document.errors.sort((a, b) => a.pos[0] - b.pos[0]);
}
