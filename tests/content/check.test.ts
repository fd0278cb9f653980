import { expect, test } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import type { YamlFile } from '../../src/content/yaml/yaml-file.ts';
import { city, parsedCity, put, textOf } from './city.ts';
import { told } from './told.ts';

/** Reads the first lines only: what is asked here is how much is read. */
class Beginnings extends ParsedFiles {
  override parse(path: string, file: string, text: string): YamlFile {
    return super.parse(path, file, text.slice(0, 1000));
  }
}

test.each([
  ['16 MB in all are read', 0, []],
  [
    'of one character more the file that has it is told, and nothing behind it is read',
    1,
    ['content-too-large measures/1-2-167.yaml 1:1-1:1 expected="16 MB"'],
  ],
])('%s', (_, more, expected) => {
  const { source, entries } = city();
  for (const path of [...entries.keys()]) if (path.startsWith('measures/')) entries.delete(path);
  const others = ['edition.yaml', 'organization.yaml', 'structure.yaml'];
  let room = 16 * 1024 ** 2 + more - others.reduce((sum, path) => sum + textOf(path).length, 0);
  const files: [id: string, text: string][] = [];
  for (let number = 100; room > 0; number += 1) {
    const head = textOf('measures/1-2-1.yaml').replace('番号: 1-2-1', `番号: 1-2-${number}`);
    const text = `${head}#`.padEnd(Math.min(room, 250_000), '.');
    files.push([`1-2-${number}`, text]);
    room -= text.length;
  }
  files.push(['1-2-200', '']);
  const read: string[] = [];
  // In the order of their names, however the folder is listed.
  for (const [id, text] of files.reverse())
    entries.set(`measures/${id}.yaml`, {
      kind: 'file',
      read: () => {
        read.push(id);
        return Buffer.from(text);
      },
    });
  const { diagnostics } = checkContent(source, new Beginnings());
  expect(told(diagnostics.filter(({ code }) => code === 'content-too-large'))).toEqual(expected);
  expect(read.slice(0, 2)).toEqual(['1-2-100', '1-2-101']);
  expect(read.at(-1)).toBe(more === 0 ? '1-2-200' : '1-2-167');
});

test('the folder of the measures is missing, or no folder', () => {
  const without = city();
  for (const path of [...without.entries.keys()]) if (path.startsWith('measures')) without.entries.delete(path);
  const empty = (group: string, line: number) =>
    `empty-group structure.yaml ${line}:15-${line}:18 actual="${group}" expected="${group}-1"`;
  const groups = [empty('1-1', 6), empty('1-2', 7), empty('2-1', 11), empty('3-1', 15)];
  expect(told(checkContent(without.source, parsedCity()).diagnostics)).toEqual([
    'file-missing measures 1:1-1:1 subject="measures"',
    ...groups,
  ]);
  put(without.entries, 'measures', 'x');
  expect(told(checkContent(without.source, parsedCity()).diagnostics)).toEqual([
    'not-a-folder measures 1:1-1:1',
    ...groups,
  ]);
});
