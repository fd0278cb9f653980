import type { EditionData } from '../edition-data.ts';
import { fetchJson, type Store } from './store.ts';

/** Fetches the edition's data whenever they change, and tells them to whoever listens. */
export function openEditions(store: Store): (listener: (edition: EditionData) => void) => void {
  const listeners = new Set<(edition: EditionData) => void>();
  let wish: string | undefined;
  async function renew(): Promise<void> {
    const { edition } = store.state ?? {};
    if (edition === undefined || edition === wish) return;
    wish = edition;
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
