/**
 * What stands in the objects of an annex for what is known only when they are joined to a document. Braces are signs that
 * objects have within strings alone (ISO 32000-1, 7.2.2). Each but the last three is followed by an index.
 */
export const hole = {
  /** Object number of a page. */
  page: (index: number) => `{p${index}}`,
  /** Key of the parent tree. */
  key: (index: number) => `{k${index}}`,
  /** A role, the name of a class of attributes, an ID, the name of a destination. */
  role: (index: number) => `{r${index}}`,
  attributeClass: (index: number) => `{c${index}}`,
  id: (index: number) => `{i${index}}`,
  destination: (index: number) => `{d${index}}`,
  /** A heading's level. */
  level: (own: number) => `{h${own}}`,
  /** What a screen reader says of a link to a page, and to a named place. */
  toPage: (index: number) => `{s${index}}`,
  within: '{w}',
  /** The annex's title. */
  title: '{t}',
  /** Object number of the element that holds the annex's Part, and of its pages' node. */
  above: '{a}',
  node: '{n}',
};

/** `written` with the numbers of its references raised by `offset`, and its holes filled; strings stay as they are. */
export function filled(
  written: string,
  offset: number,
  fill: (kind: string, index: number) => string | number,
): string {
  const between = (text: string) =>
    text.replace(/(\d+) 0 R\b|\{(\w)(\d*)\}/g, (_, number, kind, index) =>
      number === undefined ? String(fill(kind, Number(index))) : `${Number(number) + offset} 0 R`,
    );
  let position = 0;
  let result = '';
  for (let open = written.indexOf('('); open >= 0; open = written.indexOf('(', position)) {
    const end = endOfString(written, open);
    result += between(written.slice(position, open)) + written.slice(open, end);
    position = end;
  }
  return result + between(position === 0 ? written : written.slice(position));
}

/** Behind the literal string (7.3.4.2) that begins at `from`. */
export function endOfString(written: string, from: number): number {
  let depth = 0;
  for (let at = from; at < written.length; at += 1) {
    const sign = written[at];
    if (sign === '\\') at += 1;
    else if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return written.length;
}
