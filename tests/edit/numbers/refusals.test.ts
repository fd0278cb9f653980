import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/diagnostics/user-error.ts';
import { inserted } from '../../../src/edit/numbers/insert.ts';
import { moved } from '../../../src/edit/numbers/move.ts';
import { removed } from '../../../src/edit/numbers/remove.ts';
import { inARow } from '../../../src/edit/numbers/renumber.ts';
import { measureFile } from '../../../src/model/numbers.ts';
import { type Content, city } from './contents.ts';

/** What the user is told instead. */
function refusal(what: () => unknown): string {
  try {
    what();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return '';
}

describe('numbers that users write', () => {
  test.each([
    ['１－１－２', '番号「１－１－２」は「1-1-2」と書いてください'],
    ['1－1－2', '「1-1-2」と書いてください'],
    ['1ー1ー2', '「1-1-2」と書いてください'],
    ['1−1–2', '「1-1-2」と書いてください'],
    ['1- 1-2 ', '「1-1-2」と書いてください'],
    ['measures/1-1-2.yaml', '「1-1-2」と書いてください'],
    ['content\\measures\\1-1-2.yaml', '「1-1-2」と書いてください'],
    ['1-1-2.yaml', '「1-1-2」と書いてください'],
    ['11-2', '「11-2」は取組の番号ではありません。「1-1-2」の間違いではありませんか'],
    ['書かない窓口', '「書かない窓口」は取組の番号ではありません。番号は 大項目-中項目-小項目 です(例: 1-1-1)。'],
    ['01-1-2', '「01-1-2」は取組の番号ではありません。「1-1-2」の間違いではありませんか'],
    ['1-2-01', '「1-2-01」は取組の番号ではありません。「1-2-1」の間違いではありませんか'],
    ['', '取組の番号ではありません'],
    ['1-1-9', '取組「1-1-9」はありません。中項目 1-1 の取組は 1-1-1 から 1-1-2 までです。'],
    ['2-1-2', '取組「2-1-2」はありません。中項目 2-1 の取組は 2-1-1 だけです。'],
    ['1-9-1', '中項目「1-9」は structure.yaml にありません。中項目は 1-1、1-2、2-1、3-1 です。'],
  ])('%j', (written, message) => {
    for (const plan of [() => removed(city, written, {}), () => moved(city, written, '1-1-1')])
      expect(refusal(plan)).toContain(message);
    if (!message.startsWith('取組「')) expect(refusal(() => inserted(city, written, {}))).toContain(message);
  });
});

describe('places', () => {
  test.each<[string, () => unknown, string]>([
    [
      'insert leaves no gap',
      () => inserted(city, '1-1-4', {}),
      '「1-1-4」には置けません。番号が飛びます。中項目 1-1 で置けるのは 1-1-1 から 1-1-3 までです。',
    ],
    ['insert of a date', () => inserted(city, '1-1-20300101', {}), 'で置けるのは 1-1-1 から 1-1-3 までです'],
    ['a measure does not stand behind itself', () => moved(city, '1-1-1', '1-1-3'), '1-1-1 から 1-1-2 までです'],
    ['a title begins with no space', () => inserted(city, '1-1-1', { title: ' 窓口' }), '前後に空白か改行があります'],
    ['move to another 中項目', () => moved(city, '1-1-1', '2-1-3'), '2-1-1 から 2-1-2 までです'],
    [
      'the last of a 中項目 is not removed',
      () => removed(city, '2-1-1', {}),
      '中項目 2-1 の取組が1つもなくなります(2-1-1)',
    ],
    ['nor moved', () => moved(city, '2-1-1', '1-1-1'), '中項目 2-1 の取組が1つもなくなります(2-1-1)'],
    [
      '再掲 are asked for',
      () => removed(city, '1-1-1', {}),
      '取組 1-1-1 には再掲があります(3-1-1)。再掲もなくすなら --reprints drop を、最初の再掲 3-1-1 を取組として残すなら --reprints own を付けてください。',
    ],
  ])('%s', (_, plan, message) => expect(refusal(plan)).toContain(message));

  test('its own place is no change', () => {
    expect(moved(city, '1-1-2', '1-1-2')).toEqual({ files: new Map(), notes: ['取組 1-1-2 は、もうその番号です。'] });
  });
});

/** The city with other files. */
const cityWith = (files: Record<string, string | undefined>): Content => city.with(new Map(Object.entries(files)));
const measure = (number: string, text = city.text(measureFile('3-1-3')), id = number) => ({
  [measureFile(number)]: text.replace(/^番号: .*/m, `番号: ${id}`),
});

describe('what is not plain', () => {
  test('gaps are closed first', () => {
    const gapped = cityWith({ [measureFile('1-1-1')]: undefined, [measureFile('3-1-1')]: undefined });
    for (const plan of [
      () => removed(gapped, '3-1-3', {}),
      () => moved(gapped, '3-1-3', '1-2-1'),
      () => inserted(gapped, '1-2-1', {}),
    ])
      expect(refusal(plan)).toContain('番号「1-1-1」の取組がなく、番号が飛んでいます。先に npx shisakushu renumber で');
  });

  test('a 再掲 of a measure that was deleted would become one of another', () => {
    const gapped = cityWith({ [measureFile('1-1-1')]: undefined });
    expect(refusal(() => inARow(gapped))).toContain(
      '再掲先の取組がない再掲があります(tests/city/measures/3-1-1.yaml:4 の再掲先「1-1-1」)',
    );
  });

  test('two 中項目 of one number', () => {
    const twice = cityWith({ 'structure.yaml': city.text('structure.yaml').replace('番号: 1-2', '番号: 1-1') });
    expect(refusal(() => inARow(twice))).toContain('tests/city/structure.yaml:7 で中項目「1-1」が2つ目になり');
  });

  test('a measure of no 中項目 is not written over', () => {
    const rows = city.text('structure.yaml').replace(/.*番号: 1-1.*\n/, '');
    expect(refusal(() => inARow(cityWith({ 'structure.yaml': rows })))).toContain(
      'tests/city/measures/1-1-1.yaml は、中項目が structure.yaml にない取組です',
    );
  });

  test('番号 and names of files that tell two orders', () => {
    const swapped = cityWith({ ...measure('3-1-4', undefined, '3-1-5'), ...measure('3-1-5', undefined, '3-1-4') });
    expect(refusal(() => inARow(swapped))).toContain(
      'ファイル名と番号の食い違いが、どちらの順にすればよいか決まりません(tests/city/measures/3-1-4.yaml:2 の番号は「3-1-5」、tests/city/measures/3-1-5.yaml:2 の番号は「3-1-4」です)',
    );
    for (const id of ['1-1-3', '4-1-1'])
      expect(refusal(() => inARow(cityWith(measure('3-1-4', undefined, id))))).toContain(
        'どちらの順にすればよいか決まりません',
      );
  });

  test('a 再掲 of a number that two measures may have', () => {
    const doubtful = cityWith({
      ...{ [measureFile('1-1-1')]: undefined, [measureFile('1-1-2')]: undefined },
      ...measure('1-1-1', undefined, '1-1-2'),
    });
    expect(refusal(() => inARow(doubtful))).toContain(
      'tests/city/measures/3-1-1.yaml:4 の再掲先「1-1-1」が、ファイル名と番号のどちらを指すか決まりません',
    );
  });
});

describe('番号 that differs from the name of its file', () => {
  test('of a copy from another 中項目 the name is right', () => {
    const copied = cityWith(measure('3-1-4', undefined, '1-1-1'));
    expect(copied.with(inARow(copied).files).errors).toEqual([]);
  });

  test('of a copy the name is right', () => {
    const copied = cityWith(measure('3-1-4', undefined, '3-1-3'));
    const { files, notes } = inARow(copied);
    expect([...files.keys()]).toEqual([measureFile('3-1-4')]);
    expect(copied.with(files).errors).toEqual([]);
    expect(notes).toEqual([
      'tests/city/measures/3-1-4.yaml: 番号「3-1-3」を、ファイル名に合わせて「3-1-4」にしました。',
    ]);
  });

  test.each(['３－１－４', '3-1', '2030-01-01', '3-1-4 '])('of no number (%j) the name is right', (id) => {
    const content = cityWith(measure('3-1-4', undefined, JSON.stringify(id)));
    const after = content.with(inARow(content).files);
    expect(after.errors).toEqual([]);
    expect(after.text(measureFile('3-1-4'))).toContain('番号: "3-1-4"');
  });

  test('files that were renamed and tell the same order', () => {
    const renamed = cityWith({
      ...{ [measureFile('3-1-1')]: undefined, [measureFile('3-1-3')]: undefined },
      ...measure('3-1-4', undefined, '3-1-7'),
    });
    const after = renamed.with(inARow(renamed).files);
    expect(after.errors).toEqual([]);
    expect(after.numbers).toEqual(['1-1-1', '1-1-2', '1-2-1', '2-1-1', '3-1-1', '3-1-2']);
  });
});

describe('content with errors of its own', () => {
  test.each(['大項目: x\n', '大項目: [x, { 番号: 2 }]\n', '大項目:\n  - 番号: 1\n    中項目: x\n', 'x\n'])(
    '%j for structure.yaml: nothing to number, nowhere to stand',
    (rows) => {
      const content = cityWith({ 'structure.yaml': rows });
      expect(inARow(content).files.size).toBe(0);
      for (const plan of [() => removed(content, '1-1-2', {}), () => inserted(content, '1-1-2', {})])
        expect(plan).not.toThrow(TypeError);
      expect(refusal(() => inserted(content, '1-1-2', {}))).toContain('中項目「1-1」は structure.yaml にありません');
    },
  );

  test('a 中項目 whose number has another form stays, as do the others', () => {
    const rows = city.text('structure.yaml').replace('番号: 3-1', '番号: ３-1').replace('番号: 1-2', '番号: 1-4');
    expect(inARow(cityWith({ 'structure.yaml': rows })).files.size).toBe(0);
  });

  test('a 番号 that differs from its file is left to renumber', () => {
    const { files } = removed(cityWith(measure('3-1-3', undefined, '3-1-8')), '1-1-2', {});
    expect([...files.keys()]).toEqual([measureFile('1-1-2')]);
  });

  test('a 中項目 that is empty already is none that is emptied', () => {
    const rows = city.text('structure.yaml').replace(/^( +)- \{ 番号: 3-1.*$/m, '$&\n$1- { 番号: 3-2, 名称: 図書館 }');
    const grown = cityWith({ 'structure.yaml': rows });
    expect([...removed(grown, '1-1-2', {}).files.keys()]).toEqual([measureFile('1-1-2')]);
    expect(refusal(() => removed(grown, '3-2-1', {}))).toBe(
      '取組「3-2-1」はありません。中項目 3-2 に取組はありません。',
    );
  });

  test('all 再掲 are named', () => {
    const more = measure('3-1-4', '番号: 3-1-4\n区分: 新規\n再掲: 1-1-1\n');
    expect(refusal(() => removed(cityWith(more), '1-1-1', {}))).toContain('再掲があります(3-1-1、3-1-4)');
    expect(refusal(() => inARow(cityWith({ ...more, [measureFile('1-1-1')]: undefined })))).toContain(
      '(tests/city/measures/3-1-1.yaml:4 の再掲先「1-1-1」、tests/city/measures/3-1-4.yaml:3 の再掲先「1-1-1」)',
    );
  });
});

test('what becomes of 再掲 means nothing where there are none', () => {
  for (const reprints of ['drop', 'own'] as const)
    expect(removed(city, '1-1-2', { reprints })).toEqual(removed(city, '1-1-2', {}));
});

test('大項目 that change their places take their measures along', () => {
  const [head = '', first = '', ...others] = city.text('structure.yaml').split(/^(?= {2}- )/m);
  const turned = cityWith({ 'structure.yaml': [head, ...others, first].join('') });
  const after = turned.with(inARow(turned).files);
  expect(after.errors).toEqual([]);
  expect(after.text(measureFile('3-1-1'))).toBe(city.text(measureFile('1-1-1')).replace('番号: 1-1-1', '番号: 3-1-1'));
  expect(after.value('2-1-1').再掲).toBe('3-1-1');
});
