import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/diagnostics/user-error.ts';
import { inserted } from '../../../src/edit/numbers/insert.ts';
import { removed } from '../../../src/edit/numbers/remove.ts';
import { measureFile } from '../../../src/model/numbers.ts';
import { placeholderTitle } from '../../../src/model/words.ts';
import { type Content, city, edition, lake } from './contents.ts';

const runs = Number(process.env.RUNS ?? 6);
const codes = (content: Content) => content.checked.diagnostics.map(({ code }) => code);

describe('a new measure', () => {
  test('is made at its place, as its neighbours are', () => {
    const { files, notes } = inserted(city, '1-1-2', {
      title: '海の「記録」',
      sections: ['学校課', '(発注)漁港課'],
    });
    expect(files.get(measureFile('1-1-2'))).toBe(
      [
        ...['# yaml-language-server: $schema=../../../content/measure.schema.json', '番号: 1-1-2', '区分: 新規'],
        ...['取組: 海の「記録」', '担当局・部: [教育局, 産業局 水産部]', '担当課: [学校課, (発注)漁港課]'],
        ...['スケジュール:', '  R10: {}', '  R11: {}', '  R12: {}', ''],
      ].join('\n'),
    );
    expect(files.get(measureFile('1-1-3'))).toBe(city.text(measureFile('1-1-2')).replace('番号: 1-1-2', '番号: 1-1-3'));
    expect([...files.keys()].sort()).toEqual([measureFile('1-1-2'), measureFile('1-1-3')]);
    expect(notes).toEqual([
      '次に、tests/city/measures/1-1-2.yaml の 取組内容、効果・KPI、現状・実績・目標、スケジュール、関連計画 を書いてください。',
    ]);
    expect(codes(city.with(files))).toEqual([]);
  });

  test('without a name and a 課 it has the place of one, and those in charge beside it', () => {
    const { files, notes } = inserted(city, '3-1-4', {});
    const after = city.with(files);
    expect(after.value('3-1-4')).toMatchObject({
      取組: placeholderTitle,
      '担当局・部': ['教育局'],
      担当課: ['学校課'],
    });
    expect(codes(after)).toEqual(['placeholder-title']);
    expect(notes.at(-1)).toContain('の 取組、取組内容、');
    // Beside a 再掲, those that it takes from its target.
    expect(city.with(inserted(city, '3-1-1', {}).files).value('3-1-1')).toMatchObject({
      ...{ '担当局・部': ['市民局'], 担当課: ['窓口課'] },
    });
  });

  test('those in charge are those of the one above, of the first those of the one below', () => {
    const { measures = [] } = lake.layout[0] ?? {};
    const charge = (content: Content, number: string) => [
      content.value(number)['担当局・部'],
      content.value(number).担当課,
    ];
    for (const [index, number] of measures.entries()) {
      const after = lake.with(inserted(lake, number, {}).files);
      expect(charge(after, number), number).toEqual(charge(lake, measures[index - 1] ?? number));
    }
    const last = `1-1-${measures.length + 1}`;
    expect(charge(lake.with(inserted(lake, last, {}).files), last)).toEqual(charge(lake, measures.at(-1) ?? ''));
  });

  test('its first line is the nearest that tells editors the schema, if there is one', () => {
    const first = (text: string) => text.replace(/^#.*\n/, '');
    const paths = city.numbers.map(measureFile);
    const bare = new Map(paths.map((path) => [path, first(city.text(path))]));
    const none = city.with(bare);
    expect(none.with(inserted(none, '1-1-2', {}).files).text(measureFile('1-1-2'))).toMatch(/^番号: 1-1-2\n/);
    const mine = city.with(
      new Map([
        ...bare,
        [measureFile('1-1-1'), `# 確認中\n${bare.get(measureFile('1-1-1'))}`],
        [measureFile('2-1-1'), `# yaml-language-server: x\n${bare.get(measureFile('2-1-1'))}`],
      ]),
    );
    expect(mine.with(inserted(mine, '1-1-2', {}).files).text(measureFile('1-1-2'))).toMatch(
      /^# yaml-language-server: x\n番号: 1-1-2\n/,
    );
  });

  test('of a 課 that several 局・部 have, the one that the neighbours are of', () => {
    const organization = city.text('organization.yaml').replace('[学校課]', '[学校課, 窓口課]');
    const both = city.with(new Map([['organization.yaml', organization]]));
    expect(both.with(inserted(both, '1-1-3', { sections: ['窓口課'] }).files).value('1-1-3')['担当局・部']).toEqual([
      '市民局',
    ]);
    expect(both.with(inserted(both, '3-1-4', { sections: ['窓口課'] }).files).value('3-1-4')['担当局・部']).toEqual([
      '教育局',
    ]);
    expect(() => inserted(both, '2-1-1', { sections: ['窓口課'] })).toThrow(
      '課「窓口課」は 市民局、教育局 にあり、どれか決まりません',
    );
  });

  test('of a 課 that is not there', () => {
    expect(() => inserted(city, '2-1-1', { sections: ['窓囗課'] })).toThrow(
      '課「窓囗課」は organization.yaml にありません。「窓口課」の間違いではありませんか。',
    );
    expect(() => inserted(city, '2-1-1', { sections: ['宇宙開発推進課'] })).toThrow(
      '新しい課なら先に organization.yaml に',
    );
  });

  test('is the first of a 中項目 that is new', () => {
    const rows = city.text('structure.yaml').replace(/^( +)- \{ 番号: 3-1.*$/m, '$&\n$1- { 番号: 3-2, 名称: 図書館 }');
    const grown = city.with(new Map([['structure.yaml', rows]]));
    expect(() => inserted(grown, '3-2-1', {})).toThrow(
      new UserError(
        '中項目 3-2 にはまだ取組がなく、担当が分かりません。--section に担当課を書いてください(organization.yaml の名前)。',
      ),
    );
    expect(() => inserted(grown, '3-2-2', {})).toThrow('中項目 3-2 で置けるのは 3-2-1 だけです');
    const after = grown.with(inserted(grown, '3-2-1', { title: '本の貸出し', sections: ['学校課'] }).files);
    expect(codes(after)).toEqual([]);
    expect(after.text(measureFile('3-2-1'))).toMatch(/^# yaml-language-server/);
  });
});

test.each([
  ['the city', city, runs],
  ['the lake', lake, runs],
  ['content/', edition, Math.ceil(runs / 4)],
])('what was removed and is put back has the same bytes: %s', (_, content, numRuns) => {
  const targets = new Set(content.numbers.map((number) => content.value(number).再掲));
  const alone = content.layout.filter(({ measures }) => measures.length === 1).flatMap(({ measures }) => measures);
  const numbers = content.numbers.filter((number) => !targets.has(number) && !alone.includes(number));
  const property = fc.property(fc.constantFrom(...numbers), (number) => {
    const without = content.with(removed(content, number, {}).files);
    expect(without.errors).toEqual([]);
    const again = without.with(inserted(without, number, { title: '海の記録' }).files);
    expect(again.errors).toEqual([]);
    const path = measureFile(number);
    expect(again.with(new Map([[path, content.text(path)]])).written).toEqual(content.written);
  });
  fc.assert(property, { numRuns });
});
