import type { Scalar } from 'yaml';

/**
 * Where each UTF-16 unit of a scalar's value is written: offsets of `text`, one for each unit and one for the end. A unit
 * of an escape stands where the escape begins, a folded line break where the blanks before it do. `text` has \n alone
 * as line end.
 */
export function offsetsOf(node: Scalar, text: string): number[] {
  const value = String(node.value);
  const [from, to] = node.range as [number, number, number];
  if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') return blockOffsets(value, text, from);
  const quote = node.type === 'QUOTE_DOUBLE' ? '"' : node.type === 'QUOTE_SINGLE' ? "'" : '';
  return flowOffsets(text, from + quote.length, to - quote.length, quote);
}

/** Nothing of a block is escaped: its value is its text without some of the blanks and line breaks. */
function blockOffsets(value: string, text: string, from: number): number[] {
  const offsets: number[] = [];
  let at = text.indexOf('\n', from) + 1;
  for (const unit of value.split('')) {
    if (unit !== ' ' && unit !== '\n') while (text[at] !== unit && isBlank(text[at])) at += 1;
    offsets.push(at);
    if (text[at] === unit) at += 1;
  }
  return [...offsets, at];
}

/** Units that an escape of hexadecimal digits has. */
const digits: Partial<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Escapes and folded lines of what stands between the quotes, or of a plain scalar (YAML 1.2.2, 7.3). */
function flowOffsets(text: string, from: number, to: number, quote: string): number[] {
  const offsets: number[] = [];
  for (let at = from; at < to; ) {
    const start = at;
    let units = 1;
    if (quote === '"' && text[at] === '\\') {
      if (text[at + 1] === '\n') {
        at = afterBlanks(text, at + 2, false);
        continue;
      }
      const length = digits[text.charAt(at + 1)] ?? 0;
      units = Number.parseInt(text.slice(at + 2, at + 2 + length), 16) > 0xffff ? 2 : 1;
      at += 2 + length;
    } else if (quote === "'" && text[at] === "'") at += 2;
    else if (isBlank(text[at])) {
      const end = afterBlanks(text, at, true);
      const blanks = text.slice(at, end);
      const breaks = blanks.split('\n').length - 1;
      at = end;
      if (breaks === 0) {
        for (let blank = start; blank < end; blank += 1) offsets.push(blank);
        continue;
      }
      // One line break is a space, more are one less.
      units = Math.max(1, breaks - 1);
    } else at += 1;
    for (let unit = 0; unit < units; unit += 1) offsets.push(start);
  }
  return [...offsets, to];
}

const isBlank = (unit: string | undefined) => unit === ' ' || unit === '\t' || unit === '\n';

/** The first offset from `at` on that is no blank, nor a line break where these count as such. */
function afterBlanks(text: string, at: number, breaks: boolean): number {
  let end = at;
  while (isBlank(text[end]) && (breaks || text[end] !== '\n')) end += 1;
  return end;
}
