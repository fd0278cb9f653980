import { readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type CheckedContent, checkContent } from '../../src/content/check.ts';
import { statusCsv } from '../../src/exchange/status/csv.ts';
import { statusJson } from '../../src/exchange/status/json.ts';
import { type Status, statusOf } from '../../src/exchange/status/status.ts';
import { statusText } from '../../src/exchange/status/terminal.ts';
import { checkedCity, city, textOf } from '../content/city.ts';

const settings = { numRuns: Number(process.env.RUNS ?? 25), seed: 14 };

/** Of what was checked as city/…. */
const statusFor = ({ readable, diagnostics }: CheckedContent): Status => statusOf(readable(), diagnostics, 'city');
const told = (status: Status) => ({
  total: Object.values(status.total).join(' '),
  sections: status.sections.map(({ section, open, ...counts }) =>
    [section, ...Object.values(counts), ...open.map(({ number }) => number)].join(' '),
  ),
});
const plain = { color: false, width: 100 };

// The rule once more, over the files themselves.
interface Written {
  番号: string;
  再掲?: string;
  取組?: string;
  担当課?: string[];
  スケジュール?: Record<string, { 項目?: string; 内容?: string; 予算額?: unknown; 事業実績?: string }>;
  '現状・実績・目標'?: string;
}
const amounts = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, part) => sum + amounts(part), 0)
    : typeof value === 'number'
      ? value
      : 0;

/** What is lacking of which measures, by 課, as a clerk would count it: file by file. */
function counted(files: readonly Written[], order: readonly string[], due: readonly string[]) {
  const lacking = (file: Written): string[] => {
    if (file.再掲) return [];
    const found: string[] = [];
    for (const year of due) {
      const { 項目, 内容, 予算額, 事業実績 } = file.スケジュール?.[year] ?? {};
      const nothing = (項目 === '—' || (!項目 && (!内容 || 内容 === '—'))) && amounts(予算額) === 0;
      if (!事業実績 && !nothing) found.push(`${year} 事業実績`);
    }
    if (!file['現状・実績・目標']) found.push('現状・実績・目標');
    return found;
  };
  const sectionsOf = (file: Written): string[] =>
    (file.担当課 ?? files.find(({ 番号 }) => 番号 === file.再掲)?.担当課 ?? []).map((name) =>
      name.replace(/^\(.*?\)/, ''),
    );
  const counts = (own: readonly Written[]) => {
    const all = own.flatMap(lacking);
    const results = all.filter((name) => name.endsWith('事業実績')).length;
    return [own.length, own.filter(({ 再掲 }) => 再掲).length, results, all.length - results, 0];
  };
  const sections = order.map((section) => {
    const own = files.filter((file) => sectionsOf(file).includes(section));
    return [section, ...counts(own), ...own.filter((file) => lacking(file).length > 0).map(({ 番号 }) => 番号)];
  });
  return {
    total: counts(files).join(' '),
    sections: sections.filter(([, number]) => number !== 0).map((row) => row.join(' ')),
  };
}

