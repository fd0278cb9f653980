import fc from 'fast-check';

/** How a file is written: lists in brackets or with dashes, names in quotes, comments, line ends, a mark. */
const style = fc.record({
  dashes: fc.boolean(),
  quotes: fc.constantFrom('', '"', "'"),
  comments: fc.boolean(),
  crlf: fc.boolean(),
  mark: fc.boolean(),
});
type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

const written = (text: string, { crlf, mark }: Style): string =>
  (mark ? '\ufeff' : '') + (crlf ? text.replaceAll('\n', '\r\n') : text);
const quoted = (name: string, { quotes }: Style) => quotes + name + quotes;
function list(key: string, names: readonly string[], how: Style, indent = ''): string {
  const comment = how.comments ? `  # ${key}を参照` : '';
  if (!how.dashes || names.length === 0)
    return `${indent}${key}: [${names.map((name) => quoted(name, how)).join(', ')}]\n`;
  return `${indent}${key}:${comment}\n${names.map((name) => `${indent}  - ${quoted(name, how)}\n`).join('')}`;
}
const block = (key: string, value: string, indent = '') =>
  `${indent}${key}: |-\n${value.replaceAll(/^/gm, `${indent}  `)}\n`;

/** Names in which others stand: 企画課 in 経営企画課, 総務局 in 総務局 市長公室; one that is a 局・部 and a 課. */
const sectionNames = ['企画課', '経営企画課', '大谷・小鹿課', 'DX推進課', '会計室', '防災課'];
const departmentNames = ['総務局', '総務局 市長公室', '総務局 企画部', '経済局 商工部', '会計室'];
const planNames = ['4次総', '防災', '(仮称)総合計画', '総合計画'];
const headingNames = ['防災', '窓口', '行政の効率化', '企画課の仕事', '防災と減災'];

const some = (names: readonly string[], least = 0) => fc.subarray([...names], { minLength: least });
const piece = fc.constantFrom(
  ...[...sectionNames, ...departmentNames, ...planNames, ...headingNames],
  ...['、', '・', 'と協力する。', '\n', '長', '題', '都市', '旧', '(R10)', 'を見直す'],
);
const text = fc
  .array(piece, { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join('').replaceAll(/\n+/g, '\n').trim())
  .filter((joined) => joined !== '');
const line = text.map((all) => all.replaceAll('\n', ''));
const role = fc.constantFrom('', '', '(発注)', '(発注、監理)');

interface Names {
  departments: string[];
  sections: string[];
  plans: string[];
}
const measure = (number: string, names: Names): fc.Arbitrary<[string, string]> =>
  fc
    .record({
      departments: some(names.departments, 1),
      sections: some(names.sections, 1).chain((all) => fc.tuple(...all.map((name) => role.map((one) => one + name)))),
      plans: some(names.plans),
      labels: some(names.sections),
      wording: fc.option(fc.record({ names: some([...names.sections, 'ほか'], 1), sign: fc.constantFrom('、', '・') })),
      title: line,
      description: text,
      result: text,
      style,
    })
    .map(({ style: how, departments, sections, plans, labels, wording, title, description, result }) => {
      const parts = labels.map((label, index) => `{ 区分: ${quoted(label, how)}, 額: ${index + 1} }`);
      const yaml = [
        `番号: ${number}\n区分: 新規\n`,
        block('取組', `${number} ${title}`),
        list('担当局・部', departments, how),
        list('担当課', sections, { ...how, quotes: how.quotes || '"' }),
        block('取組内容', description),
        'スケジュール:\n  R10:\n    項目: ○\n',
        parts.length > 0 ? `    予算額: [${parts.join(', ')}]\n` : '',
        block('事業実績', result, '    '),
        '  R11: {}\n',
        list('関連計画', plans, how),
        wording ? `一覧表: { 担当課: ${quoted(wording.names.join(wording.sign), how)} }\n` : '',
      ].join('');
      return [`measures/${number}.yaml`, written(yaml, how)];
    });

/** Editions of few files whose names, texts and ways of writing are random. */
export const madeEdition: fc.Arbitrary<Map<string, string>> = fc
  .record({ departments: some(departmentNames, 1), sections: some(sectionNames, 1), plans: some(planNames) })
  .chain((names) =>
    fc
      .record({
        styles: fc.tuple(style, style, style),
        homes: fc.array(fc.nat({ max: names.departments.length - 1 }), {
          minLength: names.sections.length,
          maxLength: names.sections.length,
        }),
        headings: fc.shuffledSubarray(headingNames, { minLength: 3, maxLength: 3 }),
        measures: fc.tuple(...['1-1-1', '1-1-2', '1-2-1'].map((number) => measure(number, names))),
        title: line,
      })
      .map(({ styles: [first, second, third], homes, headings, measures, title }) => {
        const [category = '', one = '', two = ''] = headings.map((heading) => quoted(heading, third));
        const edition = [
          `計画名: ${quoted(`x ${title}`, first)}\n計画期間: 2028→2031\n書名: 集\n策定: 令和9年4月\n改定: 令和12年12月\n`,
          '発行者: 港町市\n年度: [R10, R11]\n現状・実績・目標: { 現状: R10 }\n',
          `${list('関連計画', names.plans, first)}構成: [表紙]\n`,
        ].join('');
        const departments = names.departments.map((name, at) => {
          const own = names.sections.filter((_, index) => homes[index] === at);
          return `  - 名称: ${quoted(name, second)}\n${list('課', own, second, '    ')}`;
        });
        const structure = `大項目:\n  - 番号: 1\n    名称: ${category}\n    中項目:\n      - { 番号: 1-1, 名称: ${one} }\n      - 番号: 1-2\n        名称: ${two}\n`;
        return new Map([
          ['edition.yaml', written(edition, first)],
          ['organization.yaml', written(`局・部:\n${departments.join('')}`, second)],
          ['structure.yaml', written(structure, third)],
          ...measures,
        ]);
      }),
  );
