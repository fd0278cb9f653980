// What every command says and how: only commands print.
import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { Option } from 'commander';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Fixed } from '../diagnostics/fixed.ts';
import { UserError } from '../diagnostics/user-error.ts';
import { visible, visibleLines } from '../model/visible.ts';

/** Where content is read and results are written, as the command line gives them. */
export interface Folders {
  content: string;
  out: string;
}

export const contentOption = () => new Option('--content <フォルダ>', '内容のフォルダ').default('content');
export const outOption = () => new Option('--out <フォルダ>', '出力先のフォルダ').default('out');

export type Format = 'pretty' | 'json' | 'github';

/** The content folder, which must be there. Throws UserError. */
export function existing(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new UserError(
    `内容のフォルダ「${folder}」がありません。リポジトリのいちばん上のフォルダで実行するか、--content で場所を指定してください。`,
  );
}

export const terminalOf = (stream: NodeJS.WriteStream) => ({
  color: stream.isTTY === true && !process.env.NO_COLOR,
  width: stream.columns || 100, // some terminals say 0
});

/** Prints diagnostics; without any, only the format that programs read says so. */
export async function report(
  diagnostics: readonly Diagnostic[],
  sources: (file: string) => string | undefined,
  format: Format = 'pretty',
  stream: NodeJS.WriteStream = process.stderr,
  fixed?: readonly Fixed[],
): Promise<void> {
  if (diagnostics.length === 0 && format !== 'json') return;
  const { reportText } = await import('../diagnostics/report.ts');
  printText(reportText(diagnostics, sources, format, terminalOf(stream), fixed), stream);
}

/** One line. Whatever it holds of content, names or git steers nothing: not even a line break is one. */
export const print = (line: string, stream: NodeJS.WriteStream = process.stdout): void =>
  void stream.write(`${visible(line)}\n`);

/** A text of lines of our own making. Nothing in it steers the terminal, but for our colours, where it has any. */
export function printText(text: string, stream: NodeJS.WriteStream): void {
  const pieces = terminalOf(stream).color ? text.split(ownColor) : [text];
  stream.write(pieces.map((piece, index) => (index % 2 === 0 ? visibleLines(piece) : piece)).join(''));
}

/** What picocolors writes, and nothing else. */
const ownColor = new RegExp(`(${'\u001b'}\\[(?:[1-9]|2[1-9]|3[0-79])m)`);

/** A path as the user would write it here. */
export const shown = (path: string): string => relative(process.cwd(), path) || path;

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)}秒`;
/** How long this run has taken. */
export const sinceStart = (): string => seconds(Date.now() - performance.timeOrigin);

/** Throws UserError where more is asked for than one choice of what to make of an edition. */
export function checkOneChoice({ section, only, split }: Partial<Record<'section' | 'only' | 'split', unknown>>): void {
  if ([section, only, split].filter((wish) => wish !== undefined).length > 1)
    throw new UserError('--section、--only、--split は同時に使えません。どれか一つにしてください。');
}
