// node scripts/revise.mjs FOLDER: content/ with a revision that touches 30 measures, for tests, bench and checks of the papers
// that show revisions. Fails when a place that it edits is no longer there.
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder] = process.argv.slice(2);
if (folder === undefined || existsSync(folder)) throw new Error('usage: node scripts/revise.mjs FOLDER (a new one)');
cpSync(fileURLToPath(new URL('../content', import.meta.url)), folder, { recursive: true });

const path = (file) => join(folder, file);
function edit(file, pattern, replacement) {
  const before = readFileSync(path(file), 'utf8');
  const after = before.replace(pattern, replacement);
  if (after === before) throw new Error(`${file} has no ${pattern}`);
  writeFileSync(path(file), after);
}
const measure = (id) => `measures/${id}.yaml`;

// Words inside a sentence, and a sentence behind it.
for (const id of ['1-1-1', '1-1-3', '1-1-5', '1-2-1', '2-3-1', '3-2-1', '5-1-1'])
  edit(measure(id), /^(取組内容: (?:\|-\n {2})?)(.*?)(。?)$/m, '$1$2$3これを、利用者の声を聴きながら段階的に進める。');
for (const id of ['1-1-7', '2-3-3', '3-2-3']) edit(measure(id), /(取組内容: [\s\S]*?)する/, '$1し、毎年度検証する');
// A list's line more.
for (const id of ['1-1-9', '2-3-5', '3-2-5'])
  edit(measure(id), /^効果・KPI: (?:\|-\n)?(?: {2})?(.*)$/m, '効果・KPI: |-\n  $1\n  利用者の満足度');
// Amounts and marks of a year, its results for the first time.
for (const id of ['1-1-2', '1-3-2', '2-3-7', '3-2-7', '5-1-3'])
  edit(measure(id), /^( {2}R8:\n(?: {4}.*\n)*? {4}予算額: )\S.*$/m, '$112345');
for (const id of ['1-1-11', '2-3-12', '3-2-19', '4-1-1'])
  edit(
    measure(id),
    /^( {2}R7:\n)((?: {4}.*\n)+)/m,
    '$1$2    事業実績: |-\n      計画のとおり導入し、12の窓口で使い始めた。\n      職員向けの研修を3回行った。\n',
  );
edit(measure('2-3-11'), /^( {2}R8:\n {4}項目: )\S+/m, '$1◎');
// A long text of many lines: words, a line less, amounts that are split.
edit(measure('2-3-16'), '人件費及び郵送に係る経費', '人件費、郵送及び印刷に係る経費');
edit(measure('2-3-16'), /^ {2}③督促送後.*\n/m, '');
edit(measure('2-3-16'), '上記のうち①③は', '上記のうち①は');
edit(measure('2-3-16'), '{ 区分: お客様サービス課, 額: 165 }', '{ 区分: お客様サービス課, 額: 180 }');
// Names, classes, plans.
edit(measure('1-1-13'), /^取組: .*$/m, '取組: 暮らしの手続きを一度で済ませる窓口の整備');
edit(measure('1-1-15'), /^関連計画: .*$/m, '関連計画: [4次総, 行革]');
edit(measure('2-3-13'), /^区分: 継続$/m, '区分: 新規');
// A 課 renamed throughout.
edit('organization.yaml', '広報課', '広報広聴課');
for (const id of ['1-1-1', '1-4-1']) edit(measure(id), '広報課', '広報広聴課');
// 1-2-7 is given up, 2-3-36 is new, 3-2-23 moves up to the end of 3-3.
rmSync(path(measure('1-2-7')));
writeFileSync(
  path(measure('2-3-36')),
  `# yaml-language-server: $schema=../measure.schema.json
番号: 2-3-36
区分: 新規
取組: 庁内データの見える化
担当局・部: [総合政策局]
担当課: [DX推進課]
取組内容: |-
  各課が持つ統計を1つの画面で見られるようにし、政策の立案に生かす。
効果・KPI: 見られる統計の数
現状・実績・目標: 40件(R8)
スケジュール:
  R5: {}
  R6: {}
  R7: { 項目: △, 内容: 調査, 予算額: 0 }
  R8: { 項目: ○, 内容: 試行, 予算額: 4800 }
関連計画: [スマートシティ]
`,
);
renameSync(path(measure('3-2-23')), path(measure('3-3-10')));
edit(measure('3-3-10'), /^番号: 3-2-23$/m, '番号: 3-3-10');
