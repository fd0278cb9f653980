import { isBlank, isForeignBlank } from './blanks.ts';
import type { Line } from './conflicts.ts';
import { quoteEnd, skipBlanks } from './line-parts.ts';
import { type About, isSign, type Slips } from './slips.ts';

/** What is still open at the end of a line. */
export interface FlowState {
  depth: number;
  quote?: string | undefined;
}

/**
 * One line of [ ] or { }, from its bracket on, or from its first character where `depth` brackets are open above it.
 */
export function readFlow(
  line: Line,
  start: number,
  depth: number,
  subject: string | undefined,
  slips: Slips,
): FlowState {
  const { text } = line;
  const about: About = { subject, inList: true };
  const isComma = (at: number) => text[at] === '、' || text[at] === '，';
  let open = depth;
  let begins = true;
  let at = start;
  while (at < text.length) {
    const character = text.charAt(at);
    if (begins && (character === '"' || character === "'")) {
      at = quoteEnd(text, at);
      if (at < 0) return { depth: open, quote: character };
      const comma = skipBlanks(text, at);
      if (isComma(comma)) slips.comma(line, comma, about);
      begins = false;
    } else if (character === '#' && isBlank(text[at - 1])) {
      slips.sign(line, at, about);
      return { depth: open };
    } else if ('[{]},'.includes(character) || (character === ':' && isBlank(text[at + 1]))) {
      const closes = character === ']' || character === '}';
      if (closes || character === ',') {
        let before = at;
        while (isBlank(text[before - 1])) before -= 1;
        if (hasForeign(text, before, at)) slips.foreign(line, before, at);
      }
      if (closes) open -= 1;
      else if (character === '[' || character === '{') open += 1;
      if (open <= 0) {
        foreignAtEnd(line, at + 1, slips);
        break;
      }
      const next = skipBlanks(text, at + 1);
      if (hasForeign(text, at + 1, next)) slips.foreign(line, at + 1, next);
      if (closes && isComma(next)) slips.comma(line, next, about);
      begins = !closes;
      at = next;
    } else {
      if (begins && isSign(text, at)) slips.sign(line, at, about);
      else if (isComma(at) && beginsEntry(text, at + 1)) slips.comma(line, at, about);
      begins = false;
      at += 1;
    }
  }
  return { depth: open };
}

/** Behind a value that ends at `from`, where nothing may follow but a comment. */
export function foreignAtEnd(line: Line, from: number, slips: Slips): void {
  const { text } = line;
  const end = skipBlanks(text, from);
  if ((end === text.length || text[end] === '#') && hasForeign(text, from, end)) slips.foreign(line, from, end);
}

export const hasForeign = (text: string, from: number, to: number): boolean => isForeignBlank(text.slice(from, to));

/** Whether "key: " stands at `at`. */
const beginsEntry = (line: string, at: number): boolean => /^ ?[^\s,、，:{}[\]]{1,20}: /.test(line.slice(at, at + 24));
