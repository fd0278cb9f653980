import type { Problem } from './problem.ts';

export interface Line {
  text: string;
  /** Offset of its first character, and of what ends it. */
  from: number;
  to: number;
  /** From 1 */
  number: number;
}

export function linesOf(text: string): Line[] {
  let from = 0;
  return text.split('\n').map((line, index) => {
    const found = { text: line, from, to: from + line.length, number: index + 1 };
    from += line.length + 1;
    return found;
  });
}

/** Which marker of git a line is; indented, as it stands after an editor has shifted it, only the one that opens. */
function markerOf(line: string, open: boolean): string | undefined {
  const marker = line.trimStart();
  if (!'<|=>'.includes(marker.charAt(0))) return undefined;
  const [signs, sign] = /^([<|=>])\1{6,}(?= |$)/.exec(marker) ?? [];
  if (sign === '=' && marker.trim() !== signs) return undefined;
  return marker.length === line.length || sign === '<' || open ? sign : undefined;
}

/**
 * Conflicts that git wrote and nobody has settled: one problem each, at its first line; `lines` are those to be read as
 * blank ones so that the rest of the file can be looked at: the markers and every side but the first.
 */
export function conflictsOf(lines: readonly Line[]): { problems: Problem[]; blank: Set<Line> } {
  const problems: Problem[] = [];
  const blank = new Set<Line>();
  let open: { first: Line; sides: boolean; depth: number } | undefined;
  for (const line of lines) {
    const marker = markerOf(line.text, open !== undefined);
    if (marker === undefined) {
      if (open?.sides) blank.add(line);
      continue;
    }
    blank.add(line);
    if (!open || (marker === '<' && open.sides)) {
      open = { first: line, sides: marker !== '<', depth: 1 };
      problems.push({
        code: 'conflict-markers',
        from: line.from + (line.text.length - line.text.trimStart().length),
        to: line.to,
        withholds: true,
        reachesBlock: true,
      });
    } else if (marker === '<') open.depth += 1;
    else open.sides = true;
    // A side of one may hold another, of an earlier merge.
    if (marker === '>') open.depth -= 1;
    if (open.depth === 0) open = undefined;
  }
  // Without its end, nobody knows where the other side ends.
  if (open) for (const line of lines.slice(open.first.number)) blank.add(line);
  // A blank line of many spaces in front of a text is one that the parser refuses.
  for (const { from, to } of blank)
    problems.push({ code: 'conflict-markers', from, to, reachesBlock: true, silent: true });
  return { problems, blank };
}
