import picocolors from 'picocolors';
import stringWidth from 'string-width';
import { visible, visibleJson } from '../model/visible.ts';
import { severityWords } from '../model/words.ts';
import { type Diagnostic, listed } from './diagnostic.ts';
import type { Fixed } from './fixed.ts';
import { messages } from './messages.ts';

/** What users are told of a mistake, and what to do next. */
export const sentences = (diagnostic: Diagnostic) => ({
  message: visible(messages[diagnostic.code].message(diagnostic)),
  hint: visible(messages[diagnostic.code].hint(diagnostic)),
});

const count = (diagnostics: readonly Pick<Diagnostic, 'severity'>[], severity: Diagnostic['severity']) =>
  diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;

/** For a terminal of `width` cells: place, sentence, the line with a marker under it, what to do next; a count at the end. */
export function reportPretty(
  diagnostics: readonly Diagnostic[],
  sources: (file: string) => string | undefined,
  { color, width }: { color: boolean; width: number },
): string {
  const paint = picocolors.createColors(color);
  const lines = new Map<string, string[] | undefined>();
  const lineOf = (file: string, line: number) => {
    if (!lines.has(file)) lines.set(file, sources(file)?.split('\n'));
    return lines.get(file)?.[line - 1];
  };
  const blocks = listed(diagnostics).map((diagnostic) => {
    const { message, hint } = sentences(diagnostic);
    const { file, start, severity } = diagnostic;
    const title = paint[severity === 'error' ? 'red' : 'yellow'](paint.bold(severityWords[severity]));
    const line = lineOf(file, start.line);
    const frame = line === undefined ? [] : codeFrame(line, diagnostic, width);
    const [gutter = '', source, marker] = frame;
    return [
      `${paint.bold(`${visible(file)}:${start.line}:${start.column}`)} ${title} ${message} ${paint.dim(`[${diagnostic.code}]`)}`,
      ...(source === undefined
        ? []
        : [paint.dim(gutter) + source, paint.dim(`${' '.repeat(gutter.length - 2)}│ `) + paint.red(marker ?? '')]),
      `  → ${hint}`,
    ].join('\n');
  });
  return [...blocks, summary(diagnostics)].join('\n\n');
}

/** How many there are, in how many files. */
export function summary(diagnostics: readonly Pick<Diagnostic, 'severity' | 'file'>[]): string {
  const files = new Set(diagnostics.map(({ file }) => file)).size;
  const counts = (['error', 'warning'] as const).flatMap((severity) => {
    const found = count(diagnostics, severity);
    return found > 0 ? [`${severityWords[severity]} ${found} 件`] : [];
  });
  return `${counts.join('、')}(${files} ファイル)`;
}

/** The source line, cut around the marker when it is wider than the terminal: [gutter, line, marker]. */
function codeFrame(line: string, { start, end }: Diagnostic, width: number): [string, string, string] {
  const gutter = `${String(start.line).padStart(5)} │ `;
  const room = Math.max(20, width - gutter.length - 4);
  // Far more than a terminal shows on both sides: a file of one huge line must not make its report slow.
  const skipped = Math.max(0, start.column - 1 - 2 * width);
  const first = start.column - 1 - skipped;
  const characters = charactersOf(line, skipped, first + width).map(visible);
  const last = end.line === start.line ? Math.max(end.column - 1 - skipped, first + 1) : characters.length;
  const widths = characters.map(widthOf);
  const from = sum(widths) > room ? Math.max(0, first - Math.floor(room / 4)) : 0;
  let to = from;
  for (let shown = 0; to < characters.length; to += 1) {
    shown += widths[to] ?? 0;
    if (shown > room) break;
  }
  const before = (from > 0 ? '…' : '') + characters.slice(from, first).join('');
  const marked = characters.slice(first, Math.min(Math.max(last, first + 1), to)).join('');
  const shown = (from > 0 ? '…' : '') + characters.slice(from, to).join('') + (to < characters.length ? '…' : '');
  return [gutter, shown, ' '.repeat(stringWidth(before)) + '^'.repeat(Math.max(1, stringWidth(marked)))];
}

/** `most` characters of a text behind those that are skipped. */
function charactersOf(text: string, skipped: number, most: number): string[] {
  let at = 0;
  const next = () => String.fromCodePoint(text.codePointAt(at) ?? 0).length;
  for (let count = 0; count < skipped && at < text.length; count += 1) at += next();
  return [...text.slice(at, at + 2 * most)].slice(0, most);
}

/** Cells of a character in a terminal; most are looked up in no table. */
const widthOf = (character: string): number => (/^[ -~]$/.test(character) ? 1 : stringWidth(character));

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** One object, as design.md fixes it, for other programs; after `check --fix` with what has been mended. */
export function reportJson(diagnostics: readonly Diagnostic[], fixed?: readonly Fixed[]): string {
  const document = JSON.stringify(
    {
      errors: count(diagnostics, 'error'),
      warnings: count(diagnostics, 'warning'),
      diagnostics: listed(diagnostics).map((diagnostic) => ({
        severity: diagnostic.severity,
        code: diagnostic.code,
        file: diagnostic.file,
        line: diagnostic.start.line,
        column: diagnostic.start.column,
        endLine: diagnostic.end.line,
        endColumn: diagnostic.end.column,
        ...sentences(diagnostic),
      })),
      ...(fixed && {
        fixed: fixed.map(({ code, file, start, was, is }) => ({ code, file, ...start, was, is })),
      }),
    },
    undefined,
    2,
  );
  return visibleJson(document);
}

/** Workflow commands that GitHub shows beside the lines of a pull request. */
export function reportGithub(diagnostics: readonly Diagnostic[]): string {
  const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => data(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return listed(diagnostics)
    .map((diagnostic) => {
      const { message, hint } = sentences(diagnostic);
      const { severity, file, start, end, code } = diagnostic;
      const place = `file=${property(file)},line=${start.line},endLine=${end.line},col=${start.column},endColumn=${end.column}`;
      return `::${severity} ${place},title=${property(`${severityWords[severity]} ${code}`)}::${data(`${message}${hint}`)}`;
    })
    .join('\n');
}

/** As the user asked for it, with a line break at its end. */
export function reportText(
  diagnostics: readonly Diagnostic[],
  sources: (file: string) => string | undefined,
  format: 'pretty' | 'json' | 'github',
  terminal: { color: boolean; width: number },
  fixed?: readonly Fixed[],
): string {
  const forms = {
    json: () => reportJson(diagnostics, fixed),
    github: () => reportGithub(diagnostics),
    pretty: () => reportPretty(diagnostics, sources, terminal),
  };
  return `${forms[format]()}\n`;
}
