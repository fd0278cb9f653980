import { expect, test } from 'vitest';
import { orderOf } from '../../src/edit/orders.ts';
import { asReadBack, awkward } from './awkward.ts';
import { files, leavesOf, readAs, sampled, withValue } from './files.ts';
import { wrongOf } from './oracle.ts';
import { variants } from './variants.ts';

// EDITS=all: every leaf of every file, written in every way; each takes another of the awkward values.
test.each(Object.entries(variants))('a leaf takes any value, and nothing else changes: %s', (kind, variant) => {
  let edits = kind.length;
  const wrong: string[] = [];
  for (const { name, path: file, text } of sampled(files, kind)) {
    const raw = variant(text, readAs(text));
    const value = readAs(raw);
    expect(value, name).toBeDefined();
    for (const path of leavesOf(value)) {
      edits += 1;
      const word = awkward[edits % awkward.length] as string;
      const why = wrongOf(raw, { path, value: word }, orderOf(file), withValue(value, path, asReadBack(word)));
      if (why !== undefined) wrong.push(`${name} ${path.join('/')} ${JSON.stringify(word).slice(0, 80)}: ${why}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(edits).toBeGreaterThan(kind.length);
});
