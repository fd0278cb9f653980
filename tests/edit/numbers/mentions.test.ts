import { expect, test } from 'vitest';
import { writtenLike } from '../../../src/edit/numbers/mentions.ts';
import { moved } from '../../../src/edit/numbers/move.ts';
import { removed } from '../../../src/edit/numbers/remove.ts';
import { inARow } from '../../../src/edit/numbers/renumber.ts';
import { measureFile } from '../../../src/model/numbers.ts';
import { type Content, lake } from './contents.ts';

/** The lake, where a measure and the edition say these things. */
function lakeSaying(sentence: string, title = '記録', name = '記録'): Content {
  const edition = lake.text('edition.yaml').replace(/^(書名: ).*$/m, `$1${title}`);
  const structure = lake.text('structure.yaml').replace('名称: 水辺の見守り', `名称: ${name}`);
  const text = lake.text(measureFile('1-1-1')).replace(/^取組内容: \|-\n/m, `$&  ${sentence}\n`);
  return lake.with(
    new Map([
      ['edition.yaml', edition],
      ['structure.yaml', structure],
      [measureFile('1-1-1'), text],
    ]),
  );
}
const line = (content: Content, path: string, what: string) =>
  content
    .text(path)
    .split('\n')
    .findIndex((one) => one.includes(what)) + 1;

test('what changes, what is gone, and what came to name something are told apart', () => {
  const before = lakeSaying('1-1-9、１－１－１０、1-1-3、1-1-99、1-2-1、2030-1-1', '1‐1‐10の記録', '1-1-4に続く');
  const { files, notes } = removed(before, '1-1-3', {});
  const at = `tests/lake/${measureFile('1-1-1')}:${line(before, measureFile('1-1-1'), '1-1-9')}`;
  expect(notes).toEqual([
    '文の中の番号は書き換えていません。新しい番号にするなら、次の行を直すか、元に戻してから --texts を付けて実行してください(4 か所):',
    `  tests/lake/edition.yaml:${line(before, 'edition.yaml', '書名')} 1‐1‐10 → 1‐1‐9`,
    `  tests/lake/structure.yaml:${line(before, 'structure.yaml', 'に続く')} 1-1-4 → 1-1-3`,
    `  ${at} 1-1-9 → 1-1-8`,
    `  ${at} １－１－１０ → １－１－９`,
    'なくなった取組の番号が文の中にあります。書き換えていません。次の行を確かめてください(1 か所):',
    `  ${at} 1-1-3`,
  ]);
  expect(files.has(measureFile('1-1-1'))).toBe(false);
  expect(files.has('edition.yaml')).toBe(false);
  const changed = removed(before, '1-1-3', { texts: true });
  expect(changed.notes.slice(1)).toEqual(notes.slice(1));
  expect(changed.notes[0]).toBe('文の中の番号を書き換えました(4 か所):');
  const after = before.with(changed.files);
  expect(after.text(measureFile('1-1-1'))).toContain('  1-1-8、１－１－９、1-1-3、1-1-99、1-2-1、2030-1-1\n');
  expect(after.text('edition.yaml')).toContain('書名: 1‐1‐9の記録\n');
  expect(after.text('structure.yaml')).toContain('名称: 1-1-3に続く');
});

test('a number that named nothing and names something now is told, and stays', () => {
  const before = lakeSaying('2-1-2 を見る');
  const { files, notes } = moved(before, '1-2-1', '2-1-2', true);
  const path = measureFile('1-1-1');
  expect(notes).toEqual([
    'これまで取組のなかった番号が文の中にあり、この後は取組を指します。次の行を確かめてください(1 か所):',
    `  tests/lake/${path}:${line(before, path, 'を見る')} 2-1-2`,
  ]);
  expect(files.has(path)).toBe(false);
});

test('of what was deleted by hand too', () => {
  const before = lakeSaying('1-1-3 を見る').with(new Map([[measureFile('1-1-3'), undefined]]));
  expect(inARow(before, true).notes[0]).toContain('これまで取組のなかった番号が文の中にあり');
});

test('names that others refer to, and files, are no texts', () => {
  const edition = lake
    .text('edition.yaml')
    .replace(/^構成: \[/m, '構成: [{ 別冊: annexes/図1-1-4の図.pdf, 題名: 図1-1-4の図 }, ');
  const before = lake.with(new Map([['edition.yaml', edition]]));
  const after = before.with(removed(before, '1-1-3', { texts: true }).files);
  expect(after.text('edition.yaml')).toContain('別冊: annexes/図1-1-4の図.pdf, 題名: 図1-1-3の図');
});

test.each([
  ['1-1-10', '1-1-9', '1-1-9'],
  ['１－１－１０', '1-2-9', '１－２－９'],
  ['1‐1‑10', '2-1-100', '2‐1‑100'],
  ['1−１–9', '1-1-10', '1−１–10'],
])('%s for %s is %s', (written, number, expected) => expect(writtenLike(written, number)).toBe(expected));

test('in the order of the document and of its lines, by the numbers afterwards', () => {
  const says = (number: string) => {
    const text = lake.text(measureFile(number));
    return text.replace(/^取組: .*$/m, '$&と1-2-2').replace(/^( +)内容: .*$/m, '$1内容: 1-2-2から');
  };
  const before = lake.with(new Map(['1-1-1', '1-1-2'].map((number) => [measureFile(number), says(number)])));
  const { notes } = moved(before, '1-1-1', '1-2-1');
  const places = notes.slice(1).map((note) => / tests\/lake\/measures\/(.*?):(\d+) /.exec(note)?.slice(1) ?? []);
  expect(places.map(([file]) => file)).toEqual(['1-1-1.yaml', '1-1-1.yaml', '1-2-1.yaml', '1-2-1.yaml']);
  for (const at of [0, 2]) expect(Number(places[at]?.[1])).toBeLessThan(Number(places[at + 1]?.[1]));
});
