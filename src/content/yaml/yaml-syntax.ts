import { type Document, isScalar, visit, type YAMLParseError } from 'yaml';
import type { Code, Diagnostic } from '../../diagnostics/diagnostic.ts';

/** A mistake in writing YAML, at UTF-16 offsets of the text. */
export interface Problem extends Pick<Diagnostic, 'subject' | 'actual' | 'expected'> {
  code: Code;
  from: number;
  to: number;
}

/** What the parser stumbled over, told as the mistake that an editor made. Followers of one mistake are left out. */
export function syntaxProblems(text: string, document: Document.Parsed): Problem[] {
  const problems: Problem[] = [];
  const separator = /^(?:---|\.\.\.)(?=\s|$)/m.exec(
    text.replace(/^(?:#.*\n|\s*\n)*---[ \t]*\n/, (head) => ' '.repeat(head.length)),
  );
  if (separator) problems.push({ code: 'yaml-multiple-documents', from: separator.index, to: separator.index + 3 });
  let lastBlock = -1;
  for (const error of document.errors) {
    if (error.code === 'MULTIPLE_DOCS') continue;
    const problem = translate(text, document, error);
    if (problem.code === 'yaml-duplicate-key') {
      problems.push(problem);
      continue;
    }
    const block = topLevelBlock(text, problem.from);
    if (block === lastBlock || lastBlock === Number.POSITIVE_INFINITY) continue;
    lastBlock = swallowing.has(problem.code) ? Number.POSITIVE_INFINITY : block;
    problems.push(problem);
  }
  return problems;
}

/** After these, what the parser says of the rest means nothing. */
const swallowing: ReadonlySet<Code> = new Set(['yaml-unclosed-quote', 'yaml-unclosed-bracket', 'yaml-too-deep']);

function translate(text: string, document: Document.Parsed, error: YAMLParseError): Problem {
  const at = Math.min(error.pos[0], text.length);
  const here = lineAt(text, at);
  const value = (code: Code, actual = text[at] ?? ''): Problem => ({
    code,
    from: at,
    to: at + Math.max(1, actual.length),
    ...keyOf(here.line),
    actual,
  });

  if (error.code === 'RESOURCE_EXHAUSTION') return { code: 'yaml-too-deep', from: here.from, to: here.to };
  const tag = /:[ \t]+(![^\s]*)/.exec(here.line);
  if (tag && error.code !== 'DUPLICATE_KEY') {
    const name = tag[1] ?? '';
    const from = here.from + tag.index + tag[0].length - name.length;
    return { code: 'yaml-tag', from, to: from + name.length, actual: name, ...keyOf(here.line) };
  }
  if (error.code === 'DUPLICATE_KEY') {
    const actual = /^[^\s:]+/.exec(text.slice(at))?.[0] ?? '';
    return { code: 'yaml-duplicate-key', from: at, to: at + actual.length, actual };
  }
  if (error.code === 'MISSING_CHAR' && error.message.startsWith('Missing closing'))
    return unclosedQuote(text, document, error, at);
  const visible = blankProblem(text, here);
  if (visible) return visible;

  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { code: 'yaml-tab', from: at, to: at + 1 };
    case 'BAD_SCALAR_START':
      return value('yaml-reserved-start');
    case 'BAD_DQ_ESCAPE':
      return { ...value('yaml-backslash', '\\') };
    case 'BAD_DIRECTIVE':
      return { code: 'yaml-reserved-start', from: here.from, to: here.from + 1, actual: '%' };
    case 'BAD_INDENT':
      if (error.message.startsWith('Flow')) return unclosedBracket(text, at, error.message.includes('map') ? '}' : ']');
      return indent(here);
    case 'BLOCK_AS_IMPLICIT_KEY': {
      if (text[at] === '?') return value('yaml-reserved-start');
      const colon = /:(?=\s|$)/.exec(here.line.slice(at - here.from));
      if (colon)
        return { code: 'yaml-colon-in-value', from: at + colon.index, to: at + colon.index + 1, ...keyOf(here.line) };
      return indent(lineAt(text, here.to + 1));
    }
    case 'MULTILINE_IMPLICIT_KEY':
      if (at > here.from + here.indent) return indent(lineAt(text, here.to + 1));
      return noColon(here);
    case 'MISSING_CHAR':
      if (error.message.includes('directives-end')) {
        const percent = lineAt(text, Math.max(0, text.search(/^%/m)));
        return { code: 'yaml-reserved-start', from: percent.from, to: percent.from + 1, actual: '%' };
      }
      if (error.message.startsWith('Implicit map keys'))
        return here.line.trim().startsWith('- ') ? indent(here) : noColon(here);
      if (error.message.includes('Flow')) return unclosedBracket(text, at, error.message.includes('map') ? '}' : ']');
      break;
    case 'UNEXPECTED_TOKEN': {
      if (error.message.startsWith('Unexpected block-seq-ind')) {
        const rest = here.line.slice(at - here.from).trim();
        return rest === '-' ? { ...value('hyphen-for-dash', '-'), expected: '—' } : value('yaml-reserved-start', '-');
      }
      if (text[at] === ']' || text[at] === '}')
        return { code: 'yaml-unclosed-bracket', from: at, to: at + 1, expected: text[at] === ']' ? '[' : '{' };
      const opener = /:[ \t]+(["'[{|>])/.exec(here.line);
      if (opener) {
        const from = here.from + opener.index + opener[0].length - 1;
        return { code: 'yaml-reserved-start', from, to: from + 1, actual: opener[1] ?? '', ...keyOf(here.line) };
      }
      if (error.message.startsWith('Unexpected scalar at node end')) return indent(here);
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
  return { line, from, to, indent: /^\s*/.exec(line)?.[0].length ?? 0 };
}

const keyOf = (line: string) => {
  const key = /^\s*(?:- )?([^\s:#]+):(?=\s|$)/.exec(line)?.[1];
  return key === undefined ? {} : { subject: key };
};

const indent = ({ from, indent: blanks, line }: Line): Problem => ({
  code: 'yaml-indent',
  from: from + blanks,
  to: from + Math.max(line.trimEnd().length, blanks + 1),
});

/** Tabs, full-width spaces and full-width colons where YAML wants half-width ones. */
function blankProblem(text: string, { line, from }: Line): Problem | undefined {
  const tab = /^[ \u3000]*\t/.exec(line);
  if (tab) return { code: 'yaml-tab', from: from + tab[0].length - 1, to: from + tab[0].length };
  const space = /^[ ]*\u3000+/.exec(line) ?? /^[ ]*(?:- )?[^\s:#]+:\u3000+/.exec(line);
  if (space) {
    const width = /\u3000+$/.exec(space[0])?.[0].length ?? 1;
    return { code: 'yaml-fullwidth-space', from: from + space[0].length - width, to: from + space[0].length };
  }
  const colon = /^([ ]*(?:- )?)([^\s:\uff1a#「」]{1,12})\uff1a/.exec(line);
  if (colon && !insideBlock(text, from)) {
    const at = from + (colon[1] ?? '').length + (colon[2] ?? '').length;
    return { code: 'yaml-fullwidth-colon', from: at, to: at + 1, subject: colon[2] ?? '' };
  }
  return undefined;
}

/** Whether the line above opens a block of text, so that this line is text. */
const insideBlock = (text: string, from: number) => /:[ \t]+\|[-+]?[ \t]*\n$/.test(text.slice(0, from));

function noColon({ line, from, indent: blanks }: Line): Problem {
  return {
    code: 'yaml-missing-colon',
    from: from + blanks,
    to: from + Math.max(blanks + 1, line.trimEnd().length),
    actual: line.trim(),
  };
}

function unclosedQuote(text: string, document: Document.Parsed, error: YAMLParseError, at: number): Problem {
  const actual = error.message.endsWith('"quote') ? '"' : "'";
  let from = Math.max(0, text.lastIndexOf(actual, at));
  visit(document, {
    Scalar(_, node) {
      if (
        isScalar(node) &&
        node.range &&
        (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') &&
        node.range[1] >= at
      )
        from = node.range[0];
    },
  });
  return { code: 'yaml-unclosed-quote', from, to: from + 1, actual };
}

function unclosedBracket(text: string, at: number, expected: string): Problem {
  const from = Math.max(0, text.lastIndexOf(expected === ']' ? '[' : '{', at));
  return { code: 'yaml-unclosed-bracket', from, to: from + 1, expected };
}

/** Number of the entry without indent that `offset` is in: mistakes in different entries are different mistakes. */
function topLevelBlock(text: string, offset: number): number {
  return text.slice(0, offset + 1).match(/^[^\s#]/gm)?.length ?? 0;
}
