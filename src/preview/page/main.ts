// Where the page's parts meet: the store, the pages, the panels. Each part knows only the store and what it is given here.

import { showDiagnostics } from './diagnostics-panel.ts';
import { byId } from './element.ts';
import { opener } from './opening.ts';
import { walkCells } from './sheet/cell-keys.ts';
import { cellName, cellOf } from './sheet/cell-layer.ts';
import { PagesView } from './sheet/pages-view.ts';
import { showTools } from './sheet/tools.ts';
import { loadTypst } from './sheet/typst.ts';
import { openStore } from './store.ts';
import { showViews } from './views.ts';

const store = openStore();
const typst = loadTypst();
void typst();
const root = byId('pages');
const pages = new PagesView(root, store, typst);
const open = opener(byId('status'), store);
showTools(byId('tools'), root, pages);
showDiagnostics(byId('diagnostics'), store, ({ file, line, column }) => void open({ file, line, column }));

store.subscribe(() => {
  const title = store.state?.title || '施策集';
  byId('title').textContent = title;
  document.title = title;
  byId('connection').textContent = store.connected ? '' : 'つながっていません。つなぎ直しています…';
});

showViews(store, async (number) => {
  const places = await store.places();
  const goal = places[`sheet-${number}`] ?? places[`part-${number}`];
  if (goal) pages.goTo(goal);
});

const nearestCell = (target: EventTarget | null) =>
  (target instanceof Element && target.closest<HTMLElement>('.cell')) || undefined;

/** Opens the field in the editor; what leads to another place on the pages goes there too. */
const act = (cell: HTMLElement) => {
  const field = cellOf(cell);
  if (!field) return;
  const { file, path, target } = field;
  if (file !== '') void open({ file, path });
  if (target !== undefined) void store.places().then((places) => places[target] && pages.goTo(places[target]));
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
