import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A test that hangs fails; a slow machine does not.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What needs a browser runs by `npm run test:browser`.
    exclude: [...configDefaults.exclude, 'tests/browser/**'],
  },
});
