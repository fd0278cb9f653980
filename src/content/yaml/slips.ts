import { codePointName, isForeignBlank } from './blanks.ts';
import type { Line } from './conflicts.ts';
import type { Problem } from './problem.ts';

/** What is about a slip beside its place. */
export interface About {
  /** The key that the value belongs to */
  subject?: string | undefined;
  inList?: boolean;
}

/** Collects the slips of one text, and the edits that make it what its editor meant. */
export interface Slips {
  problems: Problem[];
  /** Applied in this order; each keeps the length. */
  edits: { from: number; text: string }[];
  /** line[from, to) are blanks, one of them invisible to its editor. */
  foreign(line: Line, from: number, to: number, isIndent?: boolean): void;
  /** A sign that YAML understands stands in front of a text. */
  sign(line: Line, at: number, about: About): void;
  comma(line: Line, at: number, about: About): void;
}

export function collectSlips(): Slips {
  const problems: Problem[] = [];
  const edits: Slips['edits'] = [];
  const told = new Map<string, { problem: Problem; lines: number[] }>();
  let signed: { actual: string; line: number; column: number } | undefined;
  return {
    problems,
    edits,
    foreign: (line, from, to, isIndent = false) => {
      edits.push({ from: line.from + from, text: ' '.repeat(to - from) });
      const blanks = line.text.slice(from, to).split('');
      const first = from + blanks.findIndex((unit) => isForeignBlank(unit));
      const actual = codePointName(line.text.charAt(first));
      const problem: Problem = {
        ...{ code: 'yaml-foreign-space', from: line.from + first, to: line.from + to, actual },
        reachesBlock: isIndent,
      };
      const known = told.get(actual);
      if (!known) told.set(actual, { problem, lines: [line.number] });
      else {
        // The same character in the same role is one mistake, however often it was pasted.
        problem.silent = true;
        if (known.lines.at(-1) !== line.number) known.lines.push(line.number);
        const { length } = known.lines;
        if (length > 1)
          known.problem.expected = `${known.lines.slice(0, 5).join('、')}${length > 5 ? ` ほか ${length - 5} ` : ''}`;
      }
      problems.push(problem);
    },
    sign: (line, at, about) => {
      const actual = line.text.charAt(at);
      edits.push({ from: line.from + at, text: 'x' });
      const end = about.inList ? /[,\]}].*/ : /[\s,\]}].*/;
      const token = line.text
        .slice(at, at + 60)
        .replace(end, '')
        .trimEnd();
      const isReference = '*&!'.includes(actual);
      const last = problems.at(-1);
      // [*a, *a, *a] is one slip, and a list all of whose lines begin with the same sign.
      const isSame = last !== undefined && line.text.startsWith(token, last.from - line.from) && isReference;
      const follows = signed?.actual === actual && signed.line === line.number - 1 && signed.column === at;
      signed = { actual, line: line.number, column: at };
      const silent = (isSame && last.from >= line.from) || follows;
      problems.push({
        code: actual === '!' ? 'yaml-tag' : isReference ? 'yaml-anchor' : 'yaml-reserved-start',
        from: line.from + at,
        to: line.from + at + (isReference ? token.length : 1),
        actual,
        withholds: true,
        silent,
        subject: about.subject,
        ...(about.inList ? { expected: `"${token.replaceAll('"', '')}"` } : {}),
      });
    },
    comma: (line, at, about) => {
      edits.push({ from: line.from + at, text: ',' });
      const last = problems.at(-1);
      if (last?.code === 'yaml-fullwidth-comma' && last.from >= line.from) return;
      const from = line.from + at;
      problems.push({
        code: 'yaml-fullwidth-comma',
        from,
        to: from + 1,
        actual: line.text.charAt(at),
        subject: about.subject,
      });
    },
  };
}

/** Whether what stands at `at` is a sign of YAML, where a value begins. */
export const isSign = (line: string, at: number): boolean => /^(?:[*&!@`%|>]|[-?] |\?$)/.test(line.slice(at, at + 2));
