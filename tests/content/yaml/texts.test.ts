import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { outcome } from './told.ts';

// refs/ holds texts as editors write them, by kind, each with all that is made of it (see outcome). A new one is written
// there with what it should come to; where it comes to something else, the test prints both.
const folder = 'tests/content/yaml/refs/';
for (const name of readdirSync(folder)) {
  const blocks = readFileSync(folder + name, 'utf8')
    .trimEnd()
    .split('\n\n');
  describe(name, () => {
    test.each(blocks.map((block) => [block.split('\n', 1)[0] ?? '', block]))('%s', (text, block) => {
      expect(outcome(JSON.parse(text))).toBe(block);
    });
  });
}
