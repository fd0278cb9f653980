import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { CheckedContent } from '../../src/content/check.ts';
import type { PlannedPage } from '../../src/preview/document.ts';
import type { OpenRequest, State } from '../../src/preview/messages.ts';
import { PreviewServer } from '../../src/preview/server.ts';
import { type Answer, ask, askRaw, Events } from './ask.ts';

const token = 'abcdefghijklmnopqrstuvwxyz-_0123';
const stateOf = (version: number, title = ''): State => ({ version, token, title, pages: [], diagnostics: [] });
const key = '0123456789abcdef0123';
const cells = [{ x: 1, y: 2, width: 3, height: 4, file: 'a', path: ['取組'], text: '窓口' }];
const page = { key, cells } as unknown as PlannedPage;

const content = {} as CheckedContent;

/** What a server serves, told by hand. */
function session() {
  const listeners = new Set<(state: State) => void>();
  return {
    token,
    state: stateOf(1),
    content,
    edition: { text: '{"発行者":"港町市"}', places: { 'part-表紙': { page: 1, y: 0 } } },
    refChoices: async () => ({ problem: 'no git' }),
    differencesFrom: async (ref: string) => ({ problem: `from ${ref}` }),
    document: { page: (name: string) => (name === key ? page : undefined), vector: async () => Buffer.from([0, 255]) },
    listeners,
    subscribe(listener: (state: State) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(state: State) {
      this.state = state;
      for (const listener of listeners) listener(state);
    },
  };
}
type Served = ReturnType<typeof session>;

interface Serving {
  served: Served;
  port: number;
  server: PreviewServer;
  /** What editors were asked to open. */
  opened: OpenRequest[];
  ask: (path: string, question?: Parameters<typeof ask>[2]) => Promise<Answer>;
  post: (body: string | Uint8Array[], headers?: Record<string, string>, path?: string) => Promise<Answer>;
}

const html = '<!doctype html>窓口';
/** Serves while `act` goes on. */
async function serving(
  act: (serving: Serving) => Promise<void>,
  change: (served: Served) => object = () => ({}),
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
  writeFileSync(join(folder, 'page'), html);
  const served = session();
  Object.assign(served, change(served));
  const opened: OpenRequest[] = [];
  const server = new PreviewServer(served, {
    files: new Map([
      ['/', { path: join(folder, 'page'), type: 'text/html; charset=utf-8', link: '</a.js>; rel=modulepreload' }],
      ['/a.wasm', { path: join(folder, 'page'), type: 'application/wasm' }],
      ['/gone.js', { path: join(folder, 'gone'), type: 'text/javascript' }],
    ]),
    open: async (wish, its) => {
      expect(its).toBe(content);
      opened.push(wish);
      return wish.file === 'none' ? undefined : { place: 'a:1:2', command: 'code "a"' };
    },
  });
  const port = Number(new URL(await server.listen(0)).port);
  const origin = `http://127.0.0.1:${port}`;
  try {
    await act({
      ...{ served, server, port, opened },
      ask: (path, question) => ask(port, path, question),
      post: (body, headers = {}, path = '/open') =>
        ask(port, path, { method: 'POST', headers: { origin, 'x-preview-token': token, ...headers }, body }),
    });
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

const safety = {
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
    "require-trusted-types-for 'script'; trusted-types",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};
const plain = { ...safety, 'content-type': 'text/plain; charset=utf-8' };
const jsonHeaders = { ...safety, 'content-type': 'application/json; charset=utf-8' };

test.each<[string, Answer]>([
  [
    '/',
    {
      status: 200,
      headers: { ...safety, 'content-type': 'text/html; charset=utf-8', link: '</a.js>; rel=modulepreload' },
      body: html,
    },
  ],
  ['/a.wasm', { status: 200, headers: { ...safety, 'content-type': 'application/wasm' }, body: html }],
  ['/edition.json', { status: 200, headers: jsonHeaders, body: '{"発行者":"港町市"}' }],
  ['/places.json', { status: 200, headers: jsonHeaders, body: '{"part-表紙":{"page":1,"y":0}}' }],
  [`/pages/${key}.json`, { status: 200, headers: jsonHeaders, body: JSON.stringify({ cells }) }],
  [
    `/pages/${key}.vector`,
    { status: 200, headers: { ...safety, 'content-type': 'application/octet-stream' }, body: '\0\ufffd' },
  ],
  ['/differences.json?ref=v0', { status: 200, headers: jsonHeaders, body: '{"problem":"from v0"}' }],
  ['/differences.json?ref=a%20%26b', { status: 200, headers: jsonHeaders, body: '{"problem":"from a &b"}' }],
  ['/differences.json?ref=', { status: 200, headers: jsonHeaders, body: '{"problem":"from "}' }],
  ['/differences.json?of=x', { status: 200, headers: jsonHeaders, body: '{"problem":"from "}' }],
  ['/differences.json', { status: 200, headers: jsonHeaders, body: '{"problem":"from "}' }],
  // Saved again before it was asked for.
  [`/pages/${'f'.repeat(20)}.json`, { status: 204, headers: plain, body: '' }],
  [`/pages/${'f'.repeat(20)}.vector`, { status: 204, headers: plain, body: '' }],
])('%s: what is answered, with every header', (path, answer) =>
  serving(async ({ ask }) => {
    expect(await ask(path)).toStrictEqual(answer);
    expect(await ask(path, { method: 'HEAD' })).toStrictEqual({ ...answer, body: '' });
  }),
);

test('/events tells the present state and each one after it', () =>
  serving(async ({ ask, port, served }) => {
    const events = await Events.at(port);
    const { rawHeaders, statusCode } = events.response;
    expect([statusCode, rawHeaders.slice(0, 14)]).toEqual([
      200,
      Object.entries({ ...safety, 'content-type': 'text/event-stream; charset=utf-8' }).flat(),
    ]);
    expect(await events.next()).toEqual(stateOf(1));
    served.tell(stateOf(2));
    expect(await events.next()).toEqual(stateOf(2));
    const other = await Events.at(port);
    expect(await other.next()).toEqual(stateOf(2));
    served.tell(stateOf(3));
    expect([await events.next(), await other.next()]).toEqual([stateOf(3), stateOf(3)]);
    expect(served.listeners.size).toBe(2);
    events.close();
    await vi.waitUntil(() => served.listeners.size === 1);
    other.close();
    await vi.waitUntil(() => served.listeners.size === 0);
    // Who asks for the headers only does not listen.
    const { status, body } = await ask('/events', { method: 'HEAD' });
    expect([status, body, served.listeners.size]).toEqual([200, '', 0]);
  }));

test('a page that reads nothing for a while gets the newest state when it reads on', () =>
  serving(async ({ port, served }) => {
    const events = await Events.at(port);
    expect(await events.next()).toEqual(stateOf(1));
    events.response.socket.pause();
    let written = 0;
    const large = {
      toJSON: () => {
        written += 1;
        return 'x'.repeat(4_000_000);
      },
    } as unknown as string;
    for (let version = 2; version <= 41; version += 1) {
      served.tell(stateOf(version, large));
      await new Promise(setImmediate);
    }
    served.tell(stateOf(42, 'the newest'));
    expect(written).toBeLessThan(10); // what the system holds for a connection, not 40
    events.response.socket.resume();
    const told: number[] = [];
    const state = await events.until(({ version, title }) => {
      told.push(version);
      return title === 'the newest';
    });
    expect(state.version).toBe(42);
    expect(told).toEqual([...Array.from({ length: written }, (_, index) => index + 2), 42]);
    events.close();
  }));

test.each([
  ...['/../package.json', '/page/../../cli.js', '/page/%2e%2e/%2e%2e/cli.js', '/page/..%2f..%2fcli.js', '//etc/passwd'],
  ...['/page/', '/page', '/fonts/', '/content/edition.yaml', '/index.html', '/?x', '/#', '/a.wasm?', '/a.wasm/', '//'],
  ...[
    '/pages/',
    '/pages/0.vector',
    `/pages/${key}`,
    `/pages/${key}.png`,
    `/pages/${key}.json.vector`,
    `/pages/${key}.jsonx`,
  ],
  ...[`/pages/${key}0.json`, `/pages/${key.slice(1)}.json`, `/pages/${key.toUpperCase()}.json`, `/x/pages/${key}.json`],
  ...[
    '/pages/../edition.json',
    '/open',
    '/events/',
    '/events?',
    '/Events',
    '/edition.json?',
    '/edition',
    '/places.json/',
  ],
  ...['/differences', '/differences.json/', '/x/differences.json?ref=v0', '/differences.jsonx?ref=v0'],
])('knows its own addresses only: %s', (path) =>
  serving(async ({ ask }) => {
    for (const method of ['GET', 'HEAD'])
      expect(await ask(path, { method })).toStrictEqual({ status: 404, headers: plain, body: '' });
  }),
);

test('before there are pages there is no edition and no content', () =>
  serving(
    async ({ ask, post, opened }) => {
      for (const path of ['/edition.json', '/places.json'])
        expect(await ask(path)).toStrictEqual({ status: 404, headers: plain, body: '' });
      expect((await post('{"file":"a","path":[]}')).status).toBe(404);
      expect(opened).toEqual([]);
    },
    () => ({ edition: undefined, content: undefined }),
  ));

test('other methods are refused, wherever they go', () =>
  serving(async ({ ask, port }) => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'PROPFIND'])
      for (const path of ['/', '/open', '/nowhere'])
        expect(await ask(path, { method })).toStrictEqual({ status: 405, headers: plain, body: '' });
    expect(await askRaw(port, `CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)).toBe('');
  }));

test.each([
  ['another host (DNS rebinding)', { host: 'evil.example' }],
  ['another host with the port', { host: 'evil.example:80' }],
  ['another port', { host: '127.0.0.1:1' }],
  ['another origin', { origin: 'http://evil.example' }],
  ['no origin at all', { origin: 'null' }],
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['the same site', { 'sec-fetch-site': 'same-site' }],
])('refuses what comes from elsewhere: %s', (_, headers) =>
  serving(async ({ ask, post, opened, served }) => {
    const refused = { status: 403, headers: plain, body: '' };
    for (const path of ['/events', '/edition.json', '/a.wasm', `/pages/${key}.vector`, '/nowhere'])
      expect(await ask(path, { headers }), path).toStrictEqual(refused);
    expect(await post('{"file":"a","path":[]}', headers)).toStrictEqual(refused);
    expect(served.listeners.size).toBe(0);
    expect(opened).toEqual([]);
  }),
);

test.each<[string, (port: number) => string, number]>([
  ['no host', () => 'GET / HTTP/1.0\r\n\r\n', 403],
  ['its own host', (port) => `GET /edition.json HTTP/1.0\r\nHost: localhost:${port}\r\n\r\n`, 200],
  [
    'two hosts, its own second',
    (port) => `GET / HTTP/1.0\r\nHost: evil.example\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
    403,
  ],
  ['a whole address', (port) => `GET http://127.0.0.1:${port}/ HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\n\r\n`, 404],
  ['a foreign one', (port) => `GET http://evil.example/ HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\n\r\n`, 404],
  ['no method that there is', (port) => `FROB / HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\n\r\n`, 400],
])('a request with %s', (_, request, status) =>
  serving(async ({ port }) => {
    expect(await askRaw(port, request(port))).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  }),
);

const good = '{"file":"measures/1-1-1.yaml","path":["取組"]}';

test('opens what a page with the token asks for, and tells what became of it', () =>
  serving(async ({ post, opened, port }) => {
    const answer = { status: 200, headers: jsonHeaders, body: '{"place":"a:1:2","command":"code \\"a\\""}' };
    expect(await post(good)).toStrictEqual(answer);
    expect(await post('{"file":"b","line":3,"column":4}', { 'sec-fetch-site': 'same-origin' })).toStrictEqual(answer);
    const host = `localhost:${port}`;
    expect(await post(good, { host, origin: `http://${host}` })).toStrictEqual(answer);
    expect(await post('{"file":"none","path":[]}')).toStrictEqual({ status: 404, headers: plain, body: '' });
    expect(opened).toEqual([
      { file: 'measures/1-1-1.yaml', path: ['取組'] },
      { file: 'b', line: 3, column: 4 },
      { file: 'measures/1-1-1.yaml', path: ['取組'] },
      { file: 'none', path: [] },
    ]);
  }));

test.each([
  ['none', undefined],
  ['an empty one', ''],
  ['one of the right length', 'x'.repeat(token.length)],
  ['one with another last sign', `${token.slice(0, -1)}4`],
  ['one with another first sign', `A${token.slice(1)}`],
  ['in capitals', token.toUpperCase()],
  ['its beginning', token.slice(0, -1)],
  ['and one sign more', `${token}x`],
  ['twice', `${token}, ${token}`],
  ['of as many characters, but not bytes', `${token.slice(0, -1)}é`],
  ['in quotes', `"${token}"`],
])('the token: %s', (_, given) =>
  serving(async ({ ask, opened, port }) => {
    const headers = {
      origin: `http://127.0.0.1:${port}`,
      ...(given === undefined ? {} : { 'x-preview-token': given }),
    };
    expect(await ask('/open', { method: 'POST', headers, body: good })).toStrictEqual({
      status: 403,
      headers: plain,
      body: '',
    });
    expect(opened).toEqual([]);
  }),
);

test('a POST without an origin, and one to another address, opens nothing', () =>
  serving(async ({ ask, post, opened }) => {
    const headers = { 'x-preview-token': token };
    expect((await ask('/open', { method: 'POST', headers, body: good })).status).toBe(403);
    for (const path of ['/', '/open/', '/open?', '/events', '/edition.json', `/pages/${key}.json`])
      expect(await post(good, {}, path), path).toStrictEqual({ status: 404, headers: plain, body: '' });
    expect(opened).toEqual([]);
  }));

test('what is no request is refused as such', () =>
  serving(async ({ post, opened }) => {
    for (const body of ['', 'x', 'null', '{"file":"a"}', '{"file":"a","line":0,"column":1}'])
      expect(await post(body), body).toStrictEqual({ status: 400, headers: plain, body: '' });
    expect(opened).toEqual([]);
  }));

test('a body of 4096 bytes is read, a larger one is not; whoever sends it hears why', () =>
  serving(async ({ post, opened }) => {
    const of = (bytes: number) => good + ' '.repeat(bytes - Buffer.byteLength(good));
    expect((await post(of(4096))).status).toBe(200);
    expect(await post(of(4097))).toStrictEqual({ status: 413, headers: plain, body: '' });
    expect((await post(of(2_000_000))).status).toBe(413);
    expect(opened.length).toBe(1);
    // In pieces, a character cut in two.
    const bytes = Buffer.from(of(4096));
    const cut = Buffer.from(good).indexOf(Buffer.from('取')) + 1;
    expect((await post([bytes.subarray(0, cut), bytes.subarray(cut)])).status).toBe(200);
    expect(opened[1]).toEqual({ file: 'measures/1-1-1.yaml', path: ['取組'] });
    const piece = Buffer.from(' '.repeat(1000));
    expect((await post([Buffer.from(good), piece, piece, piece, piece, piece])).status).toBe(413);
    expect(opened.length).toBe(2);
  }));

test('a page that could not be drawn is told as a failure, and the server goes on', () =>
  serving(
    async ({ ask }) => {
      const failed = { status: 500, headers: plain, body: '描けません' };
      expect(await ask(`/pages/${key}.vector`)).toStrictEqual(failed);
      expect((await ask(`/pages/${key}.json`)).status).toBe(200);
    },
    (served) => ({
      document: {
        ...served.document,
        vector: async () => {
          throw new Error('描けません');
        },
      },
    }),
  ));

test('what fails when its answer has begun ends the connection', () =>
  serving(
    async ({ ask }) => {
      await expect(ask('/events')).rejects.toMatchObject({ code: 'ECONNRESET' });
      expect((await ask('/')).status).toBe(200);
    },
    () => ({
      subscribe: () => {
        throw new Error('a defect');
      },
    }),
  ));

test('a file of ours that is gone is told, and nothing else fails', () =>
  serving(async ({ ask }) => {
    const { status, body } = await ask('/gone.js');
    expect([status, body]).toEqual([500, expect.stringContaining('ENOENT')]);
    expect((await ask('/')).status).toBe(200);
  }));

test('the page is there before the session; what is asked of that waits for it', async () => {
  let begin = (_: Served) => {};
  const coming = new Promise<Served>((resolve) => {
    begin = resolve;
  });
  const server = new PreviewServer(coming);
  const port = Number(new URL(await server.listen(0)).port);
  try {
    const answered: string[] = [];
    const edition = ask(port, '/edition.json').then(({ body }) => void answered.push(body));
    expect((await ask(port, '/')).status).toBe(200);
    expect(answered).toEqual([]);
    const its = session();
    begin(its);
    await edition;
    expect(answered).toEqual([its.edition.text]);
  } finally {
    await server.close();
  }
});

test('a server that was started again: another token, and pages that it does not know', async () => {
  let port = 0;
  await serving(async (first) => {
    port = first.port;
    const events = await Events.at(port);
    await events.next();
    first.served.tell(stateOf(9));
    expect((await events.next())?.version).toBe(9);
    const ended = events.next();
    await first.server.close();
    expect(await ended).toBeUndefined(); // the page asks again
    const fresh = token.toUpperCase();
    const again = session();
    Object.assign(again, {
      token: fresh,
      state: { ...stateOf(0), token: fresh },
      document: { page: () => undefined, vector: again.document.vector },
    });
    const second = new PreviewServer(again, { files: new Map(), open: async () => ({ place: 'b' }) });
    try {
      expect(await second.listen(port)).toBe(`http://127.0.0.1:${port}/`);
      const others = await Events.at(port);
      expect(await others.next()).toEqual({ ...stateOf(0), token: fresh });
      expect((await first.post(good)).status).toBe(403);
      expect((await first.post(good, { 'x-preview-token': fresh })).body).toBe('{"place":"b"}');
      expect((await ask(port, `/pages/${key}.vector`)).status).toBe(204);
    } finally {
      await second.close();
      await first.server.listen(0); // closed once more behind this
    }
  });
});

test('listens on the loopback interface only', () =>
  serving(async ({ port }) => {
    const outside = Object.values(networkInterfaces()).flatMap((all) =>
      (all ?? []).filter(({ internal, family }) => !internal && family === 'IPv4'),
    );
    for (const { address } of outside) {
      const own = createServer();
      own.listen(port, address); // nobody has it there
      await once(own, 'listening');
      own.close();
    }
  }));

test('a port that was asked for and is taken is told, and nothing is served', () =>
  serving(async ({ port }) => {
    const other = new PreviewServer(session(), { files: new Map() });
    await expect(other.listen(port)).rejects.toMatchObject({
      name: 'UserError',
      message: `ポート ${port} はほかのプログラムが使っています。--port で別の番号か 0(空いている番号)を指定してください。`,
    });
  }));

/** Which ports a server tries where these are taken, and what comes of it. */
async function tried(port: number | undefined, taken: (port: number) => string | undefined) {
  const ports: number[] = [];
  const server = new PreviewServer(session(), { files: new Map() });
  const { listen } = Server.prototype;
  const spy = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args: unknown[]) {
    const [asked, host] = args as [number, string];
    expect(host).toBe('127.0.0.1');
    ports.push(asked);
    const code = taken(asked);
    if (code === undefined) return (listen as (...args: unknown[]) => Server).call(this, 0, host);
    process.nextTick(() => this.emit('error', Object.assign(new Error(code), { code })));
    return this;
  });
  try {
    const address = await server.listen(port).catch((error: Error) => error.message);
    if (address.startsWith('http')) await server.close();
    return { ports, address: address.replace(/:\d+\/$/, ':…/') };
  } finally {
    spy.mockRestore();
  }
}
const usual = Array.from({ length: 20 }, (_, index) => 4160 + index);
const local = 'http://127.0.0.1:…/';

