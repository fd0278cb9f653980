import type { Writable } from 'node:stream';
import type { State } from './messages.ts';
import type { PreviewSession } from './session.ts';

/** ms between two signs of life. */
const heartbeat = 15_000;

/** Server-sent events: the present state and each one after it; a slow reader gets only the newest. */
export function tellStates(session: Pick<PreviewSession, 'state' | 'subscribe'>, response: Writable): void {
  let waiting: State | undefined;
  let blocked: boolean;
  const write = (text: string) => {
    blocked = !response.write(text);
  };
  const send = (state: State) => {
    if (blocked) waiting = state;
    else write(`event: state\ndata: ${JSON.stringify(state)}\n\n`);
  };
  response.on('drain', () => {
    blocked = false;
    const next = waiting;
    waiting = undefined;
    if (next) send(next);
  });
  write('retry: 500\n\n');
  send(session.state);
  const unsubscribe = session.subscribe(send);
  const timer = setInterval(() => {
    if (!blocked) write(':\n\n');
  }, heartbeat);
  response.on('close', () => {
    clearInterval(timer);
    unsubscribe();
  });
}
