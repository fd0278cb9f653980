import { visible } from '../../model/visible.ts';
import { severityWords } from '../../model/words.ts';
import type { DiagnosticView } from '../messages.ts';
import { element } from './element.ts';
import type { Store } from './store.ts';

/** All diagnostics, grouped by file, while there are any. */
export function showDiagnostics(root: HTMLElement, store: Store, open: (diagnostic: DiagnosticView) => void): void {
  let shown: string | undefined;
  store.subscribe(() => {
    const { diagnostics = [], problem } = store.state ?? {};
    const next = JSON.stringify([diagnostics, problem]);
    if (next === shown) return;
    shown = next;
    root.hidden = diagnostics.length === 0 && problem === undefined;
    const files = Map.groupBy(diagnostics, ({ file }) => file);
    root.replaceChildren(
      element('h2', {}, summary(diagnostics)),
      ...(problem === undefined ? [] : [element('p', { class: 'problem' }, visible(problem))]),
      ...[...files].map(([file, own]) =>
        element('section', {}, element('h3', {}, visible(file)), ...own.map((diagnostic) => entry(diagnostic, open))),
      ),
    );
  });
}

function summary(diagnostics: readonly DiagnosticView[]): string {
  const count = (severity: string) =>
    diagnostics.reduce((sum, diagnostic) => sum + (diagnostic.severity === severity ? (diagnostic.count ?? 1) : 0), 0);
  const [errors, warnings] = [count('error'), count('warning')];
  const parts = [
    ...(errors > 0 ? [`${severityWords.error} ${errors} 件`] : []),
    ...(warnings > 0 ? [`${severityWords.warning} ${warnings} 件`] : []),
  ];
  const told = parts.join('、');
  return errors > 0 ? `${told}(紙面は直前のままです)` : told;
}

function entry(diagnostic: DiagnosticView, open: (diagnostic: DiagnosticView) => void): HTMLElement {
  const { severity, line, column, message, hint, code, frame } = diagnostic;
  const button = element('button', { type: 'button' }, `${severityWords[severity]} ${line}行 ${column}文字目`);
  button.addEventListener('click', () => open(diagnostic));
  return element(
    'article',
    { class: severity, 'data-place': `${diagnostic.file}:${line}:${column}`, 'data-code': code },
    button,
    element('p', {}, visible(message)),
    element('pre', {}, ...frame.flatMap((row) => frameLine(row, diagnostic))),
    element('p', { class: 'hint' }, `→ ${visible(hint)}`),
  );
}

function frameLine({ line, text }: { line: number; text: string }, place: DiagnosticView): (Node | string)[] {
  const number = element('span', { class: 'number' }, String(line).padStart(5));
  if (line !== place.line) return [number, ` ${visible(text)}\n`];
  const signs = [...text];
  const end = place.endLine === line ? Math.max(place.endColumn - 1, place.column) : signs.length;
  const cut = (from: number, to?: number) => visible(signs.slice(from, to).join(''));
  return [number, ` ${cut(0, place.column - 1)}`, element('mark', {}, cut(place.column - 1, end)), `${cut(end)}\n`];
}
