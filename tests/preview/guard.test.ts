import { METHODS } from 'node:http';
import { describe, expect, test } from 'vitest';
import { refusal, safetyHeaders } from '../../src/preview/guard.ts';

const port = 4160;
const host = `127.0.0.1:${port}`;
const origin = `http://${host}`;
const asked = (method: string, url: string, headers: Record<string, string | undefined>, at = port) =>
  refusal({ method, url, headers }, at);

test.each([
  ['127.0.0.1:4160', undefined],
  ['localhost:4160', undefined],
  [undefined, 403],
  ['', 403],
  ['127.0.0.1', 403],
  ['localhost', 403],
  ['127.0.0.1:', 403],
  ['127.0.0.1:80', 403],
  ['127.0.0.1:416', 403],
  ['127.0.0.1:41600', 403],
  ['127.0.0.1:04160', 403],
  ['127.0.0.1:4160.', 403],
  ['127.0.0.1.:4160', 403],
  ['localhost.:4160', 403],
  ['LOCALHOST:4160', 403],
  ['0.0.0.0:4160', 403],
  ['127.0.0.2:4160', 403],
  ['127.1:4160', 403],
  ['2130706433:4160', 403],
  ['[::1]:4160', 403],
  ['[::ffff:127.0.0.1]:4160', 403],
  ['evil.example', 403],
  ['evil.example:4160', 403],
  ['localhost.evil.example:4160', 403],
  ['127.0.0.1.evil.example:4160', 403],
  ['evil.example/127.0.0.1:4160', 403],
  ['user@127.0.0.1:4160', 403],
  ['127.0.0.1:4160, evil.example', 403],
  [' 127.0.0.1:4160', 403],
])('the name that was asked for: %j', (name, answer) => {
  for (const url of ['/', '/events', '/edition.json']) {
    expect(asked('GET', url, { host: name })).toBe(answer);
    expect(asked('HEAD', url, { host: name })).toBe(answer);
    expect(asked('POST', url, { host: name, origin: `http://${name}` })).toBe(answer);
  }
});

test('on the port that browsers leave out, they are understood, and only so', () => {
  expect(asked('GET', '/', { host: '127.0.0.1' }, 80)).toBeUndefined();
  expect(asked('GET', '/', { host: 'localhost', origin: 'http://localhost' }, 80)).toBeUndefined();
  expect(asked('GET', '/', { host: '127.0.0.1:80' }, 80)).toBe(403);
  expect(asked('GET', '/', { host: 'evil.example' }, 80)).toBe(403);
});

test.each([
  ['http://127.0.0.1:4160', undefined],
  ['http://localhost:4160', 403], // the other name is another origin
  ['https://127.0.0.1:4160', 403],
  ['http://127.0.0.1', 403],
  ['http://127.0.0.1:4161', 403],
  ['http://127.0.0.1:4160/', 403],
  ['http://127.0.0.1:4160.evil.example', 403],
  ['http://evil.example', 403],
  ['http://evil.example:4160', 403],
  ['http://user@127.0.0.1:4160', 403],
  ['HTTP://127.0.0.1:4160', 403],
  ['ws://127.0.0.1:4160', 403],
  ['file://', 403],
  ['127.0.0.1:4160', 403],
  ['null', 403],
  ['', 403],
])('the origin %j', (one, answer) => {
  for (const method of ['GET', 'HEAD', 'POST'])
    for (const url of ['/', '/events', '/open']) expect(asked(method, url, { host, origin: one })).toBe(answer);
});

test('of localhost the origin is localhost', () => {
  const name = 'localhost:4160';
  expect(asked('POST', '/open', { host: name, origin: 'http://localhost:4160' })).toBeUndefined();
  expect(asked('POST', '/open', { host: name, origin })).toBe(403);
});

const modes = [undefined, 'navigate', 'no-cors', 'cors', 'same-origin', 'websocket', ''];
const destinations = [undefined, 'document', 'iframe', 'script', 'image', 'empty', 'object', ''];
describe.each([
  [undefined, 'own'],
  ['same-origin', 'own'],
  ['none', 'own'],
  ['same-site', 'foreign'],
  ['cross-site', 'foreign'],
  ['', 'foreign'],
  ['Same-Origin', 'foreign'],
  ['SAME-ORIGIN', 'foreign'],
  ['None', 'foreign'],
  ['same-origin, cross-site', 'foreign'],
  ['same-origin ', 'foreign'],
  ['same', 'foreign'],
  ['whatever', 'foreign'],
] as const)('Sec-Fetch-Site: %j', (site, whose) => {
  test.each([
    ['GET', '/', undefined],
    ['HEAD', '/', 403],
    ['POST', '/', 403],
    ['GET', '/?', 403],
    ['GET', '//', 403],
    ['GET', '', 403],
    ['GET', '/events', 403],
    ['GET', '/edition.json', 403],
    ['GET', '/preview/page/main.js', 403],
    ['POST', '/open', 403],
  ])('%s %s', (method, url, ofForeign) => {
    for (const mode of modes)
      for (const destination of destinations)
        for (const one of method === 'POST' ? [origin] : [undefined, origin])
          expect(
            asked(method, url, {
              host,
              ...{ origin: one, 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination },
            }),
          ).toBe(whose === 'own' ? undefined : ofForeign);
  });
});

test('GET and HEAD, POST with an origin, no other method', () => {
  const answers = (headers: Record<string, string>) =>
    Object.fromEntries(
      [...METHODS, 'get', 'post', ''].flatMap((method) => {
        const answer = asked(method, '/', headers);
        return answer === 405 ? [] : [[method, answer]];
      }),
    );
  expect(answers({ host })).toStrictEqual({ GET: undefined, HEAD: undefined, POST: 403 });
  expect(answers({ host, origin })).toStrictEqual({ GET: undefined, HEAD: undefined, POST: undefined });
  expect(METHODS.length).toBeGreaterThan(30);
  // Whoever is refused does not hear what would be understood.
  expect(asked('PUT', '/', { host: 'evil.example' })).toBe(403);
  expect(asked('PUT', '/', { host, origin: 'null' })).toBe(403);
  expect(asked('PUT', '/', { host, 'sec-fetch-site': 'cross-site' })).toBe(403);
});

test('what is sent with every answer, to the letter', () => {
  expect(safetyHeaders).toEqual({
    'content-security-policy':
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
      "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
      "require-trusted-types-for 'script'; trusted-types",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
});
