import { type Dictionary, fail, integer, Reference, textOf, type Value } from './strict-file.ts';
import type { Lookup } from './strict-rules.ts';

const roman = (count: number): string =>
  Object.entries({ c: 100, xc: 90, l: 50, xl: 40, x: 10, ix: 9, v: 5, iv: 4, i: 1 }).reduce(
    ({ text, left }, [sign, value]) => ({
      text: text + sign.repeat(Math.floor(left / value)),
      left: left % value,
    }),
    { text: '', left: count },
  ).text;

/** Page labels as viewers show them (12.4.2). */
export function labelsOf(ranges: [string | number, Value][], { dict }: Lookup, pages: number): string[] {
  if (ranges[0]?.[0] !== 0 || Number(ranges.at(-1)?.[0]) >= pages) fail('page labels begin and end with the pages');
  return Array.from({ length: pages }, (_, index) => {
    const [from, value] = ranges.findLast(([first]) => Number(first) <= index) ?? fail('a page without label');
    const label = dict(value, 'a page label');
    for (const key of label.keys()) if (!['Type', 'S', 'P', 'St'].includes(key)) fail(`${key} in a page label`);
    const number = index - Number(from) + integer(label.get('St') ?? 1, 'St');
    const style = label.get('S');
    const shown = { '/D': String(number), '/r': roman(number), '/R': roman(number).toUpperCase() }[String(style)];
    if ((style !== undefined && shown === undefined) || Number(label.get('St') ?? 1) < 1) fail('a page label');
    return (label.has('P') ? textOf(label.get('P')) : '') + (shown ?? '');
  });
}

/** The outline (12.3.3): every link forth is one back, and every count right. */
export function outlineOf(
  { dict }: Lookup,
  root: Value | undefined,
  leadsTo: (target: Value | undefined) => string,
): string[] {
  const numberOf = (value: Value | undefined) => (value instanceof Reference ? value.number : undefined);
  const lines: string[] = [];
  const seen = new Set<number>();
  /** Items below that are seen when `node` stands open. */
  const below = (node: Dictionary, number: number, depth: number): number => {
    if (node.has('First') !== node.has('Last')) fail('First without Last');
    let visible = 0;
    let previous: number | undefined;
    for (let next = node.get('First'); next !== undefined; ) {
      const own = numberOf(next) ?? fail('an item of the outline');
      if (seen.has(own)) fail('a circle in the outline');
      seen.add(own);
      const item = dict(next, 'an item of the outline');
      if (numberOf(item.get('Parent')) !== number || numberOf(item.get('Prev')) !== previous) fail('Parent or Prev');
      const title = textOf(item.get('Title'), 'the title of an item');
      if (title.trim() !== title || title === '' || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(title))
        fail(`the title 「${title}」`);
      const count = item.get('Count');
      const line = lines.push('') - 1;
      const inner = below(item, own, depth + 1);
      if (inner === 0 ? count !== undefined : Math.abs(integer(count, 'Count')) !== inner)
        fail(`Count of 「${title}」`);
      const mark = inner === 0 ? '·' : Number(count) > 0 ? '+' : '-';
      lines[line] = `${'  '.repeat(depth)}${mark} ${title}${item.has('Dest') ? ` → ${leadsTo(item.get('Dest'))}` : ''}`;
      visible += 1 + (mark === '+' ? inner : 0);
      previous = own;
      next = item.get('Next');
    }
    if (numberOf(node.get('Last')) !== previous) fail('Last is not the last');
    return visible;
  };
  const outlines = dict(root, 'Outlines');
  const visible = below(outlines, numberOf(root) ?? 0, 0);
  if (outlines.get('Type') !== '/Outlines' || (outlines.get('Count') ?? 0) !== visible)
    fail('the count of the outline');
  return lines;
}
