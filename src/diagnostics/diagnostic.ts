import { groupedBy } from '../model/grouped-by.ts';
import type { Severity } from '../model/words.ts';

/** A place in a file, from 1; columns count characters (code points), not bytes and not display cells. */
export interface Position {
  line: number;
  column: number;
}

/** Where something is told of a whole file. */
export const atStart: { start: Position; end: Position } = {
  start: { line: 1, column: 1 },
  end: { line: 1, column: 1 },
};

/** What is wrong at one place of the content. The sentences are in messages.ts. */
export interface Diagnostic {
  code: Code;
  severity: Severity;
  /** Relative to the working directory, with '/'. */
  file: string;
  start: Position;
  /** Just behind the last character. */
  end: Position;
  /** The key or thing that this is about. */
  subject?: string;
  /** What stands there. */
  actual?: string;
  /** What may stand there. */
  expected?: string;
  /** The known name nearest to `actual`; the last of several that are missing. */
  nearest?: string;
  /** How many there are of what is told once. */
  count?: number;
  /** Present where there is one right answer, which `check --fix` writes. */
  fix?: Fix;
}

/** What mends a mistake: places of the file's text (line ends are \n), all line ends of the file, another name or another text of it. */
export type Fix = { splices: readonly Splice[] } | { lineEnds: true } | { name: string } | { whole: string };

/** A place in a text, in UTF-16 units, and what shall stand there. */
export interface Splice {
  from: number;
  to: number;
  text: string;
}

export const isError = ({ severity }: Pick<Diagnostic, 'severity'>): boolean => severity === 'error';

export type Code = FileCode | YamlCode | ValueCode | RuleCode | AnnexCode | CharacterCode | FitCode | 'more';

type FileCode =
  | 'file-missing'
  | 'not-a-file'
  | 'not-a-folder'
  | 'file-unreadable'
  | 'file-too-large'
  | 'content-too-large'
  | 'not-utf8'
  | 'line-ends'
  | 'empty-file'
  | 'wrong-extension'
  | 'unexpected-file'
  | 'write-unfinished'
  | 'schema-outdated';

type YamlCode =
  | 'yaml-tab'
  | 'yaml-unclosed-quote'
  | 'yaml-unclosed-bracket'
  | 'yaml-colon-in-value'
  | 'yaml-comment-in-value'
  | 'yaml-reserved-start'
  | 'yaml-backslash'
  | 'yaml-duplicate-key'
  | 'yaml-indent'
  | 'yaml-missing-colon'
  | 'yaml-foreign-space'
  | 'yaml-fullwidth-comma'
  | 'yaml-text-indent'
  | 'yaml-pasted-twice'
  | 'conflict-markers'
  | 'yaml-fullwidth-colon'
  | 'yaml-anchor'
  | 'yaml-tag'
  | 'yaml-folded'
  | 'yaml-multiple-documents'
  | 'yaml-too-deep'
  | 'yaml-syntax';

type ValueCode =
  | 'wrong-type'
  | 'unknown-key'
  | 'misplaced-key'
  | 'look-alike-key'
  | 'missing-key'
  | 'empty-value'
  | 'unknown-value'
  | 'unknown-mark'
  | 'not-an-amount'
  | 'budget-form'
  | 'not-a-width'
  | 'amount-out-of-line'
  | 'not-a-number'
  | 'not-a-date'
  | 'duplicate-value'
  | 'sign-unexplained'
  | 'meaning-repeated'
  | 'licence-missing'
  | 'list-too-long'
  | 'reprint-has-own';

type RuleCode =
  | 'number-differs-from-file'
  | 'number-too-large'
  | 'unknown-category'
  | 'unknown-group'
  | 'missing-number'
  | 'empty-group'
  | 'wrong-numbering'
  | 'unknown-year'
  | 'missing-year'
  | 'unknown-plan'
  | 'unknown-department'
  | 'unknown-section'
  | 'section-elsewhere'
  | 'name-not-given'
  | 'years-differ'
  | 'mention-unknown'
  | 'reprint-unknown'
  | 'reprint-itself'
  | 'reprint-of-reprint'
  | 'reprint-kind-differs'
  | 'unknown-part'
  | 'widths-do-not-fit'
  | 'annex-missing'
  | 'placeholder-title'
  | 'history-missing'
  | 'history-not-printed'
  | 'history-order'
  | 'history-behind';

export type AnnexCode =
  | 'annex-damaged'
  | 'annex-encrypted'
  | 'annex-too-large'
  | 'annex-untagged'
  | 'annex-tags-incomplete'
  | 'annex-figure-without-text'
  | 'annex-font-not-embedded'
  | 'annex-font-replaced'
  | 'annex-font-without-unicode'
  | 'annex-missing-glyph'
  | 'annex-font-damaged'
  | 'annex-font-widths'
  | 'annex-text-unreadable'
  | 'annex-cmyk'
  | 'annex-smoothing'
  | 'annex-forbidden'
  | 'annex-nonconforming'
  | 'annex-jpeg2000'
  | 'annex-form'
  | 'annex-script'
  | 'annex-attachment'
  | 'annex-annotation'
  | 'annex-link';

const characters = [
  'halfwidth-katakana',
  'foreign-letter',
  'ideographic-zero',
  'hyphen-for-dash',
  'not-nfc',
  'control-character',
  'invisible-character',
  'missing-glyph',
] as const;
type CharacterCode = (typeof characters)[number];
export const characterCodes: ReadonlySet<Code> = new Set(characters);

type FitCode = 'text-too-wide' | 'text-too-tall' | 'width-too-narrow';

export const byFile = <T extends { file: string }>(all: readonly T[]): Map<string, T[]> =>
  groupedBy(all, ({ file }) => file);

/** By file, line, column, code. */
export function inOrder<T extends { file: string; start: Position; code: string }>(diagnostics: readonly T[]): T[] {
  const keys = new Map<string, string>();
  for (const { file } of diagnostics) if (!keys.has(file)) keys.set(file, sortKey(file));
  return [...diagnostics].sort(
    (a, b) =>
      (a.file === b.file ? 0 : compare(keys.get(a.file) ?? '', keys.get(b.file) ?? '')) ||
      a.start.line - b.start.line ||
      a.start.column - b.start.column ||
      compare(a.code, b.code),
  );
}

/** Numbers inside names by value: 1-2-1 before 1-10-1, on any locale. */
const sortKey = (name: string) => name.replace(/\d+/g, (digits) => digits.padStart(8, '0'));
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Of one code in one file; whoever has mended these sees the others. */
export const mostOfOne = 20;

/**
 * The diagnostics that every report shows, in order: of one code in one file the first twenty, then at the place of the
 * next, with the severity of the worst that are left out, one of the code "more" whose `count` is how many these are.
 */
export function listed(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const kinds = new Map<string, { seen: number; more?: Diagnostic & { count: number } }>();
  const shown: Diagnostic[] = [];
  for (const diagnostic of inOrder(diagnostics)) {
    const { file, code, severity, start, end } = diagnostic;
    const name = `${code} ${file}`;
    const kind = kinds.get(name) ?? { seen: 0 };
    kinds.set(name, kind);
    kind.seen += 1;
    if (kind.seen <= mostOfOne) shown.push(diagnostic);
    else if (kind.more) {
      kind.more.count += 1;
      if (severity === 'error') kind.more.severity = severity;
    } else {
      kind.more = { code: 'more', severity, file, start, end, subject: code, count: 1 };
      shown.push(kind.more);
    }
  }
  return shown;
}
