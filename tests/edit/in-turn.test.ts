import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderOf } from '../../src/edit/orders.ts';
import { editYaml } from '../../src/edit/yaml/edit-yaml.ts';
import type { YamlEdit } from '../../src/edit/yaml/edits.ts';
import { asReadBack, awkward } from './awkward.ts';
import { collectionsOf, files, leavesOf, readAs, withValue } from './files.ts';
import { editsOf } from './structural.ts';
import { variants } from './variants.ts';

const runs = { seed: 14, numRuns: Number(process.env.RUNS ?? 100) };
const chance = fc.nat(1_000_000);

test('several edits at once are what they are one after the other', () => {
  const kinds = fc.constantFrom(...Object.values(variants));
  const steps = fc.array(fc.tuple(chance, chance, fc.boolean()), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(fc.constantFrom(...files), kinds, steps, ({ path: file, text }, variant, chances) => {
      const raw = variant(text, readAs(text));
      const edits: YamlEdit[] = [];
      let [value, alone] = [readAs(raw), raw];
      for (const [first, second, isLeaf] of chances) {
        const word = awkward[second % awkward.length] as string;
        const all = isLeaf ? leavesOf(value) : collectionsOf(value);
        const path = all[first % all.length] ?? [];
        const choices: [YamlEdit, unknown][] =
          isLeaf && path.length > 0
            ? [[{ path, value: word }, withValue(value, path, asReadBack(word))]]
            : [...editsOf(value, path, second)].filter(([edit]) => edit.path.length > 1);
        const [edit, then] = choices[second % choices.length] ?? [];
        if (!edit) continue;
        edits.push(edit);
        value = then;
        alone = editYaml(alone, [edit], orderOf(file));
      }
      // What is written like its neighbours may look otherwise where these were just written too.
      expect(readAs(editYaml(raw, edits, orderOf(file))), JSON.stringify(edits)).toEqual(value);
      expect(readAs(alone), JSON.stringify(edits)).toEqual(value);
    }),
    runs,
  );
});
