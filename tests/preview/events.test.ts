import { once } from 'node:events';
import { Writable } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { tellStates } from '../../src/preview/events.ts';
import type { State } from '../../src/preview/messages.ts';

/** Takes what is written only when told to. */
class Reader extends Writable {
  received = '';
  #take: (() => void) | undefined;
  override _write(chunk: Buffer, _encoding: string, taken: () => void): void {
    this.#take = () => {
      this.received += chunk;
      taken();
    };
  }
  /** Reads on until nothing is left. */
  async read(): Promise<string> {
    while (this.writableLength > 0) {
      const drained = once(this, 'drain');
      while (this.writableLength > 0) {
        this.#take?.();
        await Promise.resolve();
      }
      await drained;
      await Promise.resolve();
    }
    return this.received;
  }
}

/** What is told of by hand. */
class Session {
  state: State;
  readonly listeners = new Set<(state: State) => void>();
  constructor(version: number) {
    this.state = stateOf(version);
  }
  subscribe(listener: (state: State) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
  tell(version: number, title = ''): void {
    this.state = stateOf(version, title);
    for (const listener of this.listeners) listener(this.state);
  }
}
const stateOf = (version: number, title = ''): State => ({ version, token: 't', title, pages: [], diagnostics: [] });
const event = (version: number) =>
  `event: state\ndata: {"version":${version},"token":"t","title":"","pages":[],"diagnostics":[]}\n\n`;

test('the present state at once, then each one as it comes', () => {
  const session = new Session(3);
  let text = '';
  const response = new Writable({
    write: (chunk, _, taken) => {
      text += chunk;
      taken();
    },
  });
  tellStates(session, response);
  expect(text).toBe(`retry: 500\n\n${event(3)}`);
  session.tell(4);
  session.tell(5);
  expect(text).toBe(`retry: 500\n\n${event(3)}${event(4)}${event(5)}`);
  response.destroy();
});

test('a reader who stalls gets the newest state when it reads on, and nothing piles up meanwhile', async () => {
  const session = new Session(1);
  const response = new Reader({ highWaterMark: 20 });
  tellStates(session, response);
  await response.read();
  expect(response.received).toBe(`retry: 500\n\n${event(1)}`);
  session.tell(2);
  const held = response.writableLength;
  expect(held).toBe(event(2).length);
  for (let version = 3; version <= 500; version += 1) session.tell(version, 'x'.repeat(1000));
  session.tell(501);
  expect(response.writableLength).toBe(held);
  expect(await response.read()).toBe(`retry: 500\n\n${event(1)}${event(2)}${event(501)}`);
  // It keeps up again: nothing is told twice, nothing is left out.
  session.tell(502);
  await response.read();
  session.tell(503);
  expect(await response.read()).toBe(`retry: 500\n\n${[1, 2, 501, 502, 503].map(event).join('')}`);
  response.destroy();
});

test('one that stalls from the first line on gets the newest state alone', async () => {
  const session = new Session(1);
  const response = new Reader({ highWaterMark: 1 });
  tellStates(session, response);
  session.tell(2);
  session.tell(3);
  expect(await response.read()).toBe(`retry: 500\n\n${event(3)}`);
  response.destroy();
});

test('a sign of life every 15 s, none to one that stalls, none when it is gone', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const session = new Session(1);
  const response = new Reader({ highWaterMark: 20 });
  tellStates(session, response);
  await response.read();
  response.received = '';
  vi.advanceTimersByTime(14_999);
  expect(response.writableLength).toBe(0);
  vi.advanceTimersByTime(1);
  expect(response.writableLength).toBe(3);
  response.read();
  await new Promise(setImmediate);
  expect(response.received).toBe(':\n\n');

  session.tell(2);
  const held = response.writableLength;
  vi.advanceTimersByTime(150_000);
  expect(response.writableLength).toBe(held);
  expect(await response.read()).toBe(`:\n\n${event(2)}`);

  expect([vi.getTimerCount(), session.listeners.size]).toEqual([1, 1]);
  const closed = once(response, 'close');
  response.destroy();
  await closed;
  expect([vi.getTimerCount(), session.listeners.size]).toEqual([0, 0]);
});
