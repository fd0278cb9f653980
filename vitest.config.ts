import { configDefaults, defineConfig } from 'vitest/config';

// What needs a browser runs by `npm run test:browser`.
export default defineConfig({ test: { exclude: [...configDefaults.exclude, 'tests/browser/**'] } });
