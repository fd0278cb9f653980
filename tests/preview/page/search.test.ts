import { describe, expect, test } from 'vitest';
import type { EditionData } from '../../../src/model/edition-json.ts';
import { fold, foldWithOrigins } from '../../../src/preview/page/side/folded-text.ts';
import {
  type Excerpt,
  excerptOf,
  foundHistory,
  hitRuns,
  isHit,
  searchIndex,
  words,
} from '../../../src/preview/page/side/search.ts';
import { editionOf } from './edition-of.ts';

const index = searchIndex(editionOf('tests/lake'));
const second = searchIndex(editionOf('tests/city'));
const find = (query: string) => index.filter((one) => isHit(one, words(query))).map(({ measure }) => measure.番号);
const one = (id: string) => {
  const found = index.find(({ measure }) => measure.番号 === id);
  if (!found) throw new Error(id);
  return found;
};
const marked = (runs: readonly { text: string; hit: boolean }[] = []) =>
  runs.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

describe('folding', () => {
  test.each([
    ['ＳＭＳ', 'sms'],
    ['ﾃﾞｼﾞﾀﾙ', 'デジタル'],
    ['でじたる', 'デジタル'],
    ['１－１－１', '1-1-1'],
    ['1ー1ー1', '1-1-1'],
    ['データ', 'データ'],
    ['オンライン\n化  する', 'オンライン化スル'],
    ['①', '1'],
  ])('%s → %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
    expect(foldWithOrigins(text).text).toBe(folded);
  });

  test('every unit of a folded text knows where it comes from', () => {
    for (const { fields } of [...index, ...second])
      for (const { text, folded } of fields) {
        const { text: same, origins } = foldWithOrigins(text);
        expect(same).toBe(folded);
        expect(origins.length).toBe(same.length);
      }
  });
});

describe('search', () => {
  test.each(['1-1-1', '１－１－１', '1ー1ー1'])('a number: %s finds that measure alone, not 1-1-10 and on', (query) => {
    expect(find(query)).toEqual(['1-1-1']);
  });

  test('a number of a 中項目 finds all of it', () => {
    const own = index.map(({ measure }) => measure.番号).filter((id) => id.startsWith('1-2-'));
    expect(own.length).toBeGreaterThan(1);
    expect(find('1-2')).toEqual(own);
    expect(find('1-2-')).toEqual(own);
  });

  test('title, section, full text; width and kana make no difference', () => {
    const inTitle = find('ショートメッセージ');
    expect(inTitle).toEqual(['1-1-1']);
    for (const query of ['ｼｮｰﾄﾒｯｾｰｼﾞ', 'しょーとめっせーじ']) expect(find(query)).toEqual(inTitle);
    const inSection = index
      .filter(({ measure }) => measure.担当課.includes('収納係課'))
      .map(({ measure }) => measure.番号);
    expect(inSection.length).toBeGreaterThan(0);
    expect(find('収納係課')).toEqual(expect.arrayContaining(inSection));
    expect(find('送信の準備・試験運用')).toEqual(['1-1-1']); // 内容 of a year
    expect(find('水色封筒に')).toEqual(['1-1-1']); // 事業実績
  });

  test('all words must be there, in whatever fields', () => {
    expect(find('収納係課 SMS')).toEqual(['1-1-1']);
    expect(find('収納係課 公式の掲示板の拡充')).toEqual([]);
    expect(find('1-1 計算課')).toEqual(['1-1-2']);
    expect(find('2-1 くらし局 案内課 SMS')).toEqual([]);
  });

  test('an amount with and without its separator', () => {
    expect(find('1,823')).toEqual(['1-1-1']);
    expect(find('1823')).toEqual(find('1,823'));
  });

  test('nothing but spaces is no word', () => {
    expect(words(' \u3000 ')).toEqual([]);
    expect(find('\u3000').length).toBe(index.length);
  });
});

describe('what was found is shown', () => {
  test('in the text as it is written', () => {
    expect(marked(hitRuns('SMS(ショートメッセージ)を活用', words('ｓｍｓ しょーと')))).toBe(
      '[SMS]([ショート]メッセージ)を活用',
    );
    expect(marked(hitRuns('ﾃﾞｰﾀの活用', words('データ')))).toBe('[ﾃﾞｰﾀ]の活用');
    expect(marked(hitRuns('予算4,562件', words('4562')))).toBe('予算[4,562]件');
    expect(marked(hitRuns('なし', words('データ')))).toBe('なし');
  });

  test('around the first place, when number and title lack it', () => {
    const excerpt = excerptOf(one('1-1-1'), words('水色封筒'));
    expect(excerpt?.field).toMatch(/ 事業実績$/);
    expect(marked(excerpt?.runs)).toMatch(/^\[水色封筒\]に替えて、公式の掲示板/);
    const later = excerptOf(one('1-1-1'), words('電話に替えて知らせ')) as Excerpt;
    expect(marked(later.runs)).toMatch(/^….*\[電話に替えて知らせ\]、電話の時間を減らす.*…$/s);
    expect(excerptOf(one('1-1-1'), words('1-1 ショートメッセージ'))).toBeUndefined();
  });
});

describe('改定履歴', () => {
  const revision = (年月: string, 内容: string) => ({ 年月, 西暦年月: null, 内容 });
  const of = { 改定履歴: [revision('令和9年4月', '策定'), revision('令和10年4月', 'ﾃﾞｰﾀの\n追加')] } as EditionData;
  const found = (query: string, data: EditionData = of) => {
    const history = foundHistory(data, words(query));
    return history && [marked(history.title), history.excerpt && marked(history.excerpt.runs)];
  };
  test('by its name, a date and its texts, wherever each word stands', () => {
    expect(found('')).toEqual(['改定履歴', undefined]);
    expect(found('改定')).toEqual(['[改定]履歴', undefined]);
    expect(found('データ')).toEqual(['改定履歴', '令和10年4月 [ﾃﾞｰﾀ]の 追加']);
    expect(found('履歴 令和９年')).toEqual(['改定[履歴]', '[令和9年]4月 策定']);
    expect(found('策定 追加')).toEqual(['改定履歴', '令和9年4月 [策定]']);
    expect(found('策定 廃止')).toBeUndefined();
  });
  test('an edition without it has none', () => {
    expect(found('', {} as EditionData)).toBeUndefined();
    expect(found('改定', { ...of, 改定履歴: [] })).toBeUndefined();
  });
});
