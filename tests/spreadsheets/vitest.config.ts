import { defineConfig } from 'vitest/config';

// With LibreOffice (soffice) and Debian's python3-openpyxl: programs that are not ours write the workbooks again.
export default defineConfig({
  test: {
    include: ['tests/spreadsheets/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
