import { expect, test } from 'vitest';
import { editionSchema, measureSchemas, organizationSchema, structureSchema } from '../../src/content/schema.ts';
import { measureKeys, shaped } from '../../src/content/shape.ts';
import { parseYaml } from '../../src/content/yaml/yaml-file.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { sheetFields } from '../../src/model/fields.ts';
import { edited, measure, told } from './told.ts';

const ofMeasures = () => measureSchemas({ years: ['R10', 'R11', 'R12'], plans: ['総合計画', '防災計画'] });
const schemaOf = (path: string) => {
  if (path === 'edition.yaml') return editionSchema;
  if (path === 'structure.yaml') return structureSchema;
  if (path === 'organization.yaml') return organizationSchema;
  const { regular, reprint } = ofMeasures();
  return path === 'measures/3-1-1.yaml' ? reprint : regular;
};

/** What is told of the form of one file, whatever the others say. */
function diagnosticsOf(path: string, text: string): Diagnostic[] {
  const yaml = parseYaml(path, text);
  shaped(yaml, schemaOf(path), path.startsWith('measures/') ? measureKeys(sheetFields) : undefined);
  return yaml.diagnostics;
}

const edition = (...changes: [string | RegExp, string][]) => edited('edition.yaml', ...changes);
const structure = (...changes: [string | RegExp, string][]) => edited('structure.yaml', ...changes);
const organization = (...changes: [string | RegExp, string][]) => edited('organization.yaml', ...changes);
const whole = (text: string) => ({ 'measures/1-2-1.yaml': text });
const budget = (value: string) => measure('1-2-1', ['予算額: 100', `予算額: ${value}`]);
const mark = (value: string) => measure('1-2-1', ['項目: ○', `項目: ${value}`]);
const many = (sign: string, count: number) => Array.from({ length: count }, (_, index) => `${sign}${index}`).join(', ');

