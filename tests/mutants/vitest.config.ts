import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** What scripts/mutants.mjs runs, in a copy of the project: the tests it names, one process, by a runner of its own. */
export default defineConfig({
  test: {
    ...base.test,
    root: process.cwd(),
    exclude: [],
    include: JSON.parse(process.env.MUTANTS_TESTS ?? '[]'),
    runner: 'tests/mutants/runner.mjs',
    pool: 'forks',
    maxWorkers: 1,
    reporters: ['dot'],
  },
});
