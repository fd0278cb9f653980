// Where the page's parts meet: the store, the pages, the panels. Each part knows only the store and what it is given here.

import type { DiagnosticView } from '../messages.ts';
import { showChanges } from './changes-bar.ts';
import { openComparison } from './comparison.ts';
import { showDiagnostics } from './diagnostics-panel.ts';
import { byId } from './element.ts';
import { opener } from './opening.ts';
import { showPrinting } from './print/printing.ts';
import { walkCells } from './sheet/cell-keys.ts';
import { cellName, cellOf } from './sheet/cell-layer.ts';
import { CellMarks } from './sheet/cell-marks.ts';
import { CellNote } from './sheet/cell-note.ts';
import { PagesView } from './sheet/pages-view.ts';
import { showTools } from './sheet/tools.ts';
import { loadTypst } from './sheet/typst.ts';
import { openStore } from './store.ts';
import { showViews } from './views.ts';

const store = openStore();
const typst = loadTypst();
void typst();
const root = byId('pages');
const comparison = openComparison(store);
const marks = new CellMarks(root, store, comparison); // before the pages, whose cells it hears of
const pages = new PagesView(root, store, typst);
const open = opener(byId('status'), store);
showTools(byId('tools'), root, pages);
showPrinting(byId('tools'), pages, typst);
const openField = (cell: HTMLElement) => {
  const { file, path } = cellOf(cell) ?? { file: '', path: [] };
  if (file !== '') void open({ file, path });
};
const note = new CellNote({ root, note: byId('note'), marks, comparison, open: openField });
showChanges(byId('changes'), comparison, marks, note);
const openPlace = ({ file, line, column }: DiagnosticView) => void open({ file, line, column });
showDiagnostics(byId('diagnostics'), store, { open: openPlace, marks });

store.subscribe(() => {
  const title = store.state?.title || '施策集';
  byId('title').textContent = title;
  document.title = title;
  byId('connection').textContent = store.connected ? '' : 'つながっていません。つなぎ直しています…';
});

showViews(store, comparison, async (number, matches) => {
  pages.outline(number === undefined ? undefined : { number, matches });
  if (number === undefined) return;
  const places = await store.places();
  const goal = places[`sheet-${number}`] ?? places[`part-${number}`];
  if (goal) pages.goTo(goal);
});

const nearestCell = (target: EventTarget | null) =>
  (target instanceof Element && target.closest<HTMLElement>('.cell')) || undefined;

/** Opens the mistake or the field in the editor, or shows what changed; what leads to another place goes there too. */
const act = (cell: HTMLElement) => {
  const { diagnostics: [mistake] = [], change } = marks.of(cell) ?? {};
  if (mistake) openPlace(mistake);
  if (change) note.pin(cell);
  else if (!mistake) openField(cell);
  const { target } = cellOf(cell) ?? {};
  if (target !== undefined && !change)
    void store.places().then((places) => places[target] && pages.goTo(places[target]));
};
root.addEventListener('click', (event) => {
  const cell = nearestCell(event.target);
  // Who selected text did not mean to click.
  if (cell && getSelection()?.isCollapsed !== false) act(cell);
});
walkCells(root, act);

const tell = (target: EventTarget | null) => {
  const cell = nearestCell(target);
  const field = cell && cellOf(cell);
  byId('place').textContent = field ? cellName(field) : '';
};
root.addEventListener('pointerover', ({ target }) => tell(target));
root.addEventListener('pointerleave', () => tell(null));
root.addEventListener('focusin', ({ target }) => tell(target));
addEventListener('resize', () => pages.redraw());
