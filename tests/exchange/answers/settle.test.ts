// Answers merged into content that went on meanwhile: by cell, from the base of each workbook.
import { expect, test } from 'vitest';
import { checkContent } from '../../../src/content/check.ts';
import { readWorkingTree } from '../../../src/content/source/source.ts';
import { MemoryContent } from '../../compare/contents.ts';
import { answersOf, settledWith, toldLines } from './answering.ts';

const city = () => new MemoryContent();
const changed = (change: (content: MemoryContent) => void) => {
  const content = city();
  change(content);
  return content.source();
};
const diffOf = (before: string, after: string) => {
  const lines = before.split('\n');
  return after.split('\n').filter((line) => !lines.includes(line));
};

test.each(['tests/city', 'tests/lake', 'content'])(
  '%s: a workbook that nobody touched changes nothing',
  async (folder) => {
    const source = readWorkingTree(folder);
    const { texts, told, out } = await settledWith(source, [answersOf(source, {}, { file: 'a.xlsx' })]);
    expect([texts, told, [...out]]).toEqual([{}, [], []]);
  },
);

test('an answer is written where it belongs, and all else of the file stays', async () => {
  const content = city();
  const source = content.source();
  const { texts, merged } = await settledWith(source, [
    answersOf(source, { '1-1-1 R11 事業実績': '窓口2か所で始めた。', '1-1-1 R12 予算額': 3300 }, { file: 'a.xlsx' }),
  ]);
  expect(Object.keys(texts)).toEqual(['1-1-1']);
  expect(diffOf(content.read('measures/1-1-1.yaml'), texts['1-1-1'] ?? '')).toEqual([
    '    事業実績: 窓口2か所で始めた。',
    '    予算額: 3300',
  ]);
  expect(merged.taken).toHaveLength(2);
});

test('what the content has changed meanwhile stays, and so does what a workbook does not have', async () => {
  const old = city().source();
  const now = changed((content) => content.replace('measures/1-1-1.yaml', '内容: 導入', '内容: 全庁に導入'));
  const { texts, conflicts } = await settledWith(now, [
    answersOf(old, { '1-1-1 R11 事業実績': '始めた。' }, { file: 'a.xlsx' }),
  ]);
  expect(conflicts).toEqual([]);
  expect(texts['1-1-1']).toContain('    内容: 全庁に導入\n    予算額: 12500\n    事業実績: 始めた。\n');
});

test('a measure that got another number is followed', async () => {
  const old = city().source();
  const now = changed((content) => {
    content.renumber('3-1-3', '3-1-4');
    content.write('measures/3-1-3.yaml', content.read('measures/1-2-1.yaml').replaceAll('1-2-1', '3-1-3'));
  });
  const { edition } = checkContent(old).readable();
  const title = edition.categories.flatMap(({ groups }) => groups.flatMap(({ measures }) => measures));
  expect(title.some(({ id }) => id === '3-1-3')).toBe(true);
  const { texts, told } = await settledWith(now, [
    answersOf(
      old,
      { '3-1-3 取組内容': '書き足した。', '1-1-1 R11 事業実績': '3-1-3 と合わせた。' },
      { file: 'a.xlsx' },
    ),
  ]);
  expect(toldLines(told)).toEqual([expect.stringMatching(/^warning .*「3-1-3」.*いまは 3-1-4 です。$/)]);
  expect(Object.keys(texts).sort()).toEqual(['1-1-1', '3-1-4']);
});

