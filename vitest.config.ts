import { defineConfig } from 'vitest/config';

// A test that hangs fails; a slow machine does not.
export default defineConfig({ test: { testTimeout: 120_000, hookTimeout: 120_000 } });
