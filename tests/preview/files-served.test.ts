import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { servedFiles } from '../../src/preview/files-served.ts';

test('the page, its script and styles, the renderer, the scales and the fonts: each at its address, of its type', () => {
  const files = [...servedFiles()];
  expect(files.map(([address, { path, type }]) => [address, basename(path), type])).toEqual([
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/views.css', 'views.css', 'text/css; charset=utf-8'],
    ['/marks.css', 'marks.css', 'text/css; charset=utf-8'],
    ['/style.css', 'style.css', 'text/css; charset=utf-8'],
    ['/main.js', 'main.js', 'text/javascript; charset=utf-8'],
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
  for (const [address, { path }] of files) expect(statSync(path).isFile(), address).toBe(true);
});

test("the page's script asks for nothing but what is served", () => {
  const served = servedFiles();
  const script = readFileSync(served.get('/main.js')?.path ?? '', 'utf8');
  expect(script).not.toMatch(/^import |^export .* from /m);
  const wanted = [...script.matchAll(/import\("([^"]+)"\)/g)].map(([, address]) => address);
  expect(wanted).toEqual(['/renderer/typst_ts_renderer.mjs']);
  for (const address of wanted) expect([...served.keys()]).toContain(address);
});

test('the page asks for nothing that is not served', () => {
  const served = servedFiles();
  const page = readFileSync(served.get('/')?.path ?? '', 'utf8');
  const wanted = [...page.matchAll(/(?:src|href)="([^"#:]+)"/g)].map(([, address = '']) => address);
  expect(wanted.length).toBeGreaterThan(2);
  for (const address of wanted) expect([...served.keys()]).toContain(new URL(address, 'http://127.0.0.1/').pathname);
});

test('with the page goes what its script will want: the renderer comes at the same time', () => {
  const served = servedFiles();
  expect(served.get('/')?.link?.split(', ')).toEqual([
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
