import { defineConfig } from 'vitest/config';

// With a real Chromium: where it is, $CHROMIUM tells, or /usr/bin/chromium. One file at a time: they measure time.
export default defineConfig({
  test: { include: ['tests/browser/**/*.test.ts'], fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000 },
});
