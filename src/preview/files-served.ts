import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolder } from '../render/renderer.ts';

export interface ServedFile {
  path: string;
  type: string;
}

const script = 'text/javascript; charset=utf-8';

/** Every file that the server may read, by its address: nothing else is ever opened. */
export function servedFiles(): ReadonlyMap<string, ServedFile> {
  const compiled = fileURLToPath(new URL('./page/', import.meta.url));
  const renderer = (name: string) => fileURLToPath(import.meta.resolve(`@myriaddreamin/typst-ts-renderer/pkg/${name}`));
  const font = (name: string) => ({ path: join(packageFolder('fonts'), name), type: 'font/ttf' });
  return new Map<string, ServedFile>([
    ['/', { path: join(packageFolder('page'), 'index.html'), type: 'text/html; charset=utf-8' }],
    ['/style.css', { path: join(packageFolder('page'), 'style.css'), type: 'text/css; charset=utf-8' }],
    ...readdirSync(compiled)
      .filter((name) => name.endsWith('.js'))
      .map((name): [string, ServedFile] => [`/page/${name}`, { path: join(compiled, name), type: script }]),
    ['/renderer/typst_ts_renderer.mjs', { path: renderer('typst_ts_renderer.mjs'), type: script }],
    ['/renderer/typst_ts_renderer_bg.wasm', { path: renderer('typst_ts_renderer_bg.wasm'), type: 'application/wasm' }],
    ['/fonts/regular.ttf', font('BIZUDPGothic_400Regular.ttf')],
    ['/fonts/bold.ttf', font('BIZUDPGothic_700Bold.ttf')],
  ]);
}
