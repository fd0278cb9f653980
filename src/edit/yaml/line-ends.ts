import { countBelow } from '../../content/yaml/positions.ts';
import type { Splice } from '../../diagnostics/diagnostic.ts';

/** A file's text as the reader has it, \n alone as line end and no mark in front, and the way back. */
export interface Normalized {
  text: string;
  /** The file's text with the splices made, which are in any order and do not overlap; all else as it was. */
  spliced(splices: readonly Splice[]): string;
}

export function normalized(raw: string): Normalized {
  const mark = /^\ufeff*/.exec(raw)?.[0].length ?? 0;
  const text = raw.slice(mark).replaceAll(/\r+\n?/g, '\n');
  // Where lines begin: in the text, and in the file.
  const [lines, rawLines, ends] = [[0], [mark], new Map<string, number>()];
  if (mark > 0 || raw.includes('\r')) {
    let cut = mark;
    for (const { 0: end, index } of raw.slice(mark).matchAll(/\r+\n?|\n/g)) {
      const next = mark + index + end.length;
      ends.set(end, (ends.get(end) ?? 0) + 1);
      lines.push((lines.at(-1) ?? 0) + (mark + index - cut) + 1);
      rawLines.push(next);
      cut = next;
    }
  }
  const rawOffset = (offset: number) => {
    const line = countBelow(lines, offset + 1) - 1;
    return (rawLines[line] ?? 0) + offset - (lines[line] ?? 0);
  };
  // New lines end as most do.
  const [lineEnd = '\n'] = [...ends].sort(([, a], [, b]) => b - a)[0] ?? [];
  return {
    text,
    spliced: (splices) => {
      const sorted = splices.map((splice) => trimmed(text, splice)).sort((a, b) => a.from - b.from || a.to - b.to);
      let [result, done] = ['', 0];
      for (const { from, to, text: fresh } of sorted) {
        result += raw.slice(done, rawOffset(from)) + fresh.replaceAll('\n', lineEnd);
        done = rawOffset(to);
      }
      return result + raw.slice(done);
    },
  };
}

/** Without what it has in common with what it replaces, in front and behind. */
function trimmed(text: string, splice: Splice): Splice {
  let { from, to } = splice;
  let [start, end] = [0, splice.text.length];
  while (from < to && start < end && text[from] === splice.text[start]) {
    from += 1;
    start += 1;
  }
  while (from < to && start < end && text[to - 1] === splice.text[end - 1]) {
    to -= 1;
    end -= 1;
  }
  return { from, to, text: splice.text.slice(start, end) };
}
