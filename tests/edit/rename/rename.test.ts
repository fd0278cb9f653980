import { expect, test } from 'vitest';
import { checkContent } from '../../../src/content/check.ts';
import { UserError } from '../../../src/diagnostics/user-error.ts';
import { planRename } from '../../../src/edit/rename/rename.ts';
import { city, put, textOf } from '../../content/city.ts';

type Changes = Record<string, string>;
/** What is told, and the lines that change, as the city with other files is renamed. */
function renamed(before: string, after: string, changes: Changes = {}, texts = false) {
  const { source, entries } = city();
  for (const [path, text] of Object.entries(changes)) put(entries, path, text);
  const { files } = checkContent(source);
  const { files: results, notes } = planRename({ source, files }, { before, after, texts });
  const lines = [...results].flatMap(([path, text = '']) => {
    const old = (changes[path] ?? textOf(path)).split('\n');
    const fresh = text.split('\n');
    return [
      ...fresh.filter((line) => !old.includes(line)).map((line) => `${path} + ${line.trim()}`),
      ...(fresh.length < old.length ? old.filter((line) => !fresh.includes(line)) : []).map(
        (line) => `${path} - ${line.trim()}`,
      ),
    ];
  });
  return [...notes, ...lines];
}
function refused(...request: Parameters<typeof renamed>): string {
  try {
    return renamed(...request).join('\n');
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** A file of the city with replacements. */
const changed = (path: string, ...edits: [string, string][]): Changes => ({
  [path]: edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
    return text.replace(from, to);
  }, textOf(path)),
});
const fish = 'measures/2-1-1.yaml';

test('a 課: where it is given, in lists with its role, in 区分', () => {
  expect(renamed('漁港課', '港湾課')).toEqual([
    '課「漁港課」を「港湾課」に変えます。',
    'organization.yaml + 課: [港湾課, 流通課]',
    `${fish} + 担当課: [(発注)港湾課, 流通課]`,
    `${fish} + 予算額: [{ 区分: 港湾課, 額: 1200 }, { 区分: 流通課, 額: — }]`,
  ]);
});

test('in the overview’s own wording, part by part', () => {
  const of = (wording: string) =>
    renamed('漁港課', '港湾課', { [fish]: `${textOf(fish)}一覧表: { 担当課: ${wording} }\n` }).at(-1);
  expect(of('漁港課・流通課')).toBe(`${fish} + 一覧表: { 担当課: 港湾課・流通課 }`);
  expect(of('(発注、監理)漁港課、流通課')).toBe(`${fish} + 一覧表: { 担当課: (発注、監理)港湾課、流通課 }`);
  // More than the name: a text that mentions it.
  expect(of('漁港課ほか')).toBe(`${fish} + 予算額: [{ 区分: 港湾課, 額: 1200 }, { 区分: 流通課, 額: — }]`);
});

test('a 局・部, a 局 with all its 部, and a 局 that becomes a 部 of its own', () => {
  expect(renamed('産業局 水産部', '海洋局')).toEqual([
    '局・部「産業局 水産部」を「海洋局」に変えます。',
    'organization.yaml + - 名称: 海洋局',
    `${fish} + 担当局・部: [海洋局]`,
  ]);
  expect(renamed('産業局', '海洋局')).toEqual([
    '局・部「産業局」を「海洋局」に変えます(産業局 水産部 も)。',
    'organization.yaml + - 名称: 海洋局 水産部',
    `${fish} + 担当局・部: [海洋局 水産部]`,
  ]);
  expect(renamed('教育局', '教育局 学校部')[0]).toBe('局・部「教育局」を「教育局 学校部」に変えます。');
});

test('what is a 課 and a 局・部 is renamed as both', () => {
  const both = changed('organization.yaml', ['[学校課]', '[学校課, 教育局]']);
  expect(renamed('教育局', '学務局', both).slice(0, 2)).toEqual([
    '課「教育局」を「学務局」に変えます。',
    '局・部「教育局」を「学務局」に変えます。',
  ]);
});

test('関連計画 and headings', () => {
  expect(renamed('防災計画', '減災計画')).toEqual([
    '関連計画「防災計画」を「減災計画」に変えます。',
    'edition.yaml + 関連計画: [総合計画, 減災計画]',
    `${fish} + 関連計画: [総合計画, 減災計画]`,
  ]);
  expect(renamed('学び', '学びと文化')).toEqual([
    '大項目「学び」を「学びと文化」に変えます。',
    'structure.yaml + 名称: 学びと文化',
  ]);
});

