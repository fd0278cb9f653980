import { defineConfig } from 'vitest/config';

/** Tests that need Chromium: npm run test:browser. One after the other, for each has a preview and a browser of its own. */
export default defineConfig({
  test: {
    include: ['tests/browser/**/*.browser.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
