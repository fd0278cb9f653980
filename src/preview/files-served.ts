import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fontFiles, packagePath } from '../package.ts';

export interface ServedFile {
  path: string;
  type: string;
  /** What the browser will want next, as a Link header. */
  link?: string;
}

const script = 'text/javascript; charset=utf-8';

/** Every file that the server may read, by its address: nothing else is ever opened. */
export function servedFiles(): ReadonlyMap<string, ServedFile> {
  const { resolve } = createRequire(import.meta.url);
  const renderer = (name: string) => resolve(`@myriaddreamin/typst-ts-renderer/pkg/${name}`);
  const font = (name: string) => ({ path: join(packagePath('fonts'), name), type: 'font/ttf' });
  // At once, not when the script asks for them.
  const link = [
    '</renderer/typst_ts_renderer.mjs>; rel=modulepreload',
    '</renderer/typst_ts_renderer_bg.wasm>; rel=preload; as=fetch; crossorigin',
  ].join(', ');
  return new Map<string, ServedFile>([
    ['/', { path: join(packagePath('page'), 'index.html'), type: 'text/html; charset=utf-8', link }],
    ['/views.css', { path: join(packagePath('page'), 'views.css'), type: 'text/css; charset=utf-8' }],
    ['/marks.css', { path: join(packagePath('page'), 'marks.css'), type: 'text/css; charset=utf-8' }],
    ['/style.css', { path: join(packagePath('page'), 'style.css'), type: 'text/css; charset=utf-8' }],
    ['/main.js', { path: packagePath('dist/preview/page/main.js'), type: script }],
    ['/renderer/typst_ts_renderer.mjs', { path: renderer('typst_ts_renderer.mjs'), type: script }],
    ['/renderer/typst_ts_renderer_bg.wasm', { path: renderer('typst_ts_renderer_bg.wasm'), type: 'application/wasm' }],
    ...scaleFiles().map(([name, path]): [string, ServedFile] => [`/charts/${name}.js`, { path, type: script }]),
    ['/fonts/regular.ttf', font(fontFiles.regular)],
    ['/fonts/bold.ttf', font(fontFiles.bold)],
  ]);
}

const dependencies: Readonly<Record<string, string[]>> = {
  'd3-scale': ['d3-array', 'd3-interpolate', 'd3-format', 'd3-time', 'd3-time-format'],
  'd3-interpolate': ['d3-color'],
};

/** d3's scales and all they stand on, each as d3 builds it for browsers. */
function scaleFiles(): [name: string, path: string][] {
  const found = new Map<string, string>();
  const add = (name: string, from: string) => {
    const path = createRequire(from).resolve(name); // where the package that needs it finds it
    found.set(name, join(dirname(path), `${name}.min.js`));
    for (const below of dependencies[name] ?? []) add(below, path);
  };
  add('d3-scale', import.meta.url);
  return [...found];
}
