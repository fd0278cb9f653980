import type { EditionData } from '../../model/edition-json.ts';
import { fetchJson, type Store } from './store.ts';

/** ms from a change of the edition to the question for its data. */
const patience = 300;

/** Fetches the edition's data whenever they change, and tells them to whoever listens. */
export function openEditions(store: Store): (listener: (edition: EditionData) => void) => void {
  const listeners = new Set<(edition: EditionData) => void>();
  let wish: string | undefined;
  async function renew(): Promise<void> {
    const { edition } = store.state ?? {};
    if (edition === undefined || edition === wish) return;
    const first = wish === undefined;
    wish = edition;
    // The pages come first; of many saves in a row the last one counts.
    if (!first) await new Promise((resolve) => setTimeout(resolve, patience));
    if (wish !== edition) return;
    // When the server has gone, the next state asks again.
    const data = await fetchJson<EditionData>('/edition.json').catch(() => undefined);
    if (wish !== edition) return;
    if (data) for (const listener of listeners) listener(data);
    else wish = undefined;
  }
  // The pages come first.
  store.subscribe(() => requestIdleCallback(() => void renew(), { timeout: 1000 }));
  return (listener) => void listeners.add(listener);
}
