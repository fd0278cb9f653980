// node scripts/revise.mjs FOLDER [CONTENT]: a content folder (content/, if none is named) with a revision of every kind that
// touches some 30 measures, for tests, bench and checks of the papers that show revisions. It takes the measures from what is
// there and prints, as JSON, which they are and how many pictures `diff --pages` makes of them.
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const [folder, content = fileURLToPath(new URL('../content', import.meta.url))] = process.argv.slice(2);
if (folder === undefined || existsSync(folder))
  throw new Error('usage: node scripts/revise.mjs FOLDER [CONTENT] (FOLDER: a new one)');
cpSync(content, folder, { recursive: true });

const path = (file) => join(folder, file);
const measure = (id) => path(`measures/${id}.yaml`);
const textOf = (id) => readFileSync(measure(id), 'utf8');
const edition = parse(readFileSync(path('edition.yaml'), 'utf8'));
const lastYear = edition.年度.at(-1);
const yearBefore = edition.年度.at(-2);
const compared = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
const files = readdirSync(path('measures'))
  .map((name) => parse(readFileSync(path(`measures/${name}`), 'utf8')))
  .sort((a, b) => compared(a.番号.split('-'), b.番号.split('-')));
const targets = new Set(files.map(({ 再掲 }) => 再掲));
const groupOf = (id) => id.slice(0, id.lastIndexOf('-'));
const own = files.filter(({ 再掲 }) => 再掲 === undefined);
/** The last measures of their 中項目 that no 再掲 names: without them no number is missing. */
const last = own.filter(({ 番号 }, _, all) => {
  const group = files.filter((file) => groupOf(file.番号) === groupOf(番号));
  return group.length > 1 && group.at(-1).番号 === 番号 && !targets.has(番号) && all.length > 3;
});

// Every measure is revised in one way only. Neighbours in this order stand far apart in the edition.
const stride = 7;
const free = Array.from({ length: stride }, (_, first) => own.filter((_, index) => index % stride === first)).flat();
const touched = [];
function take(id) {
  free.splice(
    free.findIndex(({ 番号 }) => 番号 === id),
    1,
  );
  touched.push(id);
}
/** Revises `count` measures in which `pattern` is and that `wanted` admits, fewer where there are no more. */
function revise(count, pattern, replacement, wanted = () => true) {
  for (const file of [...free].filter(wanted)) {
    if (count === 0) return;
    const before = textOf(file.番号);
    const after = before.replace(pattern, replacement);
    if (after === before) continue;
    writeFileSync(measure(file.番号), after);
    take(file.番号);
    count -= 1;
  }
}

// One is given up, one moves to the end of the next 中項目, one is new.
const [given, moved] = last.map(({ 番号 }) => 番号);
take(given);
rmSync(measure(given));
take(moved);
const groups = [...new Set(files.map(({ 番号 }) => groupOf(番号)))];
const next = (group) => {
  const numbers = readdirSync(path('measures')).map((name) => name.replace('.yaml', ''));
  return `${group}-${1 + Math.max(...numbers.filter((id) => groupOf(id) === group).map((id) => Number(id.split('-')[2])))}`;
};
const elsewhere = groups.filter((group) => ![groupOf(given), groupOf(moved)].includes(group));
const goal = next(elsewhere.at(0) ?? groupOf(moved));
renameSync(measure(moved), measure(goal));
writeFileSync(measure(goal), textOf(goal).replace(/^番号: .*$/m, `番号: ${goal}`));
const fresh = next(elsewhere.at(-1) ?? groupOf(moved));
const model = own[0];
writeFileSync(
  measure(fresh),
  `# yaml-language-server: $schema=../measure.schema.json
番号: ${fresh}
区分: 新規
取組: 庁内データの見える化
担当局・部: [${model['担当局・部'].join(', ')}]
担当課: [${model.担当課.join(', ')}]
取組内容: |-
  各課が持つ統計を1つの画面で見られるようにし、政策の立案に生かす。
効果・KPI: 見られる統計の数
現状・実績・目標: 40件(${lastYear})
スケジュール:
${edition.年度.map((year) => `  ${year}: ${year === lastYear ? '{ 項目: ○, 内容: 試行, 予算額: 4800 }' : '{}'}`).join('\n')}
関連計画: [${edition.関連計画.slice(0, 1).join()}]
`,
);

// A long text of many lines: a line less, words, an amount that is split.
revise(1, /^(取組内容: \|-\n(?: {2}.*\n){3}) {2}.*\n((?: {2}.*\n)*[\s\S]*?\{ 区分: [^,]+, 額: )(\d+)/m, '$1$29$3');
// Words inside a sentence, and a sentence behind it.
revise(7, /^(取組内容: (?:\|-\n {2})?)([^|"'[{\n].*?)(。?)$/m, '$1$2$3これを、利用者の声を聴きながら段階的に進める。');
revise(3, /(取組内容: [\s\S]*?)する/, '$1し、毎年度検証する');
// A list's line more.
revise(3, /^効果・KPI: (?:\|-\n {2})?([^|"'[{\n].*)$/m, '効果・KPI: |-\n  $1\n  利用者の満足度');
// Amounts and marks of a year, its results for the first time.
revise(5, new RegExp(`^( {2}${lastYear}:\\n(?: {4}.*\\n)*? {4}予算額: )(?!12345$)\\d+$`, 'm'), '$112345');
revise(
  4,
  new RegExp(`^( {2}${yearBefore}:\\n)((?: {4}(?!事業実績).*\\n)+)(?! {4})`, 'm'),
  '$1$2    事業実績: |-\n      計画のとおり導入し、12の窓口で使い始めた。\n      職員向けの研修を3回行った。\n',
);
revise(1, new RegExp(`^( {2}${lastYear}:\\n {4}項目: )(?!◎)\\S+$`, 'm'), '$1◎');
// Names, classes, plans.
revise(1, /^取組: [^|].*$/m, '取組: 暮らしの手続きを一度で済ませる窓口の整備', ({ 番号 }) => !targets.has(番号));
const plans = edition.関連計画.slice(0, 2);
revise(1, /^関連計画: .*$/m, `関連計画: [${plans.join(', ')}]`, ({ 関連計画 }) => `${関連計画}` !== `${plans}`);
revise(1, /^区分: 継続$/m, '区分: 新規', ({ 番号 }) => !targets.has(番号));

// A 課 renamed throughout: one that few have, as whole names in lists.
const sections = [...new Set(own.flatMap(({ 担当課 }) => 担当課))];
const whole = (name) => new RegExp(`(?<=[[ )])${name.replace(/[()・]/g, '\\$&')}(?=[\\],]|$)`, 'gm');
const having = (name) => files.filter((file) => JSON.stringify(file).includes(`${name}"`)).map(({ 番号 }) => 番号);
const renamed = sections.find((name) => !/[()]/.test(name) && having(name).length === 2) ?? sections[0];
const organization = readFileSync(path('organization.yaml'), 'utf8');
writeFileSync(path('organization.yaml'), organization.replace(whole(renamed), `新${renamed}`));
for (const name of readdirSync(path('measures'))) {
  const file = path(`measures/${name}`);
  writeFileSync(file, readFileSync(file, 'utf8').replace(whole(renamed), `新${renamed}`));
}
const renamedOnly = having(renamed).filter((id) => !touched.includes(id));
console.log(
  JSON.stringify({
    changed: touched.length + 1,
    renamedOnly: renamedOnly.length,
    removed: `${given} ${files.find(({ 番号 }) => 番号 === given).取組.replaceAll('\n', '')}`,
    pictures: 2 * (touched.length - 1) + 2,
  }),
);
