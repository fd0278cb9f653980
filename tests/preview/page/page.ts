import { readFileSync } from 'node:fs';
import { Window } from 'happy-dom';
import { vi } from 'vitest';
import type { State } from '../../../src/preview/messages.ts';
import type { Store } from '../../../src/preview/page/store.ts';

/** What a test does with the browser that src/preview/page/ runs in: no layout, no network, time and leisure on demand. */
export interface FakePage {
  /** What the server answers, by address; 404 for the rest. */
  readonly server: Record<string, Answer | (() => Answer | Promise<Answer>)>;
  /** What was asked of it: address, and what was posted. */
  readonly asked: string[];
  readonly requests: RequestInit[];
  /** The connections to /events. */
  readonly events: FakeEvents[];
  /** What was asked to be done at leisure. */
  readonly idle: { run: () => void; options: unknown }[];
  readonly observers: FakeObserver[];
  readonly printed: { times: number };
  /** What getSelection() tells. */
  selection: { isCollapsed: boolean } | null;
  /** Lets all that is under way come to its end, but for what waits for time or leisure. */
  settle(): Promise<void>;
  /** Waits for what takes real time: a module that is loaded. */
  until(met: () => boolean): Promise<void>;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  /** Does what was to be done at leisure, and what comes of it. */
  rest(): Promise<void>;
  resize(): void;
}

/** A body in JSON or bytes; a number is a status without one; an error is a server that cannot be reached. */
export type Answer = object | number | Uint8Array | Error;

export class FakeEvents extends EventTarget {
  constructor(readonly address: string) {
    super();
  }
  tell(state: State): void {
    this.dispatchEvent(new MessageEvent('state', { data: JSON.stringify(state) }));
  }
  break(): void {
    this.dispatchEvent(new Event('error'));
  }
}

export class FakeObserver {
  readonly observed = new Set<Element>();
  constructor(
    readonly tell: (entries: { target: Element; isIntersecting: boolean }[]) => void,
    readonly options: unknown,
  ) {}
  observe(element: Element): void {
    this.observed.add(element);
  }
  unobserve(element: Element): void {
    this.observed.delete(element);
  }
}

const [, body = ''] = /<body>(.*)<\/body>/s.exec(readFileSync('page/index.html', 'utf8')) ?? [];
let window: Window | undefined;
const realTimeout = setTimeout;

/** Runs a test in a page as index.html begins it. */
export async function inPage(run: (page: FakePage) => void | Promise<void>): Promise<void> {
  vi.unstubAllGlobals();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  window ??= new Window({ url: 'http://localhost:8000/' });
  const { document } = window;
  const errors: unknown[] = [];
  const caught = ({ error }: { error?: unknown }) => void errors.push(error);
  const rejected = (error: unknown) => void errors.push(error);
  window.addEventListener('error', caught as never);
  process.on('unhandledRejection', rejected);
  document.documentElement.innerHTML = `<head></head><body>${body}</body>`;
  const resizes = new EventTarget();
  const kept = new Map<string, string>();
  Object.assign(document, { adoptedStyleSheets: [] });
  const settle = async () => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const page: FakePage = {
    server: {},
    asked: [],
    requests: [],
    events: [],
    idle: [],
    observers: [],
    printed: { times: 0 },
    selection: { isCollapsed: true },
    settle,
    until: async (met) => {
      for (let turn = 0; turn < 2_000 && !met(); turn += 1) await new Promise((resolve) => realTimeout(resolve, 2));
      if (!met()) throw new Error('it never came');
    },
    pass: async (ms) => {
      await vi.advanceTimersByTimeAsync(ms);
      await settle();
    },
    rest: async () => {
      for (let turn = 0; turn < 50 && page.idle.length > 0; turn += 1) {
        for (const { run } of page.idle.splice(0)) run();
        await settle();
      }
    },
    resize: () => void resizes.dispatchEvent(new Event('resize')),
  };
  const globals = {
    document,
    Node: window.Node,
    Element: window.Element,
    HTMLElement: window.HTMLElement,
    CustomEvent: window.CustomEvent,
    navigator: window.navigator,
    devicePixelRatio: 1,
    getSelection: () => page.selection,
    addEventListener: resizes.addEventListener.bind(resizes),
    print: () => {
      page.printed.times += 1;
    },
    requestIdleCallback: (run: () => void, options?: unknown) => void page.idle.push({ run, options }),
    fetch: async (address: string, request?: RequestInit) => {
      page.asked.push(address);
      if (request) page.requests.push(request);
      const told = page.server[address] ?? 404;
      return response(await (typeof told === 'function' ? told() : told));
    },
    localStorage: {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    },
    matchMedia: () => Object.assign(new EventTarget(), { matches: false }),
    ResizeObserver: class {
      constructor(readonly tell: () => void) {}
      observe() {}
    },
    CSSStyleSheet: window.CSSStyleSheet,
    EventSource: class extends FakeEvents {
      constructor(address: string) {
        super(address);
        page.events.push(this);
      }
    },
    IntersectionObserver: class extends FakeObserver {
      constructor(...all: ConstructorParameters<typeof FakeObserver>) {
        super(...all);
        page.observers.push(this);
      }
    },
  };
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  Map.groupBy ??= groupBy; // which Node 20 lacks
  try {
    await run(page);
    await settle();
    if (errors.length > 0) throw errors[0];
  } finally {
    window.removeEventListener('error', caught as never);
    process.off('unhandledRejection', rejected);
    vi.unstubAllGlobals();
    vi.useRealTimers();
  }
}

