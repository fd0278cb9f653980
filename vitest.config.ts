import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
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
    // What needs a browser runs by `npm run test:browser`.
    exclude: [...configDefaults.exclude, 'out/**', 'tests/browser/**'],
  },
});