/** The files of an edition: measures of three 中項目, some with roles in front of their 課, some 再掲 of the first. */
const names = ['窓口課', '防災課', '漁港課', '流通課', '学校課', '関係課'];
const entry = fc.record(
  {
    項目: fc.constantFrom('→', '◎', '○', '△', '—'),
    内容: fc.constantFrom('試行', '—', '運用\n保守'),
    予算額: fc.oneof(
      fc.constantFrom(0, 7, '—'),
      fc.array(fc.record({ 区分: fc.constantFrom('A', 'B'), 額: fc.constantFrom(0, 5, '—') }), {
        minLength: 1,
        maxLength: 2,
      }),
    ),
    事業実績: fc.constantFrom('行った。', '—'),
  },
  { requiredKeys: [] },
);
const years = ['R8', 'R9', 'R10', 'R11'];
const made = fc
  .array(
    fc.record({
      reprint: fc.nat(4),
      担当課: fc.uniqueArray(fc.constantFrom(...names, '(発注)漁港課', '(協力)窓口課'), { minLength: 1, maxLength: 3 }),
      schedule: fc.tuple(...years.map(() => entry)),
      indicators: fc.option(fc.constant('1件(R8)'), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) =>
    all.map(({ reprint, 担当課, schedule, indicators }, at): Written => {
      const 番号 = `${['1-1', '1-2', '2-1'][at % 3]}-${1 + Math.floor(at / 3)}`;
      const common = { 番号, 区分: '継続' };
      if (at > 0 && reprint === 0) return { ...common, 再掲: '1-1-1', ...(indicators ? { 担当課 } : {}) };
      return {
        ...common,
        取組: `取組${番号}`,
        ...{ '担当局・部': ['市民局'] },
        担当課,
        スケジュール: Object.fromEntries(years.map((year, index) => [year, schedule[index] ?? {}])),
        ...(indicators && { '現状・実績・目標': indicators }),
      };
    }),
  );
const folder = (files: readonly Written[], revised: string, ...more: [string, string][]) => {
  const edition = textOf('edition.yaml')
    .replace(/^改定:.*$/m, `改定: ${revised}`)
    .replace(/^年度:.*$/m, `年度: [${years.join(', ')}]`)
    .replace(/^現状・実績・目標:.*$/m, '現状・実績・目標: { 現状: R8 }');
  return city(
    new Map([
      ['edition.yaml', edition],
      ...['structure.yaml', 'organization.yaml'].map((name) => [name, textOf(name)] as const),
      ...files.map((file) => [`measures/${file.番号}.yaml`, stringify(file)] as const),
      ...more,
    ]),
  ).source;
};
const inOrder = (files: readonly Written[]) =>
  [...files].sort((a, b) => a.番号.localeCompare(b.番号, 'en', { numeric: true }));

test('generated editions: what is counted is what a count over the files finds', () => {
  let open = 0;
  fc.assert(
    fc.property(made, fc.nat(4), (files, ended) => {
      const checked = checkContent(folder(files, `令和${9 + ended}年3月`));
      // Of 担当局・部 that do not fit the 課 the check warns or errs; what counts is that the edition reads.
      const found = told(statusOf(checked.readable(), [], 'city'));
      // In March of 令和9 R7 had ended, in that of 令和10 R8.
      const expected = counted(inOrder(files), names, years.slice(0, ended));
      open += expected.sections.length;
      expect(found).toEqual(expected);
    }),
    settings,
  );
  expect(open).toBeGreaterThan(settings.numRuns);
});

test('generated editions, as CSV: a row each 課, measure and cell; as text: no line wider than the terminal', () => {
  fc.assert(
    fc.property(made, fc.integer({ min: 20, max: 160 }), (files, width) => {
      const status = statusOf(checkContent(folder(files, '令和12年4月')).readable(), [], 'city');
      const rows: Record<string, string>[] = parseCsv(statusCsv(status), { columns: true, bom: true });
      const cells = status.sections.flatMap(({ section, open }) =>
        open.flatMap(({ number, unfilled }) =>
          unfilled.map(({ field, year = '' }) => [section, number, year, field].join(' ')),
        ),
      );
      expect(
        rows.map((row) => `${row.課} ${row.大項目}-${row.中項目}-${row.小項目} ${row.年度} ${row.未記入の欄}`),
      ).toEqual(cells);
      const lines = statusText(status, { color: false, width }).split('\n');
      expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
      for (const { section } of status.sections)
        expect(lines.some((line) => line.startsWith(section.slice(0, 2)))).toBe(true);
    }),
    settings,
  );
});

describe.each(['tests/city', 'tests/lake', 'content'])('%s', (where) => {
  test('what is counted is what a count over the files finds', async () => {
    const { readWorkingTree } = await import('../../src/content/source/source.ts');
    const source = readWorkingTree(where);
    const { readable, diagnostics } = checkContent(source);
    const read = (name: string) => parse(readFileSync(`${where}/${name}`, 'utf8'));
    const files = [...source.entries.keys()].filter((path) => /^measures\/.*\.yaml$/.test(path)).map(read) as Written[];
    const order = [...new Set((read('organization.yaml')['局・部'] as { 課: string[] }[]).flatMap(({ 課 }) => 課))];
    const edition = read('edition.yaml') as { 年度: string[]; 改定: string };
    const [, year = 0, month = 0] = (/^令和(\d+)年(\d+)月/.exec(edition.改定) ?? []).map(Number);
    const ended = edition.年度.filter((name) => Number(name.slice(1)) + (month > 3 ? 0 : 1) < year);
    expect(ended.length).toBeGreaterThan(0);
    const status = statusOf(readable(), diagnostics, source.root);
    expect(status.due).toEqual({ years: ended, undated: [] });
    const withoutNotices = statusOf(readable(), [], source.root);
    expect(told(withoutNotices)).toEqual(counted(inOrder(files), order, ended));
    const warned = diagnostics.filter(({ severity, file }) => severity === 'warning' && file.includes('/measures/'));
    expect(status.total.notices).toBe(warned.length);
  });
});

const warned = {
  'measures/1-1-1.yaml': textOf('measures/1-1-1.yaml').replace('内容: 運用', '内容: 1-1-9 と運用'),
  'measures/1-2-1.yaml': textOf('measures/1-2-1.yaml').replace('予算額: 100', '予算額: 100\n    事業実績: 試した。'),
};

test('the city, as text', () => {
  expect(
    statusText(statusFor(checkedCity(warned)), plain),
  ).toBe(`事業実績を書く年度は、改定(令和12年12月1日)の前に終わった R10、R11 です。

課      取組  うち再掲  事業実績  現状・実績・目標  注意
窓口課     3         1         1                 1     1
防災課     1         0         0                 1     0
漁港課     1         0         1                 1     0
流通課     1         0         1                 1     0
学校課     2         1         1                 0     0
関係課     1         0         0                 1     0
計         7         2         3                 3     1

事業実績(年度ごと)と現状・実績・目標は、まだ書かれていない欄の数です。
計は、担当課が2つ以上の取組も1回だけ数えます。

■ 窓口課
  1-1-1 書かない窓口 city/measures/1-1-1.yaml
    未記入: R11 事業実績
    注意(28行目): 文の中の番号「1-1-9」の取組がありません。
  1-1-2 電子申請#100%・_強調_・$式$・\\記号・@名前 city/measures/1-1-2.yaml
    未記入: 現状・実績・目標

■ 防災課
  1-2-1 避難所の混雑状況の公開 city/measures/1-2-1.yaml
    未記入: 現状・実績・目標

■ 漁港課
  2-1-1 競りの電子化(漁港・流通) city/measures/2-1-1.yaml
    未記入: R10 事業実績、現状・実績・目標

■ 流通課
  2-1-1 競りの電子化(漁港・流通) city/measures/2-1-1.yaml
    未記入: R10 事業実績、現状・実績・目標

■ 学校課
  3-1-3 1人1台端末 city/measures/3-1-3.yaml
    未記入: R11 事業実績

■ 関係課
  1-1-2 電子申請#100%・_強調_・$式$・\\記号・@名前 city/measures/1-1-2.yaml
    未記入: 現状・実績・目標
`);
});

test('of content with errors, what is written and cannot be read is not blank', () => {
  const checked = checkedCity({
    'measures/1-1-1.yaml': textOf('measures/1-1-1.yaml').replace('予算額: 12500', '予算額: 12500\n    事業実績: [a]'),
    'measures/1-1-2.yaml': '取組: [閉じていない\n',
    'measures/1-2-1.yaml': textOf('measures/1-2-1.yaml').replace('取組内容', '現状・実績・目標: [a]\n取組内容'),
    'measures/2-1-1.yaml': textOf('measures/2-1-1.yaml').replace(/^担当課: .*$/m, '担当課: 流通課'),
  });
  expect(checked.edition).toBeUndefined();
  const { total, sections } = statusFor(checked);
  expect(total).toMatchObject({ measures: 7, reprints: 2, results: 3, indicators: 1 });
  expect(sections.map(({ section, open }) => [section, ...open.map(({ number }) => number)].join(' '))).toEqual([
    '窓口課',
    '防災課 1-2-1',
    '学校課 3-1-3',
    ' 2-1-1',
  ]);
  expect(statusText(statusFor(checked), plain)).toMatch(/^担当課が読めない取組 {5}2 /m);
});

test('notices: those of its own file, in order; beside nothing else nothing is 未記入', () => {
  const text = textOf('measures/1-2-1.yaml')
    .replace('予算額: 100', '予算額: 100\n    事業実績: 1-1-9 と 1-1-8')
    .replace('取組内容:', '現状・実績・目標: 1件\n取組内容:');
  const status = statusFor(checkedCity({ 'measures/1-2-1.yaml': text, 'measures/memo.txt': '' }));
  expect(status.total.notices).toBe(2);
  expect(statusText(status, plain)).toContain(`■ 防災課
  1-2-1 避難所の混雑状況の公開 city/measures/1-2-1.yaml
    注意(15行目): 文の中の番号「1-1-9」の取組がありません。
    注意(15行目): 文の中の番号「1-1-8」の取組がありません。
`);
});

test('of content without measures', () => {
  const paths = [...city().entries.keys()].filter((path) => path.startsWith('measures/'));
  const status = statusFor(checkedCity(Object.fromEntries(paths.map((path) => [path, undefined]))));
  expect(told(status)).toEqual({ total: '0 0 0 0 0', sections: [] });
  expect(statusText(status, { color: false, width: 40 }).split('\n\n')[1]).toBe('計: 取組 0');
});

test('in colour the table is the same; in a narrow terminal each row is a sentence', () => {
  const status = statusFor(checkedCity(warned));
  const coloured = statusText(status, { color: true, width: 100 });
  // biome-ignore-start lint/suspicious/noControlCharactersInRegex: colours
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(statusText(status, plain));
  const [heading, counter, , , , , , sum] = coloured.split('\n\n')[1]?.split('\n') ?? [];
  expect(heading).toMatch(/^\u001b\[1m課 .*注意\u001b\[22m$/);
  expect(counter).toBe('窓口課     3         1         1                 1     1');
  expect(sum).toMatch(/^\u001b\[1m計 .*1\u001b\[22m$/);
  expect(coloured).toMatch(/^防災課 {5}1 {2}\u001b\[2m {7}0\u001b\[22m /m);
  // biome-ignore-end lint/suspicious/noControlCharactersInRegex: colours
  const narrow = statusText(status, { color: false, width: 40 }).split('\n\n');
  expect(narrow[1]).toBe(`窓口課: 取組 3、うち再掲 1、事業実績 1、
  現状・実績・目標 1、注意 1
防災課: 取組 1、現状・実績・目標 1
漁港課: 取組 1、事業実績 1、現状・実績・
  目標 1
流通課: 取組 1、事業実績 1、現状・実績・
  目標 1
学校課: 取組 2、うち再掲 1、事業実績 1
関係課: 取組 1、現状・実績・目標 1
計: 取組 7、うち再掲 2、事業実績 3、現状
  ・実績・目標 3、注意 1`);
});

test('a long name of a 課 goes on below itself', () => {
  const long = '地域リハビリテーション推進センター';
  const files = ['organization.yaml', 'measures/1-2-1.yaml'].map((name) => [
    name,
    textOf(name).replace('防災課', long),
  ]);
  const status = statusFor(checkedCity(Object.fromEntries(files)));
  expect(statusText(status, { color: false, width: 72 }).split('\n\n')[1]?.split('\n').slice(0, 4)).toEqual([
    '課                      取組  うち再掲  事業実績  現状・実績・目標  注意',
    '窓口課                     3         1         1                 1     0',
    '地域リハビリテーション     1         0         1                 1     0',
    '  推進センター',
  ]);
  // As wide as a table may have it with a name of 20 cells, and one cell less.
  expect(statusText(status, { color: false, width: 70 })).toMatch(/\n地域リハビリテーショ +1 /);
  expect(statusText(status, { color: false, width: 69 })).toMatch(/\n地域リハビリテーション推進センター: 取組 1、/);
});

test('nothing open; names that steer nothing', () => {
  const { entries } = city();
  const only = [...entries.keys()].filter((path) => path.startsWith('measures/') && path !== 'measures/1-2-1.yaml');
  const done = textOf('measures/1-2-1.yaml')
    .replace('予算額: 100', '予算額: 100\n    事業実績: 試した。')
    .replace('取組内容:', '現状・実績・目標: 1件\n取組内容:');
  const gone = Object.fromEntries(only.map((path) => [path, undefined]));
  const status = statusFor(checkedCity({ ...gone, 'measures/1-2-1.yaml': done }));
  expect(statusText(status, plain)).toMatch(/未記入はありません。\n$/);
  expect(statusCsv(status)).toBe('\uFEFF課,大項目,中項目,小項目,取組,年度,未記入の欄,注意,ファイル,行\r\n');
  const evil = statusFor(
    checkedCity({ 'measures/1-2-1.yaml': done.replace(/^担当課: .*$/m, '担当課: ["防\\e災\\n課"]') }),
  );
  expect(statusText(evil, plain)).toContain('防\\u{1b}災\\u{a}課');
  expect(statusJson(evil, [])).toContain('防\\u001b災\\n課');
});

test('the city, as CSV and as JSON', async () => {
  const status = statusFor(checkedCity(warned));
  expect(statusCsv(status).split('\r\n').slice(1, 5)).toEqual([
    '窓口課,1,1,1,書かない窓口,R11,事業実績,,city/measures/1-1-1.yaml,',
    expect.stringMatching(/^窓口課,1,1,1,書かない窓口,,,.*1-1-9.*,city\/measures\/1-1-1.yaml,\d+$/),
    '窓口課,1,1,2,電子申請#100%・_強調_・$式$・\\記号・@名前,,現状・実績・目標,,city/measures/1-1-2.yaml,',
    '防災課,1,2,1,避難所の混雑状況の公開,,現状・実績・目標,,city/measures/1-2-1.yaml,',
  ]);
  const json = JSON.parse(statusJson(status, []));
  expect(json).toMatchObject({
    revised: '令和12年12月1日',
    due: { years: ['R10', 'R11'], undated: [] },
    total: { measures: 7, reprints: 2, results: 3, indicators: 3, notices: 1 },
    diagnostics: [],
  });
  expect(json.sections[0]).toEqual({
    ...{ section: '窓口課', measures: 3, reprints: 1, results: 1, indicators: 1, notices: 1 },
    open: ['1-1-1', '1-1-2'],
  });
  expect(json.measures).toHaveLength(7);
  expect(json.measures[0]).toMatchObject({
    ...{ number: '1-1-1', title: '書かない窓口', file: 'city/measures/1-1-1.yaml', reprint: false },
    sections: ['窓口課'],
    unfilled: [{ field: '事業実績', year: 'R11' }],
    notices: [{ severity: 'warning', file: 'city/measures/1-1-1.yaml' }],
  });
});
