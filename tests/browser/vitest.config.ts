import { defineConfig } from 'vitest/config';

// With a real Chromium: where it is, $CHROMIUM tells, or /usr/bin/chromium. One file at a time: each is two programs.
export default defineConfig({
  test: {
    include: ['tests/browser/**/*.test.ts'],
    fileParallelism: false,
    // Tests wait for what the user would wait for. One that hangs fails; a slow machine does not.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
