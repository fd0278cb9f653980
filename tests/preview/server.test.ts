import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { State } from '../../src/preview/messages.ts';
import { cityFolder, run, start } from '../cli/run.ts';

let folder: string;
let server: ChildProcessWithoutNullStreams;
let port: number;
let state: State;

beforeAll(async () => {
  folder = cityFolder();
  // Stands in for an editor: writes down what it was asked to open.
  writeFileSync(join(folder, 'editor'), '#!/bin/sh\nprintf "%s:%s:%s\\n" "$1" "$2" "$3" >> "$(dirname "$0")/opened"\n');
  chmodSync(join(folder, 'editor'), 0o755);
  process.env.LAUNCH_EDITOR = join(folder, 'editor');
  server = start(folder, ['preview', '--no-open', '--port', '0']);
  port = await portOf(server);
  state = await stateWith(({ edition }) => edition !== undefined);
}, 30_000);
afterAll(async () => {
  delete process.env.LAUNCH_EDITOR;
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  rmSync(folder, { recursive: true, force: true });
});

async function portOf(process: ChildProcessWithoutNullStreams): Promise<number> {
  for await (const chunk of process.stdout) {
    const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(String(chunk));
    if (found) return Number(found[1]);
  }
  throw new Error('the server never told its address');
}

/** The first state of /events that `wanted` accepts. */
async function stateWith(wanted: (state: State) => boolean): Promise<State> {
  const asked = request({ port, path: '/events' });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data && wanted(JSON.parse(data) as State)) return JSON.parse(data) as State;
    }
  }
  throw new Error('the events ended');
}

