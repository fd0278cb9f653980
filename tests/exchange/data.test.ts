import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { editionAttachments } from '../../src/exchange/attachments.ts';
import { measuresCsv, yearsCsv } from '../../src/exchange/csv.ts';
import { exportFiles } from '../../src/exchange/export.ts';
import { type Edition, measuresOf } from '../../src/model/edition.ts';
import { editionJson, isoDate } from '../../src/model/edition-json.ts';
import { checkedCity, textOf } from '../content/city.ts';

// The whole of what is published of the invented city, with what it has none of.
const changes = {
  'edition.yaml': textOf('edition.yaml').replace('発行者: 港町市', '発行者: 港町市\nライセンス: CC BY 4.0'),
  'measures/1-1-1.yaml': textOf('measures/1-1-1.yaml')
    .replace('内容: 調査', '内容: "=1+1"')
    .replace('内容: 導入', '内容: 導入、"試行", 検証')
    .replace('予算額: 12500', '予算額: [{ 区分: 窓口課, 額: — }, { 区分: 防災課, 額: — }]'),
};
const edition = (): Edition => checkedCity(changes).edition as Edition;

const csv = (...rows: string[]) => `\uFEFF${rows.map((row) => `${row}\r\n`).join('')}`;
const from = '港町デジタルプラン,取組集,2030-12-01,港町市,CC BY 4.0';

test('取組.csv, whole: the sheet by column, as spreadsheets open it', () => {
  expect(measuresCsv(edition())).toBe(
    csv(
      '大項目,中項目,小項目,大項目の名称,中項目の名称,新規継続,再掲,担当局・部,担当課,取組,取組内容,効果・KPI,現状(R10)・目標値(R12),総合計画,防災計画,取組事項(一覧表),担当課(一覧表),計画名,書名,改定,発行者,ライセンス',
      `1,1,1,暮らし,窓口,新規,,市民局,窓口課,書かない窓口,"申請書を書かずに手続ができる窓口を設ける。\n・転入、転出\n・証明書の交付",利用件数,"0件(R10)\n5,000件(R12)",○,×,書かない窓口,窓口課,${from}`,
      `1,1,2,暮らし,窓口,継続,,"市民局\nほか","窓口課\n関係課",電子申請#100%・_強調_・$式$・\\記号・@名前,#見出し *太字* $x$ \\n @ref <label> [リンク] // 注記 も文字のまま印刷する。,,,×,×,電子申請#100%・_強調_・$式$・\\記号・@名前,窓口課、関係課,${from}`,
      `1,2,1,暮らし,防災,継続,,市民局,防災課,避難所の混雑状況の公開,避難所の混雑状況を公開する。,,,,,避難所混雑の公開,防災課,${from}`,
      `2,1,1,仕事,漁業,新規,,産業局 水産部,"(発注)漁港課\n流通課","競りの電子化\n(漁港・流通)",,,,○,○,競りの電子化(漁港・流通),(発注)漁港課、流通課,${from}`,
      `3,1,1,学び,学校,新規,1-1-1 書かない窓口,市民局,窓口課,書かない窓口,,,,,,書かない窓口,窓口課,${from}`,
      `3,1,2,学び,学校,継続,1-2-1 避難所の混雑状況の公開,教育局,学校課,学校での避難所の公開,,,,,,学校での避難所の公開,学校課,${from}`,
      `3,1,3,学び,学校,継続,,教育局,学校課,1人1台端末,端末を更新する。,,100%(R10),×,×,1人1台端末,学校課,${from}`,
    ),
  );
});

