import { expect, test } from 'vitest';
import { listRuns, textRuns } from '../../src/compare/words.ts';
import { runsText } from './editions.ts';

function told(before: string, after: string): string {
  const runs = textRuns(before, after);
  // One run where there could be two; in a change what was removed first.
  const kinds = runs.map(({ kind }) => kind);
  expect(kinds.filter((kind, index) => kind === kinds[index + 1])).toEqual([]);
  expect(kinds.filter((kind, index) => kind === 'added' && kinds[index + 1] === 'removed')).toEqual([]);
  expect(runs.filter(({ text }) => text === '')).toEqual([]);
  return runsText(runs);
}

test.each<[string, string, string, string]>([
  ['nothing', '窓口を設ける。', '窓口を設ける。', '窓口を設ける。'],
  ['two empty texts', '', '', ''],
  ['from nothing', '', '窓口', '{+窓口+}'],
  ['to nothing', '窓口', '', '[-窓口-]'],
  ['a word', '窓口を広く設ける。', '窓口を狭く設ける。', '窓口を[-広-]{+狭+}く設ける。'],
  ['a word more', '窓口を設ける。', '窓口を新たに設ける。', '窓口を{+新たに+}設ける。'],
  ['a word less', '窓口を新たに設ける。', '窓口を設ける。', '窓口を[-新たに-]設ける。'],
  ['at the beginning and at the end', '窓口を設ける場所', '新しい窓口を設ける', '{+新しい+}窓口を設ける[-場所-]'],
  // Inside a word.
  ['what a word begins with is kept', '利用を申請する。', '利用を申込する。', '利用を申[-請-]{+込+}する。'],
  ['what it ends with too', '市の図書館で読む。', '市の図画館で読む。', '市の図[-書-]{+画+}館で読む。'],
  // Figures and Latin words stay whole.
  ['a figure', '12件を行う。', '13件を行う。', '[-12-]{+13+}件を行う。'],
  ['a figure with a comma', '5,000件を行う。', '5,500件を行う。', '[-5,000-]{+5,500+}件を行う。'],
  ['a figure with a point', '1.5倍を行う。', '1.25倍を行う。', '[-1.5-]{+1.25+}倍を行う。'],
  ['a Latin word', 'AIを使う。', 'APIを使う。', '[-AI-]{+API+}を使う。'],
  ['a 年度', 'R10に始める。', 'R11に始める。', 'R[-10-]{+11+}に始める。'],
  [
    'a comma between figures of unlike length',
    '1,200件を行う。',
    '1,200,000件を行う。',
    '[-1,200-]{+1,200,000+}件を行う。',
  ],
  // A character and its marks are one.
  ['a combining mark', 'かくことを行う。', 'か\u3099くことを行う。', '[-か-]{+か\u3099+}くことを行う。'],
  ['of two units', '𠮟る人を見る。', '𩸽る人を見る。', '[-𠮟-]{+𩸽+}る人を見る。'],
  // Islands: one or two characters between larger changes.
  ['an island', '犬と猫を飼う人の家', '鳥と魚を飼う人の家', '[-犬と猫-]{+鳥と魚+}を飼う人の家'],
  ['a stop is none', '甲、乙を使う人の家', '丙、丁を使う人の家', '[-甲-]{+丙+}、[-乙-]{+丁+}を使う人の家'],
  [
    'three characters are none',
    '犬その他猫を飼う人の家',
    '鳥その他魚を飼う人の家',
    '[-犬-]{+鳥+}その他[-猫-]{+魚+}を飼う人の家',
  ],
  [
    'between two that were only added',
    '窓口の場所を広く知らせる。',
    '新窓口の新場所を広く知らせる。',
    '{+新+}窓口の{+新+}場所を広く知らせる。',
  ],
  [
    'two characters are an island',
    '犬やら猫を飼う人の家',
    '鳥やら魚を飼う人の家',
    '[-犬やら猫-]{+鳥やら魚+}を飼う人の家',
  ],
  ['a figure is none', '犬1猫を飼う人の家', '鳥1魚を飼う人の家', '[-犬-]{+鳥+}1[-猫-]{+魚+}を飼う人の家'],
  [
    'between one that was replaced and one that was only added',
    '犬の場所を広く知らせる。',
    '鳥の新場所を広く知らせる。',
    '[-犬-]{+鳥+}の{+新+}場所を広く知らせる。',
  ],
  [
    'between one that was only added and one that was replaced',
    '場所の犬を広く知らせる。',
    '新場所の鳥を広く知らせる。',
    '{+新+}場所の[-犬-]{+鳥+}を広く知らせる。',
  ],
  [
    'between one that was only removed and one that was replaced',
    '新場所の犬を広く知らせる。',
    '場所の鳥を広く知らせる。',
    '[-新-]場所の[-犬-]{+鳥+}を広く知らせる。',
  ],
  ['an island at the end is none', '窓口を設ける犬の', '窓口を設ける鳥の', '窓口を設ける[-犬-]{+鳥+}の'],
  [
    'islands in a row',
    '甲と乙と丙を飼う人の家を広く知らせる',
    '子と丑と寅を飼う人の家を広く知らせる',
    '[-甲と乙と丙-]{+子と丑と寅+}を飼う人の家を広く知らせる',
  ],
  [
    'behind one that was only added it is none',
    'のAを広く知らせる。',
    'BのCを広く知らせる。',
    '{+B+}の[-A-]{+C+}を広く知らせる。',
  ],
  [
    'behind one that was only removed neither',
    'BのAを広く知らせる。',
    'のCを広く知らせる。',
    '[-B-]の[-A-]{+C+}を広く知らせる。',
  ],
  [
    'in front of one that was only added neither',
    'Aのを広く知らせる。',
    'CのBを広く知らせる。',
    '[-A-]{+C+}の{+B+}を広く知らせる。',
  ],
  ['what words end with, of several signs', 'アイウエを行う。', 'カキウエを行う。', '[-アイ-]{+カキ+}ウエを行う。'],
  [
    'an island of two words',
    'xxx のyyyを広く知らせる。',
    'zzz のwwwを広く知らせる。',
    '[-xxx のyyy-]{+zzz のwww+}を広く知らせる。',
  ],
  // Repeated signs.
  ['one more of the same', 'ハハと笑う人の家', 'ハハハと笑う人の家', 'ハハ{+ハ+}と笑う人の家'],
  ['one less of the same', 'ハハハと笑う人の家', 'ハハと笑う人の家', 'ハハ[-ハ-]と笑う人の家'],
  ['a mark behind a figure', '12\u3099個を飼う人の家', '13\u3099個を飼う人の家', '[-12-]{+13+}\u3099個を飼う人の家'],
  ['white space alone', 'あ\n \nい', 'あ\n  \nい', 'あ\n {+ +}\nい'],
  // Lines.
  [
    'a line more',
    '一つ目の行\n三つ目の行',
    '一つ目の行\n二つ目の列\n三つ目の行',
    '一つ目の行{+\n二つ目の列+}\n三つ目の行',
  ],
  ['several lines that stay', '一\n二\n三', '一\n二\n三\n四', '一\n二\n三{+\n四+}'],
  ['a line less', '・転入\n・転出\n・証明', '・転入\n・証明', '・転入[-\n・転出-]\n・証明'],
  ['the first line', 'ABC DEF\nGHI JKL', 'GHI JKL', '[-ABC DEF\n-]GHI JKL'],
  [
    'a line among others',
    '一行目はこれ\n受付は市役所で行う\n三行目',
    '一行目はこれ\n受付は支所で行う\n三行目',
    '一行目はこれ\n受付は[-市役-]{+支+}所で行う\n三行目',
  ],
  [
    'a line that is another one',
    '変わらない行\n全体の計画を立てる',
    '変わらない行\nABCDEFG',
    '変わらない行[-\n全体の計画を立てる-]{+\nABCDEFG+}',
  ],
  [
    'lines broken elsewhere',
    '窓口を設けて、\n広く市民に知らせる。',
    '窓口を設けて、広く市民に知らせる。',
    '窓口を設けて、[-\n-]広く市民に知らせる。',
  ],
  ['only a line break at the end', '窓口', '窓口\n', '窓口{+\n+}'],
])('%s', (_, before, after, expected) => {
  expect(told(before, after)).toBe(expected);
});