test('without a wish the first free port of 4160 to 4179', async () => {
  expect(await tried(undefined, () => undefined)).toEqual({ ports: [4160], address: local });
  const some = (port: number) => (port < 4163 ? 'EADDRINUSE' : undefined);
  expect(await tried(undefined, some)).toEqual({ ports: usual.slice(0, 4), address: local });
  const most = (port: number) => (port < 4179 ? 'EACCES' : undefined);
  expect(await tried(undefined, most)).toEqual({ ports: usual, address: local });
  const { ports, address } = await tried(undefined, () => 'EADDRINUSE');
  expect(ports).toEqual(usual);
  expect(address).toContain('ポート 4179 は');
});

test('a wish is tried alone; what is not about the port is told as it is', async () => {
  expect((await tried(4170, () => 'EADDRINUSE')).ports).toEqual([4170]);
  expect((await tried(80, () => 'EACCES')).address).toContain('ポート 80 は');
  expect(await tried(undefined, () => 'EMFILE')).toEqual({ ports: [4160], address: 'EMFILE' });
});

test('serves the page itself where no other files are given', async () => {
  const server = new PreviewServer(session());
  const port = Number(new URL(await server.listen(0)).port);
  try {
    const { status, headers, body } = await ask(port, '/');
    expect(status).toBe(200);
    expect(body).not.toMatch(/<script(?![^>]* src=)|<style| on\w+=| style=/); // nothing inline
    expect(headers.link).toContain('</renderer/typst_ts_renderer.mjs>; rel=modulepreload');
    expect((await ask(port, '/main.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await ask(port, '/fonts/bold.ttf', { method: 'HEAD' })).headers['content-type']).toBe('font/ttf');
  } finally {
    await server.close();
  }
});
