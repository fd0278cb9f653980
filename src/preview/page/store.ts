import type { Places, State } from '../messages.ts';

/**
 * What the server told last, and what views share. Views read `state`, call subscribe() to hear of news, and fetch what
 * hangs on it: /edition.json and /places.json when `state.edition` changes, /pages/<key>.… when a page's key does.
 */
export interface Store {
  readonly state: State | undefined;
  /** False while the server cannot be reached; the browser tries again by itself. */
  readonly connected: boolean;
  subscribe(listener: () => void): void;
  /** Where things begin on the pages of `state.edition`. */
  places(): Promise<Places>;
}

/** Listens to the server for as long as the page is open. */
export function openStore(): Store {
  const listeners = new Set<() => void>();
  let state: State | undefined;
  let connected = false;
  let places: { edition: string | undefined; answer: Promise<Places> } | undefined;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const events = new EventSource('/events');
  events.addEventListener('state', (event: MessageEvent<string>) => {
    state = JSON.parse(event.data) as State;
    connected = true;
    tell();
  });
  events.addEventListener('error', () => {
    connected = false;
    tell();
  });
  return {
    get state() {
      return state;
    },
    get connected() {
      return connected;
    },
    subscribe: (listener) => void listeners.add(listener),
    places: () => {
      const { edition } = state ?? {};
      if (!places || places.edition !== edition) {
        const asked = { edition, answer: fetchJson<Places>('/places.json') };
        places = asked;
        // Who could not be told asks again.
        asked.answer.catch(() => {
          if (places === asked) places = undefined;
        });
      }
      return places.answer;
    },
  };
}

/** Throws when the server has no such thing (any more). */
export async function fetchJson<T>(address: string): Promise<T> {
  const response = await fetch(address);
  if (response.status !== 200) throw new Error(`${address}: ${response.status}`);
  return (await response.json()) as T;
}