test('both sides changed one cell: 衝突, until one of them is chosen', async () => {
  const old = city().source();
  const now = changed((content) => content.replace('measures/1-1-1.yaml', '予算額: 12500', '予算額: 13000'));
  const answers = [answersOf(old, { '1-1-1 R11 予算額': 14000 }, { file: 'a.xlsx' })];
  const open = await settledWith(now, answers);
  expect(open.texts).toEqual({});
  expect([...open.out]).toEqual(['a.xlsx']);
  expect(open.conflicts).toMatchObject([
    {
      number: '1-1-1',
      field: '予算額',
      year: 'R11',
      ours: { budget: 13000 },
      answers: [{ file: 'a.xlsx', base: { budget: 12500 }, theirs: { budget: 14000 } }],
    },
  ]);
  const theirs = await settledWith(now, answers, { theirs: ['1-1-1'] });
  expect([theirs.conflicts, [...theirs.out]]).toEqual([[], []]);
  expect(theirs.texts['1-1-1']).toContain('予算額: 14000');
  const ours = await settledWith(now, answers, { ours: ['1-1-1'] });
  expect([ours.conflicts, [...ours.out], ours.texts]).toEqual([[], [], {}]);
  expect([...ours.contested]).toEqual(['1-1-1']);
});

test('the same answer from two workbooks is one; different ones are a 衝突 of both', async () => {
  const source = city().source();
  const one = (file: string, text: string) => answersOf(source, { '1-1-1 R11 事業実績': text }, { file });
  const alike = await settledWith(source, [one('a.xlsx', '始めた。'), one('b.xlsx', '始めた。')]);
  expect(alike.texts['1-1-1']).toContain('事業実績: 始めた。');
  const different = [one('a.xlsx', '始めた。'), one('b.xlsx', '延期した。')];
  const open = await settledWith(source, different);
  expect(open.texts).toEqual({});
  expect(open.conflicts[0]?.answers.map(({ file }) => file)).toEqual(['a.xlsx', 'b.xlsx']);
  // Nobody can tell which of theirs.
  expect((await settledWith(source, different, { theirs: ['1-1-1'] })).conflicts).toHaveLength(1);
  expect((await settledWith(source, different, { ours: ['1-1-1'] })).conflicts).toEqual([]);
});

test('an older workbook beside a newer one: each from its own base', async () => {
  const old = city().source();
  const now = changed((content) =>
    content.replace('measures/1-1-1.yaml', '予算額: 12500\n', '予算額: 12500\n    事業実績: 始めた。\n'),
  );
  const { texts, conflicts } = await settledWith(now, [
    answersOf(old, { '1-1-1 R11 事業実績': '始めた。' }, { file: 'old.xlsx' }),
    answersOf(now, { '1-1-1 R11 事業実績': '2か所で始めた。' }, { file: 'new.xlsx' }),
  ]);
  expect(conflicts).toEqual([]);
  expect(texts['1-1-1']).toContain('事業実績: 2か所で始めた。');
});

test('an emptied cell is emptied, and a required one is told at its cell', async () => {
  const source = city().source();
  const emptied = await settledWith(source, [answersOf(source, { '1-1-1 R11 内容': null }, { file: 'a.xlsx' })]);
  expect(emptied.texts['1-1-1']).not.toContain('内容: 導入');
  const required = await settledWith(source, [answersOf(source, { '1-1-1 取組': null }, { file: 'a.xlsx' })]);
  expect(required.texts).toEqual({});
  expect(toldLines(required.told)).toEqual([expect.stringMatching(/^error a\.xlsx 1-1-1!C\d+ 「取組」が空欄です。$/)]);
});

test('what the check says is told at the cell, of each workbook; those without are taken', async () => {
  const source = city().source();
  const { texts, told, out } = await settledWith(source, [
    answersOf(source, { '1-1-1 R11 事業実績': 'ﾃﾞｼﾞﾀﾙ化した。', '1-1-1 担当課 1': 'ない課' }, { file: 'bad.xlsx' }),
    answersOf(source, { '1-1-2 R11 事業実績': '終えた。' }, { file: 'good.xlsx' }),
  ]);
  expect(toldLines(told)).toEqual([
    expect.stringMatching(/^error bad\.xlsx 1-1-1!C\d+ 半角カタカナ/),
    expect.stringMatching(/^error bad\.xlsx 1-1-1!C\d+ 課「ない課」は organization\.yaml にありません。$/),
  ]);
  expect(told.map(({ hint }) => hint).join()).not.toMatch(/check --fix|キー/);
  expect([...out]).toEqual(['bad.xlsx']);
  expect(Object.keys(texts)).toEqual(['1-1-2']);
});

