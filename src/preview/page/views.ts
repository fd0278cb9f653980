import type { Comparison } from './comparison.ts';
import { openEditions } from './editions.ts';
import { byId } from './element.ts';
import { numbersView } from './numbers/numbers-view.ts';
import { sideDrawer } from './side/drawer.ts';
import { showSidePanel } from './side/side-panel.ts';
import type { Store } from './store.ts';
import { type View, viewSwitch } from './view-switch.ts';

/**
 * The side panel and the numbers, beside the pages; `goTo` is told the number that was chosen: 1, 1-2 or 1-2-3, and which
 * texts have what was searched for; nothing where nothing is looked at any more.
 */
export function showViews(
  store: Store,
  comparison: Comparison,
  goTo: (number: string | undefined, matches: (text: string) => boolean) => void,
): void {
  const onEdition = openEditions(store);
  const main = byId('main');
  const leaveSide = sideDrawer(byId('side-switch'), byId('side'), main);
  const select: typeof goTo = (number, matches) => {
    if (number !== undefined) {
      show(pages);
      leaveSide();
    }
    goTo(number, matches);
  };
  const narrowing = showSidePanel({ root: byId('side'), over: main, store, comparison, onEdition, select });
  const toNumber = (number: string) => select(number, () => false);
  const numbers = numbersView({ root: byId('numbers'), comparison, narrowing, onEdition, select: toNumber });
  const pages: View = { name: '紙面', root: byId('pages') };
  const show = viewSwitch(byId('views'), [pages, { name: '数字', root: byId('numbers'), shown: numbers.show }]);
}
