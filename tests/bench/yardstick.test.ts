import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = 'bench/yardstick';

test('the yardstick is what it was', () => {
  const digest = createHash('sha256');
  for (const name of readdirSync(folder).sort())
    if (name !== 'README.md') digest.update(`${name}\n`).update(readFileSync(join(folder, name)));
  expect(digest.digest('hex')).toBe('37990ddaff387ab97d36d12d9ec61d7f64e2d629b23df7036c9eb7a84899faa1');
});
