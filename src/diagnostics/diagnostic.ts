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
  /** The known name nearest to `actual`. */
  nearest?: string;
}

export type Code = FileCode | YamlCode | ValueCode | RuleCode | AnnexCode | CharacterCode | FitCode;

type FileCode =
  | 'file-missing'
  | 'not-a-file'
  | 'not-a-folder'
  | 'file-unreadable'
  | 'file-too-large'
  | 'not-utf8'
  | 'line-ends'
  | 'empty-file'
  | 'wrong-extension'
  | 'unexpected-file';

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
  | 'amount-out-of-line'
  | 'not-a-number'
  | 'not-a-date'
  | 'duplicate-value'
  | 'reprint-has-own';

type RuleCode =
  | 'number-differs-from-file'
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
  | 'annex-missing';

export type AnnexCode =
  | 'annex-damaged'
  | 'annex-encrypted'
  | 'annex-too-large'
  | 'annex-untagged'
  | 'annex-figure-without-text'
  | 'annex-font-not-embedded'
  | 'annex-font-without-unicode'
  | 'annex-missing-glyph'
  | 'annex-text-unreadable'
  | 'annex-cmyk'
  | 'annex-forbidden'
  | 'annex-form'
  | 'annex-script'
  | 'annex-attachment'
  | 'annex-annotation'
  | 'annex-link';

type CharacterCode =
  | 'halfwidth-katakana'
  | 'foreign-letter'
  | 'ideographic-zero'
  | 'hyphen-for-dash'
  | 'not-nfc'
  | 'control-character'
  | 'invisible-character'
  | 'missing-glyph';

type FitCode = 'text-too-wide' | 'text-too-tall';

/** By file, line, column, code: the order in which reports are printed. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.start.line - b.start.line ||
      a.start.column - b.start.column ||
      compare(a.code, b.code),
  );
}

/** Numbers inside names by value: 1-2-1 before 1-10-1, on any locale. */
function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.replace(/\d+/g, (digits) => digits.padStart(8, '0'))) as [
    string,
    string,
  ];
  return left < right ? -1 : left > right ? 1 : 0;
}
