import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import type { State } from '../../src/preview/messages.ts';

export interface Answer {
  status: number | undefined;
  /** As they were sent, but for what the transport needs. */
  headers: Record<string, string>;
  body: string;
}

interface Question {
  method?: string;
  headers?: Record<string, string>;
  /** Each one sent on its own. */
  body?: string | Uint8Array[];
}

const ofTransport = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'];
const agent = new Agent({ keepAlive: false });

/** As a program could send it: nothing is made right on the way. */
export async function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: Question = {},
): Promise<Answer> {
  const asked = request({ host: '127.0.0.1', port, path, method, headers, agent });
  for (const piece of typeof body === 'string' ? [body] : (body ?? [])) {
    asked.write(piece);
    if (typeof body !== 'string') await new Promise(setImmediate);
  }
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  const { rawHeaders } = response;
  const pairs = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
  );
  return {
    status: response.statusCode,
    headers: Object.fromEntries(pairs.filter(([name]) => !ofTransport.includes(name.toLowerCase()))),
    body: text,
  };
}

/** What comes back for these very bytes. */
export async function askRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket.setEncoding('utf8')) answer += chunk;
  return answer;
}

/** The states that /events tells, one by one. */
export class Events {
  readonly response: IncomingMessage;
  readonly #states: AsyncIterator<State>;
  constructor(response: IncomingMessage) {
    this.response = response;
    this.#states = statesOf(response);
  }
  static async at(port: number): Promise<Events> {
    const asked = request({ host: '127.0.0.1', port, path: '/events', agent });
    asked.end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    asked.on('error', () => {});
    return new Events(response);
  }
  async next(): Promise<State | undefined> {
    const { value, done } = await this.#states.next();
    return done ? undefined : value;
  }
  /** The first one that `wanted` accepts. */
  async until(wanted: (state: State) => boolean): Promise<State> {
    for (;;) {
      const state = await this.next();
      if (!state) throw new Error('the events ended');
      if (wanted(state)) return state;
    }
  }
  close(): void {
    this.response.destroy();
  }
}

async function* statesOf(response: IncomingMessage): AsyncGenerator<State> {
  let text = '';
  try {
    for await (const chunk of response.setEncoding('utf8')) {
      const events = `${text}${chunk}`.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const data = /^event: state\ndata: (.*)$/.exec(event)?.[1];
        if (data) yield JSON.parse(data) as State;
      }
    }
  } catch {
    // the connection was closed
  }
}
