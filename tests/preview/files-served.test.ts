import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { servedFiles } from '../../src/preview/files-served.ts';

/** The page's modules and the values that it shares with the rest, as they are compiled. */
const modules = ['preview/page', 'model'].flatMap((folder) =>
  readdirSync(join('src', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `/${folder}/${name.replaceAll('\\', '/').replace(/\.ts$/, '.js')}`),
);

test('the page, its styles, the renderer, the scales and the fonts: each at its address, of its type', () => {
  const others = [...servedFiles()].filter(([address]) => !/^\/(preview|model)\//.test(address));
  expect(others.map(([address, { path, type }]) => [address, basename(path), type])).toEqual([
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/views.css', 'views.css', 'text/css; charset=utf-8'],
    ['/style.css', 'style.css', 'text/css; charset=utf-8'],
    ['/renderer/typst_ts_renderer.mjs', 'typst_ts_renderer.mjs', 'text/javascript; charset=utf-8'],
    ['/renderer/typst_ts_renderer_bg.wasm', 'typst_ts_renderer_bg.wasm', 'application/wasm'],
    ...['d3-scale', 'd3-array', 'd3-interpolate', 'd3-color', 'd3-format', 'd3-time', 'd3-time-format'].map((name) => [
      `/charts/${name}.js`,
      `${name}.min.js`,
      'text/javascript; charset=utf-8',
    ]),
    ['/fonts/regular.ttf', 'BIZUDPGothic_400Regular.ttf', 'font/ttf'],
    ['/fonts/bold.ttf', 'BIZUDPGothic_700Bold.ttf', 'font/ttf'],
  ]);
  for (const [address, { path }] of others) expect(statSync(path).isFile(), address).toBe(true);
});

test('every module of the page and of model/ at the address under which the others find it, and no other file', () => {
  const served = servedFiles();
  expect(modules.length).toBeGreaterThan(20);
  for (const address of modules) {
    const file = served.get(address);
    expect(file, address).toMatchObject({ type: 'text/javascript; charset=utf-8' });
    const text = readFileSync(file?.path ?? '', 'utf8');
    // What it imports is served too.
    for (const [, specifier = ''] of text.matchAll(/^(?:import|export)[^'"]*from '([^']+)';$/gm))
      expect([...served.keys()]).toContain(new URL(specifier, `http://127.0.0.1${address}`).pathname);
  }
  for (const address of served.keys()) expect(address).toMatch(/^\/$|\.(?:js|mjs|css|wasm|ttf)$/);
  for (const { path } of served.values()) expect(path).not.toMatch(/\.ts$/);
});

test('the page asks for nothing that is not served', () => {
  const served = servedFiles();
  const page = readFileSync(served.get('/')?.path ?? '', 'utf8');
  const wanted = [...page.matchAll(/(?:src|href)="([^"#:]+)"/g)].map(([, address = '']) => address);
  expect(wanted.length).toBeGreaterThan(2);
  for (const address of wanted) expect([...served.keys()]).toContain(new URL(address, 'http://127.0.0.1/').pathname);
});

test('with the page goes what it will want next: all modules, and the renderer, so that they come at once', () => {
  const served = servedFiles();
  const link = served.get('/')?.link?.split(', ') ?? [];
  const own = [...served.keys()].filter((address) => /^\/(preview|model)\//.test(address));
  expect(link).toEqual([
    ...own.map((address) => `<${address}>; rel=modulepreload`),
    '</renderer/typst_ts_renderer.mjs>; rel=modulepreload',
    '</renderer/typst_ts_renderer_bg.wasm>; rel=preload; as=fetch; crossorigin',
  ]);
  for (const [address, { link }] of served) if (address !== '/') expect(link, address).toBeUndefined();
});

test('the scales are those that d3 itself would find, and run in a browser as they are', () => {
  for (const [address, { path }] of servedFiles())
    if (address.startsWith('/charts/')) {
      expect(existsSync(path)).toBe(true);
      expect(readFileSync(path, 'utf8')).toMatch(/^\/\/ https:\/\/d3js\.org\/d3-[a-z-]+\/ v\d/);
    }
});
