// src/ → dist/: each file of ours is one of dist/, at its place; each package that is code alone is one file of
// dist/packages/. Node finds, reads and links a few files where these packages have hundreds. What runs in the browser is
// one file: it asks once.
import { readdirSync } from 'node:fs';
import { rolldown } from 'rolldown';

/** Loaded from node_modules: they have files of their own beside their code, or another package for each system. */
const apart = /^(?:@hyzyla\/pdfium|@myriaddreamin\/.*|chokidar|launch-editor|open|pdfjs-dist)(?:\/|$)/;

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !name.startsWith('preview/page/'));

/** The name of the package that a file belongs to. */
const packageOf = (id) =>
  /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id)?.[1]?.replace(/[\\/]/, '-') ?? null;

const bundle = await rolldown({
  input: Object.fromEntries(files.map((name) => [name.slice(0, -'.ts'.length), `src/${name}`])),
  platform: 'node',
  preserveEntrySignatures: 'allow-extension',
  external: apart,
  plugins: [
    {
      name: 'own files',
      resolveId: (specifier) =>
        /^\..*\.ts$/.test(specifier) ? { id: specifier.replace(/ts$/, 'js'), external: true } : undefined,
    },
  ],
});
await bundle.write({
  dir: 'dist',
  chunkFileNames: 'packages/[name].js',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ debugName: 'packages', test: /node_modules/, name: packageOf }],
  },
});

const page = await rolldown({ input: 'src/preview/page/main.ts', platform: 'browser', external: /^\/renderer\// });
await page.write({ file: 'dist/preview/page/main.js' });