test('a measure that went, and a 年度 that went: what was answered in them is told, the rest is nothing', async () => {
  const old = city().source();
  const now = changed((content) => {
    content.remove('measures/3-1-3.yaml');
    content.replace('edition.yaml', '年度: [R10, R11, R12]', '年度: [R11, R12]');
    content.replace('edition.yaml', '現状: R10', '現状: R11');
    for (const file of [...content.files.keys()].filter((name) => /^ {2}R10:/m.test(content.read(name))))
      content.replace(file, /^ {2}R10:.*\n(?: {4}.*\n)*/gm, '');
  });
  const quiet = await settledWith(now, [answersOf(old, {}, { file: 'a.xlsx' })]);
  expect([quiet.texts, toldLines(quiet.told)]).toEqual([{}, []]);
  const { told } = await settledWith(now, [
    answersOf(old, { '3-1-3 取組内容': '足した。', '1-1-1 R10 事業実績': '調べた。' }, { file: 'a.xlsx' }),
  ]);
  const lines = toldLines(told).join('\n');
  expect(told).toHaveLength(2);
  expect(lines).toContain('足した。');
  expect(lines).toMatch(/R10 は、いまの版の年度\(R11、R12\)ではない/);
});

test('a 課 that got another name meanwhile has its new one', async () => {
  const old = city().source();
  const now = changed((content) => {
    content.replace('organization.yaml', '窓口課', '総合窓口課');
    for (const file of [...content.files.keys()].filter((name) => content.read(name).includes('窓口課')))
      if (file.startsWith('measures/')) content.replace(file, /(?<!総合)窓口課/g, '総合窓口課');
  });
  const { texts, told, conflicts } = await settledWith(now, [
    answersOf(old, { '1-1-1 担当課 2': '防災課' }, { file: 'a.xlsx' }),
  ]);
  expect([toldLines(told).filter((line) => line.startsWith('error')), conflicts]).toEqual([[], []]);
  expect(texts['1-1-1']).toContain('担当課: [総合窓口課, 防災課]');
});

test('a 再掲 has the 区分 that its target gets', async () => {
  const source = city().source();
  const { texts, out } = await settledWith(source, [answersOf(source, { '1-1-1 区分': '継続' }, { file: 'a.xlsx' })]);
  expect([...out]).toEqual([]);
  expect(Object.keys(texts).sort()).toEqual(['1-1-1', '3-1-1']);
  expect(texts['3-1-1']).toContain('区分: 継続');
});

test('a measure that became a 再掲: what was answered in it is told', async () => {
  const old = city().source();
  const now = changed((content) =>
    content.write('measures/3-1-3.yaml', '番号: 3-1-3\n区分: 新規\n再掲: 1-1-1\n取組: 1人1台端末\n'),
  );
  const { told, texts } = await settledWith(now, [
    answersOf(old, { '3-1-3 R11 事業実績': '更新した。' }, { file: 'a.xlsx' }),
    answersOf(old, { '1-1-2 R11 事業実績': '続けた。' }, { file: 'b.xlsx' }),
  ]);
  expect(Object.keys(texts)).toEqual(['1-1-2']);
  expect(toldLines(told)).toEqual([
    expect.stringMatching(/いまは再掲の 3-1-1|いまの版にありません|いまは再掲の 3-1-3/),
  ]);
  expect(told[0]?.message).toContain('更新した。');
});

