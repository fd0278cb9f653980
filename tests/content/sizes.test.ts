import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { cityFolder } from '../cli/run.ts';
import { city, put } from './city.ts';

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

test('where all files together are too large, those after the limit are not read', () => {
  const { source, entries } = city();
  const comment = `#${' あ'.repeat(60_000)}\n`;
  let read = 0;
  for (let number = 2; number < 400; number += 1) {
    const bytes = Buffer.from(`番号: 1-2-${number}\n区分: 新規\n再掲: 1-2-1\n${comment}`);
    put(entries, `measures/1-2-${number}.yaml`, bytes);
    entries.set(`measures/1-2-${number}.yaml`, {
      kind: 'file',
      read: () => {
        read += 1;
        return bytes;
      },
      size: () => bytes.length,
    });
  }
  const { diagnostics } = checkContent(source);
  expect(diagnostics.filter(({ code }) => code === 'content-too-large')).toHaveLength(1);
  expect(read).toBeLessThan(200);
});