test('two become one: the old one goes where it is given, and from lists that have both', () => {
  const [note, ...lines] = renamed(
    '防災課',
    '窓口課',
    changed('measures/1-2-1.yaml', ['[防災課]', '[窓口課, 防災課]']),
  );
  expect(note).toBe('課「防災課」を、今ある課「窓口課」と1つにします(organization.yaml の「防災課」はなくなります)。');
  expect(lines).toEqual(['organization.yaml + 課: [窓口課]', 'measures/1-2-1.yaml + 担当課: [窓口課]']);
  expect(renamed('教育局', '市民局').slice(1)).toEqual([
    'organization.yaml + 課: [窓口課, 防災課, 学校課]',
    'organization.yaml - 課: [窓口課, 防災課]',
    'organization.yaml - - 名称: 教育局',
    'organization.yaml - 課: [学校課]',
    'measures/3-1-2.yaml + 担当局・部: [市民局]',
    'measures/3-1-3.yaml + 担当局・部: [市民局]',
  ]);
  expect(renamed('総合計画', '防災計画').slice(1)).toContain('edition.yaml + 関連計画: [防災計画]');
});

test('a 予算額 that would have one 区分 twice is not decided', () => {
  expect(refused('漁港課', '流通課')).toBe(
    `「漁港課」と「流通課」を1つにすると、予算額に同じ区分が2つできるため、何も書き換えていません: city/${fish}:13。どちらの額を残すか、足すかは決められません。先に、そこの「漁港課」の項目をなくしてから(額を「流通課」に足すか、消します)、もう一度実行してください。`,
  );
});

test('names changed in organization.yaml alone: the measures follow', () => {
  expect(renamed('漁港課', '港湾課', changed('organization.yaml', ['漁港課', '港湾課']))).toEqual([
    '課「漁港課」を「港湾課」に変えます。',
    `${fish} + 担当課: [(発注)港湾課, 流通課]`,
    `${fish} + 予算額: [{ 区分: 港湾課, 額: 1200 }, { 区分: 流通課, 額: — }]`,
  ]);
});

const mentioning = changed(
  'measures/1-2-1.yaml',
  ['担当課: [防災課]', '担当課:\n  - 防災課\n  - 窓口課'],
  [
    '  避難所の混雑状況を公開する。',
    '  公開する。\n  港町市防災課と総合防災課、防災課長、防災課題、旧防災課。\n  総合窓口防災課も。',
  ],
);

test('mentions in texts are told, with the line where they stand', () => {
  expect(renamed('防災課', '危機管理課', mentioning)).toEqual([
    '課「防災課」を「危機管理課」に変えます。',
    '文の中の「防災課」は書き換えていません。これも変えるには、この変更をコミットしてから npx shisakushu rename 防災課 危機管理課 --texts を実行してください(3 か所):',
    '  city/measures/1-2-1.yaml:11 港町市防災課と総合防災課、防災課長、防災課題…',
    '  city/measures/1-2-1.yaml:11 港町市防災課と総合防災課、防災課長、防災課題、旧防災課。',
    '  city/measures/1-2-1.yaml:11 …合防災課、防災課長、防災課題、旧防災課。',
    '次の「防災課」は、ほかの名前か言葉の一部、または前の改定の記録のようなので、書き換えていません。違うものがあれば手で直してください(3 か所):',
    '  city/measures/1-2-1.yaml:11 港町市防災課と総合防災課、防災課長、防災課題、旧防災課。',
    '  city/measures/1-2-1.yaml:11 …市防災課と総合防災課、防災課長、防災課題、旧防災課。',
    '  city/measures/1-2-1.yaml:12 総合窓口防災課も。',
    'organization.yaml + 課: [窓口課, 危機管理課]',
    'measures/1-2-1.yaml + - 危機管理課',
  ]);
});

