import { expect, test } from 'vitest';
import { checkedCity, textOf } from './city.ts';
import { edited, measure, told } from './told.ts';

const edition = (...changes: [string | RegExp, string][]) => edited('edition.yaml', ...changes);
const organization = (...changes: [string | RegExp, string][]) => edited('organization.yaml', ...changes);
const structure = (...changes: [string | RegExp, string][]) => edited('structure.yaml', ...changes);
const copies = (from: number, to: number, ...changes: [string | RegExp, string][]): Record<string, string> =>
  Object.assign(
    {},
    ...Array.from({ length: to - from + 1 }, (_, index) => ({
      [`measures/1-2-${from + index}.yaml`]: Object.values(
        measure('1-2-1', ['番号: 1-2-1', `番号: 1-2-${from + index}`], ...changes),
      )[0],
    })),
  );

// What several files have in common, or should have.
test.each<[string, Record<string, string | undefined>, string[]]>([
  // a name that was changed in one place
  [
    'a 課 renamed where it is given, used by several',
    organization(['窓口課', '総合窓口課']),
    [
      'name-not-given organization.yaml 4:9-4:14 subject="課" actual="窓口課" expected="1-1-1、1-1-2" nearest="総合窓口課"',
    ],
  ],
  [
    'a 課 renamed where it is given, used by one',
    organization(['学校課]', '教育総務課]'], ['防災課', '危機管理室']),
    [
      'name-not-given organization.yaml 4:14-4:19 subject="課" actual="防災課" expected="1-2-1" nearest="危機管理室"',
      'name-not-given organization.yaml 8:9-8:14 subject="課" actual="学校課" expected="3-1-2、3-1-3" nearest="教育総務課"',
    ],
  ],
  [
    'a 課 renamed where it is used by one, to what nobody uses',
    { ...organization(['防災課]', '防災課, 危機管理室]']), ...measure('1-2-1', ['防災課', '危機対策本部']) },
    ['unknown-section measures/1-2-1.yaml 6:7-6:13 actual="危機対策本部"'],
  ],
  [
    'a 課 that one uses and nobody gives, as before',
    measure('1-2-1', ['防災課', '危機対策本部']),
    ['name-not-given organization.yaml 4:14-4:17 subject="課" actual="危機対策本部" expected="1-2-1" nearest="防災課"'],
  ],
  [
    'a slip in one measure is told there',
    { ...organization(['防災課]', '防災課, 防才課]']), ...measure('1-2-1', ['防災課', '防炎課']) },
    ['unknown-section measures/1-2-1.yaml 6:7-6:10 actual="防炎課" nearest="防災課"'],
  ],
  [
    'a slip in two measures is one name',
    { ...measure('1-1-1', ['窓口課', '窓日課']), ...measure('1-1-2', ['窓口課', '窓日課']) },
    ['name-not-given organization.yaml 4:9-4:12 subject="課" actual="窓日課" expected="1-1-1、1-1-2" nearest="窓口課"'],
  ],
  [
    'a 課 that two use and nobody gives',
    { ...measure('1-1-1', ['窓口課', '宇宙室']), ...measure('1-2-1', ['防災課', '宇宙室']) },
    [
      'name-not-given organization.yaml 4:14-4:17 subject="課" actual="宇宙室" expected="1-1-1、1-2-1" nearest="防災課"',
    ],
  ],
  [
    'a 課 used twice in one measure',
    measure('1-2-1', ['[防災課]', '[宇宙室, (発注)宇宙室]']),
    ['name-not-given organization.yaml 4:14-4:17 subject="課" actual="宇宙室" expected="1-2-1" nearest="防災課"'],
  ],
  [
    'a 課 with a role, renamed',
    organization(['漁港課', '港湾整備課']),
    ['name-not-given organization.yaml 6:9-6:14 subject="課" actual="漁港課" expected="2-1-1" nearest="港湾整備課"'],
  ],
  [
    'two 課 renamed at once, in two 局',
    organization(['防災課', '危機管理室'], ['漁港課', '港湾整備課']),
    [
      'name-not-given organization.yaml 4:14-4:19 subject="課" actual="防災課" expected="1-2-1" nearest="危機管理室"',
      'name-not-given organization.yaml 6:9-6:14 subject="課" actual="漁港課" expected="2-1-1" nearest="港湾整備課"',
    ],
  ],
  [
    'two 課 renamed at once, in one 局',
    organization(['漁港課, 流通課', '港湾整備課, 流通推進課']),
    [
      'unknown-section measures/2-1-1.yaml 8:7-8:14 actual="漁港課"',
      'unknown-section measures/2-1-1.yaml 8:16-8:19 actual="流通課"',
    ],
  ],
  [
    'a 課 renamed and another one that nobody uses',
    organization(['学校課', '教育総務課, 給食課']),
    ['name-not-given organization.yaml 8:8-8:20 subject="課" actual="学校課" expected="3-1-2、3-1-3"'],
  ],
  [
    'a 局 renamed, used by several',
    organization(['市民局', '市民生活局']),
    [
      'name-not-given organization.yaml 3:9-3:14 subject="局・部" actual="市民局" expected="1-1-1、1-1-2、1-2-1" nearest="市民生活局"',
    ],
  ],
  [
    'a 局 renamed, used by one',
    organization(['産業局 水産部', '農林局 水産部']),
    [
      'name-not-given organization.yaml 5:9-5:16 subject="局・部" actual="産業局 水産部" expected="2-1-1" nearest="農林局 水産部"',
    ],
  ],
  [
    'a 局 that two use and nobody gives',
    { ...measure('1-1-1', ['市民局', '宇宙局']), ...measure('1-2-1', ['市民局', '宇宙局']) },
    ['name-not-given organization.yaml 3:3-10:13 subject="局・部" actual="宇宙局" expected="1-1-1、1-2-1"'],
  ],
  [
    'a plan renamed, used by several',
    edition(['総合計画', '総合戦略']),
    [
      'name-not-given edition.yaml 10:8-10:12 subject="関連計画" actual="総合計画" expected="1-1-1、2-1-1" nearest="総合戦略"',
    ],
  ],
  [
    'a plan renamed, used by one',
    edition(['防災計画', '安全計画']),
    [
      'name-not-given edition.yaml 10:14-10:18 subject="関連計画" actual="防災計画" expected="2-1-1" nearest="安全計画"',
    ],
  ],
  [
    'both plans renamed',
    edition(['[総合計画, 防災計画]', '[総合戦略, 安全指針]']),
    [
      'name-not-given edition.yaml 10:7-10:19 subject="関連計画" actual="総合計画" expected="1-1-1、2-1-1"',
      'unknown-plan measures/2-1-1.yaml 16:14-16:18 subject="関連計画" actual="防災計画" expected="総合戦略、安全指針"',
    ],
  ],
  [
    'all plans removed but for one measure',
    { ...edition(['[総合計画, 防災計画]', '[]']), ...measure('2-1-1', ['[総合計画, 防災計画]', '[]']) },
    ['unknown-plan measures/1-1-1.yaml 30:8-30:12 subject="関連計画" actual="総合計画" expected=""'],
  ],
  [
    'all plans removed',
    edition(['[総合計画, 防災計画]', '[]']),
    [
      'name-not-given edition.yaml 10:7-10:9 subject="関連計画" actual="総合計画" expected="1-1-1、2-1-1"',
      'unknown-plan measures/2-1-1.yaml 16:14-16:18 subject="関連計画" actual="防災計画" expected=""',
    ],
  ],
  [
    'a name that is given with a wrong character',
    organization(['窓口課', '窓\u200b口課']),
    ['invisible-character organization.yaml 4:10-4:11 actual="U+200B"'],
  ],
  [
    'a name that is given with a half-width character',
    edition(['総合計画', '総合ｹｲ画']),
    [
      'name-not-given edition.yaml 10:8-10:13 subject="関連計画" actual="総合計画" expected="1-1-1、2-1-1" nearest="総合ｹｲ画"',
      'halfwidth-katakana edition.yaml 10:10-10:12 actual="ｹｲ" expected="ケイ"',
    ],
  ],
  [
    'a name that is given in two lines',
    organization(['[窓口課, 防災課]', '\n      - 窓\u200b口課\n      - 防災課']),
    ['invisible-character organization.yaml 5:10-5:11 actual="U+200B"'],
  ],
  [
    'a mistake beside a name that is given otherwise',
    organization(['[窓口課, 防災課]', '[窓ロ課, 防\u200b災課]']),
    [
      'name-not-given organization.yaml 4:9-4:12 subject="課" actual="窓口課" expected="1-1-1、1-1-2" nearest="窓ロ課"',
      'invisible-character organization.yaml 4:15-4:16 actual="U+200B"',
    ],
  ],
  [
    'a name that looks like the given one',
    organization(['窓口課', '窓ロ課']),
    ['name-not-given organization.yaml 4:9-4:12 subject="課" actual="窓口課" expected="1-1-1、1-1-2" nearest="窓ロ課"'],
  ],
  [
    'a mistake in the same columns of the lines around',
    organization(['市民局', '市\u200b民局'], ['窓口課', '窓ロ課'], ['漁港課', '漁\u200b港課']),
    [
      'invisible-character organization.yaml 3:10-3:11 actual="U+200B"',
      'name-not-given organization.yaml 4:9-4:12 subject="課" actual="窓口課" expected="1-1-1、1-1-2" nearest="窓ロ課"',
      'invisible-character organization.yaml 6:10-6:11 actual="U+200B"',
    ],
  ],
  [
    'a mistake in front of it in its line',
    organization(['[窓口課, 防災課]', '[防\u200b災課, 窓ロ課]']),
    [
      'invisible-character organization.yaml 4:10-4:11 actual="U+200B"',
      'name-not-given organization.yaml 4:15-4:18 subject="課" actual="窓口課" expected="1-1-1、1-1-2" nearest="窓ロ課"',
    ],
  ],
  [
    'a wrong character as the first one of the given name',
    {
      ...organization(['窓口課', 'ｶﾜ課']),
      ...measure('1-1-1', ['窓口課', 'カワ課']),
      ...measure('1-1-2', ['窓口課', 'カワ課']),
    },
    ['halfwidth-katakana organization.yaml 4:9-4:11 actual="ｶﾜ" expected="カワ"'],
  ],
  [
    'a 課 of a 局 that nobody gives, used by several',
    {
      ...measure('1-2-1', ['市民局', '宇宙局'], ['防災課', '宇宙室']),
      ...measure('3-1-3', ['教育局', '宇宙局'], ['学校課', '宇宙室']),
      ...organization(['[学校課]', '[学校課, 給食課]']),
    },
    [
      'name-not-given organization.yaml 3:3-10:13 subject="局・部" actual="宇宙局" expected="1-2-1、3-1-3"',
      'name-not-given organization.yaml 3:3-10:13 subject="課" actual="宇宙室" expected="1-2-1、3-1-3"',
    ],
  ],
  [
    'a 課 of the first 局, used by several, in place of two',
    {
      ...measure('1-1-1', ['窓口課', '宇宙室']),
      ...measure('1-1-2', ['窓口課', '宇宙室']),
      ...organization(['[窓口課,', '[窓口課, 予備課,']),
    },
    ['name-not-given organization.yaml 4:8-4:23 subject="課" actual="宇宙室" expected="1-1-1、1-1-2"'],
  ],
  [
    'two plans that several use, one name ready',
    {
      ...edition(['総合計画', '総合戦略']),
      ...measure('1-1-1', ['[総合計画]', '[総合計画, 宇宙計画]']),
      ...measure('2-1-1', ['防災計画]', '防災計画, 宇宙計画]']),
    },
    [
      'name-not-given edition.yaml 10:7-10:19 subject="関連計画" actual="宇宙計画" expected="1-1-1、2-1-1"',
      'name-not-given edition.yaml 10:8-10:12 subject="関連計画" actual="総合計画" expected="1-1-1、2-1-1" nearest="総合戦略"',
    ],
  ],
  [
    'a 課 of two 局 renamed in both',
    organization(['窓口課', '総合窓口課'], ['[学校課]', '[学校課, 総合窓口課, 給食課]']),
    [
      'name-not-given organization.yaml 8:14-8:19 subject="課" actual="窓口課" expected="1-1-1、1-1-2" nearest="総合窓口課"',
    ],
  ],
  [
    'a 大項目 that is gone',
    structure([/ {2}- 番号: 3[\s\S]*/, '']),
    ['name-not-given structure.yaml 3:3-11:28 subject="大項目" actual="3" expected="3-1-1、3-1-2、3-1-3"'],
  ],
  [
    'a 中項目 that is gone',
    structure(['      - { 番号: 1-2, 名称: 防災 }\n', '']),
    ['unknown-group measures/1-2-1.yaml 2:5-2:10 actual="1-2-1" expected="1-1"'],
  ],
  [
    'a 中項目 that is gone, of many measures',
    { ...structure(['      - { 番号: 1-2, 名称: 防災 }\n', '']), ...copies(2, 9) },
    [
      'name-not-given structure.yaml 3:3-14:28 subject="中項目" actual="1-2" expected="1-2-1、1-2-2、1-2-3、1-2-4、1-2-5、1-2-6、1-2-7、1-2-8 ほか 1 件"',
    ],
  ],
  [
    'eight measures in a list',
    {
      ...copies(2, 9),
      ...organization(['防災課', '危機管理室']),
      'measures/1-2-1.yaml': textOf('measures/1-2-1.yaml').replace('防災課', '窓口課'),
    },
    [
      'name-not-given organization.yaml 4:14-4:19 subject="課" actual="防災課" expected="1-2-2、1-2-3、1-2-4、1-2-5、1-2-6、1-2-7、1-2-8、1-2-9" nearest="危機管理室"',
    ],
  ],
  [
    'nine measures in a list',
    { ...copies(2, 9), ...organization(['防災課', '危機管理室']) },
    [
      'name-not-given organization.yaml 4:14-4:19 subject="課" actual="防災課" expected="1-2-1、1-2-2、1-2-3、1-2-4、1-2-5、1-2-6、1-2-7、1-2-8 ほか 1 件" nearest="危機管理室"',
    ],
  ],
  [
    'ten measures in a list',
    { ...copies(2, 10), ...organization(['防災課', '危機管理室']) },
    [
      'name-not-given organization.yaml 4:14-4:19 subject="課" actual="防災課" expected="1-2-1、1-2-2、1-2-3、1-2-4、1-2-5、1-2-6、1-2-7、1-2-8 ほか 2 件" nearest="危機管理室"',
    ],
  ],
  [
    'organization.yaml is not there',
    { 'organization.yaml': undefined, ...measure('1-2-1', ['防災課', '宇宙室']) },
    ['file-missing organization.yaml 1:1-1:1 subject="organization.yaml"'],
  ],
  [
    'a 局 renamed while its 部 are used',
    {
      ...organization(['産業局 水産部', '産業局 漁業部'], ['名称: ほか', '名称: 産業局 農業部']),
      ...measure('1-1-2', ['[市民局, ほか]', '[市民局]'], ['[窓口課, 関係課]', '[窓口課]']),
    },
    ['unknown-department measures/2-1-1.yaml 7:9-7:16 actual="産業局 水産部"'],
  ],
  [
    'a 局 that stands for its 部 is in use',
    { ...measure('2-1-1', ['[産業局 水産部]', '[産業局]']), ...measure('1-2-1', ['[市民局]', '[宇宙局]']) },
    ['unknown-department measures/1-2-1.yaml 5:9-5:12 actual="宇宙局"'],
  ],
  // years
  [
    'a year more',
    edition(['R12]', 'R12, R13]']),
    ['years-differ edition.yaml 8:21-8:24 subject="1-1-1、1-1-2、1-2-1、2-1-1、3-1-3" actual="" expected="R13"'],
  ],
  [
    'a year more whose name begins like another one',
    edition(['R12]', 'R12, R120]']),
    ['years-differ edition.yaml 8:21-8:25 subject="1-1-1、1-1-2、1-2-1、2-1-1、3-1-3" actual="" expected="R120"'],
  ],
  [
    'a year more, the first one',
    edition(['[R10', '[R9, R10']),
    ['years-differ edition.yaml 8:6-8:8 subject="1-1-1、1-1-2、1-2-1、2-1-1、3-1-3" actual="" expected="R9"'],
  ],
  [
    'a year more, and a key less',
    edition(['R12]', 'R12, R13]'], ['書名: 取組集\n', '']),
    [
      'missing-key edition.yaml 2:1-2:4 subject="書名"',
      'years-differ edition.yaml 7:21-7:24 subject="1-1-1、1-1-2、1-2-1、2-1-1、3-1-3" actual="" expected="R13"',
    ],
  ],
  [
    'a year less',
    edition(['R11, R12]', 'R12]']),
    ['years-differ edition.yaml 8:5-8:15 subject="1-1-1、1-1-2、1-2-1、2-1-1、3-1-3" actual="R11" expected=""'],
  ],
  [
    'a year instead of another',
    edition(['R12]', 'R13]']),
    ['years-differ edition.yaml 8:16-8:19 subject="1-1-1、1-1-2、1-2-1、2-1-1、3-1-3" actual="R12" expected="R13"'],
  ],
  [
    'two years instead of two others',
    edition(['[R10, R11, R12]', '[R10, R13, R14]'], ['目標値: R12', '目標値: R10']),
    [
      'years-differ edition.yaml 8:11-8:14 subject="1-1-1、1-1-2、1-2-1、2-1-1、3-1-3" actual="R11、R12" expected="R13、R14"',
    ],
  ],
  [
    'a year instead of another, among the indicators too',
    edition(['R12]', 'R13]'], ['現状: R10', '現状: R9']),
    [
      'years-differ edition.yaml 8:16-8:19 subject="1-1-1、1-1-2、1-2-1、2-1-1、3-1-3" actual="R12" expected="R13"',
      'unknown-year edition.yaml 9:17-9:19 actual="R9" expected="R10、R11、R13"',
    ],
  ],
  [
    'a year instead of another, in another place',
    edition(['[R10, R11, R12]', '[R10, R13, R12]']),
    ['years-differ edition.yaml 8:11-8:14 subject="1-1-1、1-1-2、1-2-1、2-1-1、3-1-3" actual="R11" expected="R13"'],
  ],
  [
    'a year less in one measure, another in another',
    { ...measure('1-1-1', [/ {2}R11:\n[\s\S]*?(?= {2}R12)/, '']), ...measure('1-2-1', ['  R12: {}\n', '']) },
    [
      'missing-year measures/1-1-1.yaml 16:1-16:7 subject="R11"',
      'missing-year measures/1-2-1.yaml 9:1-9:7 subject="R12"',
    ],
  ],
  [
    'a year less in two measures',
    { ...measure('1-2-1', ['  R12: {}\n', '']), ...measure('2-1-1', ['  R12: {}\n', '']) },
    ['years-differ edition.yaml 8:16-8:19 subject="1-2-1、2-1-1" actual="" expected="R12"'],
  ],
  [
    'a year more in two measures',
    {
      ...measure('1-2-1', ['  R12: {}\n', '  R12: {}\n  R13: {}\n']),
      ...measure('2-1-1', ['  R12: {}\n', '  R12: {}\n  R13: {}\n']),
    },
    ['years-differ edition.yaml 8:5-8:20 subject="1-2-1、2-1-1" actual="R13" expected=""'],
  ],
  [
    'a year otherwise in two measures',
    { ...measure('1-2-1', ['R12:', '令和12年度:']), ...measure('2-1-1', ['R12:', '令和12年度:']) },
    [
      'unknown-year measures/1-2-1.yaml 15:3-15:9 actual="令和12年度" expected="R10、R11、R12" nearest="R12"',
      'unknown-year measures/2-1-1.yaml 15:3-15:9 actual="令和12年度" expected="R10、R11、R12" nearest="R12"',
    ],
  ],
  [
    'a year otherwise in one, less in another',
    { ...measure('1-2-1', ['R12:', 'R99:']), ...measure('2-1-1', ['  R12: {}\n', '']) },
    ['years-differ edition.yaml 8:16-8:19 subject="1-2-1、2-1-1" actual="" expected="R12"'],
  ],
  // names that a full-width comma joins
  [
    'two names joined',
    measure('1-2-1', ['[防災課]', '[防災課、窓口課]']),
    ['yaml-fullwidth-comma measures/1-2-1.yaml 6:10-6:11 actual="、" subject="担当課"'],
  ],
  [
    'two names joined by other signs',
    {
      ...measure('1-2-1', ['[防災課]', '[防災課，窓口課]']),
      ...measure('1-1-1', ['[窓口課]', '[防災課､窓口課]']),
      ...measure('3-1-3', ['[学校課]', '[学校課；漁港課]']),
      ...measure('3-1-2', ['[学校課]', '[学校課;学校課]']),
    },
    [
      'yaml-fullwidth-comma measures/1-1-1.yaml 6:10-6:11 actual="､" subject="担当課"',
      'yaml-fullwidth-comma measures/1-2-1.yaml 6:10-6:11 actual="，" subject="担当課"',
      'duplicate-value measures/3-1-2.yaml 7:6-7:15 subject="担当課" actual="学校課"',
      'yaml-fullwidth-comma measures/3-1-2.yaml 7:10-7:11 actual=";" subject="担当課"',
      'warning section-elsewhere measures/3-1-3.yaml 6:6-6:15 actual="漁港課" expected="教育局" nearest="産業局 水産部"',
      'yaml-fullwidth-comma measures/3-1-3.yaml 6:10-6:11 actual="；" subject="担当課"',
    ],
  ],
  [
    'two joins in one list',
    measure('1-2-1', ['[防災課]', '[防災課, 防災課、窓口課, 窓口課、学校課]']),
    [
      'duplicate-value measures/1-2-1.yaml 6:6-6:29 subject="担当課" actual="窓口課"',
      'warning section-elsewhere measures/1-2-1.yaml 6:6-6:29 actual="学校課" expected="市民局" nearest="教育局"',
      'duplicate-value measures/1-2-1.yaml 6:12-6:19 subject="担当課" actual="防災課"',
      'yaml-fullwidth-comma measures/1-2-1.yaml 6:15-6:16 actual="、" subject="担当課"',
    ],
  ],
  [
    'a join behind a role',
    measure('2-1-1', ['(発注)漁港課, 流通課', '(発注、支援)漁港課、流通課']),
    ['yaml-fullwidth-comma measures/2-1-1.yaml 8:17-8:18 actual="、" subject="担当課"'],
  ],
  [
    'half-width signs that join, and one in a role, which does not',
    measure('2-1-1', ['(発注)漁港課, 流通課', '(発注､支援)漁港課､流通課']),
    [
      'halfwidth-katakana measures/2-1-1.yaml 8:10-8:11 actual="､" expected="、"',
      'yaml-fullwidth-comma measures/2-1-1.yaml 8:17-8:18 actual="､" subject="担当課"',
    ],
  ],
  [
    'half-width signs that join on two lines, and one above them that joins nothing',
    measure(
      '2-1-1',
      ['競りの電子化\n  (漁港', '競りの電子化に､\n  (漁港'],
      ['(発注)漁港課, 流通課', '漁港課､流通課､窓口課, \n  学校課､防災課'],
    ),
    [
      'halfwidth-katakana measures/2-1-1.yaml 5:10-5:11 actual="､" expected="、"',
      'warning section-elsewhere measures/2-1-1.yaml 8:6-9:11 actual="窓口課" expected="産業局 水産部" nearest="市民局"',
      'warning section-elsewhere measures/2-1-1.yaml 8:6-9:11 actual="学校課" expected="産業局 水産部" nearest="教育局"',
      'warning section-elsewhere measures/2-1-1.yaml 8:6-9:11 actual="防災課" expected="産業局 水産部" nearest="市民局"',
      'yaml-fullwidth-comma measures/2-1-1.yaml 8:10-8:11 actual="､" subject="担当課"',
    ],
  ],
  [
    'a join behind a longer role',
    measure('2-1-1', ['(発注)漁港課, 流通課', '(発注・監理、支援)漁港課、流通課']),
    ['yaml-fullwidth-comma measures/2-1-1.yaml 8:20-8:21 actual="、" subject="担当課"'],
  ],
  [
    'a join of 課 with roles of their own',
    measure('2-1-1', ['(発注)漁港課, 流通課', '(発注、支援)漁港課、(監理)流通課']),
    ['yaml-fullwidth-comma measures/2-1-1.yaml 8:17-8:18 actual="、" subject="担当課"'],
  ],
  ['a role with a comma is no join', measure('2-1-1', ['(発注)漁港課', '(発注、支援)漁港課']), []],
  [
    'blanks around, nothing between',
    measure('1-2-1', ['[防災課]', '[防災課 、、 窓口課、]']),
    ['yaml-fullwidth-comma measures/1-2-1.yaml 6:11-6:12 actual="、" subject="担当課"'],
  ],
  [
    'joined names that are slips',
    measure('1-2-1', ['[防災課]', '[防炎課、窓日課]']),
    [
      'unknown-section measures/1-2-1.yaml 6:6-6:15 actual="窓日課" nearest="窓口課"',
      'unknown-section measures/1-2-1.yaml 6:7-6:14 actual="防炎課" nearest="防災課"',
      'yaml-fullwidth-comma measures/1-2-1.yaml 6:10-6:11 actual="、" subject="担当課"',
    ],
  ],
  [
    'a joined name in quotes',
    measure('1-2-1', ['[防災課]', '["防災課、窓口課"]']),
    [
      'name-not-given organization.yaml 4:14-4:17 subject="課" actual="防災課、窓口課" expected="1-2-1" nearest="防災課"',
    ],
  ],
  [
    'a joined name that is given',
    {
      ...organization(['[窓口課, 防災課]', '["窓口、防災課", 窓口課, 防災課]']),
      ...measure('1-2-1', ['[防災課]', '[窓口、防災課]']),
    },
    [],
  ],
  [
    'a joined name that is given, with a role',
    {
      ...organization(['[窓口課, 防災課]', '["窓口、防災課", 窓口課, 防災課]']),
      ...measure('1-2-1', ['[防災課]', '[(支援)窓口、防災課]']),
    },
    [],
  ],
  [
    'joined 局・部 and plans',
    measure('2-1-1', ['[産業局 水産部]', '[産業局 水産部、教育局]'], ['[総合計画, 防災計画]', '[総合計画、防災計画]']),
    [
      'yaml-fullwidth-comma measures/2-1-1.yaml 7:16-7:17 actual="、" subject="担当局・部"',
      'yaml-fullwidth-comma measures/2-1-1.yaml 16:12-16:13 actual="、" subject="関連計画"',
    ],
  ],
  [
    'joined years, plans and parts of the edition',
    edition(
      ['R10, R11, R12]', 'R10、R11、R12]'],
      ['[総合計画, 防災計画]', '[総合計画、防災計画]'],
      ['表紙, 目次', '表紙、目次'],
    ),
    [
      'yaml-fullwidth-comma edition.yaml 8:9-8:10 actual="、" subject="年度"',
      'yaml-fullwidth-comma edition.yaml 10:12-10:13 actual="、" subject="関連計画"',
      'yaml-fullwidth-comma edition.yaml 11:8-11:9 actual="、" subject="構成"',
    ],
  ],
  [
    'joined 課 of the organization',
    organization(['漁港課, 流通課', '漁港課、流通課']),
    ['yaml-fullwidth-comma organization.yaml 6:12-6:13 actual="、" subject="課"'],
  ],
  [
    'a text where a list belongs is not split',
    measure('1-2-1', ['[防災課]', '防災課、窓口課']),
    ['wrong-type measures/1-2-1.yaml 6:6-6:13 subject="担当課" actual="「防災課、窓口課」という文字" expected="一覧"'],
  ],
  [
    'joined names in lines',
    measure('1-2-1', ['[防災課]', '\n  - 窓口課\n  - 防災課、窓口課']),
    [
      'duplicate-value measures/1-2-1.yaml 7:3-8:12 subject="担当課" actual="窓口課"',
      'yaml-fullwidth-comma measures/1-2-1.yaml 8:8-8:9 actual="、" subject="担当課"',
    ],
  ],
  [
    'an item that is no text',
    measure('1-2-1', ['[防災課]', '[[防災課、窓口課]]']),
    ['wrong-type measures/1-2-1.yaml 6:7-6:16 subject="担当課" actual="一覧([ ] や - )" expected="文字"'],
  ],
  // mistakes that follow from others
  [
    'a wrong character in a name is told once',
    measure('1-2-1', ['[防災課]', '[防\u200b災課]']),
    ['invisible-character measures/1-2-1.yaml 6:8-6:9 actual="U+200B"'],
  ],
  [
    'a wrong character in one name, another name that is none',
    measure('1-2-1', ['[防災課]', '[防\u200b災課, 宇宙室]']),
    [
      'invisible-character measures/1-2-1.yaml 6:8-6:9 actual="U+200B"',
      'name-not-given organization.yaml 4:14-4:17 subject="課" actual="宇宙室" expected="1-2-1" nearest="防災課"',
    ],
  ],
  [
    'a wrong character beside a choice that is none',
    measure('1-2-1', ['区分: 継続', '区分: 廃止'], ['取組: 避', '取組: \u200b避']),
    [
      'unknown-value measures/1-2-1.yaml 3:5-3:7 subject="区分" actual="廃止" expected="新規、継続"',
      'invisible-character measures/1-2-1.yaml 4:5-4:6 actual="U+200B"',
    ],
  ],
  [
    'a wrong character, and behind it a mark that is none',
    measure('1-2-1', ['取組: 避', '取組: \u200b避'], ['項目: ○', '項目: x']),
    [
      'invisible-character measures/1-2-1.yaml 4:5-4:6 actual="U+200B"',
      'unknown-mark measures/1-2-1.yaml 11:9-11:10 subject="項目" actual="x" expected="→ ◎ ○ △ —"',
    ],
  ],
  [
    'a wrong character behind a value of nothing',
    measure('1-2-1', ['取組: 避難所の混雑状況の公開', '取組: ""'], ['[防災課]', '[防\u200b災課]']),
    [
      'empty-value measures/1-2-1.yaml 4:5-4:7 subject="取組" actual=""',
      'invisible-character measures/1-2-1.yaml 6:8-6:9 actual="U+200B"',
    ],
  ],
  [
    'a wrong character in a choice',
    measure('1-2-1', ['区分: 継続', '区分: 継\u200b続']),
    ['invisible-character measures/1-2-1.yaml 3:6-3:7 actual="U+200B"'],
  ],
  [
    'wrong characters behind the choice',
    measure('1-2-1', ['区分: 継続', '区分: 継 # \u200b'], ['取組: 避', '取組: \u200b避']),
    [
      'unknown-value measures/1-2-1.yaml 3:5-3:6 subject="区分" actual="継" expected="新規、継続" nearest="継続"',
      'yaml-comment-in-value measures/1-2-1.yaml 3:7-3:10 actual="継" subject="区分"',
      'invisible-character measures/1-2-1.yaml 4:5-4:6 actual="U+200B"',
    ],
  ],
  [
    'a wrong character in a key that is none',
    measure('1-2-1', ['一覧表:', '備\u200b考: x\n一覧表:']),
    ['invisible-character measures/1-2-1.yaml 16:2-16:3 actual="U+200B"'],
  ],
  [
    'a wrong character in a key that looks like another, and in its value',
    measure('1-2-1', ['取組: 避', '取\u200b組: \u200b避']),
    [
      'look-alike-key measures/1-2-1.yaml 4:1-4:4 actual="取​組" nearest="取組" expected="U+200B"',
      'invisible-character measures/1-2-1.yaml 4:6-4:7 actual="U+200B"',
    ],
  ],
  [
    'two keys that look like others, with wrong characters in both values',
    measure('1-2-1', ['取組: 避', '取\u200b組: \u200b避'], ['内容: 試', '内\u200b容: \u200b試']),
    [
      'look-alike-key measures/1-2-1.yaml 4:1-4:4 actual="取​組" nearest="取組" expected="U+200B"',
      'invisible-character measures/1-2-1.yaml 4:6-4:7 actual="U+200B"',
      'look-alike-key measures/1-2-1.yaml 12:5-12:8 actual="内​容" nearest="内容" expected="U+200B"',
      'invisible-character measures/1-2-1.yaml 12:10-12:11 actual="U+200B"',
    ],
  ],
  [
    'a wrong character in a number, a date, an amount',
    {
      ...measure('1-2-1', ['番号: 1-2-1', '番号: 1-2\u200b-1'], ['予算額: 100', '予算額: 1\u200b00']),
      ...edition(['令和9年4月', '令和9\u200b年4月']),
    },
    [
      'invisible-character edition.yaml 5:8-5:9 actual="U+200B"',
      'invisible-character measures/1-2-1.yaml 2:8-2:9 actual="U+200B"',
      'invisible-character measures/1-2-1.yaml 13:11-13:12 actual="U+200B"',
    ],
  ],
  [
    'an empty key',
    measure('1-2-1', ['一覧表:', '"": x\n~: x\n一覧表:']),
    [
      'unknown-key measures/1-2-1.yaml 16:1-16:3 actual="" expected="番号、区分、取組、担当局・部、担当課、取組内容、効果・KPI、現状・実績・目標、スケジュール、関連計画、一覧表"',
      'empty-value measures/1-2-1.yaml 17:1-17:2 subject="キー"',
    ],
  ],
  [
    'a warning is no cause',
    measure('1-2-1', ['番号: 1-2-1', '番号: 1-2-2'], ['取組: 避', '取組: δδ避']),
    ['number-differs-from-file measures/1-2-1.yaml 2:5-2:10 actual="1-2-2" expected="1-2-1"'],
  ],
  // files
  [
    'files beside the measures',
    {
      'measures/メモ.txt': 'x',
      'measures/1-2-2.yml': 'x',
      'measures/1-2-3.YAML': 'x',
      'measures/1-2-4.yaml.txt': 'x',
      'measures/1-2-5.yaml.TXT': 'x',
      'measures/yaml': 'x',
      'measures/1-2-6yaml': 'x',
      'measures/1-2-7.yaml.x': 'x',
    },
    [
      'wrong-extension measures/1-2-2.yml 1:1-1:1 actual="1-2-2.yml" expected="1-2-2.yaml"',
      'wrong-extension measures/1-2-3.YAML 1:1-1:1 actual="1-2-3.YAML" expected="1-2-3.yaml"',
      'wrong-extension measures/1-2-4.yaml.txt 1:1-1:1 actual="1-2-4.yaml.txt" expected="1-2-4.yaml"',
      'wrong-extension measures/1-2-5.yaml.TXT 1:1-1:1 actual="1-2-5.yaml.TXT" expected="1-2-5.yaml"',
      'warning unexpected-file measures/1-2-6yaml 1:1-1:1 actual="1-2-6yaml"',
      'warning unexpected-file measures/1-2-7.yaml.x 1:1-1:1 actual="1-2-7.yaml.x"',
      'warning unexpected-file measures/yaml 1:1-1:1 actual="yaml"',
      'warning unexpected-file measures/メモ.txt 1:1-1:1 actual="メモ.txt"',
    ],
  ],
  [
    'files that are being written, and hidden ones',
    {
      'measures/.1-2-2.yaml.swp': 'x',
      'measures/~1-2-2.yaml': 'x',
      'measures/#1-2-2.yaml#': 'x',
      'measures/1-2-2.yaml~': 'x',
      'measures/1-2-2.yaml.tmp': 'x',
      'measures/1-2-2.yaml.BAK': 'x',
      'measures/1-2-2.yaml.orig': 'x',
      'measures/1-2-2.swp': 'x',
      'measures/1-2-2.yaml#': 'x',
    },
    [],
  ],
  [
    'files whose names only hold such an ending',
    { 'measures/a.tmp.txt': 'x', 'measures/atmp': 'x', 'measures/a#1.txt': 'x', 'measures/a~1': 'x' },
    [
      'warning unexpected-file measures/a#1.txt 1:1-1:1 actual="a#1.txt"',
      'warning unexpected-file measures/a.tmp.txt 1:1-1:1 actual="a.tmp.txt"',
      'warning unexpected-file measures/atmp 1:1-1:1 actual="atmp"',
      'warning unexpected-file measures/a~1 1:1-1:1 actual="a~1"',
    ],
  ],
  ['files beside the folders', { 'memo.yaml': 'x', 'annexes/x.yaml': 'x' }, []],
  [
    'a name that is no number',
    { 'measures/改定.yaml': textOf('measures/1-2-1.yaml') },
    [
      'number-differs-from-file measures/改定.yaml 2:5-2:10 actual="1-2-1" expected="改定"',
      'unknown-category measures/改定.yaml 2:5-2:10 actual="改定" expected="1、2、3"',
    ],
  ],
  [
    'no measures at all',
    Object.fromEntries(
      ['1-1-1', '1-1-2', '1-2-1', '2-1-1', '3-1-1', '3-1-2', '3-1-3'].map((id) => [`measures/${id}.yaml`, undefined]),
    ),
    [
      'empty-group structure.yaml 6:15-6:18 actual="1-1" expected="1-1-1"',
      'empty-group structure.yaml 7:15-7:18 actual="1-2" expected="1-2-1"',
      'empty-group structure.yaml 11:15-11:18 actual="2-1" expected="2-1-1"',
      'empty-group structure.yaml 15:15-15:18 actual="3-1" expected="3-1-1"',
    ],
  ],
  [
    'neither edition nor structure',
    { 'edition.yaml': undefined, 'structure.yaml': undefined },
    [
      'file-missing edition.yaml 1:1-1:1 subject="edition.yaml"',
      'file-missing structure.yaml 1:1-1:1 subject="structure.yaml"',
    ],
  ],
])('%s', (_, changes, expected) => {
  const { diagnostics } = checkedCity(changes);
  expect(told(diagnostics)).toEqual(expected);
});
