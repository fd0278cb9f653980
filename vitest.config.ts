import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that start processes come first, most first: each takes longer the more memory its worker has filled. */
const startingProcesses = [
  /tests\/(content\/source|workflows|model\/complete|compare\/(git|history|two-editions)|preview\/(differences|open-editor|copied-command|session))/,
  /tests\/cli\//,
  /./,
];
class ProcessesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => startingProcesses.findIndex((name) => name.test(moduleId));
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    alias: [
      // Where the preview's server has what its page loads late; Typst's renderer is stood in for.
      { find: /^\/charts\/(.*)\.js$/, replacement: resolve('node_modules/$1/dist/$1.min.js') },
      { find: '/renderer/typst_ts_renderer.mjs', replacement: resolve('tests/preview/page/renderer.ts') },
    ],
    // On two cores there would be one worker otherwise.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // One load of the modules for all files of a worker; no test leaves anything behind in them.
    isolate: false,
    // What is compiled runs as Node runs it: threads load it, and commands run in the test's own process.
    server: { deps: { external: [/\/dist\//] } },
    globalSetup: 'tests/shared-folder.ts',
    // A test that hangs fails; a slow machine does not.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What needs a browser runs by `npm run test:browser`, what needs LibreOffice by `npm run test:spreadsheets`.
    exclude: [...configDefaults.exclude, 'out/**', 'tests/browser/**', 'tests/spreadsheets/**'],
    sequence: { sequencer: ProcessesFirst },
  },
});
