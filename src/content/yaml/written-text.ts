import { isForeignBlank, isZeroWidth } from './blanks.ts';
import { conflictsOf, linesOf } from './conflicts.ts';
import { foreignAtEnd, hasForeign, readFlow } from './flow-line.ts';
import { blockHeaderEnd, keyEnd, quoteEnd, skipBlanks } from './line-parts.ts';
import type { Problem } from './problem.ts';
import { collectSlips, isSign, type Slips } from './slips.ts';
import { isText, type TextBlock } from './text-block.ts';

/** A text as its editor meant it, with slips that a parser of YAML would tell as something else. */
export interface WrittenText {
  /** As long as the text that was written, so that all places stay. */
  text: string;
  problems: Problem[];
  /** Offsets of the lines that are text below "|-". */
  textLines: ReadonlySet<number>;
}

/**
 * Reads `text` line by line, as an editor does: invisible blanks where YAML wants spaces, signs in front of a text,
 * full-width commas, indents of texts, conflicts of git. Linear in the text.
 */
export function readWritten(text: string): WrittenText {
  const lines = linesOf(text);
  const slips = collectSlips();
  const { problems, edits } = slips;
  const conflicts = conflictsOf(lines);
  problems.push(...conflicts.problems);
  for (const { from, text: line } of conflicts.blank) edits.push({ from, text: ' '.repeat(line.length) });
  const textLines = new Set<number>();
  const lastOuter = lines.findLast(({ text: written }) => /^[^\s#]/.test(written))?.number ?? 0;
  let block: TextBlock | undefined;
  let quote: string | undefined;
  let depth = 0;
  /** Where the keys and items begin that are open, from the outermost. */
  const columns: number[] = [];
  /** The key above, while it has no value but items. */
  let awaits: { subject: string; column: number; hasItems?: boolean } | undefined;
  /** What stands behind a key is a comment, unless its value follows below. */
  let hash: { report: () => void; column: number } | undefined;
  /** A line that began with a sign and is followed by others that do. */
  let signed: { sign: string | undefined; line: number } | undefined;

  for (const line of lines) {
    if (conflicts.blank.has(line)) continue;
    let { text: written } = line;
    let spaces = 0;
    while (written[spaces] === ' ') spaces += 1;
    if (block && isText(block, line, spaces, slips)) {
      textLines.add(line.from);
      continue;
    }
    if (quote !== undefined) {
      if (written.includes(quote)) quote = undefined;
      continue;
    }

    let indent = spaces;
    while (written[indent] === ' ' || isForeignBlank(written[indent])) indent += 1;
    if (written[indent] === '\t') continue;
    if (indent > spaces) {
      const places: Places = { columns, parent: awaits?.column, text: block };
      const isWord = indent < written.length && !(block && keyEnd(written, indent) < 0);
      // What has no width and stands directly before a word is a part of it, unless it stands for the indent.
      let bare = indent;
      while (isZeroWidth(written[bare - 1])) bare -= 1;
      const stands = !isWord || (bare < indent && standsFor(indent, bare, places));
      if (!stands) indent = bare;
      if (indent > spaces) {
        slips.foreign(line, 0, indent, true);
        // In brackets any indent will do.
        const column = depth > 0 ? indent : meantColumn(written.slice(0, indent), stands, places);
        // What is left over goes to the end of the line, where it does no harm.
        written = ' '.repeat(column) + written.slice(indent) + ' '.repeat(indent - column);
        indent = column;
        edits.push({ from: line.from, text: written });
        if (block && indent > block.parent && written.trim() !== '') {
          block.indent ??= indent;
          textLines.add(line.from);
          continue;
        }
      }
    }
    if (written.trim() === '') continue;
    if (written[indent] === '#') {
      const { subject, column = indent, hasItems } = awaits ?? {};
      const at = indent;
      if (indent > column && !hasItems) hash ??= { column, report: () => slips.sign(line, at, { subject }) };
      continue;
    }
    // The parser takes the indent of the first key for that of all.
    if (indent > 0 && columns.length === 0 && lastOuter > line.number) {
      problems.push({ code: 'yaml-indent', from: line.from + indent, to: line.from + written.trimEnd().length });
      written = written.slice(indent) + ' '.repeat(indent);
      edits.push({ from: line.from, text: written });
      indent = 0;
    }
    if (hash && indent <= hash.column && !(indent === hash.column && written[indent] === '-')) hash.report();
    hash = undefined;
    block = undefined;
    if (/^(?:---|\.\.\.)(?:[ \t]|$)/.test(written)) continue;

    const current = { ...line, text: written };
    const start = itemStart(current, indent, slips);
    const isItem = start > indent;
    if (depth > 0 && (indent > 0 || keyEnd(written, start) < 0)) {
      ({ depth, quote } = readFlow(current, start, depth, awaits?.subject, slips));
      continue;
    }
    depth = 0;
    const continuesSign = signed?.line === line.number - 1 && written[start] === signed.sign;
    const colon = keyEnd(written, start);
    const isKey = colon >= 0;
    const begins = isItem || isKey || indent === 0 || continuesSign || (awaits !== undefined && indent > awaits.column);
    if (!begins) continue;
    if (isSign(written, start) && !(isItem && blockHeaderEnd(written, start) > 0)) {
      slips.sign(current, start, { subject: awaits?.subject, inList: isItem });
      signed = isItem ? undefined : { sign: written[start], line: line.number };
      continue;
    }

    while ((columns.at(-1) ?? -1) >= indent) columns.pop();
    columns.push(...(isItem ? [indent, start] : [indent]));
    const key = written.slice(start, Math.max(start, colon)).trim();
    const subject = isKey ? key : awaits?.subject;
    const value = isKey ? valueStart(written, colon + 1) : start;
    if (isKey && hasForeign(written, colon + 1, value)) slips.foreign(current, colon + 1, value);
    const first = written.charAt(value);
    const column = start;
    if (isItem && awaits) awaits.hasItems = true;
    if (isKey) awaits = first === '' || first === '#' ? { subject: key, column } : undefined;
    const header = blockHeaderEnd(written, value);
    if (isKey && first === '#') hash = { column, report: () => slips.sign(current, value, { subject }) };
    else if (header > 0) {
      const digit = Number(/[1-9]/.exec(written.slice(value, header))?.[0] ?? 0);
      const parent = isKey ? column : indent;
      block = { parent, subject, ...(digit > 0 ? { indent: parent + digit } : {}) };
      foreignAtEnd(current, header, slips);
    } else if (first === '[' || first === '{') ({ depth, quote } = readFlow(current, value, 0, subject, slips));
    else if (first === '"' || first === "'") {
      const end = quoteEnd(written, value);
      if (end < 0) quote = first;
      else foreignAtEnd(current, end, slips);
    } else if (isKey && (isSign(written, value) || (first !== '' && ',]}'.includes(first))))
      slips.sign(current, value, { subject });
  }
  hash?.report();
  return { text: applied(text, edits), problems: problems.sort((a, b) => a.from - b.from), textLines };
}

/** Where a line may begin. */
interface Places {
  columns: readonly number[];
  /** The column of the key above that has no value yet */
  parent: number | undefined;
  text: TextBlock | undefined;
}

/** Whether a line may begin at `column`. */
function mayBegin(column: number, { columns, parent, text }: Places): boolean {
  if (text && column > text.parent && column >= (text.indent ?? 0)) return true;
  return columns.includes(column) || column > (parent ?? column);
}

/** Whether characters without width, between `bare` and `column`, were typed or pasted as the indent. */
function standsFor(column: number, bare: number, places: Places): boolean {
  if (!mayBegin(column, places)) return false;
  if (!mayBegin(bare, places) || column === places.columns.at(-1)) return true;
  const { parent = column } = places;
  return column > bare + 1 && (places.columns.includes(column) || column > parent + 1);
}

/** The column that a line with `blanks` in front is meant to begin at, of those that it can be moved to. */
function meantColumn(blanks: string, stands: boolean, places: Places): number {
  const wide = [...blanks].filter((character) => !isZeroWidth(character)).length;
  const candidates = stands ? [blanks.length, wide] : [wide];
  const fits = candidates.find((column) => mayBegin(column, places));
  if (fits !== undefined) return fits;
  const outer = (places.columns.length === 0 ? [0] : places.columns).filter((column) => column <= wide);
  return outer.at(-1) ?? wide;
}

/** Where the value or key of a line begins, behind all "- ". */
function itemStart(
  line: { text: string; from: number; to: number; number: number },
  indent: number,
  slips: Slips,
): number {
  const { text } = line;
  let start = indent;
  while (text[start] === '-' && (text[start + 1] === ' ' || (start === indent && isForeignBlank(text[start + 1])))) {
    const next = skipBlanks(text, start + 1);
    if (next === text.length) return start;
    if (isForeignBlank(text[start + 1])) slips.foreign(line, start + 1, next);
    start = next;
  }
  return start;
}

/** Where the value behind a colon begins; "key: 　text" is a text that begins with a wide space, as paragraphs do. */
function valueStart(text: string, from: number): number {
  const value = skipBlanks(text, from);
  if (isForeignBlank(text[from]) || '[{|>"\''.includes(text.charAt(value))) return value;
  let start = from;
  while (text[start] === ' ' || text[start] === '\t') start += 1;
  return start;
}

function applied(text: string, edits: Slips['edits']): string {
  if (edits.length === 0) return text;
  const units = text.split('');
  for (const edit of edits) for (const [at, unit] of edit.text.split('').entries()) units[edit.from + at] = unit;
  return units.join('');
}
