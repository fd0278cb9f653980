import { expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import { comparedEdition } from '../../src/compare/read.ts';
import { checkContent } from '../../src/content/check.ts';
import { withFiles } from '../../src/content/source/new-files.ts';
import { type ContentSource, readWorkingTree } from '../../src/content/source/source.ts';
import { UserError } from '../../src/diagnostics/user-error.ts';
import { newEdition } from '../../src/edit/new-edition.ts';
import { measuresOf } from '../../src/model/edition.ts';
import { MemoryContent } from '../compare/contents.ts';

const yearOf = (source: ContentSource) => checkContent(source).edition?.years ?? [];
/** By another way than the program's: the letters, and one more. */
const behind = (year = '') => `${year.slice(0, 1)}${Number(year.slice(1)) + 1}`;

function rolled(source: ContentSource, year = behind(yearOf(source).at(-1)), revised?: string) {
  const plan = newEdition(source, checkContent(source), { year, ...(revised === undefined ? {} : { revised }) });
  return { ...plan, after: withFiles(source, plan.files) };
}

const compared = (base: ContentSource, head: ContentSource) =>
  compare(...([base, head].map((source) => comparedEdition('', source, checkContent(source))) as [never, never]));

const textAt = (source: ContentSource, path: string) => {
  const entry = source.entries.get(path);
  return entry?.kind === 'file' ? Buffer.from(entry.read()).toString() : '';
};

test.each(['tests/city', 'tests/lake', 'content'])('%s becomes the edition of the next year', (folder) => {
  const source = readWorkingTree(folder);
  const { after } = rolled(source);
  const [before, content] = [checkContent(source), checkContent(after)];
  const [base, head] = [before.edition, content.edition];
  expect(content.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (!base || !head) throw new Error('no edition');

  const next = behind(base.years.at(-1));
  expect(head.years).toEqual([...base.years.slice(1), next]);
  expect(head.indicatorYears).toEqual(base.indicatorYears.map(({ label, year }) => ({ label, year: behind(year) })));
  for (const [index, measure] of measuresOf(head).entries()) {
    const old = measuresOf(base)[index];
    expect(measure.kind).toBe('継続');
    if (measure.reprintOf !== undefined) continue;
    expect(Object.keys(measure.schedule)).toEqual(head.years);
    expect(measure.schedule).toEqual({
      ...Object.fromEntries(Object.entries(old?.schedule ?? {}).filter(([year]) => year !== base.years[0])),
      [next]: {},
    });
  }

  // diff tells the 年度, and no measure.
  const comparison = compared(source, after);
  expect(comparison.edition.map(({ field }) => field)).toEqual(['改定', '年度', '現状・実績・目標']);
  expect(comparison.measures).toEqual([]);
  expect(comparison.continued).toEqual(measuresOf(base).flatMap(({ id, kind }) => (kind === '新規' ? [id] : [])));
  expect(comparison.budgets.years).toEqual(base.years.slice(1));
  expect(comparison.budgets.total.before).toEqual(comparison.budgets.total.after);
  const { structure, organization, renames, annexes, unread } = comparison;
  expect([structure, organization, renames, annexes, unread].flat()).toEqual([]);
});

test.each(['tests/city', 'tests/lake', 'content'])('of %s every other line stays', (folder) => {
  const source = readWorkingTree(folder);
  const { files, after } = rolled(source);
  const years = yearOf(source);
  const [oldest = ''] = years;
  for (const [path, text = ''] of files) {
    expect(text).toBe(textAt(after, path));
    if (path === 'edition.yaml') continue;
    // The lines of a 年度: its key, and what is further in.
    const lines = textAt(source, path).split('\n');
    const schedule = lines.indexOf('スケジュール:');
    const from =
      schedule < 0 ? -1 : lines.findIndex((line, index) => index > schedule && line.startsWith(`  ${oldest}:`));
    const to = from < 0 ? from : lines.findIndex((line, index) => index > from && !line.startsWith('   '));
    const kept = lines
      .filter((_, index) => index < from || index >= to)
      .map((line) => line.replace(/^区分: 新規$/, '区分: 継続'));
    const next = `  ${behind(years.at(-1))}: {}`;
    expect(text.split('\n').filter((line) => line !== next)).toEqual(kept);
    expect(text.split('\n').includes(next)).toBe(from >= 0);
  }
});

test('comments, quotes, the order of keys, flow style and line ends stay', () => {
  const city = new MemoryContent();
  city.replace('measures/3-1-2.yaml', '区分: 継続', '区分: 新規'); // its 再掲
  city.replace('measures/1-2-1.yaml', /^区分: 継続$/gm, '区分: "新規" # 今年度から');
  city.replace('measures/1-2-1.yaml', '  R11: {}\n  R12: {}\n', '  R11: {} # まだ\n  # 最後の年度\n  R12: {}\n');
  city.write(
    'measures/3-1-3.yaml',
    city
      .read('measures/3-1-3.yaml')
      .replace(/スケジュール:[\s\S]*(?=関連計画)/, 'スケジュール: { R12: {}, R10: { 項目: ○ }, R11: {} }\n'),
  );
  city.write('measures/1-1-2.yaml', city.read('measures/1-1-2.yaml').replaceAll('\n', '\r\n'));
  city.replace('edition.yaml', '年度: [R10, R11, R12]', "年度:\n  - 'R10' # 最初\n  - R11\n  - R12");
  const source = city.source();
  const { after } = rolled(source);
  expect(checkContent(source).diagnostics).toEqual([]);
  expect(checkContent(after).diagnostics).toEqual([]);
  expect(textAt(after, 'measures/1-2-1.yaml')).toBe(
    city
      .read('measures/1-2-1.yaml')
      .replace('"新規"', '"継続"')
      .replace(/ {2}R10:\n(?: {4}.*\n)+/, '')
      .replace('  R12: {}\n', '  R12: {}\n  R13: {}\n'),
  );
  expect(textAt(after, 'measures/3-1-3.yaml')).toContain('スケジュール: { R12: {}, R13: {}, R11: {} }\n');
  expect(textAt(after, 'measures/1-1-2.yaml')).not.toMatch(/[^\r]\n/);
  expect(textAt(after, 'edition.yaml')).toContain('  - R11\n  - R12\n  - R13\n');
});

/** What is said where nothing is done. */
function refusal(city: MemoryContent, year: string, revised?: string): string {
  try {
    rolled(city.source(), year, revised);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return '';
}

test.each([
  ['R12', '年度 R12 は、もうこの版にあります'],
  ['R10', '年度 R10 は、もうこの版にあります'],
  ['Ｒ１２', '年度 R12 は、もうこの版にあります'],
  ['r13', '「r13」ではなく、npx shisakushu new-edition R13'],
  ['Ｒ１３', '「Ｒ１３」ではなく、npx shisakushu new-edition R13'],
  ['令和13年度', '「令和13年度」ではなく、npx shisakushu new-edition R13'],
  ['R14', '次の年度は R13 です。npx shisakushu new-edition R13'],
  ['H13', '次の年度は R13 です。npx shisakushu new-edition R13'],
  ['', '次の年度は R13 です。'],
])('%s is not the next 年度', (year, said) => expect(refusal(new MemoryContent(), year)).toContain(said));

test('a second time it refuses', () => {
  const city = new MemoryContent();
  const { files } = rolled(city.source());
  for (const [path, text = ''] of files) city.write(path, text);
  expect(refusal(city, 'R13')).toContain('年度 R13 は、もうこの版にあります(年度: R11、R12、R13)');
  expect(refusal(city, 'R14')).toBe('');
});

test.each([
  ['第8期', '第9期'],
  ['2029', '2030'],
  ['第09期', '第10期'],
  ['R99', 'R100'],
])('behind %s comes %s', (last, next) => {
  const city = new MemoryContent();
  for (const file of city.files.keys()) if (city.read(file).includes('R12')) city.replace(file, 'R12', last);
  expect(yearOf(rolled(city.source(), next).after).at(-1)).toBe(next);
});

test.each(['最終', '第1期R8'])('what comes behind %s is asked for', (last) => {
  const city = new MemoryContent();
  for (const file of city.files.keys()) if (city.read(file).includes('R12')) city.replace(file, 'R12', last);
  expect(refusal(city, 'R13')).toContain(`「${last}」に数がない(または2つ以上ある)`);
});

test('年度 that are not in order are told', () => {
  const city = new MemoryContent();
  city.replace('edition.yaml', '[R10, R11, R12]', '[R12, R10, R11]');
  expect(refusal(city, 'R12')).toContain('年度(R12、R10、R11)が古い順に並んでいない');
});

test.each([
  ['令和12年12月1日', undefined, '令和13年12月1日'],
  ['令和12年12月', undefined, '令和13年12月'],
  ['令和元年12月', undefined, '令和2年12月'],
  ['令和12年12月1日', '令和13年1月', '令和13年1月'],
  ['令和12年12月1日', '令和12年12月2日', '令和12年12月2日'],
])('改定 %s, --revised %s: %s', (present, revised, expected) => {
  const city = new MemoryContent();
  city.write('edition.yaml', city.read('edition.yaml').replace('令和12年12月1日', present));
  const { after, notes } = rolled(city.source(), 'R13', revised);
  expect(checkContent(after).edition?.revised).toBe(expected);
  expect(notes.some((line) => line.includes('1年後の'))).toBe(revised === undefined);
});

test.each([
  ['令和12年12月1日', '令和12年12月1日', '今の版の改定(令和12年12月1日)より後ではありません'],
  ['令和12年12月1日', '平成31年4月', 'より後ではありません'],
  ['令和12年12月1日', '令和１３年１月', '令和13年1月 のように'],
  ['令和12年12月1日', '2031年1月', '令和13年12月1日 のように'],
  ['令和10年2月29日', undefined, '--revised に新しい版の改定を書いてください'],
  ['令和99年3月', undefined, '--revised に新しい版の改定を書いてください'],
])('改定 %s, --revised %s is refused', (present, revised, said) => {
  const city = new MemoryContent();
  city.write('edition.yaml', city.read('edition.yaml').replace('令和12年12月1日', present));
  expect(refusal(city, 'R13', revised)).toContain(said);
});

test('of content with errors nothing is planned', () => {
  const city = new MemoryContent();
  city.replace('measures/1-2-1.yaml', '予算額: 100', '予算額: 100千円');
  expect(rolled(city.source(), 'R13')).toMatchObject({ files: new Map(), notes: [] });
});

test('a history of the edition stays; the line that it lacks is called to mind', () => {
  const city = new MemoryContent();
  const history = '改定履歴:\n  - { 年月: 令和12年12月1日, 内容: 定めた。 }\n';
  expect(rolled(city.source()).notes.join('')).not.toContain('改定履歴');
  city.write(
    'edition.yaml',
    city.read('edition.yaml').replace(/構成: .*\n/, `構成: [表紙, 個票, 改定履歴]\n${history}`),
  );
  const { after, notes } = rolled(city.source(), 'R13', '令和13年12月');
  expect(textAt(after, 'edition.yaml')).toContain(history);
  expect(notes).toContain('  edition.yaml の「改定履歴」に、令和13年12月 の行を足します。');
});