// Latin words are words wherever the system's dictionary ends: the thresholds are told with them.
const line = (...words: string[]) => words.join(' ');
test.each<[string, string, string, string]>([
  [
    'two of five words: the same line',
    line('a', 'b', 'c', 'd', 'e'),
    line('a', 'b', 'x', 'y', 'z'),
    'a b [-c d e-]{+x y z+}',
  ],
  ['one of three words: another line', line('a', 'b', 'c'), line('a', 'y', 'z'), '[-a b c-]{+a y z+}'],
  [
    'two of six words: another line',
    line('a', 'b', 'c', 'd', 'e', 'f'),
    line('a', 'b', 'w', 'x', 'y', 'z'),
    '[-a b c d e f-]{+a b w x y z+}',
  ],
  ['of the words of the longer one', line('a', 'b'), line('a', 'b', 'w', 'x', 'y', 'z'), '[-a b-]{+a b w x y z+}'],
  ['two of five, the shorter one behind', line('a', 'b', 'x', 'y', 'z'), line('a', 'b'), 'a b[- x y z-]'],
  [
    'a word counts as often as both have it',
    line('a', 'a', 'a', 'a', 'a'),
    line('a', 'w', 'x', 'y', 'z'),
    '[-a a a a a-]{+a w x y z+}',
  ],
  // Each new line is set against the first old one it resembles, in order.
  [
    'two lines, each with its own',
    'one two three\nfour five six',
    'one two THREE\nfour five SIX',
    'one two [-three-]{+THREE+}\nfour five [-six-]{+SIX+}',
  ],
  [
    'a line between',
    'one two three\nfour five six',
    'one two THREE\nx\nfour five SIX',
    'one two [-three-]{+THREE\nx+}\nfour five [-six-]{+SIX+}',
  ],
  [
    'a line that is gone between',
    'one two three\nx\nfour five six',
    'one two THREE\nfour five SIX',
    'one two [-three\nx-]{+THREE+}\nfour five [-six-]{+SIX+}',
  ],
  [
    'lines that changed places do not cross',
    'one two three\nfour five six',
    'four five SIX\none two THREE',
    '{+four five SIX\n+}one two [-three\nfour five six-]{+THREE+}',
  ],
  ['a new line behind', 'one two three', 'one two THREE\nx y z', 'one two [-three-]{+THREE\nx y z+}'],
  // Lines broken elsewhere: four fifths of the words.
  [
    'four of five, in one line more',
    'one two three four five',
    'one two three\nfour FIVE',
    'one two three[- -]{+\n+}four [-five-]{+FIVE+}',
  ],
  [
    'four of six, in one line more',
    'one two three four five six',
    'one two three\nfour xx yy',
    'one two three[- four five six-]{+\nfour xx yy+}',
  ],
  [
    'as many lines as before: each by itself',
    'one two three four five\nsix seven',
    'one two three four\nfive six seven',
    'one two three four[- five-]\n{+five +}six seven',
  ],
  [
    'as many lines, one of them like another one',
    'one two three four\nfive',
    'one\ntwo three four five',
    '[-one -]{+one\n+}two three four[-\nfive-]{+ five+}',
  ],
])('by words: %s', (_, before, after, expected) => {
  expect(told(before, after)).toBe(expected);
});