test('workbooks that contradict each other stay out; the others are taken', async () => {
  const source = city().source();
  const one = (file: string, filled: Parameters<typeof answersOf>[1]) => answersOf(source, filled, { file });
  const books = [
    one('a.xlsx', { '1-1-1 R11 事業実績': '始めた。' }),
    one('b.xlsx', { '1-1-1 R11 事業実績': '延期した。' }),
    one('c.xlsx', { '1-1-2 R11 事業実績': '続けた。' }),
  ];
  for (const order of [books, [...books].reverse()]) {
    const { texts, out, conflicts } = await settledWith(source, order);
    expect([Object.keys(texts), [...out].sort(), conflicts.length]).toEqual([['1-1-2'], ['a.xlsx', 'b.xlsx'], 1]);
  }
  // What one of them cannot be taken for frees the other.
  const broken = one('b.xlsx', { '1-1-1 R11 事業実績': '延期した。', '1-1-1 取組': null });
  const { texts, out } = await settledWith(source, [books[0] as never, broken]);
  expect([Object.keys(texts), [...out]]).toEqual([['1-1-1'], ['b.xlsx']]);
  expect(texts['1-1-1']).toContain('始めた。');
});

test('a number that is another measure now gets nothing of the old one', async () => {
  const old = city().source();
  const now = changed((content) => {
    const other = content.read('measures/3-1-3.yaml').replaceAll('3-1-3', '1-1-2');
    content.write(
      'measures/1-1-2.yaml',
      other.replace('1人1台端末', '別の取組').replace('端末を更新する。', '別の内容'),
    );
    content.replace('measures/1-1-2.yaml', '運用した。', '別の実績');
    content.replace('measures/1-1-2.yaml', '教育局', '市民局');
    content.replace('measures/1-1-2.yaml', '学校課', '窓口課');
  });
  const { told, texts } = await settledWith(now, [
    answersOf(old, { '1-1-2 R11 事業実績': '続けた。' }, { file: 'a.xlsx' }),
  ]);
  expect(texts).toEqual({});
  expect(told[0]?.message).toMatch(/1-1-2「.*」は、いまの版にありません。.*\n.*続けた。/);
});

test('mistakes that the content has itself are not those of a workbook', async () => {
  const source = changed((content) => content.replace('measures/1-1-1.yaml', '項目: △', '項目: ●'));
  const { told, known, others } = await settledWith(source, [
    answersOf(city().source(), { '1-1-1 R11 事業実績': '始めた。' }, { file: 'a.xlsx' }),
  ]);
  expect([toldLines(told), known.length, others]).toEqual([[], 1, []]);
});

test('each 課 its part of a 予算額, at once or one after the other', async () => {
  const source = city().source();
  const of = (file: string, section: string, amount: number, place = 1) =>
    answersOf(
      source,
      { [`2-1-1 R11 予算額 内訳${place} 区分`]: section, [`2-1-1 R11 予算額 内訳${place} 額`]: amount },
      { file },
    );
  const [port, market] = [of('a.xlsx', '漁港課', 10), of('b.xlsx', '流通課', 20)];
  const parts = /R11:\n {4}予算額: \[\{ 区分: (漁港|流通)課, 額: (10|20) \}, \{ 区分: (漁港|流通)課, 額: (10|20) \}\]/;
  const atOnce = await settledWith(source, [market, port]);
  expect([atOnce.conflicts, [...atOnce.out]]).toEqual([[], []]);
  expect(atOnce.texts['2-1-1']).toMatch(parts);
  const first = await settledWith(source, [market]);
  const now = changed((content) => content.write('measures/2-1-1.yaml', first.texts['2-1-1'] ?? ''));
  const then = await settledWith(now, [port]);
  expect(then.conflicts).toEqual([]);
  expect(then.texts['2-1-1']).toBe(atOnce.texts['2-1-1']);
  // What the other one says of the same part.
  expect((await settledWith(source, [port, of('b.xlsx', '漁港課', 20)])).conflicts).toHaveLength(1);
  // Parts that were there
  const changedParts = await settledWith(source, [
    answersOf(source, { '2-1-1 R10 予算額 内訳1 額': 1300 }, { file: 'a.xlsx' }),
    answersOf(source, { '2-1-1 R10 予算額 内訳2 額': 50 }, { file: 'b.xlsx' }),
  ]);
  expect(changedParts.conflicts).toEqual([]);
  expect(changedParts.texts['2-1-1']).toContain('{ 区分: 漁港課, 額: 1300 }, { 区分: 流通課, 額: 50 }');
});