interface Answer {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

/** As a program could send it: nothing is made right on the way. */
async function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const asked = request({ port, path, method: options.method ?? 'GET', headers: options.headers ?? {} });
  asked.end(options.body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

const own = () => `http://localhost:${port}`; // as Node names the host it asks
const post = (body: unknown, headers: Record<string, string> = {}) =>
  ask('/open', {
    method: 'POST',
    headers: { origin: own(), 'x-preview-token': state.token, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const opened = () => (existsSync(join(folder, 'opened')) ? readFileSync(join(folder, 'opened'), 'utf8') : '');

test('serves its page, its scripts, its data, the pages, and nothing inline', async () => {
  const page = await ask('/');
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).toMatch(
    /default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';/,
  );
  expect(page.headers['x-content-type-options']).toBe('nosniff');
  expect(page.body).not.toMatch(/<script(?![^>]* src=)|<style| on\w+=| style=/);
  expect((await ask('/preview/page/main.js')).headers['content-type']).toMatch(/^text\/javascript/);
  expect((await ask('/renderer/typst_ts_renderer_bg.wasm', { method: 'HEAD' })).headers['content-type']).toBe(
    'application/wasm',
  );
  expect(JSON.parse((await ask('/edition.json')).body)).toMatchObject({ 発行者: '港町市' });
  expect(JSON.parse((await ask('/places.json')).body)).toHaveProperty(['sheet-1-1-1', 'page']);
  const key = state.pages.at(-1)?.key;
  expect((await ask(`/pages/${key}.vector`)).status).toBe(200);
  expect(JSON.parse((await ask(`/pages/${key}.json`)).body).cells.length).toBeGreaterThan(20);
});

test('listens on the loopback interface only', async () => {
  const asked = request({ host: '0.0.0.0', port, path: '/', headers: { host: `example.com:${port}` } });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(403);
  response.resume();
  const { networkInterfaces } = await import('node:os');
  const outside = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).filter(({ internal, family }) => !internal && family === 'IPv4'),
  );
  for (const { address } of outside) {
    const refused = request({ host: address, port, path: '/' });
    refused.end();
    await expect(once(refused, 'response')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }
});

test.each([
  ['another host (DNS rebinding)', { host: 'evil.example' }],
  ['another host with the port', { host: 'evil.example:80' }],
  ['another port', { host: '127.0.0.1:1' }],
  ['another origin', { origin: 'http://evil.example' }],
  ['no origin at all', { origin: 'null' }],
  ['another site', { 'sec-fetch-site': 'cross-site' }],
])('refuses what comes from elsewhere: %s', async (_, headers) => {
  for (const path of ['/events', '/edition.json', '/preview/page/main.js', `/pages/${state.pages[0]?.key}.vector`])
    expect((await ask(path, { headers })).status, path).toBe(403);
  expect(
    (
      await ask('/open', {
        method: 'POST',
        headers: { 'x-preview-token': state.token, origin: own(), ...headers },
        body: '{}',
      })
    ).status,
  ).toBe(403);
});

test.each([
  '/../package.json',
  '/page/../../cli.js',
  '/page/%2e%2e/%2e%2e/cli.js',
  '/page/..%2f..%2fcli.js',
  '//etc/passwd',
  '/page/',
  '/page',
  '/fonts/',
  '/renderer/',
  '/content/edition.yaml',
  '/pages/',
  '/pages/0.vector',
  '/pages/../edition.json',
  '/index.html',
  '/?x',
])('knows its own addresses only: %s', async (path) => {
  const { status, body } = await ask(path);
  expect([status, body]).toEqual([404, '']);
});

test('other methods are refused', async () => {
  for (const method of ['PUT', 'DELETE', 'OPTIONS', 'TRACE']) expect((await ask('/', { method })).status).toBe(405);
});

test('opens the editor at the line of a field', { timeout: 20_000 }, async () => {
  const { status, body } = await post({ file: 'measures/1-1-1.yaml', path: ['スケジュール', 'R11', '予算額'] });
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({
    place: 'content/measures/1-1-1.yaml:25:10',
    command: 'code --goto "content/measures/1-1-1.yaml:25:10"',
  });
  await expect.poll(opened, { timeout: 5000 }).toMatch(/^\S+\/content\/measures\/1-1-1\.yaml:25:10\n$/);
});

test('opens nothing without the token, from elsewhere, or that is no content file', async () => {
  const before = opened();
  const good = { file: 'measures/1-1-1.yaml', path: ['取組'] };
  expect((await post(good, { 'x-preview-token': '' })).status).toBe(403);
  expect((await post(good, { 'x-preview-token': `${state.token}x` })).status).toBe(403);
  expect((await post(good, { origin: 'http://evil.example' })).status).toBe(403);
  expect(
    (await ask('/open', { method: 'POST', headers: { 'x-preview-token': state.token }, body: JSON.stringify(good) }))
      .status,
  ).toBe(403);
  expect((await ask('/open')).status).toBe(404);
  for (const file of ['../../package.json', '/etc/passwd', 'measures/../../editor', 'measures/9-9-9.yaml'])
    expect((await post({ file, path: [] })).status, file).toBe(404);
  for (const file of ['/etc/passwd', 'content/../editor', 'editor'])
    expect((await post({ file, line: 1, column: 1 })).status, file).toBe(404);
  for (const body of [
    '',
    'x',
    'null',
    '[]',
    '{}',
    '{"file":"a"}',
    '{"file":"a","path":[{}]}',
    '{"file":"a","line":0,"column":1}',
  ])
    expect((await post(body)).status, body).toBe(400);
  expect((await post('x'.repeat(10_000))).status).toBe(413);
  expect(opened()).toBe(before);
});

test('a taken port is told, and nothing is served', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port: taken } = other.address() as { port: number };
  const { status, stderr } = run(folder, ['preview', '--no-open', '--port', String(taken)]);
  other.close();
  expect(status).toBe(2);
  expect(stderr).toBe(
    `ポート ${taken} はほかのプログラムが使っています。--port で別の番号か 0(空いている番号)を指定してください。\n`,
  );
});

test.each(['x', '-1', '65536', '1.5'])('a port that is none is wrong usage: %s', (text) => {
  const { status, stderr } = run(folder, ['preview', '--no-open', `--port=${text}`]);
  expect(status).toBe(2);
  expect(stderr).toContain(`--port の「${text}」はポート番号ではありません。`);
});

test('mistakes from the start: no pages, all diagnostics', { timeout: 20_000 }, async () => {
  const broken = cityFolder();
  mkdirSync(join(broken, 'content/measures/folder.yaml'));
  const process = start(broken, ['preview', '--no-open', '--port', '0']);
  const before = port;
  port = await portOf(process);
  const { pages, diagnostics } = await stateWith((one) => one.diagnostics.length > 0);
  port = before;
  const ended = once(process, 'exit');
  process.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  rmSync(broken, { recursive: true });
  expect(pages).toEqual([]);
  expect(diagnostics[0]).toMatchObject({
    code: 'not-a-file',
    file: 'content/measures/folder.yaml',
    line: 1,
    column: 1,
  });
});