test('年度.csv, whole: a row a year, sums of parts, no formula, no 再掲', () => {
  const blank = (number: string, title: string, year: string) => `${number},${title},${year},,,,,,${from}`;
  const apply = '電子申請#100%・_強調_・$式$・\\記号・@名前';
  const auction = '"競りの電子化\n(漁港・流通)"';
  expect(yearsCsv(edition())).toBe(
    csv(
      '大項目,中項目,小項目,取組,年度,項目,内容,予算額(千円),予算額の内訳,事業実績,計画名,書名,改定,発行者,ライセンス',
      `1,1,1,書かない窓口,R10,△,'=1+1,0,,—,${from}`,
      `1,1,1,書かない窓口,R11,◎,"導入、""試行"", 検証",,"窓口課: —\n防災課: —",,${from}`,
      `1,1,1,書かない窓口,R12,→,運用,3200,,,${from}`,
      blank('1,1,2', apply, 'R10'),
      blank('1,1,2', apply, 'R11'),
      `1,1,2,${apply},R12,—,—,,—,,${from}`,
      `1,2,1,避難所の混雑状況の公開,R10,○,試行,100,,,${from}`,
      blank('1,2,1', '避難所の混雑状況の公開', 'R11'),
      blank('1,2,1', '避難所の混雑状況の公開', 'R12'),
      `2,1,1,${auction},R10,○,機器の選定,1200,"漁港課: 1200\n流通課: —",,${from}`,
      blank('2,1,1', auction, 'R11'),
      blank('2,1,1', auction, 'R12'),
      `3,1,3,1人1台端末,R10,→,運用,0,,運用した。,${from}`,
      `3,1,3,1人1台端末,R11,→,運用,0,,,${from}`,
      `3,1,3,1人1台端末,R12,◎,更新,3700000,,,${from}`,
    ),
  );
});

test('JSON, whole', async () => {
  await expect(editionJson(edition())).toMatchFileSnapshot('../refs/export/city.json');
});

test('a year that cannot be read is blank', () => {
  const text = textOf('measures/1-1-1.yaml');
  const { edition: readable } = checkedCity({ 'measures/1-1-1.yaml': text.replace('R11:', 'R99:') }).readable();
  expect(JSON.parse(editionJson(readable)).取組[0].スケジュール[1]).toEqual({
    ...{ 年度: 'R11', 項目: null, 内容: null, 予算額: null, 事業実績: null },
  });
  expect(yearsCsv(readable).split('\r\n')[2]).toBe(
    '1,1,1,書かない窓口,R11,,,,,,港町デジタルプラン,取組集,2030-12-01,港町市,',
  );
});

test('without a licence, and with what no edition without errors has', () => {
  const plain = checkedCity().edition as Edition;
  expect(JSON.parse(editionJson(plain))).toMatchObject({ ライセンス: null, 改定: '令和12年12月1日' });
  expect(measuresCsv(plain).split('\r\n')[1]).toMatch(/,港町市,$/);
  const [first] = measuresOf(plain);
  const odd = { ...plain, revised: 'いつか' } as Edition;
  if (first) first.reprintOf = '9-9-9';
  expect(JSON.parse(editionJson(odd))).toMatchObject({ 改定: 'いつか', 改定年月: null });
  const row = measuresCsv(odd).split('\r\n')[1];
  expect(row).toMatch(/^1,1,1,暮らし,窓口,新規,9-9-9 ,市民局/);
  expect(row).toMatch(/,取組集,,港町市,$/);
});

test.each([
  ['令和8年3月', '2026-03'],
  ['令和8年3月1日', '2026-03-01'],
  ['令和12年12月31日', '2030-12-31'],
  ['平成元年10月', '1989-10'],
  ['令和8年13月', null],
  ['2026-03', null],
])('the date %s is %j', (date, iso) => expect(isoDate(date)).toBe(iso));

test('three files, named after 書名, with what a reader of PDF shows of them', () => {
  const named = { ...edition(), title: '取組集/R12: 第1版' };
  expect(editionAttachments(named)).toEqual([
    {
      name: '取組集_R12__第1版.json',
      plainName: 'edition.json',
      type: 'application/json',
      description: 'この文書のもとになったデータの全体',
      relationship: 'Source',
      text: editionJson(named),
    },
    {
      name: '取組集_R12__第1版_取組.csv',
      plainName: 'measures.csv',
      type: 'text/csv',
      description: '取組ごとに1行の表(UTF-8)',
      relationship: 'Data',
      text: measuresCsv(named),
    },
    {
      name: '取組集_R12__第1版_年度.csv',
      plainName: 'years.csv',
      type: 'text/csv',
      description: '取組と年度ごとに1行の表(UTF-8、予算額は千円)',
      relationship: 'Data',
      text: yearsCsv(named),
    },
  ]);
});

test.each([
  ['csv', ['取組集_取組.csv', '取組集_年度.csv']],
  ['json', ['取組集.json']],
] as const)('export %s writes what the PDF carries', (format, names) => {
  const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
  try {
    const whole = edition();
    expect(exportFiles(whole, format, folder)).toEqual(names.map((name) => join(folder, name)));
    expect(readdirSync(folder).sort()).toEqual([...names].sort());
    for (const { name, text } of editionAttachments(whole))
      if (names.includes(name as never)) expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
