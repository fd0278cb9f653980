import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { cityFolder } from '../cli/run.ts';

test('a file of 1.9 GB is refused by its size, not read', () => {
  const content = join(cityFolder(), 'content');
  const file = openSync(join(content, 'measures/1-2-1.yaml'), 'w');
  ftruncateSync(file, 1_900_000_000);
  closeSync(file);
  const before = process.memoryUsage().rss;
  const { diagnostics } = checkContent(readWorkingTree(content));
  expect(diagnostics.map(({ code, actual }) => [code, actual])).toEqual([['file-too-large', '1855469 kB']]);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 ** 2);
});

test.skipIf(process.platform === 'win32')('a pipe that nobody writes to is no file and never waited for', () => {
  const folder = cityFolder();
  const pipe = join(folder, 'content/measures/1-2-2.yaml');
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  const { diagnostics } = checkContent(readWorkingTree(join(folder, 'content')));
  expect(diagnostics.map(({ code }) => code)).toEqual(['not-a-file']);
});