test.each<[string, Record<string, string>, string[]]>([
  // a whole file
  [
    'a list instead of a map',
    whole('- 番号: 1-2-1\n'),
    [
      'wrong-type measures/1-2-1.yaml 1:1-1:12 subject="このファイル" actual="一覧([ ] や - )" expected="「キー: 値」のまとまり"',
    ],
  ],
  [
    'a text instead of a map',
    whole('番号\n'),
    [
      'wrong-type measures/1-2-1.yaml 1:1-1:3 subject="このファイル" actual="「番号」という文字" expected="「キー: 値」のまとまり"',
    ],
  ],
  [
    'a value of nothing instead of a map',
    whole('null\n'),
    ['empty-value measures/1-2-1.yaml 1:1-1:5 subject="このファイル" actual="null"'],
  ],
  // the kind of a value
  [
    'a list where a text belongs',
    measure('1-2-1', ['取組: 避難所の混雑状況の公開', '取組: [避難所]']),
    ['wrong-type measures/1-2-1.yaml 4:5-4:10 subject="取組" actual="一覧([ ] や - )" expected="文字"'],
  ],
  [
    'a map where a text belongs',
    measure('1-2-1', ['取組: 避難所の混雑状況の公開', '取組: { 名称: 避難所 }']),
    ['wrong-type measures/1-2-1.yaml 4:5-4:16 subject="取組" actual="「キー: 値」のまとまり" expected="文字"'],
  ],
  [
    'a text where a list belongs',
    measure('1-2-1', ['[防災課]', '防災課']),
    ['wrong-type measures/1-2-1.yaml 6:6-6:9 subject="担当課" actual="「防災課」という文字" expected="一覧"'],
  ],
  [
    'a text of several lines where a list belongs',
    measure('1-2-1', ['[防災課]', '|-\n  防災課\n  窓口課']),
    ['wrong-type measures/1-2-1.yaml 6:6-8:6 subject="担当課" actual="「防災課」という文字" expected="一覧"'],
  ],
  [
    'a map where a list belongs',
    measure('1-2-1', ['[防災課]', '{ 防災課: 1 }']),
    ['wrong-type measures/1-2-1.yaml 6:6-6:16 subject="担当課" actual="「キー: 値」のまとまり" expected="一覧"'],
  ],
  [
    'a list in a list',
    measure('1-2-1', ['[防災課]', '[[防災課]]']),
    ['wrong-type measures/1-2-1.yaml 6:7-6:12 subject="担当課" actual="一覧([ ] や - )" expected="文字"'],
  ],
  [
    'a text where a map belongs',
    measure('1-2-1', [/スケジュール:[\s\S]*R12: \{\}/, 'スケジュール: R10']),
    [
      'wrong-type measures/1-2-1.yaml 9:9-9:12 subject="スケジュール" actual="「R10」という文字" expected="「キー: 値」のまとまり"',
    ],
  ],
  [
    'a list where a map belongs',
    measure('1-2-1', [/スケジュール:[\s\S]*R12: \{\}/, 'スケジュール: [R10]']),
    [
      'wrong-type measures/1-2-1.yaml 9:9-9:14 subject="スケジュール" actual="一覧([ ] や - )" expected="「キー: 値」のまとまり"',
    ],
  ],
  [
    'a year that is a text',
    measure('1-2-1', ['R11: {}', 'R11: 試行']),
    [
      'wrong-type measures/1-2-1.yaml 14:8-14:10 subject="R11" actual="「試行」という文字" expected="「キー: 値」のまとまり"',
    ],
  ],
  [
    'a year that is a list',
    measure('1-2-1', ['R11: {}', 'R11: [試行]']),
    [
      'wrong-type measures/1-2-1.yaml 14:8-14:12 subject="R11" actual="一覧([ ] や - )" expected="「キー: 値」のまとまり"',
    ],
  ],
  [
    'a map of 一覧表 that is a text',
    measure('1-2-1', ['{ 取組事項: 避難所混雑の公開 }', '避難所']),
    [
      'wrong-type measures/1-2-1.yaml 16:6-16:9 subject="一覧表" actual="「避難所」という文字" expected="「キー: 値」のまとまり"',
    ],
  ],
  [
    'a choice that is a list',
    measure('1-2-1', ['区分: 継続', '区分: [継続]']),
    ['wrong-type measures/1-2-1.yaml 3:5-3:9 subject="区分" actual="一覧([ ] や - )" expected="文字"'],
  ],
  [
    'a choice that is a map',
    measure('1-2-1', ['項目: ○', '項目: { ○: 1 }']),
    ['wrong-type measures/1-2-1.yaml 11:9-11:17 subject="項目" actual="「キー: 値」のまとまり" expected="文字"'],
  ],
  [
    'the indicators as a list',
    edition(['{ 現状: R10, 目標値: R12 }', '[R10]']),
    [
      'wrong-type edition.yaml 9:11-9:16 subject="現状・実績・目標" actual="一覧([ ] や - )" expected="「キー: 値」のまとまり"',
    ],
  ],
  [
    'a year of the indicators that is a list',
    edition(['現状: R10', '現状: [R10]']),
    ['wrong-type edition.yaml 9:17-9:22 subject="現状" actual="一覧([ ] や - )" expected="文字"'],
  ],
  [
    '大項目 as a map',
    { 'structure.yaml': '大項目:\n  番号: 1\n' },
    ['wrong-type structure.yaml 1:1-1:4 subject="大項目" actual="「キー: 値」のまとまり" expected="一覧"'],
  ],
  [
    'a 中項目 as a text',
    structure(['{ 番号: 1-1, 名称: 窓口 }', '窓口']),
    [
      'wrong-type structure.yaml 6:9-6:11 subject="中項目" actual="「窓口」という文字" expected="「キー: 値」のまとまり"',
    ],
  ],
  [
    '局・部 as texts',
    { 'organization.yaml': '局・部: [市民局]\n' },
    [
      'wrong-type organization.yaml 1:7-1:10 subject="局・部" actual="「市民局」という文字" expected="「キー: 値」のまとまり"',
    ],
  ],
  // nothing
  [
    'a text of nothing',
    measure('1-2-1', ['取組: 避難所の混雑状況の公開', '取組:']),
    ['empty-value measures/1-2-1.yaml 4:1-4:3 subject="取組" actual="null"'],
  ],
  [
    'a text of no signs',
    measure('1-2-1', ['取組: 避難所の混雑状況の公開', '取組: ""']),
    ['empty-value measures/1-2-1.yaml 4:5-4:7 subject="取組" actual=""'],
  ],
  [
    'a list of nothing',
    measure('1-2-1', ['担当課: [防災課]', '担当課:']),
    ['empty-value measures/1-2-1.yaml 6:1-6:4 subject="担当課" actual="null"'],
  ],
  [
    'a list without items',
    measure('1-2-1', ['担当課: [防災課]', '担当課: []']),
    ['empty-value measures/1-2-1.yaml 6:6-6:8 subject="担当課" actual="[]"'],
  ],
  [
    'an item of nothing',
    measure('1-2-1', ['[防災課]', '[防災課, ""]']),
    ['empty-value measures/1-2-1.yaml 6:12-6:14 subject="担当課" actual=""'],
  ],
  [
    'an item of a list of plans that is nothing',
    measure('1-2-1', ['一覧表:', '関連計画: [~]\n一覧表:']),
    ['empty-value measures/1-2-1.yaml 16:8-16:9 subject="関連計画" actual="null"'],
  ],
  ['no plans are no mistake', measure('1-2-1', ['一覧表:', '関連計画: []\n一覧表:']), []],
  [
    'plans of nothing',
    measure('1-2-1', ['一覧表:', '関連計画:\n一覧表:']),
    ['empty-value measures/1-2-1.yaml 16:1-16:5 subject="関連計画" actual="null"'],
  ],
  [
    'a year of nothing',
    measure('1-2-1', ['R11: {}', 'R11:']),
    ['empty-value measures/1-2-1.yaml 14:3-14:6 subject="R11" actual="null" expected="R11: {}"'],
  ],
  [
    'a cell of nothing',
    measure('1-2-1', ['内容: 試行', '内容:']),
    ['empty-value measures/1-2-1.yaml 12:5-12:7 subject="内容" actual="null"'],
  ],
  ['an amount of nothing', budget('~'), ['empty-value measures/1-2-1.yaml 13:10-13:11 subject="予算額" actual="null"']],
  ['a mark of nothing', mark(''), ['empty-value measures/1-2-1.yaml 11:5-11:7 subject="項目" actual="null"']],
  [
    'a list of years without items',
    edition(['[R10, R11, R12]', '[]']),
    ['empty-value edition.yaml 8:5-8:7 subject="年度" actual="[]"'],
  ],
  ['no plans of the edition are no mistake', edition(['[総合計画, 防災計画]', '[]']), []],
  [
    'a heading of the indicators without its year',
    edition(['現状: R10', '現状:']),
    ['empty-value edition.yaml 9:13-9:15 subject="現状" actual="null"'],
  ],
  [
    'a 大項目 without 中項目',
    structure(['    中項目:\n      - { 番号: 2-1, 名称: 漁業 }', '    中項目: []']),
    ['empty-value structure.yaml 10:10-10:12 subject="中項目" actual="[]"'],
  ],
  [
    'no 大項目',
    { 'structure.yaml': '大項目: []\n' },
    ['empty-value structure.yaml 1:6-1:8 subject="大項目" actual="[]"'],
  ],
  [
    'no 局・部',
    { 'organization.yaml': '局・部: []\n' },
    ['empty-value organization.yaml 1:6-1:8 subject="局・部" actual="[]"'],
  ],
  ['a 局 without 課 is none', organization(['課: [関係課]', '課: []']), []],
  ['no 構成', edition([/構成: .*/, '構成: []']), ['empty-value edition.yaml 11:5-11:7 subject="構成" actual="[]"']],
  // keys that must be there
  [
    'a measure without all keys',
    whole('取組内容: x\n'),
    [
      'missing-key measures/1-2-1.yaml 1:1-1:5 subject="番号"',
      'missing-key measures/1-2-1.yaml 1:1-1:5 subject="区分"',
      'missing-key measures/1-2-1.yaml 1:1-1:5 subject="取組"',
      'missing-key measures/1-2-1.yaml 1:1-1:5 subject="担当局・部"',
      'missing-key measures/1-2-1.yaml 1:1-1:5 subject="担当課"',
      'missing-key measures/1-2-1.yaml 1:1-1:5 subject="スケジュール"',
    ],
  ],
  [
    'a 再掲 without all keys',
    { 'measures/3-1-1.yaml': '再掲: 1-1-1\n' },
    [
      'missing-key measures/3-1-1.yaml 1:1-1:3 subject="番号"',
      'missing-key measures/3-1-1.yaml 1:1-1:3 subject="区分"',
    ],
  ],
  [
    'an edition without all keys',
    { 'edition.yaml': 'ライセンス: CC BY 4.0\n' },
    [
      'missing-key edition.yaml 1:1-1:6 subject="計画名"',
      'missing-key edition.yaml 1:1-1:6 subject="計画期間"',
      'missing-key edition.yaml 1:1-1:6 subject="書名"',
      'missing-key edition.yaml 1:1-1:6 subject="策定"',
      'missing-key edition.yaml 1:1-1:6 subject="改定"',
      'missing-key edition.yaml 1:1-1:6 subject="発行者"',
      'missing-key edition.yaml 1:1-1:6 subject="年度"',
      'missing-key edition.yaml 1:1-1:6 subject="現状・実績・目標"',
      'missing-key edition.yaml 1:1-1:6 subject="関連計画"',
      'missing-key edition.yaml 1:1-1:6 subject="構成"',
    ],
  ],
  [
    'a 中項目 without a name',
    structure(['{ 番号: 1-1, 名称: 窓口 }', '{ 番号: 1-1 }']),
    ['missing-key structure.yaml 6:9-6:20 subject="名称"'],
  ],
  [
    'a 大項目 without 中項目 and name',
    { 'structure.yaml': '大項目:\n  - 番号: 1\n' },
    ['missing-key structure.yaml 2:5-2:7 subject="名称"', 'missing-key structure.yaml 2:5-2:7 subject="中項目"'],
  ],
  ['a 局 without 課', organization(['    課: [学校課]\n', '']), ['missing-key organization.yaml 7:5-7:7 subject="課"']],
  [
    'a part of an amount without 区分',
    budget('[{ 額: 1 }]'),
    ['missing-key measures/1-2-1.yaml 13:11-13:19 subject="区分"'],
  ],
  [
    'a part of an amount without 額',
    budget('[{ 区分: 防災課 }]'),
    ['missing-key measures/1-2-1.yaml 13:11-13:22 subject="額"'],
  ],
  [
    'an annex without 題名',
    edition(['個票]', '{ 別冊: annexes/x.pdf }]']),
    ['missing-key edition.yaml 11:22-11:43 subject="題名"'],
  ],
  [
    'a year is missing',
    measure('1-2-1', ['  R11: {}\n', '']),
    ['missing-year measures/1-2-1.yaml 9:1-9:7 subject="R11"'],
  ],
  [
    'all years are missing',
    measure('1-2-1', [/スケジュール:[\s\S]*R12: \{\}/, 'スケジュール: {}']),
    [
      'missing-year measures/1-2-1.yaml 9:9-9:11 subject="R10"',
      'missing-year measures/1-2-1.yaml 9:9-9:11 subject="R11"',
      'missing-year measures/1-2-1.yaml 9:9-9:11 subject="R12"',
    ],
  ],
  // keys that are none
  [
    'a key that is a slip',
    measure('1-2-1', ['取組内容:', '取組の内容:']),
    [
      'unknown-key measures/1-2-1.yaml 7:1-7:6 actual="取組の内容" expected="番号、区分、取組、担当局・部、担当課、取組内容、効果・KPI、現状・実績・目標、スケジュール、関連計画、一覧表" nearest="取組内容"',
    ],
  ],
  [
    'a key that is a slip of one that must be there',
    measure('1-2-1', ['担当課:', '担任課:']),
    [
      'unknown-key measures/1-2-1.yaml 6:1-6:4 actual="担任課" expected="番号、区分、取組、担当局・部、担当課、取組内容、効果・KPI、現状・実績・目標、スケジュール、関連計画、一覧表" nearest="担当課"',
    ],
  ],
  [
    'a key that is like one that is there',
    measure('1-2-1', ['一覧表:', '担任課: [x]\n一覧表:']),
    [
      'unknown-key measures/1-2-1.yaml 16:1-16:4 actual="担任課" expected="番号、区分、取組、担当局・部、担当課、取組内容、効果・KPI、現状・実績・目標、スケジュール、関連計画、一覧表"',
    ],
  ],
  [
    'a key that is like nothing',
    measure('1-2-1', ['一覧表:', '備考: x\n一覧表:']),
    [
      'unknown-key measures/1-2-1.yaml 16:1-16:3 actual="備考" expected="番号、区分、取組、担当局・部、担当課、取組内容、効果・KPI、現状・実績・目標、スケジュール、関連計画、一覧表"',
    ],
  ],
  [
    'a key of the schema of JSON',
    measure('1-2-1', ['一覧表:', 'constructor: x\n__proto__: x\ntoString: x\n一覧表:']),
    [
      'unknown-key measures/1-2-1.yaml 16:1-16:12 actual="constructor" expected="番号、区分、取組、担当局・部、担当課、取組内容、効果・KPI、現状・実績・目標、スケジュール、関連計画、一覧表"',
      'unknown-key measures/1-2-1.yaml 17:1-17:10 actual="__proto__" expected="番号、区分、取組、担当局・部、担当課、取組内容、効果・KPI、現状・実績・目標、スケジュール、関連計画、一覧表"',
      'unknown-key measures/1-2-1.yaml 18:1-18:9 actual="toString" expected="番号、区分、取組、担当局・部、担当課、取組内容、効果・KPI、現状・実績・目標、スケジュール、関連計画、一覧表"',
    ],
  ],
  [
    'a key of a year that is a slip',
    measure('1-2-1', ['内容: 試行', '内用: 試行']),
    ['unknown-key measures/1-2-1.yaml 12:5-12:7 actual="内用" expected="項目、内容、予算額、事業実績" nearest="内容"'],
  ],
  [
    'a key of a year that is none',
    measure('1-2-1', ['内容: 試行', '内容: 試行\n    備考: x']),
    ['unknown-key measures/1-2-1.yaml 13:5-13:7 actual="備考" expected="項目、内容、予算額、事業実績"'],
  ],
  [
    'a key of 一覧表 that is none',
    measure('1-2-1', ['{ 取組事項:', '{ 備考: x, 取組事項:']),
    ['unknown-key measures/1-2-1.yaml 16:8-16:10 actual="備考" expected="取組事項、担当課"'],
  ],
  [
    'a key of a part of an amount',
    budget('[{ 区分: 防災課, 額: 1, 備考: x }]'),
    ['unknown-key measures/1-2-1.yaml 13:28-13:30 actual="備考" expected="区分、額"'],
  ],
  [
    'a key of an annex',
    edition(['個票]', '{ 別冊: annexes/x.pdf, 題名: x, 頁: 3 }]']),
    ['unknown-key edition.yaml 11:50-11:51 actual="頁" expected="別冊、題名、代替テキスト"'],
  ],
  [
    'a key of an annex that is a slip',
    edition(['個票]', '{ 別冊: annexes/x.pdf, 題目: x }]']),
    ['unknown-key edition.yaml 11:43-11:45 actual="題目" expected="別冊、題名、代替テキスト" nearest="題名"'],
  ],
  [
    'a key of a 中項目',
    structure(['{ 番号: 1-1, 名称: 窓口 }', '{ 番号: 1-1, 名称: 窓口, 備考: x }']),
    ['unknown-key structure.yaml 6:28-6:30 actual="備考" expected="番号、名称"'],
  ],
  [
    'a key of a 局',
    organization(['    課: [学校課]', '    課: [学校課]\n    係: [x]']),
    ['unknown-key organization.yaml 9:5-9:6 actual="係" expected="名称、課"'],
  ],
  [
    'a key of 新旧対照表',
    edition(['構成:', '新旧対照表: { 新: 改正案, 古: 現行, 左: 右 }\n構成:']),
    [
      'unknown-key edition.yaml 11:18-11:19 actual="古" expected="新、旧、左"',
      'unknown-value edition.yaml 11:28-11:29 subject="左" actual="右" expected="新、旧"',
    ],
  ],
  // keys elsewhere
  [
    'a key of a year outside',
    measure('1-2-1', ['一覧表:', '内容: x\n項目: ○\n予算額: 1\n事業実績: x\n一覧表:']),
    [
      'misplaced-key measures/1-2-1.yaml 16:1-16:3 actual="内容" expected="スケジュールの年度"',
      'misplaced-key measures/1-2-1.yaml 17:1-17:3 actual="項目" expected="スケジュールの年度"',
      'misplaced-key measures/1-2-1.yaml 18:1-18:4 actual="予算額" expected="スケジュールの年度"',
      'misplaced-key measures/1-2-1.yaml 19:1-19:5 actual="事業実績" expected="スケジュールの年度"',
    ],
  ],
  [
    '額 outside',
    measure('1-2-1', ['一覧表:', '額: 1\n区分の額: 1\n一覧表:']),
    [
      'misplaced-key measures/1-2-1.yaml 16:1-16:2 actual="額" expected="予算額の一覧"',
      'unknown-key measures/1-2-1.yaml 17:1-17:5 actual="区分の額" expected="番号、区分、取組、担当局・部、担当課、取組内容、効果・KPI、現状・実績・目標、スケジュール、関連計画、一覧表"',
    ],
  ],
  [
    '額 in a year',
    measure('1-2-1', ['予算額: 100', '額: 100']),
    ['misplaced-key measures/1-2-1.yaml 13:5-13:6 actual="額" expected="予算額の一覧"'],
  ],
  [
    '取組事項 outside',
    measure('1-2-1', ['一覧表: {', '取組事項: x\n一覧表: {']),
    ['misplaced-key measures/1-2-1.yaml 16:1-16:5 actual="取組事項" expected="一覧表"'],
  ],
  [
    'a key of the file in a year',
    measure('1-2-1', ['内容: 試行', '内容: 試行\n    取組内容: x']),
    ['misplaced-key measures/1-2-1.yaml 13:5-13:9 actual="取組内容" expected="いちばん外側(字下げなし)"'],
  ],
  [
    'a key of the file as a year',
    measure('1-2-1', ['  R11: {}', '  R11: {}\n  関連計画: []']),
    ['misplaced-key measures/1-2-1.yaml 15:3-15:7 actual="関連計画" expected="いちばん外側(字下げなし)"'],
  ],
  [
    'a key of a year as a year',
    measure('1-2-1', ['  R11: {}', '  R11: {}\n  内容: x']),
    ['misplaced-key measures/1-2-1.yaml 15:3-15:5 actual="内容" expected="スケジュールの年度"'],
  ],
  [
    'a key of the file in 一覧表',
    measure('1-2-1', ['{ 取組事項:', '{ 取組内容: x, 取組事項:']),
    ['misplaced-key measures/1-2-1.yaml 16:8-16:12 actual="取組内容" expected="いちばん外側(字下げなし)"'],
  ],
  [
    'a key of the edition in an annex',
    edition(['個票]', '{ 別冊: annexes/x.pdf, 題名: x, 改定: x }]']),
    ['misplaced-key edition.yaml 11:50-11:52 actual="改定" expected="いちばん外側(字下げなし)"'],
  ],
  [
    'a 再掲 with what is its target’s',
    {
      'measures/3-1-1.yaml':
        '番号: 3-1-1\n区分: 新規\n再掲: 1-1-1\n取組内容: x\nスケジュール: {}\n関連計画: []\n効果・KPI: x\n現状・実績・目標: x\n',
    },
    [
      'reprint-has-own measures/3-1-1.yaml 4:1-4:5 actual="取組内容"',
      'reprint-has-own measures/3-1-1.yaml 5:1-5:7 actual="スケジュール"',
      'reprint-has-own measures/3-1-1.yaml 6:1-6:5 actual="関連計画"',
      'reprint-has-own measures/3-1-1.yaml 7:1-7:7 actual="効果・KPI"',
      'reprint-has-own measures/3-1-1.yaml 8:1-8:9 actual="現状・実績・目標"',
    ],
  ],
  [
    'a 再掲 with a key of a year, and one that is none',
    { 'measures/3-1-1.yaml': '番号: 3-1-1\n区分: 新規\n再掲: 1-1-1\n内容: x\n備考: x\n' },
    [
      'misplaced-key measures/3-1-1.yaml 4:1-4:3 actual="内容" expected="スケジュールの年度"',
      'unknown-key measures/3-1-1.yaml 5:1-5:3 actual="備考" expected="番号、区分、再掲、取組、担当局・部、担当課、一覧表"',
    ],
  ],
  [
    'a 再掲 among the keys of a year',
    measure('1-2-1', ['内容: 試行', '内容: 試行\n    再掲: 1-1-1']),
    ['unknown-key measures/1-2-1.yaml 13:5-13:7 actual="再掲" expected="項目、内容、予算額、事業実績"'],
  ],
  // keys that look like others
  [
    'a key that looks like another',
    measure('1-2-1', ['区分:', '区\u200b分:']),
    [
      'look-alike-key measures/1-2-1.yaml 3:1-3:4 actual="区​分" nearest="区分" expected="U+200B"',
      'invisible-character measures/1-2-1.yaml 3:2-3:3 actual="U+200B"',
    ],
  ],
  [
    'a key of a year that looks like another',
    measure('1-2-1', ['予算額:', '予算額\ufe0f:']),
    [
      'look-alike-key measures/1-2-1.yaml 13:5-13:9 actual="予算額️" nearest="予算額" expected="U+FE0F"',
      'missing-glyph measures/1-2-1.yaml 13:8-13:9 actual="️"',
    ],
  ],
  [
    'a key with another sign',
    measure('1-2-1', ['スケジュール:', 'スケジュ一ル:']),
    [
      'look-alike-key measures/1-2-1.yaml 9:1-9:7 actual="スケジュ一ル" nearest="スケジュール" expected="「一」は U+4E00"',
    ],
  ],
  [
    'a key of small letters',
    measure('1-1-1', ['効果・KPI:', '効果・kpi:']),
    [
      'look-alike-key measures/1-1-1.yaml 11:1-11:7 actual="効果・kpi" nearest="効果・KPI" expected="「k」は U+006B、「p」は U+0070、「i」は U+0069"',
    ],
  ],
  [
    'a key that has no blank behind its colon',
    budget('{ 区分:防災課, 額: 1 }'),
    [
      'budget-form measures/1-2-1.yaml 13:10-13:26 subject="予算額" actual="{\\"区分:防災課\\":null,\\"額\\":1}" expected="[{ 区分: …, 額: 1 }]"',
    ],
  ],
  [
    'a key that has a full-width colon',
    budget('[{ 区分：防災課, 額: 1 }]'),
    ['yaml-missing-colon measures/1-2-1.yaml 13:13-13:19 actual="区分：防災課" nearest="区分"'],
  ],
  [
    'a key glued to its value, that is none',
    measure('1-2-1', ['一覧表: { 取組事項: 避難所混雑の公開 }', '一覧表: { 備考:x }']),
    ['unknown-key measures/1-2-1.yaml 16:8-16:12 actual="備考:x" expected="取組事項、担当課"'],
  ],
  [
    'a comma inside an amount of a part',
    budget('[{ 区分: 防災課, 額: 1,914 }]'),
    ['not-an-amount measures/1-2-1.yaml 13:25-13:26 actual="1,914" subject="額"'],
  ],
  [
    'three figures that are no part of an amount',
    budget('[{ 区分: 防災課, 額: 1, 19: 5 }]'),
    ['unknown-key measures/1-2-1.yaml 13:28-13:30 actual="19" expected="区分、額"'],
  ],
  [
    'three figures outside',
    measure('1-2-1', ['一覧表:', '"914": x\n一覧表:']),
    [
      'unknown-key measures/1-2-1.yaml 16:1-16:6 actual="914" expected="番号、区分、取組、担当局・部、担当課、取組内容、効果・KPI、現状・実績・目標、スケジュール、関連計画、一覧表"',
    ],
  ],
  [
    '担当課 in a year, which 一覧表 has too',
    measure('1-2-1', ['内容: 試行', '内容: 試行\n    担当課: [x]']),
    ['misplaced-key measures/1-2-1.yaml 13:5-13:8 actual="担当課" expected="いちばん外側(字下げなし)"'],
  ],
  [
    'a 再掲 that is misspelt, with what is its target’s',
    { 'measures/3-1-1.yaml': '番号: 3-1-1\n区分: 新規\n再\u200b掲: 1-1-1\n取組内容: x\n' },
    [
      'look-alike-key measures/3-1-1.yaml 3:1-3:4 actual="再​掲" nearest="再掲" expected="U+200B"',
      'invisible-character measures/3-1-1.yaml 3:2-3:3 actual="U+200B"',
      'unknown-key measures/3-1-1.yaml 4:1-4:5 actual="取組内容" expected="番号、区分、再掲、取組、担当局・部、担当課、一覧表"',
    ],
  ],
  [
    'a 再掲 with a key of 一覧表 outside, and what is its target’s inside',
    { 'measures/3-1-1.yaml': '番号: 3-1-1\n区分: 新規\n再掲: 1-1-1\n取組事項: x\n一覧表: { 取組内容: x }\n' },
    [
      'misplaced-key measures/3-1-1.yaml 4:1-4:5 actual="取組事項" expected="一覧表"',
      'unknown-key measures/3-1-1.yaml 5:8-5:12 actual="取組内容" expected="取組事項、担当課"',
    ],
  ],
  [
    'a key that is a slip, and another one that is missing',
    measure('1-2-1', ['担当課:', '担任課:'], ['区分: 継続\n', '']),
    [
      'missing-key measures/1-2-1.yaml 2:1-2:3 subject="区分"',
      'unknown-key measures/1-2-1.yaml 5:1-5:4 actual="担任課" expected="番号、区分、取組、担当局・部、担当課、取組内容、効果・KPI、現状・実績・目標、スケジュール、関連計画、一覧表" nearest="担当課"',
    ],
  ],
  [
    'a key beside one that looks like it, and is wrong',
    measure('1-2-1', ['区分: 継続', '区分: 廃止\n区\u200b分: 継続']),
    [
      'unknown-value measures/1-2-1.yaml 3:5-3:7 subject="区分" actual="廃止" expected="新規、継続"',
      'look-alike-key measures/1-2-1.yaml 4:1-4:4 actual="区​分" nearest="区分" expected="U+200B"',
      'invisible-character measures/1-2-1.yaml 4:2-4:3 actual="U+200B"',
    ],
  ],
  [
    'four figures and three with a letter in a part of an amount',
    budget('[{ 区分: 防災課, 額: 1, 1914: 5, 914x: 5 }]'),
    [
      'unknown-key measures/1-2-1.yaml 13:28-13:32 actual="1914" expected="区分、額"',
      'unknown-key measures/1-2-1.yaml 13:37-13:41 actual="914x" expected="区分、額"',
    ],
  ],
  [
    'a key behind a colon',
    budget('[{ ":区分：防災課": 1, 額: 1 }]'),
    [
      'missing-key measures/1-2-1.yaml 13:11-13:33 subject="区分"',
      'unknown-key measures/1-2-1.yaml 13:13-13:22 actual=":区分：防災課" expected="区分、額"',
    ],
  ],
  // years
  [
    'a year that is a text of no signs',
    measure('1-2-1', ['R11: {}', 'R11: ""']),
    ['empty-value measures/1-2-1.yaml 14:8-14:10 subject="R11" actual="" expected="R11: {}"'],
  ],
  [
    'a year that is none, one missing, beside a key that is none',
    measure('1-2-1', ['R11:', 'R99:'], ['  R12: {}', '  R12: {}\n  備考: {}']),
    [
      'missing-year measures/1-2-1.yaml 9:1-9:7 subject="R11"',
      'unknown-year measures/1-2-1.yaml 14:3-14:6 actual="R99" expected="R10、R11、R12"',
      'unknown-year measures/1-2-1.yaml 16:3-16:5 actual="備考" expected="R10、R11、R12"',
    ],
  ],
  [
    'a year that is none instead of two',
    measure('1-2-1', ['R11:', 'R99:'], ['  R12: {}\n', '']),
    [
      'missing-year measures/1-2-1.yaml 9:1-9:7 subject="R11"',
      'missing-year measures/1-2-1.yaml 9:1-9:7 subject="R12"',
      'unknown-year measures/1-2-1.yaml 14:3-14:6 actual="R99" expected="R10、R11、R12"',
    ],
  ],
  [
    'a year with a letter for a figure, another one missing',
    measure('1-2-1', ['R10:', 'R1O:'], ['  R11: {}\n', '']),
    [
      'missing-year measures/1-2-1.yaml 9:1-9:7 subject="R11"',
      'look-alike-key measures/1-2-1.yaml 10:3-10:6 actual="R1O" nearest="R10" expected="「O」は U+004F"',
    ],
  ],
  [
    'a year that is written otherwise',
    measure('1-2-1', ['R11:', '令和11年度:']),
    ['unknown-year measures/1-2-1.yaml 14:3-14:9 actual="令和11年度" expected="R10、R11、R12" nearest="R11"'],
  ],
  [
    'a year in full-width letters',
    measure('1-2-1', ['R11:', 'Ｒ１１:']),
    ['unknown-year measures/1-2-1.yaml 14:3-14:6 actual="Ｒ１１" expected="R10、R11、R12" nearest="R11"'],
  ],
  [
    'a year with an invisible sign',
    measure('1-2-1', ['R11:', 'R\u200b11:']),
    [
      'look-alike-key measures/1-2-1.yaml 14:3-14:7 actual="R​11" nearest="R11" expected="U+200B"',
      'invisible-character measures/1-2-1.yaml 14:4-14:5 actual="U+200B"',
    ],
  ],
  [
    'a year with a blank',
    measure('1-2-1', ['R11:', 'R 11:']),
    ['unknown-year measures/1-2-1.yaml 14:3-14:7 actual="R 11" expected="R10、R11、R12" nearest="R11"'],
  ],
  [
    'a year that is none, the only one missing',
    measure('1-2-1', ['R11:', 'R99:']),
    ['unknown-year measures/1-2-1.yaml 14:3-14:6 actual="R99" expected="R10、R11、R12" nearest="R11"'],
  ],
  [
    'a year that is none, two are missing',
    measure('1-2-1', ['R11:', 'R98:'], ['R12:', 'R99:']),
    [
      'missing-year measures/1-2-1.yaml 9:1-9:7 subject="R11"',
      'missing-year measures/1-2-1.yaml 9:1-9:7 subject="R12"',
      'unknown-year measures/1-2-1.yaml 14:3-14:6 actual="R98" expected="R10、R11、R12"',
      'unknown-year measures/1-2-1.yaml 15:3-15:6 actual="R99" expected="R10、R11、R12"',
    ],
  ],
  [
    'a year more',
    measure('1-2-1', ['  R11: {}', '  R11: {}\n  R13: {}']),
    ['unknown-year measures/1-2-1.yaml 15:3-15:6 actual="R13" expected="R10、R11、R12"'],
  ],
  [
    'a year twice, once otherwise',
    measure('1-2-1', ['  R11: {}', '  R11: {}\n  令和11年度: {}']),
    ['unknown-year measures/1-2-1.yaml 15:3-15:9 actual="令和11年度" expected="R10、R11、R12" nearest="R11"'],
  ],
  [
    'a year with its first sign wrong',
    measure('1-2-1', ['R10:', 'Rl0:']),
    ['unknown-year measures/1-2-1.yaml 10:3-10:6 actual="Rl0" expected="R10、R11、R12" nearest="R10"'],
  ],
  // numbers, dates, choices
  [
    'a number that is none',
    measure('1-2-1', ['番号: 1-2-1', '番号: 1-2']),
    ['not-a-number measures/1-2-1.yaml 2:5-2:8 subject="番号" actual="1-2" expected="2-3-16"'],
  ],
  [
    'numbers of the structure that are none',
    structure(['番号: 1-1', '番号: 1'], ['番号: 2\n', '番号: 二\n']),
    [
      'not-a-number structure.yaml 6:15-6:16 subject="番号" actual="1" expected="2-3"',
      'not-a-number structure.yaml 8:9-8:10 subject="番号" actual="二" expected="2"',
    ],
  ],
  [
    'a choice that is a slip',
    measure('1-2-1', ['区分: 継続', '区分: 継']),
    ['unknown-value measures/1-2-1.yaml 3:5-3:6 subject="区分" actual="継" expected="新規、継続" nearest="継続"'],
  ],
  [
    'a choice that is none',
    measure('1-2-1', ['区分: 継続', '区分: 廃止']),
    ['unknown-value measures/1-2-1.yaml 3:5-3:7 subject="区分" actual="廃止" expected="新規、継続"'],
  ],
  [
    'a part that is a slip',
    edition(['取組事項一覧', '取組事項一欄']),
    [
      'unknown-part edition.yaml 11:14-11:20 subject="構成" actual="取組事項一欄" expected="表紙、目次、取組事項一覧、個票、改定履歴" nearest="取組事項一覧"',
    ],
  ],
  [
    'a part that is none',
    edition(['取組事項一覧', '奥付']),
    [
      'unknown-part edition.yaml 11:14-11:16 subject="構成" actual="奥付" expected="表紙、目次、取組事項一覧、個票、改定履歴"',
    ],
  ],
  [
    'a part that is a list',
    edition(['取組事項一覧', '[表紙]']),
    [
      'unknown-part edition.yaml 11:14-11:18 subject="構成" actual="[\\"表紙\\"]" expected="表紙、目次、取組事項一覧、個票、改定履歴"',
    ],
  ],
  [
    'left or right',
    edition(['構成:', '新旧対照表: { 左: 新い }\n構成:']),
    ['unknown-value edition.yaml 11:13-11:15 subject="左" actual="新い" expected="新、旧" nearest="新"'],
  ],
  [
    'a plan that is a slip, one that is none',
    measure('2-1-1', ['[総合計画, 防災計画]', '[総合計面, 宇宙計画]']),
    [
      'unknown-plan measures/2-1-1.yaml 16:8-16:12 subject="関連計画" actual="総合計面" expected="総合計画、防災計画" nearest="総合計画"',
      'unknown-plan measures/2-1-1.yaml 16:14-16:18 subject="関連計画" actual="宇宙計画" expected="総合計画、防災計画"',
    ],
  ],
  // marks
  [
    'the mark 〇',
    mark('〇'),
    [
      'ideographic-zero measures/1-2-1.yaml 11:9-11:10 actual="〇"',
      'unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="〇" expected="→ ◎ ○ △ —" nearest="○"',
    ],
  ],
  [
    'the mark ◯',
    mark('◯'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="◯" expected="→ ◎ ○ △ —" nearest="○"'],
  ],
  [
    'the mark ●',
    mark('●'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="●" expected="→ ◎ ○ △ —" nearest="○"'],
  ],
  [
    'the mark ⇒',
    mark('⇒'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="⇒" expected="→ ◎ ○ △ —" nearest="→"'],
  ],
  [
    'the mark ➡',
    mark('➡'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="➡" expected="→ ◎ ○ △ —" nearest="→"'],
  ],
  [
    'the mark ▲',
    mark('▲'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="▲" expected="→ ◎ ○ △ —" nearest="△"'],
  ],
  [
    'the mark ◉',
    mark('◉'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="◉" expected="→ ◎ ○ △ —" nearest="◎"'],
  ],
  [
    'the mark O',
    mark('O'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="O" expected="→ ◎ ○ △ —" nearest="○"'],
  ],
  [
    'the mark o',
    mark('o'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="o" expected="→ ◎ ○ △ —" nearest="○"'],
  ],
  [
    'the mark 0',
    mark('0'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="0" expected="→ ◎ ○ △ —" nearest="○"'],
  ],
  [
    'the mark ->',
    mark('->'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:11 subject="項目" actual="->" expected="→ ◎ ○ △ —" nearest="→"'],
  ],
  [
    'the mark −',
    mark('−'),
    [
      'hyphen-for-dash measures/1-2-1.yaml 11:9-11:10 actual="−" expected="—"',
      'unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="−" expected="→ ◎ ○ △ —" nearest="—"',
    ],
  ],
  [
    'the mark ‐',
    mark('‐'),
    [
      'hyphen-for-dash measures/1-2-1.yaml 11:9-11:10 actual="‐" expected="—"',
      'unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="‐" expected="→ ◎ ○ △ —" nearest="—"',
    ],
  ],
  [
    'the mark ‑',
    mark('‑'),
    [
      'hyphen-for-dash measures/1-2-1.yaml 11:9-11:10 actual="‑" expected="—"',
      'missing-glyph measures/1-2-1.yaml 11:9-11:10 actual="‑" expected="‐"',
      'unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="‑" expected="→ ◎ ○ △ —" nearest="—"',
    ],
  ],
  [
    'the mark –',
    mark('–'),
    [
      'hyphen-for-dash measures/1-2-1.yaml 11:9-11:10 actual="–" expected="—"',
      'unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="–" expected="→ ◎ ○ △ —" nearest="—"',
    ],
  ],
  ['the mark —', mark('—'), []],
  [
    'the mark ―',
    mark('―'),
    [
      'hyphen-for-dash measures/1-2-1.yaml 11:9-11:10 actual="―" expected="—"',
      'unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="―" expected="→ ◎ ○ △ —" nearest="—"',
    ],
  ],
  [
    'the mark ─',
    mark('─'),
    [
      'hyphen-for-dash measures/1-2-1.yaml 11:9-11:10 actual="─" expected="—"',
      'unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="─" expected="→ ◎ ○ △ —" nearest="—"',
    ],
  ],
  [
    'the mark ー',
    mark('ー'),
    [
      'hyphen-for-dash measures/1-2-1.yaml 11:9-11:10 actual="ー" expected="—"',
      'unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="ー" expected="→ ◎ ○ △ —" nearest="—"',
    ],
  ],
  [
    'the mark －',
    mark('－'),
    [
      'hyphen-for-dash measures/1-2-1.yaml 11:9-11:10 actual="－" expected="—"',
      'unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="－" expected="→ ◎ ○ △ —" nearest="—"',
    ],
  ],
  [
    'the mark ｰ',
    mark('ｰ'),
    [
      'halfwidth-katakana measures/1-2-1.yaml 11:9-11:10 actual="ｰ" expected="ー"',
      'hyphen-for-dash measures/1-2-1.yaml 11:9-11:10 actual="ｰ" expected="—"',
      'unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="ｰ" expected="→ ◎ ○ △ —" nearest="—"',
    ],
  ],
  [
    'the mark --',
    mark('--'),
    [
      'hyphen-for-dash measures/1-2-1.yaml 11:9-11:11 actual="--" expected="—"',
      'unknown-mark measures/1-2-1.yaml 11:9-11:11 subject="項目" actual="--" expected="→ ◎ ○ △ —" nearest="—"',
    ],
  ],
  [
    'the mark →→',
    mark('→→'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:11 subject="項目" actual="→→" expected="→ ◎ ○ △ —"'],
  ],
  [
    'the mark ✕',
    mark('✕'),
    [
      'missing-glyph measures/1-2-1.yaml 11:9-11:10 actual="✕"',
      'unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="✕" expected="→ ◎ ○ △ —"',
    ],
  ],
  [
    'the mark なし',
    mark('なし'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:11 subject="項目" actual="なし" expected="→ ◎ ○ △ —"'],
  ],
  [
    'the mark "→ "',
    mark('"→ "'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:13 subject="項目" actual="→ " expected="→ ◎ ○ △ —" nearest="→"'],
  ],
  [
    'the mark constructor',
    mark('constructor'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:20 subject="項目" actual="constructor" expected="→ ◎ ○ △ —"'],
  ],
  [
    'the mark ○ 一部',
    mark('○ 一部'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:13 subject="項目" actual="○ 一部" expected="→ ◎ ○ △ —"'],
  ],
  [
    'the mark ○-',
    mark('○-'),
    ['unknown-mark measures/1-2-1.yaml 11:9-11:11 subject="項目" actual="○-" expected="→ ◎ ○ △ —"'],
  ],
  // amounts
  ['an amount', budget('0'), []],
  ['the largest amount', budget('999999999999999'), []],
  [
    'an amount too large',
    budget('1000000000000000'),
    ['not-an-amount measures/1-2-1.yaml 13:10-13:26 subject="予算額" actual="1000000000000000"'],
  ],
  ['no amount', budget('—'), []],
  [
    'an amount that is a word',
    budget('未定'),
    ['not-an-amount measures/1-2-1.yaml 13:10-13:12 subject="予算額" actual="未定"'],
  ],
  [
    'an amount that is a map',
    budget('{}'),
    ['not-an-amount measures/1-2-1.yaml 13:10-13:12 subject="予算額" actual="{}"'],
  ],
  [
    'an amount of a 課',
    budget('防災課 10'),
    [
      'budget-form measures/1-2-1.yaml 13:10-13:16 subject="予算額" actual="防災課 10" expected="[{ 区分: 防災課, 額: 10 }]"',
    ],
  ],
  [
    'amounts that are no parts',
    budget('[10, 20]'),
    [
      'budget-form measures/1-2-1.yaml 13:10-13:18 subject="予算額" actual="[10,20]" expected="[{ 区分: …, 額: 10 }, { 区分: …, 額: 20 }]"',
    ],
  ],
  [
    'amounts that are nothing',
    budget('[]'),
    ['empty-value measures/1-2-1.yaml 13:10-13:12 subject="予算額" actual="[]"'],
  ],
  [
    'an amount of a part that is a word',
    budget('[{ 区分: 防災課, 額: 未定 }]'),
    ['not-an-amount measures/1-2-1.yaml 13:25-13:27 subject="額" actual="未定"'],
  ],
  [
    'an amount of a part that is a map',
    budget('[{ 区分: 防災課, 額: { 防災課: 5 } }]'),
    ['not-an-amount measures/1-2-1.yaml 13:25-13:35 subject="額" actual="{\\"防災課\\":\\"5\\"}"'],
  ],
  [
    'an amount of a part that is negative',
    budget('[{ 区分: 防災課, 額: -5 }]'),
    ['not-an-amount measures/1-2-1.yaml 13:25-13:27 subject="額" actual="-5"'],
  ],
  [
    'a part of no name',
    budget('[{ 区分: "", 額: 5 }]'),
    ['empty-value measures/1-2-1.yaml 13:17-13:19 subject="区分" actual=""'],
  ],
  [
    'parts that are two mistakes',
    budget('[{ 区分: 防災課, 額: 1,5 }, { 額: x }]'),
    [
      'unknown-key measures/1-2-1.yaml 13:27-13:28 actual="5" expected="区分、額"',
      'missing-key measures/1-2-1.yaml 13:32-13:40 subject="区分"',
      'not-an-amount measures/1-2-1.yaml 13:37-13:38 subject="額" actual="x"',
    ],
  ],
  // how many
  ['twenty years', edition(['[R10, R11, R12]', `[R10, R11, R12, ${many('S', 17)}]`]), []],
  [
    'twenty-one years',
    edition(['[R10, R11, R12]', `[R10, R11, R12, ${many('S', 18)}]`]),
    ['list-too-long edition.yaml 8:5-8:100 subject="年度" actual="21" expected="20"'],
  ],
  ['fifty plans', edition(['[総合計画, 防災計画]', `[総合計画, 防災計画, ${many('計画', 48)}]`]), []],
  [
    'fifty-one plans',
    edition(['[総合計画, 防災計画]', `[総合計画, 防災計画, ${many('計画', 49)}]`]),
    ['list-too-long edition.yaml 10:7-10:303 subject="関連計画" actual="51" expected="50"'],
  ],
])('%s', (_, changes, expected) => {
  const diagnostics = Object.entries(changes).flatMap(([path, text]) => diagnosticsOf(path, text));
  expect(told(diagnostics)).toEqual(expected);
});

test.each<[string, Record<string, string>, string]>([
  ['all of it', measure('1-2-1'), '番号 区分 取組 担当局・部 担当課 取組内容 スケジュール 一覧表'],
  [
    'no key that is wrong, whatever is wrong in it',
    measure('1-2-1', ['項目: ○', '項目: x'], ['[防災課]', '[""]']),
    '番号 区分 取組 担当局・部 取組内容 一覧表',
  ],
  [
    'no key that is none',
    measure('1-2-1', ['一覧表:', '備考: x\nconstructor: x\n一覧表:']),
    '番号 区分 取組 担当局・部 担当課 取組内容 スケジュール 一覧表',
  ],
  ['what is there of keys that must be', whole('取組: x\n'), '取組'],
  ['nothing of a list', whole('- x\n'), ''],
  ['nothing of a text', whole('取組\n'), ''],
])('what is looked at further: %s', (_, changes, keys) => {
  const [[path, text] = ['', '']] = Object.entries(changes);
  const yaml = parseYaml(path, text);
  expect(Object.keys(shaped(yaml, ofMeasures().regular)).join(' ')).toBe(keys);
});
