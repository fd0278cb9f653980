// Where the page's parts meet: the store, the pages, the panels. Each part knows only the store and what it is given here.
import { cellName, cellOf } from './cell-layer.ts';
import { showDiagnostics } from './diagnostics-panel.ts';
import { byId } from './element.ts';
import { opener } from './opening.ts';
import { PagesView } from './pages-view.ts';
import { openStore } from './store.ts';
import { loadTypst } from './typst.ts';

const store = openStore();
const typst = loadTypst();
const pages = new PagesView(byId('pages'), store, typst);
const open = opener(byId('status'), store);
showDiagnostics(byId('diagnostics'), store, ({ file, line, column }) => void open({ file, line, column }));

store.subscribe(() => {
  const title = store.state?.title || '施策集';
  byId('title').textContent = title;
  document.title = title;
  byId('connection').textContent = store.connected ? '' : 'つながっていません。つなぎ直しています…';
});

const nearestCell = (target: EventTarget | null) => (target as Element | null)?.closest('.cell') ?? undefined;
byId('pages').addEventListener('click', (event) => {
  const cell = nearestCell(event.target);
  const field = cell && cellOf(cell);
  if (!field || getSelection()?.isCollapsed === false) return;
  void open({ file: field.file, path: field.path });
  const { target } = field;
  if (target !== undefined)
    void store.places().then((places) => {
      const goal = places[target];
      if (goal) pages.goTo(goal);
    });
});
byId('pages').addEventListener('pointerover', (event) => {
  const cell = nearestCell(event.target);
  const field = cell && cellOf(cell);
  if (field) byId('status').textContent = cellName(field);
});
addEventListener('resize', () => pages.redraw());
