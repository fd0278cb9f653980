import { openComparison } from './comparison.ts';
import { openEditions } from './editions.ts';
import { byId } from './element.ts';
import { numbersView } from './numbers/numbers-view.ts';
import { showSidePanel } from './side/side-panel.ts';
import type { Store } from './store.ts';
import { type View, viewSwitch } from './view-switch.ts';

/** The side panel and the numbers, beside the pages; `goTo` is told the number that was chosen: 1, 1-2 or 1-2-3. */
export function showViews(store: Store, goTo: (number: string) => void): void {
  const onEdition = openEditions(store);
  const comparison = openComparison(store);
  const select = (number: string) => {
    show(pages);
    goTo(number);
  };
  const numbers = numbersView(byId('numbers'), comparison, onEdition, select);
  const pages: View = { name: '紙面', root: byId('pages') };
  const show = viewSwitch(byId('views'), [pages, { name: '数字', root: byId('numbers'), shown: numbers.show }]);
  showSidePanel({ root: byId('side'), store, comparison, onEdition, select });
}