test('a long clause is cut into words too', () => {
  const [before, after] = [`${'あ'.repeat(150)}甲`, `${'あ'.repeat(150)}乙`];
  const runs = textRuns(before, after);
  expect(runs.map(({ kind }) => kind)).toEqual(['kept', 'removed', 'added']);
});

test('texts that have nothing in common are replaced as a whole', () => {
  // More differences than are looked for.
  const text = (first: number) => Array.from({ length: 501 }, (_, index) => `${first + index}`).join('\n');
  expect(textRuns(text(1_000), text(2_000))).toEqual([
    { kind: 'removed', text: text(1_000) },
    { kind: 'added', text: text(2_000) },
  ]);
});

test.each<[string[], string[], string[]]>([
  [[], [], []],
  [['甲'], ['甲'], ['甲']],
  [
    ['甲', '乙'],
    ['乙', '甲'],
    ['[-甲-]', '乙', '{+甲+}'],
  ],
  [
    ['甲', '乙'],
    ['甲', '丙', '乙'],
    ['甲', '{+丙+}', '乙'],
  ],
  [['甲'], ['甲課'], ['[-甲-]', '{+甲課+}']],
  [['甲', '乙'], [], ['[-甲-]', '[-乙-]']],
])('names %j → %j: one run a name', (before, after, expected) => {
  expect(listRuns(before, after).map((run) => runsText([run]))).toEqual(expected);
});

test('a name is kept, removed or added', () => {
  expect(listRuns(['甲', '乙'], ['甲', '丙'])).toEqual([
    { kind: 'kept', text: '甲' },
    { kind: 'removed', text: '乙' },
    { kind: 'added', text: '丙' },
  ]);
});