test('they are changed where that is asked for, also after the name', () => {
  const line = '港町市危機管理課と総合防災課、危機管理課長、防災課題、旧危機管理課。';
  expect(renamed('防災課', '危機管理課', mentioning, true)).toContain(`measures/1-2-1.yaml + ${line}`);
  const later = { ...mentioning, ...changed('organization.yaml', ['防災課', '危機管理課']) };
  later['measures/1-2-1.yaml'] = later['measures/1-2-1.yaml']?.replace('- 防災課', '- 危機管理課') ?? '';
  expect(refused('防災課', '危機管理課', later)).toMatch(/「危機管理課」はあります。もう名前を変えた後で、.* --texts /);
  expect(renamed('防災課', '危機管理課', later, true).at(-1)).toBe(`measures/1-2-1.yaml + ${line}`);
});

test('a line that went moves the mentions below it', () => {
  expect(renamed('防災課', '窓口課', mentioning)[2]).toMatch(/^ {2}city\/measures\/1-2-1\.yaml:10 /);
});

test('a name inside a longer one that is known is no mention, nor is the new name', () => {
  const text = ['避難所の混雑状況を公開する。', '総合防災課と防災課。'] as [string, string];
  const known = {
    ...changed('organization.yaml', ['防災課]', '防災課, 総合防災課]']),
    ...changed('measures/1-2-1.yaml', text),
  };
  const mentions = (after: string) => renamed('防災課', after, known).filter((note) => note.startsWith('  '));
  expect(mentions('危機管理課')).toHaveLength(1);
  expect(renamed('防災課', '総合防災課室', changed('measures/1-2-1.yaml', [text[0], '総合防災課室。'])).length).toBe(3);
});

test('titles, headings and edition.yaml have mentions; files that annexes are in have none', () => {
  const changes = {
    ...changed(
      'edition.yaml',
      ['取組集', '防災課の取組集'],
      ['個票]', '個票, { 別冊: annexes/防災課.pdf, 題名: 防災課の地図 }]'],
    ),
    ...changed('structure.yaml', ['漁業', '防災課の漁業']),
    ...changed('measures/1-1-1.yaml', ['書かない窓口', '書かない防災課']),
  };
  expect(renamed('防災課', '危機管理課', changes, true).filter((line) => line.startsWith('  '))).toEqual([
    '  city/edition.yaml:4 防災課の取組集',
    '  city/edition.yaml:11 防災課の地図',
    '  city/structure.yaml:11 防災課の漁業',
    '  city/measures/1-1-1.yaml:4 書かない防災課',
  ]);
});

test('what was said of editions before is told, and stays', () => {
  const history = {
    'edition.yaml': `${textOf('edition.yaml')}改定履歴:\n  - { 年月: 令和12年3月, 内容: 防災課の新設 }\n`,
  };
  expect(renamed('防災課', '危機管理課', history, true).slice(1, 3)).toEqual([
    expect.stringMatching(/^次の「防災課」は、.*前の改定の記録.*\(1 か所\):$/),
    '  city/edition.yaml:14 防災課の新設',
  ]);
});

test.each<[string, string, RegExp]>([
  ['', 'x', /^いまの名前と新しい名前を、この順に/],
  ['防災課', ' ', /^いまの名前と新しい名前を、この順に/],
  ['防災課', '防災課', /どちらも「防災課」です/],
  ['防災課', '防災\n課', /改行があります/],
  ['防災課', ' 防災室', /空白/],
  ['防災課', '防災、減災課', /「、」は使えません/],
  ['防災課', '防災　減災課', /全角の空白は使えません/],
  ['防災課', '(発注)防災室', /役割「\(発注\)」を付けずに.*rename 防災課 防災室/],
  ['(発注)漁港課', '港湾課', /課「漁港課」\(役割を付けずに書きます\)のこと/],
  ['防災課', '防災ｼﾂ', /半角カタカナ/],
  ['防災課', '防災🙂', /新しい名前「防災🙂」: .*書体にない文字/],
  [
    '防災科',
    '防災室',
    /「防災科」という名前の課、局・部、関連計画、大項目、中項目はありません。課「防災課」、中項目「防災」のこと/,
  ],
  ['水産部', '海洋部', /局・部「産業局 水産部」のこと/],
  ['防災', '窓口', /^中項目「窓口」はもうあります\(city\/structure\.yaml:6\)/],
])('refused: %s → %s', (before, after, told) => {
  expect(refused(before, after)).toMatch(told);
});

test('headings may have signs that names may not', () => {
  expect(renamed('学び', '学び、文化')[1]).toBe('structure.yaml + 名称: 学び、文化');
});
