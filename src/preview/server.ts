import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../diagnostics/user-error.ts';
import { tellStates } from './events.ts';
import { type ServedFile, servedFiles } from './files-served.ts';
import { refusal, safetyHeaders } from './guard.ts';
import { openEditor, readOpenRequest } from './open-editor.ts';
import type { PreviewSession } from './session.ts';

/** Where the search for a free port begins and ends when none is asked for. */
const usualPort = 4160;
const lastPort = 4179;
/** Bytes of a POST. */
const largestBody = 4096;

type Served = Pick<
  PreviewSession,
  'token' | 'state' | 'subscribe' | 'content' | 'edition' | 'differencesFrom' | 'refChoices'
> & {
  document: Pick<PreviewSession['document'], 'page' | 'vector'>;
};

/** Serves one session's pages on the loopback interface: known routes only. */
export class PreviewServer {
  readonly #session: Promise<Served>;
  readonly #server: Server;
  readonly #files: ReadonlyMap<string, ServedFile>;
  readonly #openEditor: typeof openEditor;

  /** What is asked of a session that is still to come waits for it. */
  constructor(
    session: Served | Promise<Served>,
    means: { files?: ReadonlyMap<string, ServedFile>; open?: typeof openEditor } = {},
  ) {
    this.#session = Promise.resolve(session);
    this.#files = means.files ?? servedFiles();
    this.#openEditor = means.open ?? openEditor;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        // What was being drawn is no longer wanted, or the thread ended: the page asks again with the next state.
        if (!response.headersSent) this.#end(response, 500, String((error as Error).message));
        else response.destroy();
      });
    });
  }

  /** Listens on `port` (0: any free one), or on the usual one or one of the next. Throws UserError when the one asked for is taken. Returns the address. */
  async listen(port: number | undefined): Promise<string> {
    for (let next = port ?? usualPort; ; next += 1) {
      const taken = await this.#bind(next);
      if (!taken) return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
      if (port !== undefined || next === lastPort)
        throw new UserError(
          `ポート ${next} はほかのプログラムが使っています。--port で別の番号か 0(空いている番号)を指定してください。`,
        );
    }
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #bind(port: number): Promise<boolean> {
    this.#server.listen(port, '127.0.0.1');
    try {
      await once(this.#server, 'listening');
      return false;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' || code === 'EACCES') return true;
      throw error;
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { port } = this.#server.address() as AddressInfo;
    const refused = refusal(request, port);
    if (refused !== undefined) return this.#end(response, refused);
    const url = String(request.url);
    if (request.method === 'POST') return url === '/open' ? this.#open(request, response) : this.#end(response, 404);
    const file = this.#files.get(url);
    if (file) {
      const content = readFileSync(file.path); // in one go: at the start there is little time between other work
      response.writeHead(200, {
        ...safetyHeaders,
        'content-type': file.type,
        ...(file.link ? { link: file.link } : {}),
      });
      response.end(content);
      return;
    }
    const session = await this.#session;
    if (url === '/events') {
      response.writeHead(200, { ...safetyHeaders, 'content-type': 'text/event-stream; charset=utf-8' });
      if (request.method === 'HEAD') response.end();
      else tellStates(session, response);
      return;
    }
    if (url === '/edition.json') return this.#json(response, session.edition?.text);
    if (url === '/places.json') return this.#json(response, json(session.edition?.places));
    if (url === '/refs.json') return this.#json(response, json(await session.refChoices()));
    const ref = refOf(url);
    if (ref !== undefined) return this.#json(response, json(await session.differencesFrom(ref)));
    const [, key, kind] = /^\/pages\/([0-9a-f]{20})\.(vector|json)$/.exec(url) ?? [];
    if (key === undefined) return this.#end(response, 404);
    const page = session.document.page(key);
    // Saved again before it was asked for: no mistake, the next state names another page.
    if (!page) return this.#end(response, 204);
    if (kind === 'json') return this.#json(response, json({ cells: page.cells }));
    const vector = await session.document.vector(page);
    response.writeHead(200, { ...safetyHeaders, 'content-type': 'application/octet-stream' });
    response.end(vector);
  }

  async #open(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = Buffer.from(String(request.headers['x-preview-token'] ?? ''));
    const session = await this.#session;
    const token = Buffer.from(session.token);
    if (given.length !== token.length || !timingSafeEqual(given, token)) return this.#end(response, 403);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk); // the rest is let go by: who sends it hears why
    }
    if (size > largestBody) return this.#end(response, 413);
    const wish = readOpenRequest(Buffer.concat(chunks).toString('utf8'));
    if (!wish) return this.#end(response, 400);
    const { content } = session;
    const answer = content && (await this.#openEditor(wish, content));
    return this.#json(response, json(answer));
  }

  #json(response: ServerResponse, text: string | undefined): void {
    if (text === undefined) {
      this.#end(response, 404);
      return;
    }
    response.writeHead(200, { ...safetyHeaders, 'content-type': 'application/json; charset=utf-8' });
    response.end(text);
  }

  #end(response: ServerResponse, status: number, text = ''): void {
    response.writeHead(status, { ...safetyHeaders, 'content-type': 'text/plain; charset=utf-8' });
    response.end(text);
  }
}

const json = (value: unknown) => JSON.stringify(value) as string | undefined;

/** What /differences.json?ref=… asks for; undefined for any other address. */
function refOf(url: string): string | undefined {
  const [path, query] = url.split('?', 2);
  return path === '/differences.json' ? (new URLSearchParams(query).get('ref') ?? '') : undefined;
}
