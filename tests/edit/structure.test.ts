import { expect, test } from 'vitest';
import { orderOf } from '../../src/edit/orders.ts';
import { collectionsOf, files, readAs, sampled } from './files.ts';
import { wrongOf } from './oracle.ts';
import { editsOf } from './structural.ts';
import { variants } from './variants.ts';

// EDITS=all: every map and list of every file, written in every way, instead of some.
const every = process.env.EDITS === 'all' ? 1 : 11;
test.each(Object.entries(variants))('keys, items and maps come and go: %s', (kind, variant) => {
  let edits = kind.length;
  const wrong: string[] = [];
  for (const { name, path: file, text } of sampled(files, kind)) {
    const raw = variant(text, readAs(text));
    const value = readAs(raw);
    for (const path of collectionsOf(value))
      for (const [edit, expected] of editsOf(value, path, edits)) {
        edits += 1;
        if (edits % every !== 0) continue;
        const why = wrongOf(raw, edit, orderOf(file), expected);
        if (why !== undefined) wrong.push(`${name} ${JSON.stringify(edit).slice(0, 200)}: ${why}`);
      }
  }
  expect(wrong).toEqual([]);
  expect(edits).toBeGreaterThan(kind.length);
});