function groupBy<K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const [index, item] of [...items].entries()) {
    const key = keyOf(item, index);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

function response(answer: Answer): Response {
  if (answer instanceof Error) throw answer;
  const status = typeof answer === 'number' ? answer : 200;
  const bytes = answer instanceof Uint8Array ? answer : new TextEncoder().encode(JSON.stringify(answer));
  return {
    status,
    ok: status >= 200 && status < 300,
    json: async () => JSON.parse(new TextDecoder().decode(bytes)),
    arrayBuffer: async () => bytes.buffer,
  } as Response;
}

/** An answer that comes when it is given. */
export function later<T>(): { answer: Promise<T>; give(value: T): void } {
  let give: (value: T) => void = () => {};
  const answer = new Promise<T>((resolve) => {
    give = resolve;
  });
  return { answer, give };
}

/** A store whose state the test sets. */
export interface FakeStore extends Store {
  set(state: Partial<State> | undefined): void;
}

export const emptyState: State = { version: 1, token: 'secret', title: '施策集', pages: [], diagnostics: [] };

export function fakeStore(first?: Partial<State>): FakeStore {
  const listeners: (() => void)[] = [];
  let state = first && { ...emptyState, ...first };
  return {
    get state() {
      return state;
    },
    connected: true,
    subscribe: (listener) => void listeners.push(listener),
    places: async () => ({}),
    set(fresh) {
      state = fresh && { ...emptyState, ...fresh };
      for (const listener of listeners) listener();
    },
  };
}

/** Presses a key; returns whether the page took it for itself. */
export function press(target: Element | null | undefined, key: string, more: KeyboardEventInit = {}): boolean {
  return send(
    target,
    new (own().KeyboardEvent)('keydown', { bubbles: true, cancelable: true, key, ...more } as object),
  );
}

/** Sends an event that bubbles; returns whether the page took it for itself. */
export function fire(target: Element | null | undefined, type: string): boolean {
  return send(target, new (own().Event)(type, { bubbles: true, cancelable: true }));
}

/** Types into a field. */
export function type(field: Element | null | undefined, value: string): void {
  Object.assign(field ?? {}, { value });
  fire(field, 'input');
}

function own(): Window {
  if (!window) throw new Error('not in a page');
  return window;
}

function send(target: Element | null | undefined, event: object): boolean {
  if (!target) throw new Error('no such element');
  target.dispatchEvent(event as Event);
  return (event as Event).defaultPrevented;
}

/** The elements that a selector finds. */
export const all = (selector: string, root: ParentNode = document): HTMLElement[] => [
  ...root.querySelectorAll<HTMLElement>(selector),
];

/** The one element that a selector finds. */
export function one<E extends Element = HTMLElement>(selector: string, root: ParentNode = document): E {
  const found = root.querySelectorAll<E>(selector);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} of ${selector}`);
  return found[0];
}

/** Whether two lists are of the very same elements. */
export const same = (found: readonly unknown[], expected: readonly unknown[]): boolean =>
  found.length === expected.length && found.every((element, index) => element === expected[index]);

/** Their texts. */
export const texts = (selector: string, root: ParentNode = document): (string | null)[] =>
  all(selector, root).map(({ textContent }) => textContent);

/** Gives an element a size or place, which no layout does here. */
export function lay(
  element: Element,
  lengths: Partial<Record<'clientWidth' | 'clientHeight' | 'offsetLeft' | 'offsetTop', number>>,
): void {
  for (const [name, value] of Object.entries(lengths))
    Object.defineProperty(element, name, { value, configurable: true });
}
