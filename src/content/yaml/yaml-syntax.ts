import { type Document, isMap, isScalar, isSeq, type Scalar, visit, type YAMLParseError } from 'yaml';
import type { Code } from '../../diagnostics/diagnostic.ts';
import type { Problem } from './problem.ts';
import type { WrittenText } from './written-text.ts';

/**
 * What is wrong with the writing, told as the mistakes that an editor made: those of `written`, then what the parser
 * stumbled over. Followers of one mistake are left out.
 */
export function syntaxProblems(
  { text, problems: slips, textLines }: WrittenText,
  document: Document.Parsed,
): Problem[] {
  const repeated = repeatedKeys(document.contents, text);
  const pasted = repeated.find(({ withholds }) => withholds);
  const problems = [...separators(text), ...slips.filter(({ silent }) => !silent), ...repeated];
  // Mistakes in different entries without indent are different mistakes.
  const blockOf = countedFrom(Array.from(text.matchAll(/^[^\s#]/gm), ({ index }) => index));
  const starts = Array.from(text.matchAll(/^/gm), ({ index }) => index);
  const lineOf = countedFrom(starts);
  const reached = new Set(slips.filter(({ reachesBlock }) => reachesBlock).map(({ from }) => blockOf(from)));
  const lines = new Set(slips.map(({ from }) => lineOf(from)));
  let lastBlock = -1;
  for (const error of document.errors) {
    if (error.code === 'MULTIPLE_DOCS') continue;
    const problem = translate(text, document, error, textLines);
    const block = blockOf(problem.from);
    if (block === lastBlock || reached.has(block) || lines.has(lineOf(problem.from))) continue;
    lastBlock = block;
    problems.push(problem);
    if (swallowing.has(problem.code)) break;
  }
  // Where the second copy was pasted, its first line may hang on the last one of the first copy.
  const end = pasted && starts[lineOf(pasted.from) - 2];
  return end === undefined ? problems : problems.filter((problem) => problem === pasted || problem.from < end);
}

/** After these, what the parser says of the rest means nothing. */
const swallowing: ReadonlySet<Code> = new Set(['yaml-unclosed-quote', 'yaml-unclosed-bracket', 'yaml-too-deep']);

/** The first "---" or "..." that is not the beginning of the file. */
function separators(text: string): Problem[] {
  let mayBegin = true;
  for (const { 0: line, index } of text.matchAll(/^.*$/gm)) {
    if (/^(?:---|\.\.\.)(?:[ \t]|$)/.test(line)) {
      if (!mayBegin || !/^---[ \t]*$/.test(line))
        return [{ code: 'yaml-multiple-documents', from: index, to: index + 3, withholds: true }];
      mayBegin = false;
    } else if (!/^\s*(?:#|$)/.test(line)) mayBegin = false;
  }
  return [];
}

/** Keys that stand in one map before. Several in a row are one part of the file that was pasted twice. */
function repeatedKeys(contents: unknown, text: string): Problem[] {
  const problems: Problem[] = [];
  const visitNode = (node: unknown): void => {
    if (isSeq(node)) for (const item of node.items) visitNode(item);
    if (!isMap(node)) return;
    const known = new Set<unknown>();
    let run: Scalar[] = [];
    const finish = (): void => {
      const [first] = run;
      if (first) {
        const [from, to] = first.range as [number, number, number];
        const names = run.map((key) => `「${String(key.value)}」`);
        const actual = `${names.slice(0, 3).join('')}${names.length > 3 ? `ほか${names.length - 3}個` : ''}`;
        problems.push(
          run.length > 1
            ? { code: 'yaml-pasted-twice', from, to, actual, withholds: node === contents }
            : { code: 'yaml-duplicate-key', from, to, actual: text.slice(from, to) },
        );
      }
      run = [];
    };
    for (const { key, value } of node.items) {
      if (isScalar(key) && known.has(key.value)) run.push(key);
      else finish();
      if (isScalar(key)) known.add(key.value);
      visitNode(value);
    }
    finish();
  };
  visitNode(contents);
  return problems;
}

function translate(
  text: string,
  document: Document.Parsed,
  error: YAMLParseError,
  textLines: WrittenText['textLines'],
): Problem {
  const at = Math.min(error.pos[0], text.length);
  const here = lineAt(text, at);
  const value = (code: Code): Problem => ({
    ...{ code, from: at, to: at + 1, subject: keyOf(here.line), actual: text.charAt(at) },
  });

  if (error.code === 'RESOURCE_EXHAUSTION') return { code: 'yaml-too-deep', from: here.from, to: here.to };
  if (error.message.startsWith('Missing closing')) return unclosedQuote(text, document, error, at);
  const visible = tabOrColon(here, textLines);
  if (visible) return visible;

  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { code: 'yaml-tab', from: at, to: at + 1 };
    case 'BAD_SCALAR_START':
    case 'BAD_ALIAS':
      return value('yaml-reserved-start');
    case 'BAD_DQ_ESCAPE':
      return value('yaml-backslash');
    case 'BAD_INDENT':
      if (error.message.startsWith('Flow')) return unclosedBracket(text, at, error.message.includes('map') ? '}' : ']');
      return indent(lineFrom(text, here.from));
    case 'BLOCK_AS_IMPLICIT_KEY': {
      const colon = /:(?=\s|$)/.exec(here.line.slice(at - here.from));
      if (colon)
        return {
          ...{ code: 'yaml-colon-in-value', from: at + colon.index, to: at + colon.index + 1 },
          subject: keyOf(here.line),
        };
      return indent(lineFrom(text, at < here.from + here.indent ? here.from : here.to + 1));
    }
    case 'MULTILINE_IMPLICIT_KEY':
      if (at > here.from + here.indent) return indent(lineFrom(text, here.to + 1));
      return noColon(here);
    case 'MISSING_CHAR':
      if (error.message.startsWith('Implicit map keys')) return noColon(here);
      if (error.message.startsWith('Sequence item')) return indent(here);
      if (error.message.includes('Flow')) return unclosedBracket(text, at, error.message.includes('map') ? '}' : ']');
      break;
    case 'UNEXPECTED_TOKEN': {
      if (error.message.startsWith('Unexpected block-seq-ind')) return { ...value('hyphen-for-dash'), expected: '—' };
      if (text[at] === ']' || text[at] === '}')
        return { code: 'yaml-unclosed-bracket', from: at, to: at + 1, expected: text[at] === ']' ? '[' : '{' };
      const opener = /:[ \t]+["'[{|>]/.exec(here.line) ?? /^ *(?:- +)*["'[{]/.exec(here.line);
      if (opener) {
        const to = here.from + opener.index + opener[0].length;
        const actual = text.charAt(to - 1);
        return { code: 'yaml-reserved-start', from: to - 1, to, actual, subject: keyOf(here.line) };
      }
      if (error.message === 'Unexpected scalar at node end') return indent(here);
      break;
    }
  }
  return { code: 'yaml-syntax', from: at, to: at + 1 };
}

interface Line {
  line: string;
  from: number;
  to: number;
  /** Blanks at its start. */
  indent: number;
}

function lineAt(text: string, offset: number): Line {
  const inside = Math.min(offset, text.length);
  const from = text.lastIndexOf('\n', inside - 1) + 1;
  const end = text.indexOf('\n', inside);
  const to = end < 0 ? text.length : end;
  const line = text.slice(from, to);
  return { line, from, to, indent: line.length - line.trimStart().length };
}

/** The first line from the one that begins at `from` on that is neither empty nor a comment. */
const lineFrom = (text: string, from: number): Line =>
  lineAt(text, from + Math.max(0, text.slice(from).search(/^[ \t]*[^\s#]/m)));

const keyOf = (line: string): string | undefined => /^\s*(?:- )?([^\s:#"'[\]{}]+):\s/.exec(line)?.[1];

const indent = ({ from, indent: blanks, line }: Line): Problem => ({
  code: 'yaml-indent',
  from: from + blanks,
  to: from + Math.max(line.trimEnd().length, blanks + 1),
});

/** Tabs and full-width colons where YAML wants spaces and half-width ones. */
function tabOrColon({ line, from }: Line, textLines: WrittenText['textLines']): Problem | undefined {
  const tab = /^ *\t/.exec(line);
  if (tab) return { code: 'yaml-tab', from: from + tab[0].length - 1, to: from + tab[0].length };
  const colon = /^ *(?:- )?([^\s:\uff1a#「」]{1,12})\uff1a/.exec(line);
  if (colon && !textLines.has(from)) {
    const to = from + colon[0].length;
    return { code: 'yaml-fullwidth-colon', from: to - 1, to, subject: colon[1] };
  }
  return undefined;
}

/** Of a line without a key: an item is one in the wrong place. */
function noColon(here: Line): Problem {
  const { line, from, indent: blanks } = here;
  if (line.startsWith('- ')) return indent(here);
  return {
    code: 'yaml-missing-colon',
    from: from + blanks,
    to: from + line.trimEnd().length,
    actual: line.trim(),
  };
}

function unclosedQuote(text: string, document: Document.Parsed, error: YAMLParseError, at: number): Problem {
  const actual = error.message.endsWith('"quote') ? '"' : "'";
  let from = text.lastIndexOf(actual, at);
  visit(document, {
    Scalar(_, { range }) {
      const [start, end] = range as [number, number, number];
      if (end < at) return undefined;
      from = start;
      return visit.BREAK;
    },
  });
  return { code: 'yaml-unclosed-quote', from, to: from + 1, actual };
}

function unclosedBracket(text: string, at: number, expected: string): Problem {
  const from = text.lastIndexOf(expected === ']' ? '[' : '{', at);
  return { code: 'yaml-unclosed-bracket', from, to: from + 1, expected };
}

/** Tells how many of `starts`, which ascend, are not behind an offset. */
function countedFrom(starts: readonly number[]): (offset: number) => number {
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
