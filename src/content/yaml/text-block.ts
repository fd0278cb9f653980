import { isForeignBlank } from './blanks.ts';
import type { Line } from './conflicts.ts';
import type { Slips } from './slips.ts';

/** A text below "|-" or ">" */
export interface TextBlock {
  /** Its lines have more spaces in front than this. */
  parent: number;
  /** Spaces in front of its first line */
  indent?: number;
  subject?: string | undefined;
  first?: Line;
  longestBlank?: Line;
  reported?: boolean;
}

/** Whether `line`, which has so many `spaces` in front, belongs to the text that is open; uneven lines are slips. */
export function isText(block: TextBlock, line: Line, spaces: number, slips: Slips): boolean {
  const report = (expected: 'first' | 'later' | 'blank', { from, to }: Line, blanks: number): void => {
    if (block.reported) return;
    block.reported = true;
    slips.problems.push({
      ...{ code: 'yaml-text-indent', from: from + blanks, to, expected, subject: block.subject },
      ...{ reachesBlock: true, withholds: true },
    });
  };
  if (/^[ \t]*$/.test(line.text)) {
    if (spaces > (block.longestBlank?.text.length ?? 0)) block.longestBlank = line;
    return true;
  }
  if (block.indent === undefined) {
    if (spaces <= block.parent) return false;
    block.indent = spaces;
    block.first = line;
    if (block.longestBlank && block.longestBlank.text.length > spaces) report('blank', block.longestBlank, 0);
    return true;
  }
  if (spaces >= block.indent) return true;
  if (spaces <= block.parent || isForeignBlank(line.text[spaces])) return false;
  const { first, indent } = block;
  if (!first) {
    // The sign says how deep the text is ("|4-").
    report('later', line, spaces);
    slips.edits.push({ from: line.from, text: ' '.repeat(line.text.length) });
    return true;
  }
  if (indent > block.parent + 2) report('first', first, indent);
  else report('later', line, spaces);
  // The parser takes the indent of the first line: that one gives way.
  slips.edits.push({ from: first.from, text: first.text.slice(indent - spaces) + ' '.repeat(indent - spaces) });
  block.indent = spaces;
  return true;
}
