import { numberOfFile } from '../../model/numbers.ts';
import { visible } from '../../model/visible.ts';
import { severityWords } from '../../model/words.ts';
import type { DiagnosticView, FileBehind } from '../messages.ts';
import { element } from './element.ts';
import { type CellMarks, clock } from './sheet/cell-marks.ts';
import type { Store } from './store.ts';

interface PanelMeans {
  open: (diagnostic: DiagnosticView) => void;
  /** Which cell has which mistake. */
  marks: Pick<CellMarks, 'cellWith' | 'of' | 'onChange'>;
}

/** All diagnostics, grouped by file, while there are any; each leads to its file and to its cell, and the cell to it. */
export function showDiagnostics(root: HTMLElement, store: Store, { open, marks }: PanelMeans): void {
  let shown: string | undefined;
  let entries: Entry[] = [];
  store.subscribe(() => {
    const { diagnostics = [], problem, behind = [], partial = [] } = store.state ?? {};
    const next = JSON.stringify([diagnostics, problem, behind, partial]);
    // The same as before, but others of their kind: cells are found by them.
    for (const [index, entry] of entries.entries()) entry.diagnostic = diagnostics[index] ?? entry.diagnostic;
    if (next === shown) return;
    shown = next;
    root.hidden = diagnostics.length === 0 && problem === undefined;
    entries = diagnostics.map((diagnostic) => entryOf(diagnostic, { open, marks }));
    const files = Map.groupBy(entries, ({ diagnostic }) => diagnostic.file);
    root.replaceChildren(
      element('h2', {}, summary(diagnostics)),
      ...(problem === undefined ? [] : [element('p', { class: 'problem' }, visible(problem))]),
      ...pageLines(behind, partial).map((line) => element('p', { class: 'behind' }, line)),
      ...[...files].map(([file, own]) =>
        element('section', {}, element('h3', {}, visible(file)), ...own.map(({ article }) => article)),
      ),
    );
    offer();
  });
  /** What has no cell leads to none. */
  const offer = () => {
    for (const { diagnostic, toCell } of entries) toCell.hidden = marks.cellWith(diagnostic) === undefined;
  };
  marks.onChange(offer);
  document.addEventListener('focusin', ({ target }) => {
    const told = target instanceof Element ? (marks.of(target)?.diagnostics ?? []) : [];
    for (const { diagnostic, article } of entries) {
      const isTold = told.includes(diagnostic);
      article.classList.toggle('current', isTold);
      if (isTold && diagnostic === told[0]) article.scrollIntoView({ block: 'nearest' });
    }
  });
}

interface Entry {
  diagnostic: DiagnosticView;
  article: HTMLElement;
  toCell: HTMLElement;
}

function summary(diagnostics: readonly DiagnosticView[]): string {
  const count = (severity: string) =>
    diagnostics.reduce((sum, diagnostic) => sum + (diagnostic.severity === severity ? (diagnostic.count ?? 1) : 0), 0);
  const [errors, warnings] = [count('error'), count('warning')];
  return [
    ...(errors > 0 ? [`${severityWords.error} ${errors} 件`] : []),
    ...(warnings > 0 ? [`${severityWords.warning} ${warnings} 件`] : []),
  ].join('、');
}

/** Which pages are not as the files are. */
function pageLines(behind: readonly FileBehind[], partial: readonly string[]): string[] {
  const times = Map.groupBy(behind, ({ since }) => clock(since));
  const late = [...times].map(
    ([time, files]) =>
      `${listed(files.map(({ file }) => file))} の紙面は、${time} に誤りができる直前のもので、いまのファイルのとおりではありません。直すとすぐに戻ります。`,
  );
  return partial.length === 0
    ? late
    : [...late, `${listed(partial)} は、読めるところだけを紙面に出しています。誤りを直すと全部が出ます。`];
}

/** 番号 of measures, names of other files. */
function listed(files: readonly string[]): string {
  const names = files.map((file) => visible(numberOfFile(file) ?? file));
  return names.length > mostNames
    ? `${names.slice(0, mostNames).join('、')} ほか ${names.length - mostNames} ファイル`
    : names.join('、');
}
const mostNames = 8;

function entryOf(first: DiagnosticView, { open, marks }: PanelMeans): Entry {
  const { severity, file, line, column, message, hint, code, frame } = first;
  const button = element('button', { type: 'button' }, `${severityWords[severity]} ${line}行 ${column}文字目`);
  const toCell = element('button', { type: 'button', class: 'to-cell' }, '紙面で見る');
  const article = element(
    'article',
    { class: severity, 'data-place': `${file}:${line}:${column}`, 'data-code': code },
    button,
    ' ',
    toCell,
    element('p', {}, visible(message)),
    element('pre', {}, ...frame.flatMap((row) => frameLine(row, first))),
    element('p', { class: 'hint' }, `→ ${visible(hint)}`),
  );
  const entry = { diagnostic: first, article, toCell };
  button.addEventListener('click', () => open(entry.diagnostic));
  toCell.addEventListener('click', () => {
    const cell = marks.cellWith(entry.diagnostic);
    cell?.scrollIntoView({ block: 'center', inline: 'center' });
    cell?.focus({ preventScroll: true });
  });
  return entry;
}

function frameLine({ line, text }: { line: number; text: string }, place: DiagnosticView): (Node | string)[] {
  const number = element('span', { class: 'number' }, String(line).padStart(5));
  if (line !== place.line) return [number, ` ${visible(text)}\n`];
  const signs = [...text];
  const end = place.endLine === line ? Math.max(place.endColumn - 1, place.column) : signs.length;
  const cut = (from: number, to?: number) => visible(signs.slice(from, to).join(''));
  return [number, ` ${cut(0, place.column - 1)}`, element('mark', {}, cut(place.column - 1, end)), `${cut(end)}\n`];
}
