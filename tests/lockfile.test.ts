import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('package-lock.json says for every package what its bytes are, on every platform, and names no registry', () => {
  const text = readFileSync('package-lock.json', 'utf8');
  const { packages } = JSON.parse(text) as { packages: Record<string, { integrity?: string }> };
  const own = Object.entries(packages).filter(([path]) => path !== '');
  expect(own.length).toBeGreaterThan(100);
  expect(own.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
  expect(text).not.toContain('"resolved"');
});
