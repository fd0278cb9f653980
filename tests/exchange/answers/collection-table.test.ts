import { expect, test } from 'vitest';
import { keyOfText } from '../../../src/exchange/answers/key.ts';
import { collectionTable } from '../../../src/exchange/answers/merge/collection-table.ts';
import { tableText } from '../../../src/exchange/answers/merge/table-text.ts';
import { MemoryContent } from '../../compare/contents.ts';
import { answersOf, presentOf, settledWith } from './answering.ts';

const source = new MemoryContent().source();
const terminal = { color: false, width: 80 };

test('a row a 課: what its measures came to, what did not come in a paragraph', async () => {
  const now = new MemoryContent();
  now.replace('measures/1-2-1.yaml', '内容: ', '内容: もう変えた');
  const of = (file: string, section: string, numbers: string[], filled: Parameters<typeof answersOf>[1]) =>
    answersOf(source, filled, { file, sections: [section], numbers });
  const books = [
    of('窓口課.xlsx', '窓口課', ['1-1-1', '1-1-2'], { '1-1-1 R11 事業実績': '始めた。' }),
    of('防災課.xlsx', '防災課', ['1-2-1'], { '1-2-1 R10 内容': '別に変えた', '1-2-1 R11 内容': '別に変えた' }),
    of('学校課.xlsx', '学校課', ['3-1-3'], { '3-1-3 取組': null }),
  ];
  const some = answersOf(source, {}, { file: '任意.xlsx', numbers: ['2-1-1'] });
  const settled = await settledWith(now.source(), [...books, some]);
  const rows = collectionTable({ ...settled, unread: ['壊れた.xlsx'] }, presentOf(now.source()));
  expect(tableText(rows, terminal)).toMatchInlineSnapshot(`
    "課           回答済み  変更なし  衝突  誤り  未提出
    窓口課              1         1     0     0       0
    防災課              0         0     1     0       0
    学校課              0         0     0     1       0
    任意.xlsx           0         1     0     0       0
    壊れた.xlsx         0         0     0     1       0
    計                  1         2     1     2       3
    未提出の課(3): 漁港課 1、流通課 1、関係課 1
    数は取組の数です(再掲を除きます。担当課が2つ以上の取組は、それぞれの課で数えま
      す)。
    "
  `);
});

test('of a measure whose sheet is gone nothing came; two workbooks of a 課 are one row', async () => {
  const whole = answersOf(source, {}, { file: 'a.xlsx', sections: ['窓口課'], numbers: ['1-1-1', '1-1-2'] });
  const given = new Map([...whole.given].filter(([text]) => keyOfText(text)?.number === '1-1-1'));
  const half = { ...whole, given };
  const row = async (...books: (typeof whole)[]) => {
    const settled = await settledWith(source, books);
    return collectionTable({ ...settled, unread: [] }, presentOf(source)).find(({ name }) => name === '窓口課')?.counts;
  };
  expect(await row(half)).toMatchObject({ unchanged: 1, missing: 1 });
  expect(await row(half, { ...whole, file: 'b.xlsx' })).toMatchObject({ unchanged: 2, missing: 0 });
});

test('a name that is too long for its column is broken, and has its numbers behind its end', () => {
  const counts = { error: 1, conflict: 0, answered: 0, unchanged: 0, missing: 0 };
  const rows = [{ name: '受け取ったもの/窓口課から二度目に戻ったもの.xlsx', counts, isMissing: false }];
  expect(tableText(rows, { color: false, width: 64 })).toMatchInlineSnapshot(`
    "課                        回答済み  変更なし  衝突  誤り  未提出
    受け取ったもの/窓口課か
      ら二度目に戻ったもの
      .xlsx                          0         0     0     1       0
    計                               0         0     0     1       0
    数は取組の数です(再掲を除きます。担当課が2つ以上の取組は、それぞ
      れの課で数えます)。
    "
  `);
});
